/* Spearman's rho: the mean over pairs of coders of the correlation of their mid-ranks, over the
 * units both rated (Spearman 1904). Pairs of coders without a unit in common are left out; a pair
 * without variation leaves the mean undefined. Without ties and nothing missing it is
 * (m W - 1) / (m - 1), W Kendall's. Check: in tests/golden. */
#include "stats/rank_pairs.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	double mean = 0;
	enum acc_reason reason = acc_rank_pairs_mean(tally, weights, false, &mean);
	acc_uncorrected(mean, out);
	return reason;
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	(void)expected;
	acc_rank_pairs_gradient(tally, weights, false, -1, observed);
}

const struct acc_coefficient acc_coefficient_spearman_rho = {
    .key = "spearman_rho",
    .alias = "spearman",
    .name = "Spearman's rho, mean over pairs of coders",
    .formula = "mean over pairs of coders of the correlation of mid-ranks",
    .citation = "Spearman 1904",
    .scores = true,
    .needs = ACC_NEED_CELLS,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
};
