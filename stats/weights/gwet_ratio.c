#include "stats/weights.h"

#include <math.h>

/* w(x, y) = 1 - ((x - y) / (x + y))^2 / ((high - low) / (high + low))^2; as a difference of
 * Krippendorff's alpha the constant divisor does not matter. For a scale with a true zero: 0 and 0
 * agree, 0 and anything else disagree as much as two codes can. Negative scores have no place on
 * such a scale; so that nothing becomes infinite, x and -x agree and the divisor is left out.
 * Check: codes 1 and 2 of 1..3 agree by 5/9. */
static double
disagreement(double x, double y, double low, double high)
{
	double part = x + y != 0 ? (x - y) / (x + y) : 0;
	double most = low < 0 ? 1 : (high - low) / (high + low);
	return part / most * (part / most);
}

const struct acc_scheme acc_scheme_gwet_ratio = {
    .key = "gwet_ratio",
    .alias = "ratio",
    .formula = "w = 1 - ((x - y) / (x + y))^2 / ((max - min) / (max + min))^2",
    .citation = "Gwet 2014",
    .disagreement = disagreement,
    .nonnegative = true,
};
