#include "stats/paired.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 3, TAIL = 2, RATING = 2 }; /* words of a vector: see stats/patterns.h */

/* ---- units to pairs ---- */

/* Count a vector of the head of `from` and up to two of its ratings. */
static enum acc_status
put(struct acc_patterns *made, const struct acc_pattern *from, const uint32_t *first,
    const uint32_t *second)
{
	uint32_t word[HEAD + 2 * RATING + TAIL] = {from->group, from->participant, from->document};
	size_t length = HEAD;
	for (int i = 0; i < 2; i++) {
		const uint32_t *rating = i ? second : first;
		if (!rating)
			continue;
		word[length++] = rating[0];
		word[length++] = rating[1];
	}
	word[length++] = ACC_NONE;
	word[length++] = from->size;
	return acc_patterns_add(made, word, length, from->count, NULL);
}

static enum acc_status
put_unit(struct acc_patterns *made, const struct acc_pattern *unit)
{
	enum acc_status status = put(made, unit, NULL, NULL);
	for (size_t b = 0; status == ACC_OK && b < unit->ratings; b++) {
		const uint32_t *second = unit->rating + RATING * b;
		status = put(made, unit, second, NULL);
		for (size_t a = 0; status == ACC_OK && a < b; a++)
			status = put(made, unit, unit->rating + RATING * a, second);
	}
	return status;
}

enum acc_status
acc_patterns_pair(struct acc_patterns *patterns)
{
	struct acc_patterns made = {0};
	enum acc_status status = ACC_OK;
	for (uint32_t p = 0; status == ACC_OK && p < patterns->vector.count; p++) {
		struct acc_pattern unit = acc_patterns_get(patterns, p);
		status = put_unit(&made, &unit);
	}
	if (status == ACC_OK) {
		struct acc_patterns old = {.vector = patterns->vector, .count = patterns->count};
		patterns->paired = true;
		patterns->vector = made.vector;
		patterns->count = made.count;
		patterns->count_capacity = made.count_capacity;
		made = old;
	}
	acc_patterns_free(&made);
	return status == ACC_OK ? acc_patterns_canonical(patterns, NULL) : status;
}

/* ---- the vectors of two coders ---- */

/* Whose ratings a vector has, ACC_NONE last: nobody's are (ACC_NONE, ACC_NONE). */
struct whose {
	uint32_t first, second, vector;
};

static struct whose
whose(const struct acc_patterns *patterns, uint32_t vector)
{
	struct acc_pattern pattern = acc_patterns_get(patterns, vector);
	return (struct whose){pattern.ratings > 0 ? pattern.rating[0] : ACC_NONE,
			      pattern.ratings > 1 ? pattern.rating[RATING] : ACC_NONE, vector};
}

static int
compare(const void *a, const void *b)
{
	const struct whose *x = a, *y = b;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	if (x->second != y->second)
		return x->second < y->second ? -1 : 1;
	return (x->vector > y->vector) - (x->vector < y->vector);
}

enum acc_status
acc_paired_index(struct acc_patterns *patterns)
{
	uint32_t vectors = patterns->vector.count;
	struct whose *all = acc_array(vectors, sizeof *all);
	uint32_t *order = acc_array(vectors, sizeof *order);
	if (!all || !order) {
		free(all);
		free(order);
		return ACC_NO_MEMORY;
	}
	for (uint32_t v = 0; v < vectors; v++)
		all[v] = whose(patterns, v);
	qsort(all, vectors, sizeof *all, compare);
	for (uint32_t v = 0; v < vectors; v++)
		order[v] = all[v].vector;
	free(all);
	free(patterns->by_coders);
	patterns->by_coders = order;
	return ACC_OK;
}

/* Where in the order by coders the vectors of these two, or what follows, begin. */
static uint32_t
place(const struct acc_patterns *patterns, uint32_t first, uint32_t second)
{
	struct whose wanted = {first, second, 0};
	uint32_t low = 0, high = patterns->vector.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct whose at = whose(patterns, patterns->by_coders[middle]);
		at.vector = 1;
		if (compare(&at, &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Of each vector of `from` that has the ratings of just these coders, add its count to the vector
 * of the same units that has only those ratings of it whose bits are set in `keep`, or take it
 * away. */
static enum acc_status
move(const struct acc_patterns *from, uint32_t first, uint32_t second, unsigned keep, bool away,
     struct acc_patterns *into)
{
	enum acc_status status = ACC_OK;
	for (uint32_t at = place(from, first, second); at < from->vector.count; at++) {
		uint32_t vector = from->by_coders[at], number;
		struct whose of = whose(from, vector);
		if (of.first != first || of.second != second)
			break;
		struct acc_pattern pattern = acc_patterns_get(from, vector);
		uint32_t word[HEAD + 2 * RATING] = {pattern.group, pattern.participant,
						    pattern.document};
		size_t length = HEAD;
		for (size_t i = 0; i < pattern.ratings; i++)
			if (keep >> i & 1) {
				memcpy(word + length, pattern.rating + RATING * i,
				       RATING * sizeof *word);
				length += RATING;
			}
		status = acc_patterns_add(into, word, length, away ? 0 : pattern.count, &number);
		if (status != ACC_OK)
			break;
		if (away && into->count[number] < pattern.count)
			return ACC_CONTRADICTION;
		into->count[number] -= away ? pattern.count : 0;
	}
	return status;
}

/* Every unit is counted as rated by neither, then moved to where it belongs. */
static enum acc_status
project(const struct acc_patterns *from, uint32_t i, uint32_t j, struct acc_patterns *into)
{
	const struct {
		uint32_t first, second;
		unsigned keep;
		bool away;
	} step[] = {
	    {ACC_NONE, ACC_NONE, 0, false}, /* units */
	    {i, ACC_NONE, 1, false},        /* i rated */
	    {j, ACC_NONE, 1, false},        /* j rated */
	    {i, j, 3, false},               /* both */
	    {i, j, 0, false},               /* taken away twice below */
	    {i, ACC_NONE, 0, true},
	    {j, ACC_NONE, 0, true},
	    {i, j, 1, true},
	    {i, j, 2, true},
	};
	enum acc_status status = ACC_OK;
	for (size_t s = 0; status == ACC_OK && s < sizeof step / sizeof *step; s++)
		status =
		    move(from, step[s].first, step[s].second, step[s].keep, step[s].away, into);
	return status;
}

/* The vectors that count some units, in order. */
static enum acc_status
keep_counted(const struct acc_patterns *from, struct acc_patterns *into)
{
	uint32_t *order = acc_pool_sorted(&from->vector);
	enum acc_status status = order ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t v = 0; status == ACC_OK && v < from->vector.count; v++) {
		size_t length;
		const uint32_t *word = acc_pool_get(&from->vector, order[v], &length);
		if (from->count[order[v]])
			status = acc_patterns_add(into, word, length, from->count[order[v]], NULL);
	}
	free(order);
	return status;
}

void
acc_paired_release(struct acc_patterns *made)
{
	struct acc_patterns own = {.vector = made->vector, .count = made->count};
	acc_patterns_free(&own);
	*made = (struct acc_patterns){0};
}

enum acc_status
acc_paired_of(const struct acc_patterns *patterns, uint32_t i, uint32_t j,
	      struct acc_patterns *made)
{
	struct acc_patterns from = *patterns, all = {0};
	enum acc_status status = ACC_OK;
	*made = *patterns;
	made->paired = false;
	made->vector = (struct acc_pool){0};
	made->count = NULL;
	made->count_capacity = 0;
	made->by_coders = NULL;
	if (!patterns->by_coders)
		status = acc_paired_index(&from);
	if (status == ACC_OK)
		status = project(&from, i, j, &all);
	if (status == ACC_OK)
		status = keep_counted(&all, made);
	if (!patterns->by_coders)
		free(from.by_coders);
	acc_patterns_free(&all);
	if (status != ACC_OK)
		acc_paired_release(made);
	return status;
}
