/* Percentiles of replicates in which every cluster is Poisson(1) times, by its name (Hanley &
 * MacGibbon 2006): for very many clusters, where it is the cluster bootstrap, and where the same
 * clusters shall weigh the same in every group, shard and study. As short as that with few. */
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
	estimate->method = "Poisson bootstrap of clusters, percentile";
	return ACC_DEFINED;
}

const struct acc_method acc_method_bootstrap_poisson = {
    .key = "bootstrap-poisson",
    .name = "percentiles of the Poisson bootstrap, for very many clusters",
    .formula = "[q(alpha/2), q(1 - alpha/2)] of replicates with each cluster Poisson(1) times",
    .citation = "Hanley & MacGibbon 2006",
    .evidence = ACC_EVIDENCE_INFLUENCE | ACC_EVIDENCE_REPLICATES | ACC_EVIDENCE_POISSON,
    .make = make,
};
