/* overlap: of the units with the rarer theme, the share that also has the other,
 * a / min(a+b, a+c) (Simpson 1943). Interval on the logit scale.
 * Check: a, b, c, d = 12, 5, 3, 30: .80000. */
#include "stats/measure.h"

#include <math.h>

static enum acc_reason
overlap(const struct acc_pair_table *table, double *value)
{
	if (acc_pair_never(table))
		return ACC_REASON_empty_margin;
	*value = table->both / (table->both + fmin(table->first, table->second));
	return ACC_DEFINED;
}

const struct acc_measure acc_measure_overlap = {
    .key = "overlap",
    .name = "overlap",
    .formula = "a / min(a+b, a+c); interval on the logit",
    .citation = "Simpson 1943",
    .bounded = true,
    .without_neither = true,
    .on_request = true,
    .value = overlap,
    .transform = acc_logit,
    .slope = acc_logit_slope,
    .back = acc_logit_back,
};
