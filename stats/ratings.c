#include "stats/ratings.h"

#include <math.h>
#include <stdlib.h>

void
acc_ratings_free(struct acc_ratings *ratings)
{
	acc_vocabulary_free(&ratings->unit);
	acc_vocabulary_free(&ratings->coder);
	acc_vocabulary_free(&ratings->theme);
	acc_vocabulary_free(&ratings->code);
	acc_vocabulary_free(&ratings->group);
	acc_vocabulary_free(&ratings->participant);
	acc_vocabulary_free(&ratings->document);
	free(ratings->row);
	free(ratings->about);
	free(ratings->place);
	free(ratings->span);
	*ratings = (struct acc_ratings){0};
}

enum acc_status
acc_ratings_add(struct acc_ratings *ratings, struct acc_assignment assignment)
{
	if (!acc_array_reserve((void **)&ratings->row, &ratings->row_capacity, ratings->rows + 1,
			       sizeof *ratings->row))
		return ACC_NO_MEMORY;
	ratings->row[ratings->rows++] = assignment;
	return ACC_OK;
}

bool
acc_ratings_about(struct acc_ratings *ratings, uint32_t unit, struct acc_unit about,
		  enum acc_status *status)
{
	size_t before = ratings->about_capacity;
	*status = ACC_OK;
	if (!acc_array_reserve((void **)&ratings->about, &ratings->about_capacity, (size_t)unit + 1,
			       sizeof *ratings->about)) {
		*status = ACC_NO_MEMORY;
		return true;
	}
	for (size_t u = before; u < ratings->about_capacity; u++)
		ratings->about[u] = (struct acc_unit){ACC_NONE, ACC_NONE, ACC_NONE, 0};
	struct acc_unit *known = &ratings->about[unit];
	if (!known->line) {
		*known = about;
		return true;
	}
	return known->group == about.group && known->participant == about.participant &&
	       known->document == about.document;
}

bool
acc_ratings_place(struct acc_ratings *ratings, uint32_t unit, double place, enum acc_status *status)
{
	size_t before = ratings->place_capacity;
	*status = ACC_OK;
	if (!acc_array_reserve((void **)&ratings->place, &ratings->place_capacity, (size_t)unit + 1,
			       sizeof *ratings->place)) {
		*status = ACC_NO_MEMORY;
		return true;
	}
	for (size_t u = before; u < ratings->place_capacity; u++)
		ratings->place[u] = NAN;
	if (isnan(ratings->place[unit]))
		ratings->place[unit] = place;
	return !(ratings->place[unit] < place || ratings->place[unit] > place);
}

bool
acc_ratings_span(struct acc_ratings *ratings, uint32_t unit, struct acc_span span,
		 enum acc_status *status)
{
	size_t before = ratings->span_capacity;
	*status = ACC_OK;
	if (!acc_array_reserve((void **)&ratings->span, &ratings->span_capacity, (size_t)unit + 1,
			       sizeof *ratings->span)) {
		*status = ACC_NO_MEMORY;
		return true;
	}
	for (size_t u = before; u < ratings->span_capacity; u++)
		ratings->span[u] = (struct acc_span){NAN, NAN};
	struct acc_span *known = &ratings->span[unit];
	if (isnan(known->begin))
		*known = span;
	return !(known->begin < span.begin || known->begin > span.begin || known->end < span.end ||
		 known->end > span.end);
}

/* Rows in order of their unit: a counting sort, since units are numbered. */
static struct acc_assignment *
by_unit(const struct acc_ratings *ratings, size_t **first)
{
	size_t units = ratings->unit.count;
	struct acc_assignment *row = acc_array(ratings->rows, sizeof *row);
	size_t *at = acc_array(units + 2, sizeof *at);
	if (!row || !at) {
		free(row);
		free(at);
		return NULL;
	}
	for (size_t i = 0; i < ratings->rows; i++)
		at[ratings->row[i].unit + 2]++;
	for (size_t u = 0; u < units; u++)
		at[u + 2] += at[u + 1];
	for (size_t i = 0; i < ratings->rows; i++)
		row[at[ratings->row[i].unit + 1]++] = ratings->row[i];
	*first = at; /* at[u] .. at[u + 1] are now the rows of unit u */
	return row;
}

void
acc_ratings_move_labels(struct acc_ratings *ratings, struct acc_patterns *patterns)
{
	patterns->design = ratings->design;
	patterns->seen = ratings->seen;
	patterns->coder = ratings->coder;
	patterns->theme = ratings->theme;
	patterns->code = ratings->code;
	patterns->group = ratings->group;
	patterns->participant = ratings->participant;
	patterns->document = ratings->document;
	ratings->coder = ratings->theme = ratings->code = (struct acc_vocabulary){0};
	ratings->group = ratings->participant = ratings->document = (struct acc_vocabulary){0};
}

/* Canonical order, and the pattern of each unit in it. */
static enum acc_status
settle(struct acc_patterns *patterns, uint32_t *pattern, uint32_t units)
{
	uint32_t *renumber = NULL;
	enum acc_status status = acc_patterns_canonical(patterns, &renumber);
	for (uint32_t u = 0; status == ACC_OK && u < units; u++)
		pattern[u] = renumber[pattern[u]];
	free(renumber);
	return status;
}

enum acc_status
acc_ratings_tabulate(struct acc_ratings *ratings, struct acc_patterns *patterns,
		     uint32_t **pattern_of,
		     void (*conflict)(void *context, const struct acc_conflict *), void *context,
		     uint64_t *conflicts)
{
	struct acc_gather gather = {.patterns = patterns, .conflict = conflict, .context = context};
	size_t *first = NULL;
	uint32_t *pattern = acc_array(ratings->unit.count, sizeof *pattern);
	struct acc_assignment *row = by_unit(ratings, &first);
	enum acc_status status = row && pattern ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t u = 0; status == ACC_OK && u < ratings->unit.count; u++)
		status = acc_gather_unit(&gather, &ratings->about[u], row + first[u],
					 first[u + 1] - first[u], &pattern[u]);
	free(row);
	free(first);
	acc_gather_free(&gather);
	*conflicts = gather.conflicts;
	if (status == ACC_OK && !*conflicts) {
		acc_ratings_move_labels(ratings, patterns);
		status = settle(patterns, pattern, ratings->unit.count);
	}
	if (status != ACC_OK || *conflicts || !pattern_of)
		free(pattern);
	else
		*pattern_of = pattern;
	if (status != ACC_OK || *conflicts)
		acc_patterns_free(patterns);
	return status;
}
