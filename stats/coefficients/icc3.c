/* Intraclass correlation of one rating, two-way, coders fixed: consistency: (B - E) / (B + (k - 1)
 * E), B, E mean squares between units and of error, over units that every coder rated (Shrout &
 * Fleiss 1979, ICC(3,1)). Check: Shrout & Fleiss 1979, .7148. */
#include "stats/anova.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	(void)weights;
	return acc_icc_estimate(tally, 3, false, out);
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	(void)weights, (void)expected;
	acc_icc_gradient(tally, 3, false, observed);
}

static void
test(const struct acc_tally *tally, const struct acc_weights *weights, double level,
     struct acc_classical *out)
{
	(void)weights;
	acc_icc_test(tally, 3, false, level, out);
}

const struct acc_coefficient acc_coefficient_icc3 = {
    .key = "icc3",
    .alias = "icc_twoway_consistency_single",
    .name = "ICC(3,1), two-way, coders fixed",
    .formula = "(B - E) / (B + (k - 1) E)",
    .citation = "Shrout & Fleiss 1979",
    .scores = true,
    .needs = ACC_NEED_MOMENTS,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
    .test = test,
};
