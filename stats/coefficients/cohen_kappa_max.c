/* The largest Cohen's kappa that the two coders' shares allow: D_o = 1 - sum min(p_1k, p_2k), D_e
 * that of Cohen's kappa (Cohen 1960). It says how much of 1 - kappa is due to coders who use the
 * categories at different rates; it is no standard to divide kappa by. Check: Cohen 1960, .85 and
 * .831. */
#include "stats/coefficient.h"

#include <math.h>

static double
units_of(const double *margin, size_t categories)
{
	double units = 0;
	for (size_t k = 0; k < categories; k++)
		units += margin[k];
	return units;
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	size_t q = tally->categories;
	const double *first = acc_tally_margin(tally), *second = first + q;
	double n = units_of(first, q), m = units_of(second, q), apart = 0;
	enum acc_reason reason =
	    acc_coefficient_estimate(&acc_coefficient_cohen_kappa, tally, weights, out);
	/* 1 - sum of the smaller is half the sum of the differences. */
	for (size_t k = 0; k < q; k++)
		apart += fabs(first[k] * m - second[k] * n) / (n * m);
	out->observed = apart / 2;
	return reason;
}

const struct acc_coefficient acc_coefficient_cohen_kappa_max = {
    .key = "cohen_kappa_max",
    .alias = "kappa_max",
    .name = "Largest possible Cohen's kappa",
    .formula = "p_o = sum min(p_1k, p_2k), p_e as Cohen's kappa",
    .citation = "Cohen 1960",
    .two_coders = true,
    .identity_only = true,
    .diagnostic = true,
    .by_coder = true,
    .least = -1,
    .estimate = estimate,
};
