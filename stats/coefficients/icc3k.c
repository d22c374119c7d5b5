/* Intraclass correlation of the mean of the k coders' ratings, two-way, coders fixed: consistency:
 * (B - E) / B, B, E mean squares between units and of error, over units that every coder rated
 * (Shrout & Fleiss 1979, ICC(3,k)). Check: Shrout & Fleiss 1979, .9093. */
#include "stats/anova.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	(void)weights;
	return acc_icc_estimate(tally, 3, true, out);
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	(void)weights, (void)expected;
	acc_icc_gradient(tally, 3, true, observed);
}

static void
test(const struct acc_tally *tally, const struct acc_weights *weights, double level,
     struct acc_classical *out)
{
	(void)weights;
	acc_icc_test(tally, 3, true, level, out);
}

const struct acc_coefficient acc_coefficient_icc3k = {
    .key = "icc3k",
    .alias = "icc_twoway_consistency_average",
    .name = "ICC(3,k), two-way, coders fixed, mean of k",
    .formula = "(B - E) / B",
    .citation = "Shrout & Fleiss 1979",
    .scores = true,
    .needs = ACC_NEED_MOMENTS,
    .least = -HUGE_VAL,
    .estimate = estimate,
    .gradient = gradient,
    .test = test,
};
