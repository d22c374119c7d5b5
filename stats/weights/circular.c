#include "stats/weights.h"

#include <math.h>

/* Codes on a circle of high - low + 1, so that the step from the last to the first is one:
 * s(x, y) = sin(pi (x - y) / (high - low + 1))^2, w = 1 - s / max s.
 * Check: codes 1, 2, 3 all disagree alike. */
static double
disagreement(double x, double y, double low, double high)
{
	const double pi = 3.14159265358979323846;
	double sine = sin(pi * (x - y) / (high - low + 1));
	return sine * sine;
}

const struct acc_scheme acc_scheme_circular = {
    .key = "circular",
    .formula = "w = 1 - s / max s, s = sin(pi (x - y) / (max - min + 1))^2",
    .citation = "Gwet 2014",
    .disagreement = disagreement,
    .relative = true,
};
