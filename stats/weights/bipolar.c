#include "stats/weights.h"

/* Differences count more towards the ends of the scale:
 * b(x, y) = (x - y)^2 / ((x + y - 2 low) (2 high - x - y)), w = 1 - b / max b. Two different codes
 * are never both at the same end, so neither factor is 0.
 * Check: of 1..3, codes 1 and 2 agree by 2/3. */
static double
disagreement(double x, double y, double low, double high)
{
	return (x - y) / ((x - low) + (y - low)) * ((x - y) / ((high - x) + (high - y)));
}

const struct acc_scheme acc_scheme_bipolar = {
    .key = "bipolar",
    .formula = "w = 1 - b / max b, b = (x - y)^2 / ((x + y - 2 min) (2 max - x - y))",
    .citation = "Gwet 2014",
    .disagreement = disagreement,
    .relative = true,
};
