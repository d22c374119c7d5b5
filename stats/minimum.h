/* minimum: is agreement good enough? Tests against a minimum chosen beforehand, and Gwet's
 * probabilistic benchmarking. */
#ifndef ACC_MINIMUM_H
#define ACC_MINIMUM_H

#include "stats/estimate.h"

/* p of H0: the true value is the minimum or less, one-sided: T = (atanh k - atanh k0) / SE_z on
 * t(G* - 1); where nothing varies, the chance of so little disagreement in the independent units
 * that the sample is worth. NaN without a standard error, or where too little of the rarer category
 * was seen. The same tail is the probability, for a flat prior on Fisher's z, that the true value
 * is below the minimum. */
double acc_minimum_p(const struct acc_estimate *estimate, double minimum);

/* A verbal scale: levels from the best down, each with its lower limit. */
struct acc_scale_level {
	const char *name;
	double low;
};
struct acc_scale {
	const char *key, *citation;
	struct acc_scale_level level[7]; /* ended by a NULL name */
};
extern const struct acc_scale acc_scales[];
extern const size_t acc_scale_count;

/* P(true value >= low) given value, se and degrees of freedom, on t truncated to [-1, 1] (Gwet
 * 2014, with t for the normal distribution). NaN for undefined arguments. */
double acc_benchmark_cumulative(double value, double se, double df, double low);

/* The first level from the best down that is reached or passed with probability 0.95, and that
 * probability; NULL and NaN where undefined. */
const char *acc_benchmark(const struct acc_scale *scale, const struct acc_estimate *estimate,
			  double *probability);

#endif
