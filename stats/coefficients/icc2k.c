/* Intraclass correlation of the mean of the k coders' ratings, two-way, coders random: agreement:
 * (B - E) / (B + (J - E) / n), B, J, E mean squares between units, between coders, of error, over
 * units that every coder rated (Shrout & Fleiss 1979, ICC(2,k)). Check: Shrout & Fleiss 1979,
 * .6201. */
#include "stats/anova.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	(void)weights;
	return acc_icc_estimate(tally, 2, true, out);
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	(void)weights, (void)expected;
	acc_icc_gradient(tally, 2, true, observed);
}

static void
test(const struct acc_tally *tally, const struct acc_weights *weights, double level,
     struct acc_classical *out)
{
	(void)weights;
	acc_icc_test(tally, 2, true, level, out);
}

const struct acc_coefficient acc_coefficient_icc2k = {
    .key = "icc2k",
    .alias = "icc_twoway_agreement_average",
    .name = "ICC(2,k), two-way, coders random, mean of k",
    .formula = "(B - E) / (B + (J - E) / n)",
    .citation = "Shrout & Fleiss 1979",
    .scores = true,
    .needs = ACC_NEED_MOMENTS,
    .least = -HUGE_VAL,
    .estimate = estimate,
    .gradient = gradient,
    .test = test,
};
