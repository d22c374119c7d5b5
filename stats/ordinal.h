/* ordinal: the sums of alpha with Krippendorff's ordinal difference.
 *
 * Category k, used n_k times among the n pairable values, has the mid-rank m_k = n_1 + ... +
 * n_(k-1)
 * + n_k / 2 and d(k, l) = (m_k - m_l)^2 (Krippendorff 2019). Scaled by n here: z_k = m_k / n, the
 * ridit of k, so that disagreements are between 0 and 1; alpha is the same. The tally has
 * coincidences o_kl; e = 1 / n as in alpha. */
#ifndef ACC_ORDINAL_H
#define ACC_ORDINAL_H

#include "stats/coefficient.h"

/* D_o = (1 - e) sum o_kl (z_k - z_l)^2 / n and D_e = 2 sum n_k (z_k - 1/2)^2 / n, which is
 * sum n_k n_l (z_k - z_l)^2 / n^2 since the mean ridit is 1/2. */
struct acc_disagreement acc_ordinal_disagreement(const struct acc_tally *tally);

/* Their gradients at fixed e, added to zeroed tallies; ranks move with the n_k. */
void acc_ordinal_gradient(const struct acc_tally *tally, struct acc_tally *observed,
			  struct acc_tally *expected);

/* The ridits of counts n_k: ridit[categories]. */
void acc_ordinal_ridits(const double *count, size_t categories, double *ridit);

#endif
