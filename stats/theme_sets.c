#include "stats/theme_sets.h"
#include "stats/pairs.h"

#include <stdlib.h>

void
acc_theme_sets_free(struct acc_theme_sets *sets)
{
	acc_pool_free(&sets->set);
	free(sets->count);
	free(sets->order);
	*sets = (struct acc_theme_sets){0};
}

static enum acc_status
count(struct acc_theme_sets *sets, struct acc_marks *marks, const struct acc_blocks *blocks)
{
	size_t capacity = 0;
	for (size_t i = 0; i < blocks->first[blocks->count]; i++) {
		double units = (double)marks->patterns->count[blocks->pattern[i]];
		uint32_t number, before = sets->set.count;
		acc_marks_read(marks, blocks->pattern[i]);
		bool unseen = marks->count && marks->mark[marks->count - 1] >= marks->themes;
		if (!marks->seen || unseen)
			continue;
		enum acc_status status =
		    acc_pool_add(&sets->set, marks->mark, marks->count, &number);
		if (status != ACC_OK)
			return status;
		if (!acc_array_reserve((void **)&sets->count, &capacity, sets->set.count,
				       sizeof *sets->count))
			return ACC_NO_MEMORY;
		if (sets->set.count > before)
			sets->count[number] = 0;
		sets->count[number] += units;
		sets->units += units;
	}
	return ACC_OK;
}

static int
compare(const void *a, const void *b, void *context)
{
	const struct acc_theme_sets *sets = context;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	size_t lx, ly;
	const uint32_t *of_x = acc_pool_get(&sets->set, x, &lx);
	const uint32_t *of_y = acc_pool_get(&sets->set, y, &ly);
	if (sets->count[x] != sets->count[y])
		return sets->count[x] > sets->count[y] ? -1 : 1;
	if (lx != ly)
		return lx < ly ? -1 : 1;
	for (size_t i = 0; i < lx; i++)
		if (of_x[i] != of_y[i])
			return of_x[i] < of_y[i] ? -1 : 1;
	return 0;
}

enum acc_status
acc_theme_sets_make(struct acc_theme_sets *sets, const struct acc_patterns *patterns,
		    const struct acc_blocks *blocks, struct acc_layer layer, uint32_t present)
{
	struct acc_marks marks;
	*sets = (struct acc_theme_sets){0};
	enum acc_status status = acc_marks_make(&marks, patterns, layer, present);
	if (status != ACC_OK)
		return status;
	status = count(sets, &marks, blocks);
	acc_marks_free(&marks);
	sets->order = acc_array(sets->set.count, sizeof *sets->order);
	if (status == ACC_OK && !sets->order)
		status = ACC_NO_MEMORY;
	for (uint32_t i = 0; status == ACC_OK && i < sets->set.count; i++)
		sets->order[i] = i;
	if (status == ACC_OK)
		qsort_r(sets->order, sets->set.count, sizeof *sets->order, compare, sets);
	else
		acc_theme_sets_free(sets);
	return status;
}
