/* Conger's kappa: Cohen's for any number of coders, chance from the mean over pairs of coders,
 * D_e = mean over g != h of sum d(k, l) p_gk p_hl, p_gk = share of k in the units coder g rated
 * (Conger 1980; missing ratings as in Gwet 2014). Two complete coders: Cohen's kappa.
 * Check: Fleiss 1971 in tests/golden. */
#include "stats/coefficient.h"
#include "stats/null.h"
#include "stats/scratch.h"

/* The coders' shares, and their sum over coders; arrays in the scratch. */
struct shares {
	double *of;    /* [coders * categories], 0 for a coder without ratings */
	double *sum;   /* [categories] */
	double *given; /* [categories] units to which coders gave it, where all rated as many */
	double most;   /* that many; 0: some rated more than others */
	double *units; /* [coders] units the coder rated */
	double coders; /* coders with ratings */
	struct acc_scratch scratch;
};

static bool
make_shares(const struct acc_tally *tally, const struct acc_weights *weights, struct shares *shares)
{
	size_t categories = tally->categories, table = tally->coders * categories;
	const double *margin = acc_tally_margin(tally);
	double *room = acc_scratch_make(&shares->scratch, table + 2 * categories + tally->coders);
	shares->most = shares->coders = 0;
	if (!room)
		return false;
	shares->of = room;
	shares->sum = shares->of + table;
	shares->given = shares->sum + categories;
	shares->units = shares->given + categories;
	for (size_t g = 0; g < tally->coders; g++) {
		shares->units[g] = acc_weights_sum(weights, margin + g * categories);
		if (!(shares->units[g] > 0))
			continue;
		bool alike = shares->coders == 0 || shares->units[g] == shares->most;
		shares->most = alike ? shares->units[g] : 0;
		shares->coders++;
		for (size_t k = 0; k < categories; k++) {
			double share = margin[g * categories + k] / shares->units[g];
			shares->of[g * categories + k] = share;
			shares->sum[k] += share;
			shares->given[k] += margin[g * categories + k];
		}
	}
	return true;
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	struct shares shares;
	bool made = make_shares(tally, weights, &shares);
	enum acc_reason reason = made ? ACC_REASON_one_coder : ACC_REASON_no_memory;
	if (made && shares.coders >= 2) {
		/* All ordered pairs less each coder with itself. */
		const double *margin = acc_tally_margin(tally);
		double pairs = shares.most > 0
				   ? acc_expected_shared(weights, shares.given, shares.most)
				   : acc_weights_chance(weights, shares.sum, shares.sum);
		for (size_t g = 0; g < tally->coders; g++)
			if (shares.units[g] > 0)
				pairs -= acc_expected_shared(
				    weights, margin + g * tally->categories, shares.units[g]);
		out->observed = acc_observed_per_unit(tally);
		out->expected = pairs / (shares.coders * (shares.coders - 1));
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
add_slope(const struct acc_weights *weights, const struct shares *shares, size_t coder,
	  double *slope)
{
	size_t categories = acc_weights_columns(weights);
	const double *of = shares->of + coder * categories;
	double pairs = shares->coders * (shares->coders - 1), mean = 0;
	acc_weights_slope(weights, shares->sum, 2 / pairs, slope);
	acc_weights_slope(weights, of, -2 / pairs, slope);
	for (size_t k = 0; k < categories; k++)
		mean += of[k] * slope[k];
	acc_weights_sum_slope(weights, -mean, slope);
	for (size_t k = 0; k < categories; k++)
		slope[k] /= shares->units[coder];
}

static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	struct shares shares;
	acc_observed_per_unit_gradient(tally, observed);
	if (make_shares(tally, weights, &shares) && shares.coders >= 2)
		for (size_t g = 0; g < tally->coders; g++)
			if (shares.units[g] > 0)
				add_slope(weights, &shares, g,
					  acc_tally_margin(expected) + g * tally->categories);
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
    .estimate = estimate,
    .gradient = gradient,
    .null_variance = acc_null_of_two,
};
