/* PMI: pointwise mutual information in bits, log2 of the lift (Church & Hanks 1990). Themes that
 * never meet have minus infinity. Interval on its own scale.
 * Check: a, b, c, d = 12, 5, 3, 30: 1.23447. */
#include "stats/measure.h"

#include <math.h>

static enum acc_reason
pmi(const struct acc_pair_table *table, double *value)
{
	double a = table->both, n = a + table->first + table->second + table->neither;
	if (acc_pair_never(table))
		return ACC_REASON_empty_margin;
	if (a == 0)
		return ACC_REASON_never_together;
	*value = log2(a * n / ((a + table->first) * (a + table->second)));
	return ACC_DEFINED;
}

const struct acc_measure acc_measure_pmi = {
    .key = "pmi",
    .name = "pointwise mutual information",
    .formula = "log2(a n / ((a+b)(a+c))), 0 = as often as by chance",
    .citation = "Church & Hanks 1990",
    .on_request = true,
    .value = pmi,
};
