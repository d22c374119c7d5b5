/* Exact influence values psi_i, summed within clusters: V = G/(G - 1) sum (sum psi_i)^2 / n^2, on
 * t(G - 1) (CV1; for kappas the multilevel delta method of Vanbelle 2017). */
#include "stats/method.h"

static enum acc_reason
make(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	estimate->method = spread->fraction >= 1 ? "these people only: influence within clusters, t"
			   : spread->fraction > 0
			       ? "cluster influence for a finite population, t(Satterthwaite)"
			       : "cluster influence, t(clusters - 1)";
	return acc_method_symmetric(estimate, spread, level);
}

const struct acc_method acc_method_linear = {
    .key = "linear",
    .name = "influence values summed within clusters",
    .formula = "k -+ t(G - 1) SE, SE^2 = G/(G - 1) sum over g of (sum psi_i)^2 / n^2",
    .citation = "Vanbelle 2017",
    .evidence = ACC_EVIDENCE_INFLUENCE,
    .population = true,
    .make = make,
};
