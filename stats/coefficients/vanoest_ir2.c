/* van Oest's uniform-prior coefficient: chance from the shares of the categories after one more
 * rating of each, D_e = sum d(k, l) p_k p_l, p_k = (1 + N_k) / (q + N), N_k = ratings in k, N all
 * of them (van Oest 2019). q counts declared categories, used or not. As a study grows it comes
 * close to Fleiss' kappa. Check: van Oest 2019, example 1, .034. */
#include "stats/coefficient.h"

#include <stdlib.h>

/* The shares, owned, and how many ratings there are. NULL: no memory. */
static double *
make_shares(const struct acc_tally *tally, double *ratings)
{
	size_t categories = tally->categories;
	const double *margin = acc_tally_margin(tally);
	double *share = acc_array(categories, sizeof *share);
	*ratings = 0;
	for (size_t i = 0; share && i < tally->coders * categories; i++) {
		share[i % categories] += margin[i];
		*ratings += margin[i];
	}
	for (size_t k = 0; share && k < categories; k++)
		share[k] = (1 + share[k]) / ((double)categories + *ratings);
	return share;
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	double ratings, *share = make_shares(tally, &ratings);
	if (!share)
		return ACC_REASON_no_memory;
	out->observed = acc_observed_per_unit(tally);
	out->expected = acc_weights_chance(weights, share, share);
	free(share);
	return ACC_DEFINED;
}

/* At fixed weight q / (q + N) of the added ratings: p_k moves as N_k / N does. */
static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	size_t categories = tally->categories;
	double ratings, *share = make_shares(tally, &ratings), mean = 0;
	double *slope = acc_tally_margin(expected);
	acc_observed_per_unit_gradient(tally, observed);
	if (!share)
		return;
	double all = (double)categories + ratings;
	acc_weights_slope(weights, share, 2 / all, slope);
	for (size_t k = 0; k < categories; k++)
		mean += slope[k] * (share[k] * all - 1) / ratings;
	for (size_t k = 0; k < categories; k++)
		slope[k] -= mean;
	for (size_t i = categories; i < tally->coders * categories; i++)
		slope[i] = slope[i - categories];
	free(share);
}

const struct acc_coefficient acc_coefficient_vanoest_ir2 = {
    .key = "vanoest_ir2",
    .alias = "vanoest",
    .name = "van Oest's uniform-prior coefficient",
    .formula = "p_e = sum w_kl p_k p_l, p_k = (1 + N_k) / (q + N)",
    .citation = "van Oest 2019",
    .by_coder = true,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
};
