/* bootstrap: what the coefficients would have been with other participants of the same kind.
 *
 * Whole blocks (participants, documents or units) are drawn with replacement, as many as there are.
 * The tally of a replicate is the sum of the tallies of the blocks drawn, so that its cost depends
 * on the number of different blocks and not on the number of units: equal units are one block, and
 * the numbers of times that each is drawn are multinomial. */
#ifndef ACC_BOOTSTRAP_H
#define ACC_BOOTSTRAP_H

#include "stats/agreement.h"
#include "stats/random.h"

/* Which replicates: `first` .. first + count - 1 of a seed. A replicate is the same whatever the
 * others are. */
struct acc_draw {
	uint64_t seed;
	uint64_t first;
	size_t count;
};

/* The values of all replicates: value[c * count + b]; NaN where a replicate is undefined. */
struct acc_replicates {
	size_t coefficients, count;
	double *value; /* owned */
};

/* Replicates of all coefficients of a plan (its ci and level do not matter) for one theme. Blocks
 * without any rating are never drawn. All themes of a group draw the same blocks, so their
 * replicates can be compared and pooled one by one. More than UINT32_MAX blocks are too large. */
enum acc_status acc_bootstrap(const struct acc_patterns *patterns, const struct acc_plan *plan,
			      const struct acc_scope *scope, uint32_t theme,
			      const struct acc_draw *draw, struct acc_replicates *replicates);
void acc_replicates_free(struct acc_replicates *replicates);

/* The percentile interval of one coefficient. NaN when fewer than two replicates are defined, or
 * more than one in twenty is undefined. */
struct acc_percentile {
	double low, high;
	double error;     /* standard deviation of the replicates */
	double undefined; /* share of the replicates */
};
enum acc_status acc_percentile_interval(const struct acc_replicates *replicates, size_t coefficient,
					double level, struct acc_percentile *percentile);

#endif
