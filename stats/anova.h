/* anova: units by coders as a two-way table of scores with empty cells, and the intraclass
 * correlations made of its mean squares.
 *
 * Complete tables give the mean squares of Shrout & Fleiss 1979. Otherwise, all ratings are used:
 * units are adjusted for coders and coders for units by least squares, and the variance components
 * are those whose expected mean squares are the ones seen (Henderson 1953, method 3; Searle,
 * Casella & McCulloch 1992), so that who rated what does not bias them. Tables that fall into parts
 * without a coder in common are fine.
 *
 * Needs ACC_NEED_ANOVA. */
#ifndef ACC_ANOVA_H
#define ACC_ANOVA_H

#include "stats/coefficient.h"
#include "stats/scratch.h"

/* A mean square with its degrees of freedom. */
struct acc_mean_square {
	double square, df; /* the sum of squares */
};

static inline double
acc_mean_of(const struct acc_mean_square *square)
{
	return square->df > 0 ? square->square / square->df : 0;
}

struct acc_anova {
	double units, ratings;
	/* One-way: between units and within them; ratings per unit, (N - sum r^2 / N) / (n - 1). */
	struct acc_mean_square units_alone, within;
	double per_unit_alone;
	/* Two-way: units adjusted for coders, coders adjusted for units, what is left; ratings per
	 * unit and per coder as they stand in the expected mean squares. */
	struct acc_mean_square of_units, of_coders, error;
	double per_unit, per_coder;
};

/* too_few_ratings when there are fewer than two units or nothing is left for the error. */
enum acc_reason acc_anova_of(const struct acc_tally *tally, struct acc_anova *anova);

/* The coders' deviations, units held: [coders], in the scratch, one of each part of the table 0.
 * *rank: how many are free. NULL: no memory. */
double *acc_anova_deviations(const struct acc_tally *tally, struct acc_scratch *scratch,
			     size_t *rank);

/* The forms (stats/icc.c): 1 units one-way, 2 units and coders random, 3 coders fixed; of one
 * rating or of the mean of as many as a unit has. NaN where nothing varies. */
double acc_icc(const struct acc_anova *anova, int form, bool mean);

/* D_o and D_e of a form. */
enum acc_reason acc_icc_estimate(const struct acc_tally *tally, int form, bool mean,
				 struct acc_disagreement *out);

/* Adds the gradient of D_o, degrees of freedom held. */
void acc_icc_gradient(const struct acc_tally *tally, int form, bool mean,
		      struct acc_tally *observed);

/* F test that the correlation is 0, and the interval. */
void acc_icc_test(const struct acc_tally *tally, int form, bool mean, double level,
		  struct acc_classical *out);

/* What a file of stats/coefficients/ says of one of the six forms; the rest is the same. */
#define ACC_ICC(KEY, FORM, MEAN, ...)                                                              \
	static enum acc_reason estimate(const struct acc_tally *tally,                             \
					const struct acc_weights *weights,                         \
					struct acc_disagreement *out)                              \
	{                                                                                          \
		(void)weights;                                                                     \
		return acc_icc_estimate(tally, FORM, MEAN, out);                                   \
	}                                                                                          \
	static void gradient(const struct acc_tally *tally, const struct acc_weights *weights,     \
			     struct acc_tally *observed, struct acc_tally *expected)               \
	{                                                                                          \
		(void)weights, (void)expected;                                                     \
		acc_icc_gradient(tally, FORM, MEAN, observed);                                     \
	}                                                                                          \
	static void test(const struct acc_tally *tally, const struct acc_weights *weights,         \
			 double level, struct acc_classical *out)                                  \
	{                                                                                          \
		(void)weights;                                                                     \
		acc_icc_test(tally, FORM, MEAN, level, out);                                       \
	}                                                                                          \
	const struct acc_coefficient acc_coefficient_##KEY = {.key = #KEY,                         \
							      .scores = true,                      \
							      .needs = ACC_NEED_ANOVA,             \
							      .least = (MEAN) ? -HUGE_VAL : -1,    \
							      .estimate = estimate,                \
							      .gradient = gradient,                \
							      .test = test,                        \
							      __VA_ARGS__};

#endif
