#include "stats/weights.h"

#include <math.h>

/* w(x, y) = 1 - |x - y| / (high - low)
 * Check: codes 1 and 2 of 1..3 agree by 1/2. */
static double
disagreement(double x, double y, double low, double high)
{
	return fabs(x - y) / (high - low);
}

const struct acc_scheme acc_scheme_linear = {
    .key = "linear",
    .formula = "w = 1 - |x - y| / (max - min)",
    .citation = "Cicchetti & Allison 1971",
    .disagreement = disagreement,
};
