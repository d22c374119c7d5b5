/* rank_pairs: rank correlations of coders two by two, over the units that both rated.
 *
 * With centred mid-ranks of the units a pair has in common, rho = sum r s / sqrt(sum r^2 sum s^2)
 * (Spearman 1904). Needs ACC_NEED_CELLS. */
#ifndef ACC_RANK_PAIRS_H
#define ACC_RANK_PAIRS_H

#include "stats/coefficient.h"

/* The mean of rho over pairs of coders; by_units: weighted by the units in common less one (Taylor
 * 1987), so that a pair with one unit says nothing. no_variation where a pair's rho is undefined,
 * too_few_ratings where fewer than two units have a pair of ratings. */
enum acc_reason acc_rank_pairs_mean(const struct acc_tally *tally,
				    const struct acc_weights *weights, bool by_units, double *mean);

/* Adds `scale` times its gradient. */
void acc_rank_pairs_gradient(const struct acc_tally *tally, const struct acc_weights *weights,
			     bool by_units, double scale, struct acc_tally *slope);

#endif
