/* Intraclass correlation of one rating, one-way: each unit has its own coders: (B - W) / (B + (k -
 * 1) W), B, W mean squares between and within units, over units that every coder rated (Shrout &
 * Fleiss 1979, ICC(1,1)). Check: Shrout & Fleiss 1979, .1657. */
#include "stats/anova.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	(void)weights;
	return acc_icc_estimate(tally, 1, false, out);
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	(void)weights, (void)expected;
	acc_icc_gradient(tally, 1, false, observed);
}

static void
test(const struct acc_tally *tally, const struct acc_weights *weights, double level,
     struct acc_classical *out)
{
	(void)weights;
	acc_icc_test(tally, 1, false, level, out);
}

const struct acc_coefficient acc_coefficient_icc1 = {
    .key = "icc1",
    .alias = "icc_oneway_consistency_single",
    .name = "ICC(1,1), one-way",
    .formula = "(B - W) / (B + (k - 1) W)",
    .citation = "Shrout & Fleiss 1979",
    .scores = true,
    .needs = ACC_NEED_MOMENTS,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
    .test = test,
};
