#include "stats/sets.h"

/* The share of their labels that only one of the two sets has. A metric.
 * Check: {a, b} and {a, c}: 2/3. */
static double
distance(double common, double only_a, double only_b)
{
	return (only_a + only_b) / (common + only_a + only_b);
}

const struct acc_set_distance acc_set_distance_jaccard = {
    .key = "jaccard",
    .formula = "d = 1 - |A and B| / |A or B|",
    .citation = "Jaccard 1912",
    .distance = distance,
};
