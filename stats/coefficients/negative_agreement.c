/* Negative agreement: given that a coder took a theme for absent, how often another coder did so
 * too, sum r_ik (r_ik - 1) / sum r_ik (r_i - 1) over units, k the other category (absent); with two
 * coders 2 d / (2 d + b + c) (Cicchetti & Feinstein 1990; several coders as in Uebersax 1982). The
 * other categories of a codebook: --by category. Check: the table 12, 5, 3, 30 in tests/golden. */
#include "stats/specific.h"

ACC_SPECIFIC(negative_agreement, false, .alias = "p_neg", .name = "Negative agreement",
	     .formula = "sum r_ik (r_ik - 1) / sum r_ik (r_i - 1), k = absent")
