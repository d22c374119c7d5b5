#include "stats/sets.h"

/* All or nothing: the sets as labels of their own. Check: {a, b} and {a, c}: 1. */
static double
distance(double common, double only_a, double only_b)
{
	(void)common;
	return only_a + only_b > 0;
}

const struct acc_set_distance acc_set_distance_same_set = {
    .key = "same_set",
    .alias = "set_identity",
    .formula = "d = 0 equal, else 1",
    .citation = "Krippendorff 2019",
    .distance = distance,
};
