/* Ochiai: the cosine of the two presences, a / sqrt((a+b)(a+c)) (Ochiai 1957). Interval on the
 * logit scale. Check: a, b, c, d = 12, 5, 3, 30: .75147. */
#include "stats/measure.h"

#include <math.h>

static enum acc_reason
ochiai(const struct acc_pair_table *table, double *value)
{
	double a = table->both;
	if (acc_pair_never(table))
		return ACC_REASON_empty_margin;
	*value = a / sqrt((a + table->first) * (a + table->second));
	return ACC_DEFINED;
}

const struct acc_measure acc_measure_ochiai = {
    .key = "ochiai",
    .name = "Ochiai (cosine)",
    .formula = "a / sqrt((a+b)(a+c)); interval on the logit",
    .citation = "Ochiai 1957",
    .bounded = true,
    .without_neither = true,
    .on_request = true,
    .value = ochiai,
    .transform = acc_logit,
    .slope = acc_logit_slope,
    .back = acc_logit_back,
};
