/* Kappa of two categories and units with different numbers of ratings: kappa = 1 - W / ((N - n) p
 * q), W the sum over units of x_i (r_i - x_i) / r_i, x_i of r_i ratings in one category, n units, N
 * ratings, p and q the shares of the categories (Landis & Koch 1977; Fleiss & Cuzick 1979; Fleiss,
 * Levin & Paik 2003, 18.3). With as many ratings for each unit it is nearly Fleiss' kappa, which
 * weighs units equally. Check: Fleiss et al. 2003, p. 613, .54. */
#include "stats/anova.h"

#include <math.h>

/* The sums, with the second category as 1 and the first as 0. */
struct sums {
	double units, ratings, within, ones;
};

static struct sums
sums_of(const struct acc_tally *tally)
{
	const double *margin = acc_tally_margin(tally);
	const double *cell = acc_tally_anova(tally);
	struct sums sums = {.units = cell[ACC_ANOVA_UNITS]};
	for (size_t j = 0; j < tally->coders; j++) {
		sums.ones += margin[2 * j + 1];
		sums.ratings += margin[2 * j] + margin[2 * j + 1];
	}
	sums.within = cell[ACC_ANOVA_MIXED];
	return sums;
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	struct sums s = sums_of(tally);
	double p = s.ones / s.ratings, q = (s.ratings - s.ones) / s.ratings;
	(void)weights;
	*out = (struct acc_disagreement){2 * s.within / (s.ratings - s.units), 2 * p * q};
	return ACC_DEFINED;
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	struct sums s = sums_of(tally);
	double spare = s.ratings - s.units, p = s.ones / s.ratings;
	double per_rating = -2 * s.within / (spare * spare);
	(void)weights;
	acc_tally_anova(observed)[ACC_ANOVA_MIXED] += 2 / spare;
	acc_tally_anova(observed)[ACC_ANOVA_UNITS] -= per_rating;
	for (size_t i = 0; i < 2 * tally->coders; i++) {
		acc_tally_margin(observed)[i] += per_rating;
		acc_tally_margin(expected)[i] +=
		    2 * (1 - 2 * p) * ((double)(i % 2) - p) / s.ratings;
	}
}

/* Fleiss et al. 2003, 18.3: m the mean number of ratings of a unit, h the harmonic mean. */
static double
null_variance(const struct acc_tally *tally, const struct acc_weights *weights, double ratings)
{
	struct sums s = sums_of(tally);
	double m = s.ratings / s.units, p = s.ones / s.ratings, pq = p * (1 - p);
	double h = s.units / acc_tally_anova(tally)[ACC_ANOVA_INVERSE];
	(void)weights, (void)ratings;
	double square = 2 * (h - 1) + (m - h) * (1 - 4 * pq) / (m * pq);
	return square / ((m - 1) * (m - 1) * s.units * h);
}

const struct acc_coefficient acc_coefficient_fleiss_cuzick_kappa = {
    .key = "fleiss_cuzick_kappa",
    .alias = "fleiss_kappa_unbalanced_binary",
    .name = "Fleiss and Cuzick's kappa",
    .formula = "p_e = p^2 + q^2, units weighed by their ratings less one",
    .citation = "Fleiss & Cuzick 1979",
    .binary = true,
    .identity_only = true,
    .needs = ACC_NEED_ANOVA,
    .by_coder = true,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
    .null_variance = null_variance,
};
