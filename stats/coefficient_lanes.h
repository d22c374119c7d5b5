/* coefficient_lanes: coefficients of two tallies side by side, for what evaluates them very often
 * (permutations leave out every person of every assignment).
 *
 * A coefficient that has such a form is the one of its descriptor up to rounding; a test compares
 * them. One without is evaluated tally by tally. */
#ifndef ACC_COEFFICIENT_LANES_H
#define ACC_COEFFICIENT_LANES_H

#include "stats/coefficient.h"
#include "stats/lanes.h"

enum { ACC_LANE_BLOCKS = 16 }; /* at most so many blocks of tallies at once */

/* Blocks of ACC_LANES tallies of one shape. */
struct acc_lane_tallies {
	size_t blocks, length;
	const acc_lanes *cell; /* [blocks * length] cells of the tallies, as in struct acc_tally */
	acc_lanes *scratch;    /* [2 * categories] */
	size_t categories, coders;
	const double *distance; /* [categories * categories] d(k, l); NULL: identity */
	double total;           /* sum of d over all ordered pairs of categories */
	/* Filled by acc_lane_tallies_begin, for all coefficients: */
	acc_lanes observed[ACC_LANE_BLOCKS];    /* mean disagreement per unit */
	acc_lanes inverse[ACC_LANE_BLOCKS];     /* 1 / units with a rating */
	acc_lane_mask defined[ACC_LANE_BLOCKS]; /* there is a unit with two ratings */
};

/* D_o and D_e of every block; what they are where they are not defined does not matter. */
typedef void acc_lane_form(const struct acc_lane_tallies *, acc_lanes *observed,
			   acc_lanes *expected);

/* The form of a coefficient for tallies of so many coders; NULL: there is none. */
acc_lane_form *acc_coefficient_lanes(const struct acc_coefficient *coefficient,
				     const struct acc_weights *weights, size_t coders);

ACC_LANES_INLINE void
acc_lane_tallies_begin(struct acc_lane_tallies *tallies)
{
	for (size_t b = 0; b < tallies->blocks; b++) {
		const acc_lanes *cell = tallies->cell + b * tallies->length;
		tallies->observed[b] = cell[ACC_TALLY_OBSERVED] / cell[ACC_TALLY_PAIRED];
		tallies->inverse[b] = 1 / cell[ACC_TALLY_RATED];
		tallies->defined[b] = acc_lanes_positive(cell[ACC_TALLY_RATED]) &
				      acc_lanes_positive(cell[ACC_TALLY_PAIRED]);
	}
}

/* The chance correction; NaN without expected disagreement. */
ACC_LANES_INLINE acc_lanes
acc_lanes_correct(acc_lanes observed, acc_lanes expected)
{
	return acc_lanes_defined(acc_lanes_positive(expected), 1 - observed / expected);
}

#endif
