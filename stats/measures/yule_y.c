/* Yule's Y, the coefficient of colligation: (sqrt(ad) - sqrt(bc)) / (sqrt(ad) + sqrt(bc)) (Yule
 * 1912): the phi of the table of the same odds ratio whose margins are all half. Interval on
 * Fisher's z. Check: a, b, c, d = 12, 5, 3, 30: .66096. */
#include "stats/interval.h"
#include "stats/measure.h"

#include <math.h>

static enum acc_reason
yule_y(const struct acc_pair_table *table, double *value)
{
	double with = sqrt(table->both * table->neither);
	double against = sqrt(table->first * table->second);
	if (acc_pair_constant(table))
		return ACC_REASON_empty_margin;
	*value = (with - against) / (with + against);
	return ACC_DEFINED;
}

const struct acc_measure acc_measure_yule_y = {
    .key = "yule_y",
    .name = "Yule's Y",
    .formula = "(sqrt(ad) - sqrt(bc)) / (sqrt(ad) + sqrt(bc)); interval on Fisher's z",
    .citation = "Yule 1912",
    .bounded = true,
    .on_request = true,
    .value = yule_y,
    .transform = acc_fisher,
    .slope = acc_fisher_slope,
    .back = tanh,
};
