#include "stats/weights.h"

/* w(x, y) = 1 - (x - y)^2 / (high - low)^2
 * Check: codes 1 and 2 of 1..3 agree by 3/4. */
static double
disagreement(double x, double y, double low, double high)
{
	double share = (x - y) / (high - low);
	return share * share;
}

const struct acc_scheme acc_scheme_quadratic = {
    .key = "quadratic",
    .alias = "interval",
    .formula = "w = 1 - (x - y)^2 / (max - min)^2",
    .citation = "Cohen 1968",
    .disagreement = disagreement,
};
