/* Krippendorff's alpha: units weigh by their number of ratings, and chance draws without
 * replacement, alpha = 1 - (n - 1) sum o_kl d(k, l) / sum n_k n_l d(k, l), over units with two
 * ratings or more, n their ratings, o_kl the coincidences (Krippendorff 2019). Written with Gwet's
 * small-sample term e = 1/n as D_o = (1 - e) W / n, D_e = sum n_k n_l d(k, l) / n^2, which has the
 * same ratio. Check: Krippendorff 2011 example C, nominal .743421. */
#include "stats/coefficient.h"
#include "stats/ordinal.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	double ratings = tally->cell[ACC_TALLY_RATINGS];
	if (weights->ranks) {
		*out = acc_ordinal_disagreement(tally);
		return ACC_DEFINED;
	}
	out->observed = (ratings - 1) * tally->cell[ACC_TALLY_WEIGHTED] / (ratings * ratings);
	out->expected = acc_expected_shared(weights, acc_tally_used(tally), ratings);
	return ACC_DEFINED;
}

/* At fixed e. */
static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	double ratings = tally->cell[ACC_TALLY_RATINGS], kept = (ratings - 1) / ratings;
	if (weights->ranks) {
		acc_ordinal_gradient(tally, observed, expected);
		return;
	}
	observed->cell[ACC_TALLY_WEIGHTED] += kept / ratings;
	observed->cell[ACC_TALLY_RATINGS] -=
	    kept * tally->cell[ACC_TALLY_WEIGHTED] / (ratings * ratings);
	acc_expected_shared_gradient(weights, acc_tally_used(tally), ratings,
				     acc_tally_used(expected), &expected->cell[ACC_TALLY_RATINGS]);
}

const struct acc_coefficient acc_coefficient_krippendorff_alpha = {
    .key = "krippendorff_alpha",
    .alias = "alpha",
    .name = "Krippendorff's alpha",
    .formula = "p_e = sum w_kl n_k n_l / n^2, without replacement",
    .citation = "Krippendorff 2019",
    .standard = true,
    .pairs_only = true,
    .by_chance = true,
    .ranks = true,
    .near = true,
    .least = -1,
    .base = true,
    .estimate = estimate,
    .gradient = gradient,
};
