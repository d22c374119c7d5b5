/* The error if there were chance agreement only. It tests kappa = 0, two-sided on the normal
 * distribution, and says nothing about where kappa is: there is no interval (Zapf et al. 2016). */
#include "stats/method.h"
#include "stats/special.h"

#include <math.h>

static enum acc_reason
make(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	(void)level;
	if (!(spread->null_variance > 0))
		return ACC_REASON_no_null;
	estimate->se = sqrt(spread->null_variance);
	estimate->p = 2 * acc_normal_tail(fabs(estimate->value) / estimate->se);
	estimate->method = "error under chance agreement, normal; tests 0 only";
	return ACC_REASON_no_interval;
}

const struct acc_method acc_method_null = {
    .key = "null",
    .name = "error under chance agreement: a test of 0, no interval",
    .formula = "z = k / SE_0",
    .citation = "Fleiss, Cohen & Everitt 1969; Fleiss, Nee & Landis 1979",
    .evidence = ACC_EVIDENCE_INFLUENCE | ACC_EVIDENCE_PUBLISHED | ACC_EVIDENCE_NULL,
    .make = make,
};
