/* Percentiles of the cluster bootstrap, corrected for bias z0 = Phi^-1(share of replicates below k)
 * and acceleration a = sum d_g^3 / (6 (sum d_g^2)^1.5), d_g the jackknife's deviations from their
 * mean: the limits are the replicates' quantiles at Phi(z0 + (z0 + z)/(1 - a (z0 + z))) (Efron
 * 1987). */
#include "stats/method.h"
#include "stats/resample.h"
#include "stats/special.h"

#include <math.h>

/* The jackknife's moments about their mean. */
static double
acceleration(const struct acc_spread *spread)
{
	double n = spread->clusters, mean = spread->moment[0] / n;
	double squares = spread->moment[1] - n * mean * mean;
	double cubes =
	    spread->moment[2] - 3 * mean * spread->moment[1] + 2 * n * mean * mean * mean;
	return squares > 0 ? cubes / (6 * pow(squares, 1.5)) : 0;
}

static double
corrected(double z, double bias, double acceleration)
{
	double scale = 1 - acceleration * (bias + z);
	return scale > 0 ? 1 - acc_normal_tail(bias + (bias + z) / scale) : NAN;
}

static enum acc_reason
make(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	const struct acc_resample *resample = &spread->resample;
	enum acc_reason reason = acc_resample_obstacle(resample, spread);
	if (reason == ACC_DEFINED && spread->undefined)
		reason = ACC_REASON_one_cluster_varies;
	if (reason != ACC_DEFINED)
		return reason;
	double bias = acc_normal_quantile(resample->below),
	       z = acc_normal_quantile((1 + level) / 2);
	double low = corrected(-z, bias, acceleration(spread));
	double high = corrected(z, bias, acceleration(spread));
	if (isnan(low) || isnan(high))
		return ACC_REASON_one_sided_replicates;
	estimate->se = resample->error;
	estimate->low = acc_resample_quantile(resample, low);
	estimate->high = acc_resample_quantile(resample, high);
	estimate->method = "cluster bootstrap, bias-corrected and accelerated";
	return ACC_DEFINED;
}

const struct acc_method acc_method_bootstrap_bca = {
    .key = "bootstrap-bca",
    .name = "cluster bootstrap, bias-corrected and accelerated",
    .formula = "quantiles at Phi(z0 + (z0 -+ z)/(1 - a (z0 -+ z))) of the replicates",
    .citation = "Efron 1987",
    .evidence = ACC_EVIDENCE_JACKKNIFE | ACC_EVIDENCE_REPLICATES,
    .make = make,
};
