/* homogeneity: do coders use the categories at the same rates? Tests of marginal homogeneity and
 * symmetry on the table of two coders, and Cochran's Q for several.
 *
 * A table is an array [categories^2] of counts of units: row the first coder's code, column the
 * second's. All tests take units as independent; with several units per participant they reject too
 * often. */
#ifndef ACC_HOMOGENEITY_H
#define ACC_HOMOGENEITY_H

#include "stats/tally.h"

/* A chi-square test; NaN when the coders never differ, or differ in too few units for it. */
struct acc_chi2 {
	double statistic, df, p;
};

/* b units where the first says yes and the second no, c the reverse. */
struct acc_mcnemar {
	struct acc_chi2 plain, corrected; /* McNemar 1947; with Edwards' correction */
	double exact, mid; /* binomial p, two-sided; and less half the point: mid-p */
};
void acc_mcnemar(double b, double c, struct acc_mcnemar *out);

/* Symmetry of the whole table (Bowker 1948); df counts pairs of categories that hold units. */
struct acc_chi2 acc_bowker(const double *table, size_t categories);

/* Equal margins (Stuart 1955, Maxwell 1970): d' S^- d with a pseudo-inverse, df its rank. Only
 * categories nobody used drop out by it; those with equal margins stay. */
enum acc_status acc_stuart_maxwell(const double *table, size_t categories, struct acc_chi2 *out);

/* The same against the sample's own covariance (Bhapkar 1966): W / (1 - W / n). */
struct acc_chi2 acc_bhapkar(const struct acc_chi2 *stuart_maxwell, double units);

/* Does one coder choose later categories than the other (irr's rater.bias)? *share: of the units
 * to which they gave different codes, those where the first coder's is the later one. */
struct acc_chi2 acc_rater_bias(const double *table, size_t categories, double *share);

/* Several coders, two categories: Cochran 1950, over units that every coder rated. The tally has
 * ACC_NEED_MOMENTS of two scores. */
struct acc_chi2 acc_cochran_q(const struct acc_tally *tally);

#endif
