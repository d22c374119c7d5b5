/* Intraclass correlation of the mean of the k coders' ratings, one-way: each unit has its own
 * coders: (B - W) / B, B, W mean squares between and within units, over units that every coder
 * rated (Shrout & Fleiss 1979, ICC(1,k)). Check: Shrout & Fleiss 1979, .4428. */
#include "stats/anova.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	(void)weights;
	return acc_icc_estimate(tally, 1, true, out);
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	(void)weights, (void)expected;
	acc_icc_gradient(tally, 1, true, observed);
}

static void
test(const struct acc_tally *tally, const struct acc_weights *weights, double level,
     struct acc_classical *out)
{
	(void)weights;
	acc_icc_test(tally, 1, true, level, out);
}

const struct acc_coefficient acc_coefficient_icc1k = {
    .key = "icc1k",
    .alias = "icc_oneway_consistency_average",
    .name = "ICC(1,k), one-way, mean of k",
    .formula = "(B - W) / B",
    .citation = "Shrout & Fleiss 1979",
    .scores = true,
    .needs = ACC_NEED_MOMENTS,
    .least = -HUGE_VAL,
    .estimate = estimate,
    .gradient = gradient,
    .test = test,
};
