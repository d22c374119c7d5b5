/* interval: from a value and what is known of its spread to a standard error and an interval, with
 * the rules for samples that do not vary (docs/methods.md section 4). */
#ifndef ACC_INTERVAL_H
#define ACC_INTERVAL_H

#include "stats/estimate.h"

/* What bootstrap replicates say, in order of size; undefined ones left out. */
struct acc_resample {
	const double *sorted; /* borrowed, [defined]: values, or studentised deviations */
	double defined, count;
	double error;         /* standard deviation of the values */
	double below;         /* share of values below the estimate, ties counted half */
	double below_minimum; /* share of values below the minimum asked for */
};

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
	double df_fisher; /* the same on Fisher's z: effective clusters - 1, at least 1 */
	double least;     /* smallest possible value */

	double moment[3]; /* sums over pieces of d, d^2, d^3: by how much the value without the
			     piece (or with its influence taken away) is less */

	double fraction; /* of the group's people that are clusters here; 0: of unlimited many */
	double within;   /* variance of the value from units within clusters */

	double null_variance; /* of the value if there were chance agreement only; NaN: unknown */
	bool complete_pair;   /* two coders who rated the same units */
	struct acc_resample resample;
};

/* The variance and degrees of freedom for a group of which `fraction` took part:
 * (1 - f) V + f V_within, Satterthwaite's degrees of freedom from effective clusters - 1 and
 * units - clusters. */
void acc_finite_population(struct acc_spread *spread, double units);

/* Independent units that a sample without disagreement is worth: n / (1 + (n0 - 1) r), n0 the mean
 * size of the cluster of a unit, r = 0.1 assumed within clusters. */
double acc_independent_units(double units, double design, double fraction);

/* The same on Fisher's z: atanh of a value, clamped inside (-1, 1), and the slope there. */
double acc_fisher(double value);
double acc_fisher_slope(double value);

/* Shared by intervals: the root of a variance, where rounding noise (next to the value) is zero;
 * and half the width of an interval by t on effective clusters - 1, at least 1. */
double acc_standard_error(double variance, double value);
double acc_half_width(double se, double effective, double level);

#endif
