/* moments: squared differences without a column per category.
 *
 * sum of p_k q_l (x_k - x_l)^2 needs of p only the sums of p, p x and p x^2. So where a coefficient
 * knows the margins through acc_weights_chance alone, a tally may hold these three sums instead of
 * a count per category: a million distinct numbers then cost as much per replicate as three codes.
 */
#ifndef ACC_MOMENTS_H
#define ACC_MOMENTS_H

#include "stats/weights.h"

/* Would moments be a shorter form of these weights? */
bool acc_moments_apply(const struct acc_weights *weights);

/* The same weights by moments, of scores less `centre`: near the mean of the data nothing cancels.
 * Borrows from `weights`; free with acc_moments_free. */
enum acc_status acc_moments_make(struct acc_weights *moments, const struct acc_weights *weights,
				 double centre);
void acc_moments_free(struct acc_weights *moments);

#endif
