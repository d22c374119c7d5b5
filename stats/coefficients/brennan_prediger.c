/* Brennan and Prediger's kappa: every category of the codebook equally likely,
 * D_e = sum d(k, l) / q^2 (Brennan & Prediger 1981). Also known as Bennett's S, Randolph's
 * free-marginal kappa and the G index. q counts declared categories, used or not. Check: Fleiss
 * 1971 in tests/golden. */
#include "stats/coefficient.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	double categories = (double)weights->categories;
	if (weights->categories < 2)
		return ACC_REASON_one_category;
	out->observed = acc_observed_per_unit(tally);
	out->expected = acc_weights_total(weights) / (categories * categories);
	return ACC_DEFINED;
}

const struct acc_coefficient acc_coefficient_brennan_prediger = {
    .key = "brennan_prediger",
    .alias = "bp,bennett_s,randolph_kappa,g_index",
    .name = "Brennan-Prediger kappa",
    .formula = "p_e = sum w_kl / q^2",
    .citation = "Brennan & Prediger 1981",
    .standard = true,
    .by_chance = true,
    .near = true,
    .least = -1,
    .base = true,
    .estimate = estimate,
    .gradient = acc_observed_alone_gradient,
};
