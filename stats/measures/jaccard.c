/* Jaccard: of the units with either theme, the share with both, J = a / (a + b + c) (Jaccard 1901).
 * It is the c-coefficient of ATLAS.ti, n12 / (n1 + n2 - n12), whose manual gives 100, 10 and 5
 * units: c = .048. Interval on the logit scale. Check: a, b, c, d = 12, 5, 3, 30: .60000. */
#include "stats/measure.h"

static enum acc_reason
jaccard(const struct acc_pair_table *table, double *value)
{
	double either = table->both + table->first + table->second;
	if (either == 0)
		return ACC_REASON_empty_margin;
	*value = table->both / either;
	return ACC_DEFINED;
}

const struct acc_measure acc_measure_jaccard = {
    .key = "jaccard",
    .name = "Jaccard",
    .formula = "a / (a + b + c); the c-coefficient of ATLAS.ti; interval on the logit",
    .citation = "Jaccard 1901",
    .bounded = true,
    .without_neither = true,
    .value = jaccard,
    .transform = acc_logit,
    .slope = acc_logit_slope,
    .back = acc_logit_back,
};
