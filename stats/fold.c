#include "stats/fold.h"

#include <stdlib.h>

enum { FEW = 24 }; /* rows that are put in order one by one */

void
acc_fold_free(struct acc_fold *fold)
{
	free(fold->vector);
	free(fold->word);
	fold->vector = fold->word = NULL;
	fold->vector_capacity = fold->word_capacity = 0;
}

/* ---- rows in order: coder, theme, line ---- */

static int
compare_rows(const void *a, const void *b)
{
	const struct acc_assignment *x = a, *y = b;
	if (x->coder != y->coder)
		return x->coder < y->coder ? -1 : 1;
	if (x->theme != y->theme)
		return x->theme < y->theme ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

static void
sort_rows(struct acc_assignment *row, size_t rows)
{
	if (rows > FEW) {
		qsort(row, rows, sizeof *row, compare_rows);
		return;
	}
	for (size_t i = 1; i < rows; i++) {
		if (compare_rows(&row[i - 1], &row[i]) <= 0)
			continue;
		struct acc_assignment moved = row[i];
		size_t to = i;
		for (; to && compare_rows(&row[to - 1], &moved) > 0; to--)
			row[to] = row[to - 1];
		row[to] = moved;
	}
}

/* ---- values ---- */

/* A coder's only row that says something. */
static enum acc_status
single_value(struct acc_fold *fold, const struct acc_assignment *row, uint32_t *value)
{
	uint32_t at = (row->theme * 31u + row->code) % ACC_FOLD_VALUES;
	struct acc_fold_value *known = &fold->value[at];
	if (!known->known || known->theme != row->theme || known->code != row->code) {
		enum acc_status status = acc_pool_add(
		    &fold->patterns->value, (uint32_t[]){row->theme, row->code}, 2, &known->value);
		*known =
		    (struct acc_fold_value){row->theme, row->code, known->value, status == ACC_OK};
		if (status != ACC_OK)
			return status;
	}
	*value = known->value;
	return ACC_OK;
}

/* Of two rows for one theme: said again, or a contradiction. */
static void
take_again(struct acc_fold *fold, const struct acc_assignment *first,
	   const struct acc_assignment *second)
{
	if (first->code == second->code) {
		fold->patterns->repeated++;
		return;
	}
	fold->conflicts++;
	fold->conflict(fold->context, &(struct acc_conflict){*first, *second});
}

/* One coder's rows of one unit become one value. Sets *rated to false when there is none. */
static enum acc_status
take_value(struct acc_fold *fold, const struct acc_assignment *row, size_t rows, uint32_t *value,
	   bool *rated)
{
	size_t length = 0;
	const struct acc_assignment *last = NULL;
	if (!acc_array_reserve((void **)&fold->word, &fold->word_capacity, 2 * rows,
			       sizeof *fold->word))
		return ACC_NO_MEMORY;
	*rated = false;
	for (size_t i = 0; i < rows; i++) {
		bool missing = row[i].code == ACC_NONE;
		bool nothing = row[i].theme == ACC_NONE;
		*rated = *rated || !missing;
		if (missing || nothing)
			continue;
		if (last && last->theme == row[i].theme) {
			take_again(fold, last, &row[i]);
			continue;
		}
		last = &row[i];
		fold->word[length++] = row[i].theme;
		fold->word[length++] = row[i].code;
	}
	return *rated ? acc_pool_add(&fold->patterns->value, fold->word, length, value) : ACC_OK;
}

/* ---- units ---- */

enum acc_status
acc_fold_unit(struct acc_fold *fold, const struct acc_unit *about, struct acc_assignment *row,
	      size_t rows, uint32_t *pattern)
{
	if (!acc_array_reserve((void **)&fold->vector, &fold->vector_capacity, 3 + 2 * rows,
			       sizeof *fold->vector))
		return ACC_NO_MEMORY;
	sort_rows(row, rows);
	uint32_t *vector = fold->vector;
	size_t length = 0;
	vector[length++] = about->group;
	vector[length++] = about->participant;
	vector[length++] = about->document;
	for (size_t i = 0, next; i < rows; i = next) {
		uint32_t value = 0;
		bool rated = row[i].code != ACC_NONE;
		enum acc_status status;
		for (next = i + 1; next < rows && row[next].coder == row[i].coder; next++)
			;
		if (next == i + 1 && rated && row[i].theme != ACC_NONE)
			status = single_value(fold, &row[i], &value);
		else
			status = take_value(fold, row + i, next - i, &value, &rated);
		if (status != ACC_OK)
			return status;
		if (rated) {
			vector[length++] = row[i].coder;
			vector[length++] = value;
		}
	}
	return acc_patterns_add(fold->patterns, vector, length, 1, pattern);
}
