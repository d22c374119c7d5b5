/* The cluster jackknife, V = (G - 1)/G sum (k_(-g) - k)^2, symmetric on t(G - 1) (CV3 of MacKinnon,
 * Nielsen & Webb 2023). */
#include "stats/method.h"

static enum acc_reason
make(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	estimate->method = spread->fraction >= 1 ? "these people only: influence within clusters, t"
			   : spread->fraction > 0
			       ? "cluster jackknife for a finite population, t(Satterthwaite)"
			       : "cluster jackknife, t(clusters - 1)";
	return acc_method_symmetric(estimate, spread, level);
}

const struct acc_method acc_method_jackknife = {
    .key = "jackknife",
    .name = "cluster jackknife",
    .formula = "k -+ t(G - 1) SE_J, SE_J^2 = (G - 1)/G sum (k_(-g) - k)^2",
    .citation = "MacKinnon, Nielsen & Webb 2023",
    .evidence = ACC_EVIDENCE_JACKKNIFE,
    .population = true,
    .make = make,
};
