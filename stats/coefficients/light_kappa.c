/* Light's kappa: the mean of Cohen's kappas of all pairs of coders (Light 1971). Pairs of coders
 * without a unit in common are left out; a pair without variation leaves the mean undefined.
 * D_e is the mean over pairs, D_o what then gives the value. Check: irr, diagnoses, .459412. */
#include "stats/coder_pairs.h"

/* The mean of D_o / D_e and that of D_e. */
static struct acc_pair_sums
means_of(const struct acc_tally *tally, const struct acc_weights *weights)
{
	struct acc_pair_sums means = acc_coder_pairs_sum(tally, weights);
	means.ratio /= means.pairs;
	means.expected /= means.pairs;
	return means;
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	struct acc_pair_sums means = means_of(tally, weights);
	if (!means.varies)
		return ACC_REASON_no_variation;
	*out = (struct acc_disagreement){means.ratio * means.expected, means.expected};
	return ACC_DEFINED;
}

struct slopes {
	const struct acc_tally *tally;
	const struct acc_weights *weights;
	struct acc_tally *observed, *expected;
	struct acc_pair_sums means;
};

/* D_o = ratio times D_e, both means over pairs. */
static bool
add_slopes(void *context, const struct acc_coder_pair *pair)
{
	struct slopes *s = context;
	double share = 1 / s->means.pairs, scale = s->means.expected * share;
	if (!(pair->units > 0))
		return true;
	double of_ratio = -pair->at.observed / (pair->at.expected * pair->at.expected);
	acc_coder_pair_gradient(s->tally, s->weights, pair, scale / pair->at.expected,
				scale * of_ratio + s->means.ratio * share, s->observed);
	acc_coder_pair_gradient(s->tally, s->weights, pair, 0, share, s->expected);
	return true;
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	struct slopes slopes = {tally, weights, observed, expected, means_of(tally, weights)};
	if (slopes.means.varies)
		acc_coder_pairs_each(tally, weights, add_slopes, &slopes);
}

const struct acc_coefficient acc_coefficient_light_kappa = {
    .key = "light_kappa",
    .alias = "light",
    .name = "Light's kappa",
    .formula = "mean of Cohen's kappa over pairs of coders",
    .citation = "Light 1971",
    .needs = ACC_NEED_PAIRS,
    .by_coder = true,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
};
