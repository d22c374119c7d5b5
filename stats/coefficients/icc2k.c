/* Intraclass correlation of the mean of a unit's k ratings, two-way, coders random: agreement:
 * (B - E) / (B + (J - E) / n), B, J, E mean squares between units, between coders, of error
 * (Shrout & Fleiss 1979, ICC(2,k); missing ratings: stats/anova.h). Check: Shrout & Fleiss
 * 1979, .6201. */
#include "stats/anova.h"

ACC_ICC(icc2k, 2, true, .alias = "icc_twoway_agreement_average,icc_ak",
	.name = "ICC(2,k), two-way, coders random, mean of k",
	.formula = "(B - E) / (B + (J - E) / n)", .citation = "Shrout & Fleiss 1979")
