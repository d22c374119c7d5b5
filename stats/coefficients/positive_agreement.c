/* Positive agreement: given that a coder took a theme for present, how often another coder did so
 * too, sum r_ik (r_ik - 1) / sum r_ik (r_i - 1) over units, k the category "present" (--present,
 * else the second); with two coders 2 a / (2 a + b + c) (Cicchetti & Feinstein 1990; several coders
 * as in Uebersax 1982). The other categories of a codebook: --by category. Check: the table 12, 5,
 * 3, 30 in tests/golden.
 */
#include "stats/specific.h"

ACC_SPECIFIC(positive_agreement, true, .alias = "p_pos", .name = "Positive agreement",
	     .formula = "sum r_ik (r_ik - 1) / sum r_ik (r_i - 1), k = present")
