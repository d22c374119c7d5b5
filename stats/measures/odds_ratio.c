/* odds ratio: a d / (b c) (Cornfield 1951); with 1/2 added to every cell where one of them is empty
 * (Haldane 1956). Interval on the logarithm, which is jackknifed itself. Check: a, b, c, d = 12, 5,
 * 3, 30: 24; with 1/2 added to each: 19.80519. */
#include "stats/measure.h"

#include <math.h>

static enum acc_reason
odds_ratio(const struct acc_pair_table *table, double *value)
{
	double a = table->both, b = table->first, c = table->second, d = table->neither;
	double half = a == 0 || b == 0 || c == 0 || d == 0 ? 0.5 : 0;
	if (acc_pair_constant(table))
		return ACC_REASON_empty_margin;
	*value = (a + half) * (d + half) / ((b + half) * (c + half));
	return ACC_DEFINED;
}

const struct acc_measure acc_measure_odds_ratio = {
    .key = "odds_ratio",
    .name = "odds ratio",
    .formula = "a d / (b c), each cell + 1/2 where one is empty; interval on the logarithm",
    .citation = "Cornfield 1951; Haldane 1956",
    .value = odds_ratio,
    .transform = log,
    .slope = acc_log_slope,
    .back = exp,
    .compared_on_scale = true,
};
