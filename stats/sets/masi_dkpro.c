#include "stats/sets.h"

/* What DKPro Statistics calls MASI: the product of two distances, not 1 less a product of
 * similarities, so sets are nearer to each other than by MASI. The empty set is a subset of all.
 * Check: {a, b} and {a, c}: 4/9. */
static double
distance(double common, double only_a, double only_b)
{
	double apart = (only_a + only_b) / (common + only_a + only_b);
	double lie = only_a > 0 && only_b > 0 ? (common > 0 ? 2 : 3) : 1;
	return apart * lie / 3;
}

const struct acc_set_distance acc_set_distance_masi_dkpro = {
    .key = "masi_dkpro",
    .alias = "dkpro_masi_distance",
    .formula = "d = (1 - J) N; N = 0 equal, 1/3 subset, 2/3 overlap, 1 disjoint",
    .citation = "Meyer et al. 2014",
    .distance = distance,
};
