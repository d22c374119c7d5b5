#include "stats/concordance.h"
#include "stats/ranks.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>

/* Sum over units of the squared sum of the coders' (centred) ranks: each coder with itself, and
 * twice each pair. */
static double
spread_of_sums(const struct acc_tally *tally, const double *rank)
{
	size_t q = tally->categories;
	const double *margin = acc_tally_complete_margin(tally);
	const double *cells = acc_tally_complete_cells(tally);
	double sum = 0;
	for (size_t i = 0; i < tally->coders * q; i++)
		sum += margin[i] * rank[i] * rank[i];
	for (size_t j = 1; j < tally->coders; j++)
		for (size_t i = 0; i < j; i++) {
			const double *cell = cells + acc_tally_pair(tally, i, j);
			for (size_t k = 0; k < q * q; k++)
				sum += 2 * cell[k] * rank[i * q + k / q] * rank[j * q + k % q];
		}
	return sum;
}

enum acc_reason
acc_concordance(const struct acc_tally *tally, const struct acc_weights *weights,
		bool ties_corrected, double *w)
{
	size_t q = tally->categories;
	double n = acc_tally_complete(tally)[0], m = (double)tally->coders, ties = 0;
	if (!(n > 1) || m < 2)
		return ACC_REASON_no_complete_units;
	double *rank = acc_array(tally->coders * q, sizeof *rank);
	if (!rank)
		return ACC_REASON_no_memory;
	for (size_t j = 0; j < tally->coders; j++)
		ties += acc_ranks(acc_tally_complete_margin(tally) + j * q, weights->score, q,
				  rank + j * q);
	double most = m * m * (n * n * n - n) - (ties_corrected ? m * ties : 0);
	*w = 12 * spread_of_sums(tally, rank) / most;
	free(rank);
	return most > 0 ? ACC_DEFINED : ACC_REASON_no_variation;
}

void
acc_concordance_test(const struct acc_tally *tally, const struct acc_weights *weights,
		     bool ties_corrected, struct acc_classical *out)
{
	double w, n = acc_tally_complete(tally)[0];
	if (acc_concordance(tally, weights, ties_corrected, &w) != ACC_DEFINED)
		return;
	out->statistic = (double)tally->coders * (n - 1) * w;
	out->df1 = n - 1;
	out->p = acc_chi2_tail(out->statistic, out->df1);
}
