#include "stats/sets.h"

/* Jaccard times how the sets lie to each other, as published: 2/3 and 1/3 are exact.
 * Check: {a, b} and {a, c}: 8/9. */
static double
distance(double common, double only_a, double only_b)
{
	double jaccard = common / (common + only_a + only_b);
	double lie = only_a > 0 && only_b > 0 ? 1 : 2;
	return 1 - jaccard * lie / 3;
}

const struct acc_set_distance acc_set_distance_masi = {
    .key = "masi",
    .formula =
	"d = 1 - J M; J = |A and B| / |A or B|; M = 1 equal, 2/3 subset, 1/3 overlap, 0 disjoint",
    .citation = "Passonneau 2006",
    .distance = distance,
};
