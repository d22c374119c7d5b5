/* Dice: twice the units with both over the units of each, 2a / (2a + b + c) = 2J / (1 + J) (Dice
 * 1945; Sørensen 1948); of two coders it would be positive agreement. Interval on the logit scale.
 * Check: a, b, c, d = 12, 5, 3, 30: .75000. */
#include "stats/measure.h"

static enum acc_reason
dice(const struct acc_pair_table *table, double *value)
{
	double each = 2 * table->both + table->first + table->second;
	if (each == 0)
		return ACC_REASON_empty_margin;
	*value = 2 * table->both / each;
	return ACC_DEFINED;
}

const struct acc_measure acc_measure_dice = {
    .key = "dice",
    .name = "Dice",
    .formula = "2a / (2a + b + c); interval on the logit",
    .citation = "Dice 1945; Sørensen 1948",
    .bounded = true,
    .without_neither = true,
    .on_request = true,
    .value = dice,
    .transform = acc_logit,
    .slope = acc_logit_slope,
    .back = acc_logit_back,
};
