/* Percent agreement of all coders: the share of units to which every coder gave the same code,
 * among the units that every coder rated; weighted: the mean of each unit's smallest agreement
 * weight. No correction for chance: D_e = 1. Check: irr, video, .35; tolerance 1, .9. */
#include "stats/coefficient.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	const double *complete = acc_tally_complete(tally);
	(void)weights;
	if (!(complete[0] > 0))
		return ACC_REASON_no_complete_units;
	*out = (struct acc_disagreement){complete[1] / complete[0], 1};
	return ACC_DEFINED;
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	const double *complete = acc_tally_complete(tally);
	double *slope = acc_tally_complete(observed);
	(void)weights, (void)expected;
	slope[0] -= complete[1] / complete[0] / complete[0];
	slope[1] += 1 / complete[0];
}

const struct acc_coefficient acc_coefficient_percent_agreement_all = {
    .key = "percent_agreement_all",
    .alias = "percent_all",
    .name = "Percent agreement of all coders",
    .formula = "share of units on which all coders agree, p_e = 0",
    .citation = "Gamer et al. 2019",
    .needs = ACC_NEED_COMPLETE,
    .least = 0,
    .estimate = estimate,
    .gradient = gradient,
};
