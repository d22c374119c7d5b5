/* Kendall's coefficient of concordance, corrected for ties: 12 S / (m^2 (n^3 - n) - m T), S the
 * spread of the units' sums of mid-ranks, T the sum over coders of t^3 - t over ties, over units
 * that every coder rated (Kendall & Babington Smith 1939). Check: irr, anxiety, .539657. */
#include "stats/concordance.h"

ACC_KENDALL_W(kendall_w, true, .alias = "kendall", .name = "Kendall's W",
	      .formula = "12 S / (m^2 (n^3 - n) - m T)")
