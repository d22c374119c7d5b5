/* resample: what the replicates of one coefficient come to. */
#ifndef ACC_RESAMPLE_H
#define ACC_RESAMPLE_H

#include "stats/interval.h"

/* Sum up `count` replicates of an estimate, in place: value[] is sorted, undefined values left out;
 * with errors (else NULL) it becomes (value - estimate) / error, and replicates without an error
 * are undefined. minimum: NaN, or what values are compared with. The result borrows value[]. */
struct acc_resample acc_resample_make(double *value, const double *error, size_t count,
				      double estimate, double minimum);

/* Why they give no interval: more than one in twenty undefined, or all the same. */
enum acc_reason acc_resample_obstacle(const struct acc_resample *resample,
				      const struct acc_spread *spread);

/* Error and percentile limits of an estimate from its replicates, by a method of this name. */
enum acc_reason acc_resample_percentiles(struct acc_estimate *estimate,
					 const struct acc_spread *spread, double level,
					 const char *method);

/* The quantile of a share, interpolated between order statistics (type 7 of Hyndman & Fan 1996). */
double acc_resample_quantile(const struct acc_resample *resample, double share);

#endif
