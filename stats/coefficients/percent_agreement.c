/* Percent agreement: the mean over units of the share of agreeing pairs of ratings (weighted: of
 * their agreement weights). No correction for chance: D_e = 1. Check: Fleiss 1971, .555556. */
#include "stats/coefficient.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	(void)weights;
	out->observed = acc_observed_per_unit(tally);
	out->expected = 1;
	return ACC_DEFINED;
}

const struct acc_coefficient acc_coefficient_percent_agreement = {
    .key = "percent_agreement",
    .alias = "percent",
    .name = "Percent agreement",
    .formula = "p_e = 0",
    .citation = "Gwet 2014",
    .standard = true,
    .by_chance = true,
    .near = true,
    .least = 0,
    .estimate = estimate,
    .gradient = acc_observed_alone_gradient,
};
