/* Intraclass correlation of the mean of a unit's k ratings, one-way: each unit has its own
 * coders: (B - W) / B, B, W mean squares between and within units (Shrout & Fleiss 1979,
 * ICC(1,k)). Check: Shrout & Fleiss 1979, .4428. */
#include "stats/anova.h"

ACC_ICC(icc1k, 1, true, .alias = "icc_oneway_consistency_average,icck",
	.name = "ICC(1,k), one-way, mean of k", .formula = "(B - W) / B",
	.citation = "Shrout & Fleiss 1979")
