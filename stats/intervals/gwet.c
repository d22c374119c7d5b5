/* The published linearisation for independent units, as irrCAC and kappaetc print it: for comparing
 * with them, not for segments of the same people (Gwet 2014, 2021). */
#include "stats/method.h"

static enum acc_reason
make(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	/* As published, the lower limit is not cut. */
	struct acc_spread uncut = *spread;
	uncut.least = -1.0 / 0.0;
	estimate->method = "Gwet linearised, units independent, t(units - 1)";
	return acc_method_symmetric(estimate, &uncut, level);
}

const struct acc_method acc_method_gwet = {
    .key = "gwet",
    .name = "published linearisation, units independent",
    .formula = "k -+ t(n - 1) SE, SE^2 = sum (k*_i - k)^2 / (n (n - 1))",
    .citation = "Gwet 2014",
    .evidence = ACC_EVIDENCE_INFLUENCE | ACC_EVIDENCE_PUBLISHED,
    .make = make,
};
