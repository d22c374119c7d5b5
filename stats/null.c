#include "stats/null.h"

#include <math.h>
#include <stdlib.h>

/* Mean disagreement of each category of one coder with the shares of the other: [2 * categories],
 * of the first coder's, then of the second's. */
static void
mean_disagreements(const struct acc_tally *tally, const struct acc_weights *weights, double *mean)
{
	size_t q = tally->categories;
	const double *a = acc_tally_margin(tally), *b = a + q;
	double n = tally->cell[ACC_TALLY_RATED];
	for (size_t k = 0; k < q; k++)
		for (size_t l = 0; l < q; l++) {
			double d = acc_weights_between(weights, k, l);
			mean[k] += d * b[l] / n;
			mean[q + l] += d * a[k] / n;
		}
}

/* In disagreement d = 1 - w the deviation w - w-bar_i+ - w-bar_+j is d-bar_i+ + d-bar_+j - d - 1;
 * its mean is -p_e, so subtracting p_e^2 from its mean square is taking squares about the mean. */
double
acc_null_of_two(const struct acc_tally *tally, const struct acc_weights *weights, double ratings)
{
	size_t q = tally->categories;
	double *mean = tally->coders == 2 && ratings >= 2 && q <= ACC_WEIGHTS_MAX
			   ? acc_array(2 * q, sizeof *mean)
			   : NULL;
	if (!mean)
		return NAN;
	const double *a = acc_tally_margin(tally), *b = a + q;
	double n = tally->cell[ACC_TALLY_RATED];
	double sum = 0, expected = acc_weights_chance(weights, a, b) / (n * n);
	mean_disagreements(tally, weights, mean);
	for (size_t k = 0; k < q; k++)
		for (size_t l = 0; l < q; l++) {
			double off =
			    mean[k] + mean[q + l] - acc_weights_between(weights, k, l) - expected;
			sum += a[k] * b[l] / (n * n) * off * off;
		}
	free(mean);
	return sum / (n * expected * expected);
}

double
acc_null_of_many(const struct acc_tally *tally, const struct acc_weights *weights, double ratings)
{
	double n = tally->cell[ACC_TALLY_RATED], spread = 0, skew = 0;
	if (!acc_weights_identity(weights) || !(ratings >= 2))
		return NAN;
	for (size_t k = 0; k < tally->categories; k++) {
		double p = acc_tally_share(tally)[k] / n;
		spread += p * (1 - p);
		skew += p * (1 - p) * (1 - 2 * p);
	}
	return 2 * (spread * spread - skew) / (n * ratings * (ratings - 1) * spread * spread);
}
