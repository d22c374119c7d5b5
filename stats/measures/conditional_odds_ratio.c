/* conditional odds ratio: the one under which the observed count of units with both is what is to
 * be expected with these margins; its exact interval inverts Fisher's test (Cornfield 1956). Units
 * are taken as independent. Check: a, b, c, d = 12, 5, 3, 30: 21.756, 4.09 to 165.9 (fisher.test of
 * R). */
#include "stats/hypergeometric.h"

#include <math.h>

static enum acc_reason
conditional(const struct acc_pair_table *table, double *value)
{
	if (acc_pair_constant(table))
		return ACC_REASON_empty_margin;
	if (table->first == 0 || table->second == 0)
		return ACC_REASON_infinite;
	*value = 0;
	if (table->both > 0 && table->neither > 0)
		*value = exp(acc_hypergeometric_odds(table));
	return ACC_DEFINED;
}

static enum acc_reason
limits(const struct acc_pair_table *table, double level, double *low, double *high)
{
	double tail = (1 - level) / 2;
	*low = 0;
	if (table->both > 0 && table->neither > 0)
		*low = exp(acc_hypergeometric_limit(table, tail, false));
	*high = exp(acc_hypergeometric_limit(table, tail, true));
	return ACC_DEFINED;
}

const struct acc_measure acc_measure_conditional_odds_ratio = {
    .key = "conditional_odds_ratio",
    .name = "conditional odds ratio",
    .formula = "maximum likelihood given the margins; exact interval, units independent",
    .citation = "Cornfield 1956",
    .on_request = true,
    .value = conditional,
    .limits = limits,
};
