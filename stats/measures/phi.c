/* phi: the correlation of the two presences, (a d - b c) / sqrt((a+b)(c+d)(a+c)(b+d)) (Yule 1912).
 * Interval on Fisher's z. Check: a, b, c, d = 12, 5, 3, 30: .63571. */
#include "stats/interval.h"
#include "stats/measure.h"

#include <math.h>

static enum acc_reason
phi(const struct acc_pair_table *table, double *value)
{
	double a = table->both, b = table->first, c = table->second, d = table->neither;
	if (acc_pair_constant(table))
		return ACC_REASON_empty_margin;
	*value = (a * d - b * c) / sqrt((a + b) * (c + d) * (a + c) * (b + d));
	return ACC_DEFINED;
}

const struct acc_measure acc_measure_phi = {
    .key = "phi",
    .name = "phi",
    .formula = "(ad - bc) / sqrt((a+b)(c+d)(a+c)(b+d)); interval on Fisher's z",
    .citation = "Yule 1912",
    .bounded = true,
    .value = phi,
    .transform = acc_fisher,
    .slope = acc_fisher_slope,
    .back = tanh,
};
