/* Conger's kappa for coders who leave out units at different rates: each pair of ratings weighs by
 * 1 / the share of units that both coders rated, so that D_o is the mean over pairs of coders of
 * their own D_o (inverse probability weighting; Moss 2026). Conger's kappa instead weighs units
 * equally, so that coders who rate more count more. The same when nothing is missing. Check: Klein
 * 2018, .4301. */
#include "stats/coder_pairs.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	enum acc_reason reason =
	    acc_coefficient_estimate(&acc_coefficient_conger_kappa, tally, weights, out);
	return reason == ACC_DEFINED ? acc_observed_per_pair(tally, weights, &out->observed)
				     : reason;
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	acc_coefficient_conger_kappa.gradient(tally, weights, observed, expected);
	acc_tally_zero(observed);
	acc_observed_per_pair_gradient(tally, weights, observed);
}

const struct acc_coefficient acc_coefficient_ipw_conger = {
    .key = "ipw_conger",
    .alias = "conger_ipw",
    .name = "Conger's kappa, coders weighted for missing units",
    .formula = "p_o = mean over pairs of coders of p_o, p_e as Conger's kappa",
    .citation = "Moss 2026",
    .needs = ACC_NEED_PAIRS,
    .by_coder = true,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
};
