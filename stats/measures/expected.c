/* expected count: the units with both themes if the themes did not care about each other,
 * (a+b)(a+c) / n. A count grows with the study, so leaving out a cluster says nothing about it: no
 * interval. Check: a, b, c, d = 12, 5, 3, 30: 5.10. */
#include "stats/measure.h"

static enum acc_reason
expected(const struct acc_pair_table *table, double *value)
{
	double a = table->both, n = a + table->first + table->second + table->neither;
	*value = (a + table->first) * (a + table->second) / n;
	return ACC_DEFINED;
}

static enum acc_reason
none(const struct acc_pair_table *table, double level, double *low, double *high)
{
	(void)table, (void)level, (void)low, (void)high;
	return ACC_REASON_no_interval;
}

const struct acc_measure acc_measure_expected = {
    .key = "expected",
    .name = "expected count",
    .formula = "(a+b)(a+c) / n, units with both by chance; no interval",
    .citation = "Pearson 1900",
    .on_request = true,
    .value = expected,
    .limits = none,
};
