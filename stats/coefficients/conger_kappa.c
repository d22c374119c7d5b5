/* Conger's kappa: Cohen's for any number of coders, chance from the mean over pairs of coders,
 * D_e = mean over g != h of sum d(k, l) p_gk p_hl, p_gk = share of k in the units coder g rated
 * (Conger 1980; missing ratings as in Gwet 2014). Two complete coders: Cohen's kappa.
 * Check: Fleiss 1971 in tests/golden. */
#include "stats/coder_pairs.h"
#include "stats/null.h"
#include "stats/scratch.h"

/* The sum over coders of their shares; in the scratch. */
struct shares {
	double *sum;   /* [categories] */
	double *given; /* [categories] units to which coders gave it, where all rated as many */
	double most;   /* that many; 0: some rated more than others */
	double coders; /* coders with ratings */
	double *room;  /* for one coder's */
	struct acc_scratch scratch;
};

static bool
make_shares(const struct acc_tally *tally, const struct acc_weights *weights, struct shares *shares)
{
	size_t categories = tally->categories;
	double *room = acc_scratch_make(&shares->scratch, 3 * categories + 2);
	if (!room)
		return false;
	shares->sum = room;
	shares->given = room + categories;
	shares->room = shares->given + categories;
	shares->coders =
	    acc_coder_shares_sum(tally, weights, shares->sum, &shares->most, shares->room);
	for (size_t i = 0; shares->most > 0 && i < tally->coders; i++)
		for (size_t k = 0; k < categories; k++)
			shares->given[k] += acc_tally_margin(tally)[i * categories + k];
	return true;
}

/* All ordered pairs of coders less each coder with itself. */
static double
chance(const struct acc_tally *tally, const struct acc_weights *weights,
       const struct shares *shares)
{
	double pairs = shares->most > 0 ? acc_expected_shared(weights, shares->given, shares->most)
					: acc_weights_chance(weights, shares->sum, shares->sum);
	for (size_t g = 0; g < tally->coders; g++)
		pairs -= acc_coder_own_chance(tally, weights, g);
	return pairs / (shares->coders * (shares->coders - 1));
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	struct shares shares;
	bool made = make_shares(tally, weights, &shares);
	enum acc_reason reason = made ? ACC_REASON_one_coder : ACC_REASON_no_memory;
	if (made && shares.coders >= 2) {
		out->observed = acc_observed_per_unit(tally);
		out->expected = chance(tally, weights, &shares);
		/* What rounding leaves of a difference that is 0. */
		if (out->expected < 1e-15)
			out->expected = 0;
		reason = ACC_DEFINED;
	}
	acc_scratch_free(&shares.scratch);
	return reason;
}

/* With s the slope of D_e in the shares p = m / n of one coder, the slope in its counts m is
 * (s_k - sum p_j s_j) / n. */
static void
add_slope(const struct acc_weights *weights, const struct shares *shares,
	  const struct acc_coder_share *of, double *slope)
{
	size_t categories = acc_weights_columns(weights);
	double pairs = shares->coders * (shares->coders - 1), mean = 0;
	acc_weights_slope(weights, shares->sum, 2 / pairs, slope);
	acc_weights_slope(weights, of->share, -2 / pairs, slope);
	for (size_t k = 0; k < categories; k++)
		mean += of->share[k] * slope[k];
	acc_weights_sum_slope(weights, -mean, slope);
	for (size_t k = 0; k < categories; k++)
		slope[k] /= of->units;
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	struct shares shares;
	acc_observed_per_unit_gradient(tally, observed);
	bool made = make_shares(tally, weights, &shares) && shares.coders >= 2;
	for (size_t g = 0; made && g < tally->coders; g++) {
		struct acc_coder_share of = acc_coder_share_of(tally, weights, g, shares.room);
		if (of.units > 0)
			add_slope(weights, &shares, &of,
				  acc_tally_margin(expected) + g * tally->categories);
	}
	acc_scratch_free(&shares.scratch);
}

const struct acc_coefficient acc_coefficient_conger_kappa = {
    .key = "conger_kappa",
    .alias = "conger,hubert_kappa,iota",
    .name = "Conger's kappa",
    .formula = "p_e = mean over pairs of coders of sum w_kl p_gk p_hl",
    .citation = "Conger 1980",
    .standard = true,
    .by_chance = true,
    .by_coder = true,
    .least = -1,
    .base = true,
    .estimate = estimate,
    .gradient = gradient,
    .null_variance = acc_null_of_two,
};
