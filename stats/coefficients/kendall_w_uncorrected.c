/* Kendall's coefficient of concordance, not corrected for ties: 12 S / (m^2 (n^3 - n)), S the
 * spread of the units' sums of mid-ranks, T the sum over coders of t^3 - t over ties, over units
 * that every coder rated (Kendall & Babington Smith 1939). Check: irr, anxiety, .501921. */
#include "stats/concordance.h"

ACC_KENDALL_W(kendall_w_uncorrected, false, .alias = "kendall_uncorrected",
	      .name = "Kendall's W, not corrected for ties", .formula = "12 S / (m^2 (n^3 - n))")
