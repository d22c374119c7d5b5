/* null: how much a kappa varies if coders agree by chance only. For testing 0, never for an
 * interval. Both assume independent units that all have the same number of ratings. */
#ifndef ACC_NULL_H
#define ACC_NULL_H

#include "stats/tally.h"

/* Fleiss, Cohen & Everitt 1969, any weights: with w-bar the mean weights of a row and a column,
 * [sum p_i+ p_+j (w_ij - w-bar_i+ - w-bar_+j)^2 - p_e^2] / (n (1 - p_e)^2). NaN unless there are
 * two coders. */
double acc_null_of_two(const struct acc_tally *tally, const struct acc_weights *weights,
		       double ratings);

/* Fleiss, Nee & Landis 1979, identity weights, m ratings per unit: with S = sum p q,
 * 2 (S^2 - sum p q (q - p)) / (S^2 n m (m - 1)). NaN for other weights. */
double acc_null_of_many(const struct acc_tally *tally, const struct acc_weights *weights,
			double ratings);

#endif
