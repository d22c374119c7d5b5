#include "stats/sets.h"

/* MASI with 2/3 and 1/3 cut to .67 and .33, as NLTK has it (where two empty sets divide by zero).
 * For comparison with numbers made there. Check: {a, b} and {a, c}: .89. */
static double
distance(double common, double only_a, double only_b)
{
	double jaccard = common / (common + only_a + only_b);
	return 1 - jaccard * (only_a > 0 && only_b > 0 ? 0.33 : 0.67);
}

const struct acc_set_distance acc_set_distance_masi_nltk = {
    .key = "masi_nltk",
    .formula = "d = 1 - J M; M = 1 equal, .67 subset, .33 overlap, 0 disjoint",
    .citation = "Passonneau 2006",
    .distance = distance,
};
