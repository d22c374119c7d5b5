/* Fleiss, Cohen & Everitt 1969: the error of two coders who rated the same units, units
 * independent, dividing by n where Gwet divides by n - 1; on the normal distribution, as vcd,
 * psych, SAS and SPSS print it. */
#include "stats/method.h"
#include "stats/special.h"

#include <math.h>

static enum acc_reason
make(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	enum acc_reason reason = acc_method_obstacle(spread);
	if (!spread->complete_pair)
		return ACC_REASON_two_complete_coders;
	if (reason != ACC_DEFINED)
		return reason;
	double n = spread->clusters;
	estimate->se = acc_standard_error(spread->variance * (n - 1) / n, estimate->value);
	double half = acc_normal_quantile((1 + level) / 2) * estimate->se;
	estimate->low = estimate->value - half;
	estimate->high = fmin(estimate->value + half, 1);
	estimate->method = "Fleiss-Cohen-Everitt, units independent, normal";
	return ACC_DEFINED;
}

const struct acc_method acc_method_fce = {
    .key = "fce",
    .name = "Fleiss-Cohen-Everitt error of two coders",
    .formula = "k -+ z SE, SE^2 = sum (k*_i - k)^2 / n^2",
    .citation = "Fleiss, Cohen & Everitt 1969",
    .evidence = ACC_EVIDENCE_INFLUENCE | ACC_EVIDENCE_PUBLISHED,
    .make = make,
};
