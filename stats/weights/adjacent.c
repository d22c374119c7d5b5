#include "stats/weights.h"

#include <math.h>

/* w(x, y) = 1 where |x - y| <= 1, else 0: neighbouring codes count as agreement, irr's tolerance 1.
 * Check: irr, video, all coders within 1 on .9 of the units. */
static double
disagreement(double x, double y, double low, double high)
{
	(void)low, (void)high;
	return fabs(x - y) > 1 + 1e-9 ? 1 : 0;
}

const struct acc_scheme acc_scheme_adjacent = {
    .key = "adjacent",
    .formula = "w = 1 where |x - y| <= 1, else 0",
    .citation = "Gamer et al. 2019",
    .disagreement = disagreement,
};
