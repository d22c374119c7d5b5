/* coding_error_run: one call of acc_coding_error_make, shared by its files and nobody else. */
#ifndef ACC_CODING_ERROR_RUN_H
#define ACC_CODING_ERROR_RUN_H

#include "stats/blocks.h"
#include "stats/dawid_skene.h"

struct acc_coding_error;

/* Rated units of one kind (by a coder, of a group, of all), cluster by cluster. */
struct acc_error_spread {
	double units, squares, clusters;
};

struct acc_error_run {
	const struct acc_patterns *patterns;
	struct acc_coding_error *result;
	size_t coders, groups, categories; /* of the result */
	struct acc_blocks blocks;
	struct acc_panel panel;
	struct acc_votes votes;
	size_t strata;               /* groups, and a last one for units without a group */
	double *units, *rest;        /* [strata * votes] of all, and without the block at hand */
	struct acc_error_spread *of; /* [coders + groups + 1] */
	double *block;               /* [coders + groups + 1] units of the block at hand */
	double *here, *without;      /* [coders + groups + 1] * 2 * categories: values */
	double *squares;             /* [values + differences] sums of squares; NaN: undefined */
	struct acc_dawid_skene fit;
	double level;
	bool too_many; /* clusters to leave out one by one */
};

/* Kinds of units: by each coder, of each group, all. */
static inline size_t
acc_error_sources(const struct acc_error_run *run)
{
	return run->coders + run->groups + 1;
}

/* Numbers of a fit. */
static inline size_t
acc_error_values(const struct acc_error_run *run)
{
	return (2 * run->coders + run->groups + 1) * run->categories;
}

/* From the values and the squares of the jackknife to the result. */
void acc_error_shares(struct acc_error_run *run);

#endif
