/* Fleiss' kappa: chance from the shares of the categories over all coders,
 * D_e = sum d(k, l) pi_k pi_l, pi_k = mean over units of r_ik / r_i (Fleiss 1971; missing ratings
 * as in Gwet 2014). Check: Fleiss 1971, .430245. */
#include "stats/coefficient.h"
#include "stats/null.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	out->observed = acc_observed_per_unit(tally);
	out->expected =
	    acc_expected_shared(weights, acc_tally_share(tally), tally->cell[ACC_TALLY_RATED]);
	return ACC_DEFINED;
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	acc_observed_per_unit_gradient(tally, observed);
	acc_expected_shared_gradient(weights, acc_tally_share(tally), tally->cell[ACC_TALLY_RATED],
				     acc_tally_share(expected), &expected->cell[ACC_TALLY_RATED]);
}

const struct acc_coefficient acc_coefficient_fleiss_kappa = {
    .key = "fleiss_kappa",
    .alias = "fleiss",
    .name = "Fleiss' kappa",
    .formula = "p_e = sum w_kl pi_k pi_l, pi_k = mean of r_ik / r_i",
    .citation = "Fleiss 1971",
    .standard = true,
    .by_chance = true,
    .near = true,
    .least = -1,
    .base = true,
    .estimate = estimate,
    .gradient = gradient,
    .null_variance = acc_null_of_many,
};
