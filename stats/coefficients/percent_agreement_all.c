/* Percent agreement of all coders: the share of units to which every coder gave the same code,
 * among the units that every coder rated. No correction for chance: D_e = 1. Check: irr, video,
 * .35. */
#include "stats/coefficient.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	const double *complete = acc_tally_complete(tally);
	(void)weights;
	if (!(complete[0] > 0))
		return ACC_REASON_no_complete_units;
	out->observed = (complete[0] - complete[1]) / complete[0];
	out->expected = 1;
	return ACC_DEFINED;
}

const struct acc_coefficient acc_coefficient_percent_agreement_all = {
    .key = "percent_agreement_all",
    .alias = "percent_all",
    .name = "Percent agreement of all coders",
    .formula = "share of units on which all coders agree, p_e = 0",
    .citation = "Gamer et al. 2019",
    .identity_only = true,
    .needs = ACC_NEED_COMPLETE,
    .least = 0,
    .estimate = estimate,
};
