/* odds ratio: a d / (b c) (Cornfield 1951); with 1/2 added to every cell where one of them is empty
 * (Haldane 1956). Interval on the logarithm, which is jackknifed itself. With
 * independent units Woolf's limits. Check: a, b, c, d = 12, 5, 3, 30: 24, Woolf 4.94254 to
 * 116.53915; with 1/2 added to each cell: 19.80519. */
#include "stats/measure.h"
#include "stats/special.h"

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

/* Woolf 1955: the variance of the logarithm is the sum of the reciprocal cells. */
static enum acc_reason
woolf(const struct acc_pair_table *table, double level, double *low, double *high)
{
	double a = table->both, b = table->first, c = table->second, d = table->neither;
	double half = a == 0 || b == 0 || c == 0 || d == 0 ? 0.5 : 0, value = NAN;
	double variance = 1 / (a + half) + 1 / (b + half) + 1 / (c + half) + 1 / (d + half);
	enum acc_reason reason = odds_ratio(table, &value);
	double wide = exp(acc_normal_quantile((1 + level) / 2) * sqrt(variance));
	*low = value / wide;
	*high = value * wide;
	return reason;
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
    .limits = woolf,
};
