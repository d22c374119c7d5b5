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

/* Doubles in each part of a tally; parts it lacks have none. False: too many to count. */
enum part {
	CORE,
	COINCIDENCES,
	SPECIFIC,
	CELLS,
	COMPLETE,
	COMPLETE_MARGIN,
	COMPLETE_CELLS,
	MOMENTS,
	ANOVA,
	PAIRS,
	PARTS = ACC_TALLY_PARTS
};

/* a * b, or too much for any array. */
static size_t
times(size_t a, size_t b)
{
	size_t product;
	bool over = __builtin_mul_overflow(a, b, &product) || product > SIZE_MAX / 64;
	return over ? SIZE_MAX / 64 + 1 : product;
}

static bool
part_sizes(size_t categories, size_t coders, unsigned needs, size_t size[PARTS])
{
	bool complete = needs & ACC_NEED_COMPLETE, cells = needs & ACC_NEED_CELLS;
	size_t square = times(categories, categories), table = times(coders, categories);
	size_t pairs = times(coders, coders ? coders - 1 : 0) / 2;
	memset(size, 0, PARTS * sizeof *size);
	size[CORE] = ACC_TALLY_ARRAYS + 2 * categories + table;
	size[COINCIDENCES] = needs & ACC_NEED_COINCIDENCES ? square : 0;
	size[SPECIFIC] = needs & ACC_NEED_SPECIFIC ? 2 * categories : 0;
	size[CELLS] = cells ? times(pairs, square) : 0;
	size[COMPLETE] = complete ? 2 : 0;
	size[COMPLETE_MARGIN] = complete ? table : 0;
	size[COMPLETE_CELLS] = complete && cells ? times(pairs, square) : 0;
	size[MOMENTS] = needs & ACC_NEED_MOMENTS ? coders + 3 : 0;
	size[ANOVA] = needs & ACC_NEED_ANOVA ? ACC_ANOVA_ARRAYS + 4 * coders + pairs : 0;
	size[PAIRS] = needs & ACC_NEED_PAIRS ? 2 * pairs : 0;
	for (size_t i = 0; i < PARTS; i++)
		if (size[i] > SIZE_MAX / 64)
			return false;
	return true;
}

/* A part of the tally, or NULL when it is empty. */
static double *
part(const struct acc_tally *tally, enum part wanted)
{
	size_t at = tally->at[wanted];
	return tally->at[wanted + 1] > at ? tally->cell + at : NULL;
}

double *
acc_tally_coincidences(const struct acc_tally *tally)
{
	return part(tally, COINCIDENCES);
}

double *
acc_tally_specific(const struct acc_tally *tally)
{
	return part(tally, SPECIFIC);
}

double *
acc_tally_cells(const struct acc_tally *tally)
{
	return part(tally, CELLS);
}

double *
acc_tally_complete(const struct acc_tally *tally)
{
	return part(tally, COMPLETE);
}

double *
acc_tally_complete_margin(const struct acc_tally *tally)
{
	return part(tally, COMPLETE_MARGIN);
}

double *
acc_tally_complete_cells(const struct acc_tally *tally)
{
	return part(tally, COMPLETE_CELLS);
}

double *
acc_tally_moments(const struct acc_tally *tally)
{
	return part(tally, MOMENTS);
}

double *
acc_tally_anova(const struct acc_tally *tally)
{
	return part(tally, ANOVA);
}

double *
acc_tally_pairs(const struct acc_tally *tally)
{
	return part(tally, PAIRS);
}

struct acc_anova_sums
acc_anova_sums_of(const struct acc_tally *tally)
{
	size_t k = tally->coders;
	double *cell = acc_tally_anova(tally), *array = cell + ACC_ANOVA_ARRAYS;
	return (struct acc_anova_sums){cell, array, array + k, array + 2 * k, array + 3 * k};
}

size_t
acc_tally_pair(const struct acc_tally *tally, size_t i, size_t j)
{
	return acc_pair_number(i, j) * tally->categories * tally->categories;
}

enum acc_status
acc_tally_shape(struct acc_tally *tally, size_t categories, size_t coders, unsigned needs)
{
	size_t size[PARTS];
	*tally = (struct acc_tally){.categories = categories, .coders = coders, .needs = needs};
	if (!part_sizes(categories, coders, needs, size))
		return ACC_TOO_LARGE;
	for (size_t i = 0; i < PARTS; i++)
		tally->at[i + 1] = tally->at[i] + size[i];
	tally->length = tally->at[PARTS];
	return ACC_OK;
}

enum acc_status
acc_tally_make_for(struct acc_tally *tally, size_t categories, size_t coders, unsigned needs)
{
	enum acc_status status = acc_tally_shape(tally, categories, coders, needs);
	if (status != ACC_OK)
		return status;
	tally->cell = acc_array(tally->length, sizeof *tally->cell);
	return tally->cell ? ACC_OK : ACC_NO_MEMORY;
}

enum acc_status
acc_tally_make(struct acc_tally *tally, size_t categories, size_t coders)
{
	return acc_tally_make_for(tally, categories, coders, 0);
}

void
acc_tally_free(struct acc_tally *tally)
{
	free(tally->cell);
	free(tally->touched);
	free(tally->is_touched);
	*tally = (struct acc_tally){0};
}

void
acc_tally_zero(struct acc_tally *tally)
{
	for (size_t i = 0; i < tally->touches; i++) {
		tally->cell[tally->touched[i]] = 0;
		tally->is_touched[tally->touched[i]] = false;
	}
	tally->touches = 0;
	if (!tally->touched)
		memset(tally->cell, 0, tally->length * sizeof *tally->cell);
}

/* A shorter tally is faster gone through than looked up. */
enum { DENSE = 256 };

enum acc_status
acc_tally_sparse(struct acc_tally *tally)
{
	if (tally->length <= DENSE)
		return ACC_OK;
	tally->touched = acc_array(tally->length, sizeof *tally->touched);
	tally->is_touched = acc_array(tally->length, sizeof *tally->is_touched);
	return tally->touched && tally->is_touched ? ACC_OK : ACC_NO_MEMORY;
}

/* Two cells at a time, wherever they begin. */
typedef double two __attribute__((vector_size(2 * sizeof(double)), aligned(sizeof(double))));

void
acc_tally_accumulate(struct acc_tally *into, double times, const struct acc_tally *b)
{
	size_t cells = b->touched ? b->touches : b->length, i = 0;
	for (; !b->touched && i + 2 <= cells; i += 2)
		*(two *)(into->cell + i) += times * *(const two *)(b->cell + i);
	for (; i < cells; i++) {
		size_t at = b->touched ? b->touched[i] : i;
		into->cell[at] += times * b->cell[at];
	}
}

void
acc_tally_subtract(struct acc_tally *into, const struct acc_tally *a, const struct acc_tally *b)
{
	size_t cells = b->touched ? b->touches : b->length, i = 0;
	for (; !b->touched && i + 2 <= cells; i += 2)
		*(two *)(into->cell + i) =
		    *(const two *)(a->cell + i) - *(const two *)(b->cell + i);
	for (; i < cells; i++) {
		size_t at = b->touched ? b->touched[i] : i;
		into->cell[at] = a->cell[at] - b->cell[at];
	}
}

void
acc_tally_restore(struct acc_tally *into, const struct acc_tally *a, const struct acc_tally *b)
{
	for (size_t i = 0; i < b->touches; i++)
		into->cell[b->touched[i]] = a->cell[b->touched[i]];
}

double
acc_tally_dot(const struct acc_tally *a, const struct acc_tally *b)
{
	size_t cells = b->touched ? b->touches : b->length;
	double sum = 0;
	for (size_t i = 0; i < cells; i++) {
		size_t at = b->touched ? b->touched[i] : i;
		sum += a->cell[at] * b->cell[at];
	}
	return sum;
}
