/* lift: how many times more often together than if the themes did not care about each other,
 * a n / ((a+b)(a+c)) (Brin, Motwani, Ullman & Tsur 1997). Interval on the logarithm.
 * Check: a, b, c, d = 12, 5, 3, 30: 2.35294. */
#include "stats/measure.h"

#include <math.h>

static enum acc_reason
lift(const struct acc_pair_table *table, double *value)
{
	double a = table->both, n = a + table->first + table->second + table->neither;
	if (acc_pair_never(table))
		return ACC_REASON_empty_margin;
	*value = a * n / ((a + table->first) * (a + table->second));
	return ACC_DEFINED;
}

const struct acc_measure acc_measure_lift = {
    .key = "lift",
    .name = "lift",
    .formula = "a n / ((a+b)(a+c)), 1 = as often as by chance; interval on the logarithm",
    .citation = "Brin, Motwani, Ullman & Tsur 1997",
    .value = lift,
    .transform = log,
    .slope = acc_log_slope,
    .back = exp,
};
