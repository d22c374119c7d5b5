/* Gwet's AC1 (identity weights) and AC2 (others): chance is the share of units that are hard to
 * code, p_e = T_w / (q (q - 1)) sum pi_k (1 - pi_k), T_w = sum of all weights, pi_k = mean of r_ik
 * / r_i (Gwet 2008, 2014). Check: Gwet 2014, 4 raters, AC1 .77544. */
#include "stats/coefficient.h"

/* T_w / (q (q - 1)) */
static double
factor(const struct acc_tally *tally, const struct acc_weights *weights)
{
	double categories = (double)tally->categories;
	return (categories * categories - acc_weights_total(weights)) /
	       (categories * (categories - 1));
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	const double *share = acc_tally_share(tally);
	double units = tally->cell[ACC_TALLY_RATED], hard = 0;
	if (tally->categories < 2)
		return ACC_REASON_one_category;
	for (size_t k = 0; k < tally->categories; k++)
		hard += share[k] / units * (1 - share[k] / units);
	out->observed = acc_observed_per_unit(tally);
	out->expected = 1 - factor(tally, weights) * hard;
	return ACC_DEFINED;
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	const double *share = acc_tally_share(tally);
	double *slope = acc_tally_share(expected);
	double units = tally->cell[ACC_TALLY_RATED], scale = factor(tally, weights) / units;
	acc_observed_per_unit_gradient(tally, observed);
	for (size_t k = 0; k < tally->categories; k++) {
		double part = share[k] / units;
		slope[k] -= scale * (1 - 2 * part);
		expected->cell[ACC_TALLY_RATED] += scale * part * (1 - 2 * part);
	}
}

const struct acc_coefficient acc_coefficient_gwet_ac = {
    .key = "gwet_ac",
    .alias = "ac1",
    .name = "Gwet's AC1/AC2",
    .formula = "p_e = T_w / (q (q - 1)) sum pi_k (1 - pi_k)",
    .citation = "Gwet 2008",
    .standard = true,
    .near = true,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
};
