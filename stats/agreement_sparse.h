/* agreement_sparse: many themes, of which a unit has few.
 *
 * In the themes design all units in which the same coders looked and nobody gave a theme are alike
 * to that theme; those in which somebody did are alike where the same coders did. So a theme is
 * worked out from a handful of kinds of units, found by a look at the units that have it; what each
 * unit leaves for the pool is that of its coders, put right where it has the theme. Time goes by
 * the ratings that are there, not by themes times units. */
#ifndef ACC_AGREEMENT_SPARSE_H
#define ACC_AGREEMENT_SPARSE_H

#include "stats/agreement_run.h"

/* What is swapped while a theme is at hand. */
struct acc_sparse_view {
	const struct acc_patterns *patterns;
	struct acc_blocks blocks;
	double *pairs;
	bool *rated, *pool_rated;
	uint8_t *rating_bits;
	double **observed, **expected; /* [coefficients], of the pool */
};

struct acc_sparse {
	struct acc_pool set; /* words: the coders of the scope that looked at a unit */
	uint32_t *set_of;    /* [blocks] */
	uint64_t *set_times; /* [sets] units */
	size_t *first;       /* [themes + 1] into block: */
	uint32_t *block;     /* those with the theme */
	double *sum;         /* [sets][coefficients][2] what a unit without themes leaves */
	bool *set_rated;     /* [sets] */
	uint8_t *set_bits;   /* [sets] */
	/* Of the theme at hand: */
	struct acc_pool kind; /* words: set, who gave it; then come units of a set without it */
	uint32_t *kind_of; /* [most] of the blocks with the theme; ACC_NONE: nobody of the scope */
	uint32_t *plain_kind; /* [sets] ACC_NONE: all units have the theme */
	uint64_t *left;       /* [sets] units without it */
	uint32_t *word;       /* scratch, [coders + 1] */
	struct acc_patterns few;
	struct acc_sparse_view whole, part;
};

/* The number of a coder in the scope, or ACC_NONE. */
static inline uint32_t
acc_sparse_coder(const struct acc_agreement_run *run, uint32_t coder)
{
	return run->scope->coder_of ? run->scope->coder_of[coder] : coder;
}

/* Set run->sparse where it applies, after all else is made. */
enum acc_status acc_sparse_make(struct acc_agreement_run *run);
void acc_sparse_free(struct acc_agreement_run *run);

/* From here on the run is of the kinds of units of a theme, and its panel is made; then it is of
 * all units again. */
enum acc_status acc_sparse_enter(struct acc_agreement_run *run, uint32_t theme);
void acc_sparse_leave(struct acc_agreement_run *run, uint32_t theme);

/* After the last theme: what the themes left for the pool is that of every unit. */
void acc_sparse_finish(struct acc_agreement_run *run);

#endif
