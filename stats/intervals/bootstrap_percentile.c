/* Percentiles of the values of studies with other participants of the same kind (Efron 1979). Too
 * short with fewer than about 30 clusters (docs/coverage.md). */
#include "stats/method.h"
#include "stats/resample.h"

static enum acc_reason
make(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	return acc_resample_percentiles(estimate, spread, level, "cluster bootstrap, percentile");
}

const struct acc_method acc_method_bootstrap_percentile = {
    .key = "bootstrap-percentile",
    .name = "percentiles of the cluster bootstrap",
    .formula = "[q(alpha/2), q(1 - alpha/2)] of the replicates",
    .citation = "Efron 1979",
    .evidence = ACC_EVIDENCE_INFLUENCE | ACC_EVIDENCE_REPLICATES,
    .make = make,
};
