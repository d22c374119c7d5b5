/* Brennan and Prediger's kappa for coders who leave out units at different rates: D_o is the mean
 * over pairs of coders of their own D_o (inverse probability weighting; Moss 2026). The same as
 * Brennan and Prediger's when nothing is missing. Check: Klein 2018, .4204. */
#include "stats/coder_pairs.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	enum acc_reason reason =
	    acc_coefficient_estimate(&acc_coefficient_brennan_prediger, tally, weights, out);
	return reason == ACC_DEFINED ? acc_observed_per_pair(tally, weights, &out->observed)
				     : reason;
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	(void)expected;
	acc_observed_per_pair_gradient(tally, weights, observed);
}

const struct acc_coefficient acc_coefficient_ipw_brennan_prediger = {
    .key = "ipw_brennan_prediger",
    .alias = "bp_ipw",
    .name = "Brennan-Prediger kappa, coders weighted for missing units",
    .formula = "p_o = mean over pairs of coders of p_o, p_e as Brennan-Prediger",
    .citation = "Moss 2026",
    .needs = ACC_NEED_PAIRS,
    .by_coder = true,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
};
