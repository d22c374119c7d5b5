/* Kendall's coefficient of concordance, corrected for ties: 12 S / (m^2 (n^3 - n) - m T), S the
 * spread of the units' sums of mid-ranks, T the sum over coders of t^3 - t over ties, over units
 * that every coder rated (Kendall & Babington Smith 1939). Check: irr, anxiety, .539657. */
#include "stats/concordance.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	double w = 0;
	enum acc_reason reason = acc_concordance(tally, weights, true, &w);
	acc_uncorrected(w, out);
	return reason;
}

static void
test(const struct acc_tally *tally, const struct acc_weights *weights, double level,
     struct acc_classical *out)
{
	(void)level;
	acc_concordance_test(tally, weights, true, out);
}

const struct acc_coefficient acc_coefficient_kendall_w = {
    .key = "kendall_w",
    .alias = "kendall",
    .name = "Kendall's W",
    .formula = "12 S / (m^2 (n^3 - n) - m T)",
    .citation = "Kendall & Babington Smith 1939",
    .scores = true,
    .needs = ACC_NEED_COMPLETE | ACC_NEED_CELLS,
    .least = 0,
    .estimate = estimate,
    .test = test,
};
