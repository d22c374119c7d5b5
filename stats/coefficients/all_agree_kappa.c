/* All-agree kappa: coders agree on a unit when all of them give it the same code, by chance with
 * D_e = 1 - sum over k of the product over coders of p_jk (Hubert 1977's strictest notion of
 * agreement, Conger 1980's g-wise agreement of all coders). Over units that every coder rated. Two
 * coders: Cohen's kappa. Check: in tests/golden. */
#include "stats/coefficient.h"

/* 1 - sum of products, without taking anything from 1: a unit on which the coders do not all agree
 * has a first coder who departs from the first one. */
static double
chance(const double *margin, size_t coders, size_t categories, double units)
{
	double apart = 0;
	for (size_t k = 0; k < categories; k++) {
		double along = margin[k] / units;
		for (size_t j = 1; j < coders; j++) {
			double count = margin[j * categories + k];
			apart += along * ((units - count) / units);
			along *= count / units;
		}
	}
	return apart;
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	const double *complete = acc_tally_complete(tally);
	(void)weights;
	if (!(complete[0] > 0))
		return ACC_REASON_no_complete_units;
	out->observed = (complete[0] - complete[1]) / complete[0];
	out->expected =
	    chance(acc_tally_complete_margin(tally), tally->coders, tally->categories, complete[0]);
	return ACC_DEFINED;
}

const struct acc_coefficient acc_coefficient_all_agree_kappa = {
    .key = "all_agree_kappa",
    .alias = "all_agree",
    .name = "All-agree kappa",
    .formula = "p_o = units on which all agree, p_e = sum over k of prod over coders of p_jk",
    .citation = "Hubert 1977",
    .identity_only = true,
    .needs = ACC_NEED_COMPLETE,
    .least = -1,
    .estimate = estimate,
};
