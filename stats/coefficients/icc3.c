/* Intraclass correlation of one rating, two-way, coders fixed: consistency: (B - E) / (B + (k -
 * 1) E), B, E mean squares between units and of error (Shrout & Fleiss 1979, ICC(3,1);
 * missing ratings: stats/anova.h). Check: Shrout & Fleiss 1979, .7148. */
#include "stats/anova.h"

ACC_ICC(icc3, 3, false, .alias = "icc_twoway_consistency_single,icc_c1",
	.name = "ICC(3,1), two-way, coders fixed", .formula = "(B - E) / (B + (k - 1) E)",
	.citation = "Shrout & Fleiss 1979")
