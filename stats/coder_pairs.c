#include "stats/coder_pairs.h"

#include <math.h>
#include <string.h>

struct acc_coder_share
acc_coder_share_of(const struct acc_tally *tally, const struct acc_weights *weights, size_t coder,
		   double *room)
{
	double *row = acc_recall_coder(tally, coder);
	const double *margin = acc_tally_margin(tally) + coder * tally->categories;
	if (!row || row[0] < 0) {
		row = row ? row : room;
		row[0] = acc_weights_sum(weights, margin);
		row[1] = -1;
		for (size_t k = 0; k < tally->categories; k++)
			row[2 + k] = row[0] > 0 ? margin[k] / row[0] : 0;
	}
	return (struct acc_coder_share){row[0], row + 2};
}

double
acc_coder_shares_sum(const struct acc_tally *tally, const struct acc_weights *weights, double *sum,
		     double *most, double *room)
{
	struct acc_recall *recall = tally->recall;
	size_t columns = tally->categories;
	double with = 0;
	if (recall && recall->shares_known) {
		memcpy(sum, recall->sum, columns * sizeof *sum);
		*most = recall->most;
		return recall->with;
	}
	memset(sum, 0, columns * sizeof *sum);
	*most = 0;
	for (size_t g = 0; g < tally->coders; g++) {
		struct acc_coder_share of = acc_coder_share_of(tally, weights, g, room);
		if (!(of.units > 0))
			continue;
		*most = with == 0 || of.units == *most ? of.units : 0;
		with++;
		for (size_t k = 0; k < columns; k++)
			sum[k] += of.share[k];
	}
	if (recall) {
		memcpy(recall->sum, sum, columns * sizeof *sum);
		recall->most = *most;
		recall->with = with;
		recall->shares_known = true;
	}
	return with;
}

/* How many units a coder rated. */
static double
units_of(const struct acc_tally *tally, const struct acc_weights *weights, size_t coder)
{
	const double *row = acc_recall_coder(tally, coder);
	return row && row[0] >= 0
		   ? row[0]
		   : acc_weights_sum(weights, acc_tally_margin(tally) + coder * tally->categories);
}

double
acc_coder_own_chance(const struct acc_tally *tally, const struct acc_weights *weights, size_t coder)
{
	const double *margin = acc_tally_margin(tally) + coder * tally->categories;
	double *row = acc_recall_coder(tally, coder), units = units_of(tally, weights, coder);
	if (row && row[0] >= 0 && row[1] >= 0)
		return row[1];
	double chance = units > 0 ? acc_expected_shared(weights, margin, units) : 0;
	if (row && row[0] >= 0)
		row[1] = chance;
	return chance;
}

bool
acc_coder_rated(const struct acc_tally *tally, const struct acc_weights *weights, size_t coder)
{
	return units_of(tally, weights, coder) > 0;
}

struct acc_coder_pair
acc_coder_pair_of(const struct acc_tally *tally, const struct acc_weights *weights, size_t i,
		  size_t j)
{
	size_t q = tally->categories;
	const double *a = acc_tally_margin(tally) + i * q, *b = acc_tally_margin(tally) + j * q;
	const double *sum = acc_tally_pairs(tally) + 2 * acc_pair_number(i, j);
	struct acc_coder_pair pair = {
	    .i = i,
	    .j = j,
	    .units = sum[0],
	    .rated = {units_of(tally, weights, i), units_of(tally, weights, j)},
	    .at = {NAN, NAN}};
	if (!(pair.units > 0))
		return pair;
	pair.at.observed = sum[1] / pair.units;
	/* Both directions, as in Cohen's kappa, so that the order of coders changes no bit. */
	pair.at.expected = (acc_weights_chance(weights, a, b) + acc_weights_chance(weights, b, a)) /
			   (2 * (pair.rated[0] * pair.rated[1]));
	return pair;
}

void
acc_coder_pair_gradient(const struct acc_tally *tally, const struct acc_weights *weights,
			const struct acc_coder_pair *pair, double on_observed, double on_expected,
			struct acc_tally *slope)
{
	size_t q = tally->categories, coder[2] = {pair->i, pair->j};
	double *sum = acc_tally_pairs(slope) + 2 * acc_pair_number(pair->i, pair->j);
	sum[0] -= on_observed / pair->units * pair->at.observed;
	sum[1] += on_observed / pair->units;
	for (size_t side = 0; on_expected != 0 && side < 2; side++) {
		double *own = acc_tally_margin(slope) + coder[side] * q;
		const double *other = acc_tally_margin(tally) + coder[1 - side] * q;
		acc_weights_slope(weights, other, on_expected / (pair->rated[0] * pair->rated[1]),
				  own);
		for (size_t k = 0; k < q; k++)
			own[k] -= on_expected * pair->at.expected / pair->rated[side];
	}
}

void
acc_coder_pairs_each(const struct acc_tally *tally, const struct acc_weights *weights,
		     bool (*take)(void *context, const struct acc_coder_pair *pair), void *context)
{
	for (size_t j = 1; j < tally->coders; j++)
		for (size_t i = 0; acc_coder_rated(tally, weights, j) && i < j; i++) {
			if (!acc_coder_rated(tally, weights, i))
				continue;
			struct acc_coder_pair pair = acc_coder_pair_of(tally, weights, i, j);
			if (!take(context, &pair))
				return;
		}
}

/* D_o, D_o / D_e and D_e of a pair; D_o is NaN where two coders have no unit in common. */
static void
work_out(const struct acc_tally *tally, const struct acc_weights *weights, size_t i, size_t j,
	 double of[3])
{
	struct acc_coder_pair pair = acc_coder_pair_of(tally, weights, i, j);
	of[0] = pair.at.observed;
	of[1] = pair.at.observed / pair.at.expected;
	of[2] = pair.units > 0 ? pair.at.expected : 0;
}

static void
add_pair(struct acc_pair_sums *sums, const struct acc_tally *tally,
	 const struct acc_weights *weights, size_t i, size_t j)
{
	double room[3], *of = acc_recall_pair(tally, i, j);
	if (!of || of[2] < 0)
		work_out(tally, weights, i, j, of ? of : (of = room));
	if (isnan(of[0])) {
		sums->apart = true;
		return;
	}
	sums->observed += of[0];
	sums->ratio += of[1];
	sums->expected += of[2];
	sums->varies = sums->varies && of[2] > 0;
	sums->pairs++;
}

struct acc_pair_sums
acc_coder_pairs_sum(const struct acc_tally *tally, const struct acc_weights *weights)
{
	struct acc_recall *recall = tally->recall;
	struct acc_pair_sums sums = {.varies = true};
	if (recall && recall->pairs_known)
		return recall->pairs;
	for (size_t j = 1; j < tally->coders; j++)
		for (size_t i = 0; acc_coder_rated(tally, weights, j) && i < j; i++)
			if (acc_coder_rated(tally, weights, i))
				add_pair(&sums, tally, weights, i, j);
	if (recall) {
		recall->pairs = sums;
		recall->pairs_known = true;
	}
	return sums;
}

enum acc_reason
acc_observed_per_pair(const struct acc_tally *tally, const struct acc_weights *weights,
		      double *observed)
{
	struct acc_pair_sums sums = acc_coder_pairs_sum(tally, weights);
	*observed = sums.observed / sums.pairs;
	return sums.apart ? ACC_REASON_pair_without_units : ACC_DEFINED;
}

struct slopes {
	const struct acc_tally *tally;
	const struct acc_weights *weights;
	struct acc_tally *gradient;
	double share; /* of a pair */
};

static bool
add_slope(void *context, const struct acc_coder_pair *pair)
{
	struct slopes *slopes = context;
	acc_coder_pair_gradient(slopes->tally, slopes->weights, pair, slopes->share, 0,
				slopes->gradient);
	return true;
}

void
acc_observed_per_pair_gradient(const struct acc_tally *tally, const struct acc_weights *weights,
			       struct acc_tally *gradient)
{
	struct acc_pair_sums sums = acc_coder_pairs_sum(tally, weights);
	struct slopes slopes = {tally, weights, gradient, 1 / sums.pairs};
	if (!sums.apart)
		acc_coder_pairs_each(tally, weights, add_slope, &slopes);
}
