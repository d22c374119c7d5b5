/* NPMI: normalised pointwise mutual information, ln(lift) / -ln(a/n): 1 only together, 0 as by
 * chance, -1 never together (Bouma 2009). Interval on Fisher's z.
 * Check: a, b, c, d = 12, 5, 3, 30: .59958. */
#include "stats/interval.h"
#include "stats/measure.h"

#include <math.h>

static enum acc_reason
npmi(const struct acc_pair_table *table, double *value)
{
	double a = table->both, n = a + table->first + table->second + table->neither;
	if (acc_pair_never(table) || a == n)
		return ACC_REASON_empty_margin;
	*value = -1;
	if (a > 0)
		*value = log(a * n / ((a + table->first) * (a + table->second))) / -log(a / n);
	return ACC_DEFINED;
}

const struct acc_measure acc_measure_npmi = {
    .key = "npmi",
    .name = "normalised pointwise mutual information",
    .formula = "ln(a n / ((a+b)(a+c))) / -ln(a/n), -1 where a = 0; interval on Fisher's z",
    .citation = "Bouma 2009",
    .bounded = true,
    .value = npmi,
    .transform = acc_fisher,
    .slope = acc_fisher_slope,
    .back = tanh,
};
