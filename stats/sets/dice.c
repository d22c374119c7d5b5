#include "stats/sets.h"

/* What two sets do not share, labels in common counting twice; the distance of the multi-valued
 * alpha. Check: {a, b} and {a, c}: 1/2. */
static double
distance(double common, double only_a, double only_b)
{
	return (only_a + only_b) / (2 * common + only_a + only_b);
}

const struct acc_set_distance acc_set_distance_dice = {
    .key = "dice",
    .formula = "d = 1 - 2 |A and B| / (|A| + |B|)",
    .citation = "Dice 1945",
    .distance = distance,
};
