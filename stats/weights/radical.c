#include "stats/weights.h"

#include <math.h>

/* w(x, y) = 1 - sqrt(|x - y| / (high - low))
 * Check: codes 1 and 2 of 1..5 agree by 1/2. */
static double
disagreement(double x, double y, double low, double high)
{
	return sqrt(fabs(x - y) / (high - low));
}

const struct acc_scheme acc_scheme_radical = {
    .key = "radical",
    .formula = "w = 1 - sqrt(|x - y| / (max - min))",
    .citation = "Gwet 2014",
    .disagreement = disagreement,
};
