/* van Oest's uniform-prior coefficient: chance from the shares of the categories after one more
 * rating of each, D_e = sum d(k, l) p_k p_l, p_k = (1 + N_k) / (q + N), N_k = ratings in k, N all
 * of them (van Oest 2019). q counts declared categories, used or not. As a study grows it comes
 * close to Fleiss' kappa. Check: van Oest 2019, example 1, .034. */
#include "stats/coefficient.h"
#include "stats/scratch.h"

/* How often each was given, and once more; in the scratch. *all: the sum. NULL: no memory. */
static double *
make_counts(const struct acc_tally *tally, struct acc_scratch *scratch, double *all)
{
	size_t categories = tally->categories;
	const double *margin = acc_tally_margin(tally);
	double *count = acc_scratch_make(scratch, categories);
	*all = 0;
	for (size_t k = 0; count && k < categories; k++)
		count[k] = 1;
	for (size_t j = 0; count && j < tally->coders; j++)
		for (size_t k = 0; k < categories; k++)
			count[k] += margin[j * categories + k];
	for (size_t k = 0; count && k < categories; k++)
		*all += count[k];
	return count;
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	struct acc_scratch scratch;
	double all, *count = make_counts(tally, &scratch, &all);
	if (!count)
		return ACC_REASON_no_memory;
	out->observed = acc_observed_per_unit(tally);
	out->expected = acc_expected_shared(weights, count, all);
	acc_scratch_free(&scratch);
	return ACC_DEFINED;
}

/* At fixed weight q / (q + N) of the added ratings: p_k moves as N_k / N does. */
static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	size_t categories = tally->categories;
	struct acc_scratch scratch;
	double all, *count = make_counts(tally, &scratch, &all), mean = 0;
	double *slope = acc_tally_margin(expected);
	acc_observed_per_unit_gradient(tally, observed);
	if (!count)
		return;
	acc_weights_slope(weights, count, 2 / (all * all), slope);
	for (size_t k = 0; k < categories; k++)
		mean += slope[k] * (count[k] - 1) / (all - (double)categories);
	for (size_t k = 0; k < categories; k++)
		slope[k] -= mean;
	for (size_t i = categories; i < tally->coders * categories; i++)
		slope[i] = slope[i - categories];
	acc_scratch_free(&scratch);
}

const struct acc_coefficient acc_coefficient_vanoest_ir2 = {
    .key = "vanoest_ir2",
    .alias = "vanoest",
    .name = "van Oest's uniform-prior coefficient",
    .formula = "p_e = sum w_kl p_k p_l, p_k = (1 + N_k) / (q + N)",
    .citation = "van Oest 2019",
    .by_coder = true,
    .coders_summed = true,
    .near = true,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
};
