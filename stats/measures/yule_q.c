/* Yule's Q: (ad - bc) / (ad + bc) = (OR - 1) / (OR + 1) (Yule 1900). Interval on Fisher's z, which
 * is half the log odds ratio. Check: a, b, c, d = 12, 5, 3, 30: .92000. */
#include "stats/interval.h"
#include "stats/measure.h"

#include <math.h>

static enum acc_reason
yule_q(const struct acc_pair_table *table, double *value)
{
	double with = table->both * table->neither, against = table->first * table->second;
	if (acc_pair_constant(table))
		return ACC_REASON_empty_margin;
	*value = (with - against) / (with + against);
	return ACC_DEFINED;
}

const struct acc_measure acc_measure_yule_q = {
    .key = "yule_q",
    .name = "Yule's Q",
    .formula = "(ad - bc) / (ad + bc); interval on Fisher's z",
    .citation = "Yule 1900",
    .bounded = true,
    .on_request = true,
    .value = yule_q,
    .transform = acc_fisher,
    .slope = acc_fisher_slope,
    .back = tanh,
};
