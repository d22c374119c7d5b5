/* Kendall's W of studies with missing ratings, from coders two by two: (1 + (k - 1) rho) / k, k the
 * mean number of ratings of a unit, rho the mean of the pairs' rank correlations weighted by the
 * units in common less one (Kendall 1962; Taylor 1987; Brueckl 2011). Kendall's W when nothing is
 * missing and nothing tied. Check: irrNA, ConsistNA, 1 (chi-square 15), EbelFILL, .070766. */
#include "stats/rank_pairs.h"
#include "stats/special.h"

#include <math.h>

static double
ratings_per_unit(const struct acc_tally *tally)
{
	const double *margin = acc_tally_margin(tally);
	double ratings = 0;
	for (size_t i = 0; i < tally->coders * tally->categories; i++)
		ratings += margin[i];
	return ratings / tally->cell[ACC_TALLY_RATED];
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	double rho = 0, k = ratings_per_unit(tally);
	enum acc_reason reason = acc_rank_pairs_mean(tally, weights, true, &rho);
	acc_uncorrected((1 + (k - 1) * rho) / k, out);
	return reason;
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	double rho, k = ratings_per_unit(tally), units = tally->cell[ACC_TALLY_RATED];
	(void)expected;
	if (acc_rank_pairs_mean(tally, weights, true, &rho) != ACC_DEFINED)
		return;
	acc_rank_pairs_gradient(tally, weights, true, -(k - 1) / k, observed);
	double *margin = acc_tally_margin(observed), per_k = (1 - rho) / (k * k);
	observed->cell[ACC_TALLY_RATED] -= per_k * k / units;
	for (size_t i = 0; i < tally->coders * tally->categories; i++)
		margin[i] += per_k / units;
}

static void
test(const struct acc_tally *tally, const struct acc_weights *weights, double level,
     struct acc_classical *out)
{
	struct acc_disagreement at;
	(void)level;
	if (estimate(tally, weights, &at) != ACC_DEFINED)
		return;
	out->df1 = tally->cell[ACC_TALLY_RATED] - 1;
	out->statistic = ratings_per_unit(tally) * out->df1 * (1 - at.observed);
	/* Ranks that contradict each other more than chance allows leave W, and this, below 0. */
	out->p = out->statistic > 0 ? acc_chi2_tail(out->statistic, out->df1) : 1;
}

const struct acc_coefficient acc_coefficient_kendall_w_pairwise = {
    .key = "kendall_w_pairwise",
    .alias = "kendall_na",
    .name = "Kendall's W from pairs of coders",
    .formula = "(1 + (k - 1) rho) / k, rho the mean rank correlation of pairs",
    .citation = "Brueckl 2011",
    .scores = true,
    .needs = ACC_NEED_CELLS,
    .by_coder = true,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
    .test = test,
};
