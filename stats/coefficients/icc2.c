/* Intraclass correlation of one rating, two-way, coders random: agreement: (B - E) / (B + (k - 1) E
 * + k (J - E) / n), B, J, E mean squares between units, between coders, of error, over units that
 * every coder rated (Shrout & Fleiss 1979, ICC(2,1)). Check: Shrout & Fleiss 1979, .2898. */
#include "stats/anova.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	(void)weights;
	return acc_icc_estimate(tally, 2, false, out);
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	(void)weights, (void)expected;
	acc_icc_gradient(tally, 2, false, observed);
}

static void
test(const struct acc_tally *tally, const struct acc_weights *weights, double level,
     struct acc_classical *out)
{
	(void)weights;
	acc_icc_test(tally, 2, false, level, out);
}

const struct acc_coefficient acc_coefficient_icc2 = {
    .key = "icc2",
    .alias = "icc_twoway_agreement_single",
    .name = "ICC(2,1), two-way, coders random",
    .formula = "(B - E) / (B + (k - 1) E + k (J - E) / n)",
    .citation = "Shrout & Fleiss 1979",
    .scores = true,
    .needs = ACC_NEED_MOMENTS,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
    .test = test,
};
