/* Intraclass correlation of the mean of a unit's k ratings, two-way, coders fixed: consistency:
 * (B - E) / B, B, E mean squares between units and of error (Shrout & Fleiss 1979, ICC(3,k);
 * missing ratings: stats/anova.h). Check: Shrout & Fleiss 1979, .9093. */
#include "stats/anova.h"

ACC_ICC(icc3k, 3, true, .alias = "icc_twoway_consistency_average,icc_ck",
	.name = "ICC(3,k), two-way, coders fixed, mean of k", .formula = "(B - E) / B",
	.citation = "Shrout & Fleiss 1979")
