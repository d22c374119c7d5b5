/* comparison: are the groups equal, and by how much do two of them differ? */
#ifndef ACC_COMPARISON_H
#define ACC_COMPARISON_H

#include "stats/estimate.h"

/* One group's value on the scale of the test, with what is needed to weigh it. */
struct acc_arm {
	double value; /* on the scale of the test (Fisher's z, logit) */
	double se;    /* of value */
	double df;    /* effective clusters - 1, at least 1 */
	bool estimable;
};

struct acc_test {
	double statistic, df1, df2, p;
	enum acc_reason reason;
};

/* Welch's F that all arms are equal (Welch 1951). Not estimable when an arm is not. */
struct acc_test acc_welch(const struct acc_arm *arm, size_t arms);

/* The same without p, which takes most of the time. */
struct acc_test acc_welch_statistic(const struct acc_arm *arm, size_t arms);

/* Difference of two arms: Welch's t with Satterthwaite's degrees of freedom, two-sided. */
struct acc_test acc_welch_pair(const struct acc_arm *a, const struct acc_arm *b);

/* Two one-sided tests that two arms differ by less than `margin` (Schuirmann 1987): the larger p,
 * by Welch's t. Small: equivalent. NaN where an arm cannot be used. */
double acc_equivalence(const struct acc_arm *a, const struct acc_arm *b, double margin);

enum acc_adjustment {
	ACC_ADJUST_HOLM, /* family-wise error, any dependence (Holm 1979) */
	ACC_ADJUST_BH,   /* false discovery rate (Benjamini & Hochberg 1995) */
	ACC_ADJUST_BY    /* the same under any dependence (Benjamini & Yekutieli 2001) */
};

/* Adjust the p of one family: adjusted[i] for p[i]; NaN stays NaN and does not count. */
enum acc_status acc_adjust(enum acc_adjustment how, const double *p, size_t count,
			   double *adjusted);

#endif
