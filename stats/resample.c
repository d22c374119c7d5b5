#include "stats/resample.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

/* Values that equal the estimate up to rounding are ties. */
static bool
is_tie(double value, double estimate)
{
	return fabs(value - estimate) <= 1e-12 * fmax(1, fabs(estimate));
}

struct acc_resample
acc_resample_make(double *value, const double *error, size_t count, double estimate, double minimum)
{
	struct acc_resample made = {.sorted = value, .count = (double)count, .error = NAN};
	double values = 0, mean = 0, squares = 0;
	size_t defined = 0;
	for (size_t b = 0; b < count; b++) {
		double one = value[b];
		if (isnan(one))
			continue;
		double off = one - estimate;
		values++;
		mean += off;
		squares += off * off;
		made.below += is_tie(one, estimate) ? 0.5 : one < estimate;
		made.below_minimum += one < minimum;
		if (!error)
			value[defined++] = one;
		else if (error[b] > 0)
			value[defined++] = off / error[b];
	}
	made.defined = (double)defined;
	made.below /= values;
	made.below_minimum = isnan(minimum) ? NAN : made.below_minimum / values;
	if (values >= 2)
		made.error = acc_standard_error(
		    fmax((squares - mean * mean / values) / (values - 1), 0), estimate);
	gsl_sort(value, 1, defined);
	return made;
}

/* Undefined replicates past this share make an interval of the others misleading. */
static const double most_undefined = 0.05;

enum acc_reason
acc_resample_obstacle(const struct acc_resample *resample, const struct acc_spread *spread)
{
	if (spread->clusters < 2)
		return ACC_REASON_one_cluster;
	if (resample->error == 0)
		return ACC_REASON_no_spread;
	if (!(resample->defined >= 2) ||
	    resample->count - resample->defined > most_undefined * resample->count)
		return ACC_REASON_undefined_replicates;
	return ACC_DEFINED;
}

double
acc_resample_quantile(const struct acc_resample *resample, double share)
{
	if (!(share >= 0 && share <= 1))
		return NAN;
	return gsl_stats_quantile_from_sorted_data(resample->sorted, 1, (size_t)resample->defined,
						   share);
}

enum acc_reason
acc_resample_percentiles(struct acc_estimate *estimate, const struct acc_spread *spread,
			 double level, const char *method)
{
	const struct acc_resample *resample = &spread->resample;
	enum acc_reason reason = acc_resample_obstacle(resample, spread);
	if (reason != ACC_DEFINED)
		return reason;
	estimate->se = resample->error;
	estimate->low = acc_resample_quantile(resample, (1 - level) / 2);
	estimate->high = acc_resample_quantile(resample, (1 + level) / 2);
	estimate->method = method;
	return ACC_DEFINED;
}
