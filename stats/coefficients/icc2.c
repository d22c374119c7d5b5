/* Intraclass correlation of one rating, two-way, coders random: agreement: (B - E) / (B + (k -
 * 1) E + k (J - E) / n), B, J, E mean squares between units, between coders, of error (Shrout
 * & Fleiss 1979, ICC(2,1); missing ratings: stats/anova.h). Check: Shrout & Fleiss 1979,
 * .2898. */
#include "stats/anova.h"

ACC_ICC(icc2, 2, false, .alias = "icc_twoway_agreement_single,icc_a1",
	.name = "ICC(2,1), two-way, coders random",
	.formula = "(B - E) / (B + (k - 1) E + k (J - E) / n)", .citation = "Shrout & Fleiss 1979")
