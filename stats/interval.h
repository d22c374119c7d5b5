/* interval: from a value and its variance to a standard error and an interval, with the rules for
 * samples that do not vary (docs/methods.md section 4). */
#ifndef ACC_INTERVAL_H
#define ACC_INTERVAL_H

#include "stats/estimate.h"

/* What the intervals of a coefficient are made from. */
struct acc_spread {
	double variance;  /* of the value, by the jackknife or by influence values */
	bool undefined;   /* some leave-one-out value was undefined */
	double clusters;  /* independent pieces */
	double effective; /* Kish's: n^2 / sum n_g^2 over the units n_g of each piece */
	double design;    /* sum n_g^2 / n: mean size of the cluster of a unit */
	double observed;  /* disagreement */
	double expected;  /* disagreement */
	double df;        /* degrees of freedom of symmetric intervals */
	double least;     /* smallest possible value */
};

/* Set se, low, high, method, reason and notes of an estimate whose value is defined. */
void acc_interval(struct acc_estimate *estimate, const struct acc_spread *spread, enum acc_ci ci,
		  double level);

/* The same on Fisher's z: atanh of a value, clamped inside (-1, 1), and the slope there. */
double acc_fisher(double value);
double acc_fisher_slope(double value);

/* Shared by intervals: the root of a variance, where rounding noise (next to the value) is zero;
 * and half the width of an interval by t on effective clusters - 1, at least 1. */
double acc_standard_error(double variance, double value);
double acc_half_width(double se, double effective, double level);

#endif
