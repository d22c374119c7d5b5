/* Percentiles of the values of studies with other participants of the same kind (Efron 1979). Too
 * short with fewer than about 30 clusters (docs/coverage.md). */
#include "stats/method.h"
#include "stats/resample.h"

static enum acc_reason
make(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	const struct acc_resample *resample = &spread->resample;
	enum acc_reason reason = acc_resample_obstacle(resample, spread);
	if (reason != ACC_DEFINED)
		return reason;
	estimate->se = resample->error;
	estimate->low = acc_resample_quantile(resample, (1 - level) / 2);
	estimate->high = acc_resample_quantile(resample, (1 + level) / 2);
	estimate->method = "cluster bootstrap, percentile";
	return ACC_DEFINED;
}

const struct acc_method acc_method_bootstrap_percentile = {
    .key = "bootstrap-percentile",
    .name = "percentiles of the cluster bootstrap",
    .formula = "[q(alpha/2), q(1 - alpha/2)] of the replicates",
    .citation = "Efron 1979",
    .evidence = ACC_EVIDENCE_INFLUENCE | ACC_EVIDENCE_REPLICATES,
    .make = make,
};
