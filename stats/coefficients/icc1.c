/* Intraclass correlation of one rating, one-way: each unit has its own coders: (B - W) / (B + (k
 * - 1) W), B, W mean squares between and within units (Shrout & Fleiss 1979, ICC(1,1)); with
 * missing ratings k is (N - sum r^2 / N) / (n - 1) (Ebel 1951). Check: Shrout & Fleiss 1979,
 * .1657. */
#include "stats/anova.h"

ACC_ICC(icc1, 1, false, .alias = "icc_oneway_consistency_single", .name = "ICC(1,1), one-way",
	.formula = "(B - W) / (B + (k - 1) W)", .citation = "Shrout & Fleiss 1979")
