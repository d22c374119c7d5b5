#include "stats/tally.h"

#include <stdlib.h>
#include <string.h>

double *
acc_tally_share(const struct acc_tally *tally)
{
	return tally->cell + ACC_TALLY_ARRAYS;
}

double *
acc_tally_used(const struct acc_tally *tally)
{
	return acc_tally_share(tally) + tally->categories;
}

double *
acc_tally_margin(const struct acc_tally *tally)
{
	return acc_tally_used(tally) + tally->categories;
}

enum acc_status
acc_tally_make(struct acc_tally *tally, size_t categories, size_t coders)
{
	size_t table;
	if (__builtin_mul_overflow(categories, coders, &table) || table > SIZE_MAX / 64)
		return ACC_TOO_LARGE;
	*tally = (struct acc_tally){.categories = categories,
				    .coders = coders,
				    .length = ACC_TALLY_ARRAYS + 2 * categories + table};
	tally->cell = acc_array(tally->length, sizeof *tally->cell);
	return tally->cell ? ACC_OK : ACC_NO_MEMORY;
}

void
acc_tally_free(struct acc_tally *tally)
{
	free(tally->cell);
	*tally = (struct acc_tally){0};
}

void
acc_tally_zero(struct acc_tally *tally)
{
	memset(tally->cell, 0, tally->length * sizeof *tally->cell);
}

void
acc_tally_subtract(struct acc_tally *into, const struct acc_tally *a, const struct acc_tally *b)
{
	for (size_t i = 0; i < into->length; i++)
		into->cell[i] = a->cell[i] - b->cell[i];
}

double
acc_tally_dot(const struct acc_tally *a, const struct acc_tally *b)
{
	double sum = 0;
	for (size_t i = 0; i < a->length; i++)
		sum += a->cell[i] * b->cell[i];
	return sum;
}

void
acc_tally_add(struct acc_tally *tally, const struct acc_panel *panel, uint32_t pattern,
	      double units, const struct acc_weights *weights)
{
	size_t first = panel->first[pattern], last = panel->first[pattern + 1];
	double ratings = (double)((last - first) / 2);
	if (first == last)
		return;
	double *share = acc_tally_share(tally), *used = acc_tally_used(tally);
	double *margin = acc_tally_margin(tally);
	tally->cell[ACC_TALLY_RATED] += units;
	for (size_t i = first; i < last; i += 2) {
		uint32_t k = panel->mark[i + 1];
		share[k] += units / ratings;
		margin[panel->mark[i] * tally->categories + k] += units;
		if (ratings >= 2)
			used[k] += units;
	}
	if (ratings < 2)
		return;
	double disagreement = acc_panel_disagreement(panel, pattern, weights);
	tally->cell[ACC_TALLY_PAIRED] += units;
	tally->cell[ACC_TALLY_RATINGS] += units * ratings;
	tally->cell[ACC_TALLY_OBSERVED] += units * disagreement;
	tally->cell[ACC_TALLY_WEIGHTED] += units * ratings * disagreement;
}
