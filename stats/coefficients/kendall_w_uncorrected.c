/* Kendall's coefficient of concordance, not corrected for ties: 12 S / (m^2 (n^3 - n)), S the
 * spread of the units' sums of mid-ranks, T the sum over coders of t^3 - t over ties, over units
 * that every coder rated (Kendall & Babington Smith 1939). Check: irr, anxiety, .501921. */
#include "stats/concordance.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	double w = 0;
	enum acc_reason reason = acc_concordance(tally, weights, false, &w);
	acc_uncorrected(w, out);
	return reason;
}

static void
test(const struct acc_tally *tally, const struct acc_weights *weights, double level,
     struct acc_classical *out)
{
	(void)level;
	acc_concordance_test(tally, weights, false, out);
}

const struct acc_coefficient acc_coefficient_kendall_w_uncorrected = {
    .key = "kendall_w_uncorrected",
    .alias = "kendall_uncorrected",
    .name = "Kendall's W, not corrected for ties",
    .formula = "12 S / (m^2 (n^3 - n))",
    .citation = "Kendall & Babington Smith 1939",
    .scores = true,
    .needs = ACC_NEED_COMPLETE | ACC_NEED_CELLS,
    .least = 0,
    .estimate = estimate,
    .test = test,
};
