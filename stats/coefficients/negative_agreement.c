/* Negative agreement: given that a coder took a theme for absent, how often another coder did so
 * too, sum r_ik (r_ik - 1) / sum r_ik (r_i - 1) over units, k the other category (absent); with two
 * coders 2 d / (2 d + b + c) (Cicchetti & Feinstein 1990; several coders as in Uebersax 1982). The
 * other categories of a codebook: --by category. Check: the table 12, 5, 3, 30 in tests/golden. */
#include "stats/coefficient.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	return acc_specific_disagreement(tally, weights, false, out);
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	(void)expected;
	acc_specific_gradient(tally, weights, false, observed);
}

const struct acc_coefficient acc_coefficient_negative_agreement = {
    .key = "negative_agreement",
    .alias = "p_neg",
    .name = "Negative agreement",
    .formula = "sum r_ik (r_ik - 1) / sum r_ik (r_i - 1), k = absent",
    .citation = "Cicchetti & Feinstein 1990",
    .binary = true,
    .identity_only = true,
    .needs = ACC_NEED_SPECIFIC,
    .least = 0,
    .estimate = estimate,
    .gradient = gradient,
};
