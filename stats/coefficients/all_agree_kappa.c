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
	out->observed = complete[1] / complete[0];
	out->expected =
	    chance(acc_tally_complete_margin(tally), tally->coders, tally->categories, complete[0]);
	return ACC_DEFINED;
}

/* D_e = sum over k of m_1k / n less the product over coders of m_jk / n, whose slope in m_jk is the
 * product of the others. */
static void
add_slopes(const double *margin, size_t coders, size_t categories, double units, double *slope,
	   double *of_units)
{
	for (size_t k = 0; k < categories; k++) {
		slope[k] += 1 / units;
		*of_units -= margin[k] / units / units;
		for (size_t j = 0; j < coders; j++) {
			double others = 1 / units;
			for (size_t i = 0; i < coders; i++)
				others *= i == j ? 1 : margin[i * categories + k] / units;
			slope[j * categories + k] -= others;
			*of_units += others * margin[j * categories + k] / units;
		}
	}
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	const double *complete = acc_tally_complete(tally);
	double *slope = acc_tally_complete(observed);
	(void)weights;
	slope[0] -= complete[1] / complete[0] / complete[0];
	slope[1] += 1 / complete[0];
	add_slopes(acc_tally_complete_margin(tally), tally->coders, tally->categories, complete[0],
		   acc_tally_complete_margin(expected), acc_tally_complete(expected));
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
    .gradient = gradient,
};
