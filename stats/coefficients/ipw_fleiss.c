/* Fleiss' kappa for coders who leave out units at different rates: D_o is the mean over pairs of
 * coders of their own D_o, chance is from the mean over coders of their shares (inverse probability
 * weighting; Moss 2026). The same as Fleiss' kappa when nothing is missing. Check: Klein 2018,
 * .4054. */
#include "stats/coder_pairs.h"
#include "stats/scratch.h"

/* Sum over coders of their shares, and behind it room for as many slopes; in the scratch. *coders:
 * how many rated anything. */
static double *
sum_shares(const struct acc_tally *tally, const struct acc_weights *weights,
	   struct acc_scratch *scratch, double *coders)
{
	size_t q = tally->categories;
	double most, *sum = acc_scratch_make(scratch, 3 * q + 2);
	*coders = sum ? acc_coder_shares_sum(tally, weights, sum, &most, sum + 2 * q) : 0;
	return sum;
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	struct acc_scratch scratch;
	double coders, *sum = sum_shares(tally, weights, &scratch, &coders);
	if (!sum)
		return ACC_REASON_no_memory;
	out->expected = acc_expected_shared(weights, sum, coders);
	acc_scratch_free(&scratch);
	return acc_observed_per_pair(tally, weights, &out->observed);
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	size_t q = tally->categories;
	struct acc_scratch scratch;
	double coders, *sum = sum_shares(tally, weights, &scratch, &coders),
		       *slope = sum ? sum + q : NULL;
	acc_observed_per_pair_gradient(tally, weights, observed);
	if (sum)
		acc_weights_slope(weights, sum, 2 / (coders * coders), slope);
	for (size_t j = 0; sum && j < tally->coders; j++) {
		const double *margin = acc_tally_margin(tally) + j * q;
		double units = 0, mean = 0;
		for (size_t k = 0; k < q; k++) {
			units += margin[k];
			mean += margin[k] * slope[k];
		}
		for (size_t k = 0; units > 0 && k < q; k++)
			acc_tally_margin(expected)[j * q + k] += (slope[k] - mean / units) / units;
	}
	acc_scratch_free(&scratch);
}

const struct acc_coefficient acc_coefficient_ipw_fleiss = {
    .key = "ipw_fleiss",
    .alias = "fleiss_ipw",
    .name = "Fleiss' kappa, coders weighted for missing units",
    .formula = "p_o = mean over pairs of coders of p_o, p_e from the mean of the coders' shares",
    .citation = "Moss 2026",
    .needs = ACC_NEED_PAIRS,
    .by_coder = true,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
};
