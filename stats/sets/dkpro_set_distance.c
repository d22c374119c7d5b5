#include "stats/sets.h"

/* How two sets lie to each other, and nothing else. The empty set is a subset of all.
 * Check: {a, b} and {a, c}: 2/3. */
static double
distance(double common, double only_a, double only_b)
{
	double lie = only_a > 0 && only_b > 0 ? (common > 0 ? 2 : 3) : 1;
	return lie / 3;
}

const struct acc_set_distance acc_set_distance_dkpro_set_distance = {
    .key = "dkpro_set_distance",
    .alias = "passonneau2004",
    .formula = "d = 0 equal, 1/3 subset, 2/3 overlap, 1 disjoint",
    .citation = "Passonneau 2004",
    .distance = distance,
};
