/* Scott's pi: two coders, chance from their common shares,
 * D_e = sum d(k, l) pi_k pi_l, pi_k = mean over units of r_ik / r_i (Scott 1955). It is Fleiss'
 * kappa of two coders. Check: Krippendorff 1980 example 1 in tests/golden. */
#include "stats/coefficient.h"
#include "stats/null.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	return acc_coefficient_estimate(&acc_coefficient_fleiss_kappa, tally, weights, out);
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	acc_coefficient_fleiss_kappa.gradient(tally, weights, observed, expected);
}

const struct acc_coefficient acc_coefficient_scott_pi = {
    .key = "scott_pi",
    .alias = "scott",
    .name = "Scott's pi",
    .formula = "p_e = sum w_kl pi_k pi_l, pi_k = share of k in both coders' ratings",
    .citation = "Scott 1955",
    .standard = true,
    .two_coders = true,
    .by_chance = true,
    .near = true,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
    .null_variance = acc_null_of_many,
};
