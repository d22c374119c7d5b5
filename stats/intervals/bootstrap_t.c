/* The cluster bootstrap of t_b = (k_b - k) / SE_b, SE_b the error by influence values in the
 * replicate: [k - q(1 - alpha/2) SE, k - q(alpha/2) SE]. Good from 15 clusters on (Cameron, Gelbach
 * & Miller 2008; docs/coverage.md). */
#include "stats/method.h"
#include "stats/resample.h"

#include <math.h>

enum { LEAST_CLUSTERS = 15 };

static enum acc_reason
make(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	const struct acc_resample *resample = &spread->resample;
	enum acc_reason reason = acc_resample_obstacle(resample, spread);
	if (reason == ACC_DEFINED && spread->clusters < LEAST_CLUSTERS)
		reason = ACC_REASON_fifteen_clusters;
	if (reason != ACC_DEFINED)
		return reason;
	estimate->se = acc_standard_error(spread->variance, estimate->value);
	estimate->low =
	    estimate->value - acc_resample_quantile(resample, (1 + level) / 2) * estimate->se;
	estimate->high =
	    estimate->value - acc_resample_quantile(resample, (1 - level) / 2) * estimate->se;
	estimate->low = acc_method_bounded(estimate->low, estimate, spread);
	estimate->high = fmin(estimate->high, 1);
	estimate->method = "cluster bootstrap-t, studentised by influence values";
	return ACC_DEFINED;
}

const struct acc_method acc_method_bootstrap_t = {
    .key = "bootstrap-t",
    .name = "cluster bootstrap, studentised; 15 clusters or more",
    .formula = "[k - q(1 - alpha/2) SE, k - q(alpha/2) SE], q of (k_b - k) / SE_b",
    .citation = "Cameron, Gelbach & Miller 2008",
    .evidence = ACC_EVIDENCE_INFLUENCE | ACC_EVIDENCE_REPLICATES | ACC_EVIDENCE_ERRORS,
    .make = make,
};
