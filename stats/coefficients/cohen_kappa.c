/* Cohen's kappa: two coders, chance from each coder's own shares,
 * D_e = sum d(k, l) p_1k p_2l, p_jk = share of k in the units coder j rated (Cohen 1960, weighted
 * 1968; units that one coder left out inform that coder's shares, as in Gwet 2014). Check: Cohen
 * 1960 example 1 in tests/golden. */
#include "stats/coefficient.h"
#include "stats/null.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	const double *first = acc_tally_margin(tally), *second = first + tally->categories;
	double units = acc_weights_sum(weights, first) * acc_weights_sum(weights, second);
	double chance = acc_weights_chance(weights, first, second);
	/* Both directions, so that swapping the coders changes no bit. */
	if (!weights->directed)
		chance = (chance + acc_weights_chance(weights, second, first)) / 2;
	out->observed = acc_observed_per_unit(tally);
	out->expected = chance / units;
	return ACC_DEFINED;
}

/* The gradient of acc_weights_chance(first, second) in one of them. */
static void
slope_of(const struct acc_weights *weights, size_t coder, const double *other, double scale,
	 double *slope)
{
	if (!weights->directed)
		acc_weights_slope(weights, other, scale, slope);
	else if (coder == 0)
		acc_weights_slope_rows(weights, other, scale, slope);
	else
		acc_weights_slope_columns(weights, other, scale, slope);
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	const double *margin[2] = {acc_tally_margin(tally),
				   acc_tally_margin(tally) + tally->categories};
	double units[2] = {acc_weights_sum(weights, margin[0]),
			   acc_weights_sum(weights, margin[1])};
	struct acc_disagreement at;
	estimate(tally, weights, &at);
	acc_observed_per_unit_gradient(tally, observed);
	for (size_t j = 0; j < 2; j++) {
		double *slope = acc_tally_margin(expected) + j * tally->categories;
		slope_of(weights, j, margin[1 - j], 1 / (units[0] * units[1]), slope);
		acc_weights_sum_slope(weights, -at.expected / units[j], slope);
	}
}

const struct acc_coefficient acc_coefficient_cohen_kappa = {
    .key = "cohen_kappa",
    .alias = "cohen",
    .name = "Cohen's kappa",
    .formula = "p_e = sum w_kl p_1k p_2l",
    .citation = "Cohen 1960",
    .standard = true,
    .two_coders = true,
    .by_chance = true,
    .directed = true,
    .by_coder = true,
    .least = -1,
    .base = true,
    .estimate = estimate,
    .gradient = gradient,
    .null_variance = acc_null_of_two,
};
