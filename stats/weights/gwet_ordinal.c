#include "stats/weights.h"

#include <math.h>

/* Only the order of the categories counts: with k and l their positions among q,
 * w = 1 - C(|k - l| + 1, 2) / C(q, 2), C(m, 2) = m (m - 1) / 2. Not Krippendorff's ordinal
 * difference, which goes by how often the categories are used.
 * Check: the first and second of 3 agree by 2/3. */
static double
disagreement(double x, double y, double low, double high)
{
	double steps = fabs(x - y), categories = high - low + 1;
	return (steps + 1) * steps / (categories * (categories - 1));
}

const struct acc_scheme acc_scheme_gwet_ordinal = {
    .key = "gwet_ordinal",
    .formula = "w = 1 - C(|k - l| + 1, 2) / C(q, 2), k and l the positions of the codes",
    .citation = "Gwet 2014",
    .disagreement = disagreement,
    .positions = true,
};
