/* anova: units by coders as a two-way table of scores, over the units that every coder rated, and
 * the intraclass correlations made of its mean squares (Shrout & Fleiss 1979).
 *
 * Needs ACC_NEED_MOMENTS. */
#ifndef ACC_ANOVA_H
#define ACC_ANOVA_H

#include "stats/coefficient.h"

struct acc_anova {
	double units, coders;    /* n, k */
	double between;          /* mean square between units */
	double within;           /* within units: coders and error together */
	double of_coders, error; /* between coders, and what is left */
};

/* no_complete_units when there are fewer than two. */
enum acc_reason acc_anova_of(const struct acc_tally *tally, struct acc_anova *anova);

/* The forms: 1 units one-way, 2 units and coders random, 3 coders fixed; of one rating or of the
 * mean of all coders'. NaN where nothing varies. */
double acc_icc(const struct acc_anova *anova, int form, bool mean);

/* D_o and D_e of a form. */
enum acc_reason acc_icc_estimate(const struct acc_tally *tally, int form, bool mean,
				 struct acc_disagreement *out);

/* Adds the gradient of D_o. */
void acc_icc_gradient(const struct acc_tally *tally, int form, bool mean,
		      struct acc_tally *observed);

/* F test that the correlation is 0, and the interval. */
void acc_icc_test(const struct acc_tally *tally, int form, bool mean, double level,
		  struct acc_classical *out);

#endif
