#include "stats/coder_pairs.h"

#include <math.h>

static double
sum_of(const double *array, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += array[i];
	return sum;
}

bool
acc_coder_rated(const struct acc_tally *tally, size_t coder)
{
	const double *margin = acc_tally_margin(tally) + coder * tally->categories;
	return sum_of(margin, tally->categories) > 0;
}

struct acc_coder_pair
acc_coder_pair_of(const struct acc_tally *tally, const struct acc_weights *weights, size_t i,
		  size_t j)
{
	size_t q = tally->categories;
	const double *a = acc_tally_margin(tally) + i * q, *b = acc_tally_margin(tally) + j * q;
	const double *sum = acc_tally_pairs(tally) + 2 * acc_pair_number(i, j);
	struct acc_coder_pair pair = {.i = i,
				      .j = j,
				      .units = sum[0],
				      .rated = {sum_of(a, q), sum_of(b, q)},
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
		for (size_t i = 0; acc_coder_rated(tally, j) && i < j; i++) {
			if (!acc_coder_rated(tally, i))
				continue;
			struct acc_coder_pair pair = acc_coder_pair_of(tally, weights, i, j);
			if (!take(context, &pair))
				return;
		}
}

struct sums {
	double observed, pairs;
	bool apart; /* some pair has no unit in common */
};

static bool
add_observed(void *context, const struct acc_coder_pair *pair)
{
	struct sums *sums = context;
	sums->observed += pair->at.observed;
	sums->pairs++;
	sums->apart = sums->apart || !(pair->units > 0);
	return !sums->apart;
}

enum acc_reason
acc_observed_per_pair(const struct acc_tally *tally, const struct acc_weights *weights,
		      double *observed)
{
	struct sums sums = {0};
	acc_coder_pairs_each(tally, weights, add_observed, &sums);
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
	struct sums sums = {0};
	acc_coder_pairs_each(tally, weights, add_observed, &sums);
	struct slopes slopes = {tally, weights, gradient, 1 / sums.pairs};
	if (!sums.apart)
		acc_coder_pairs_each(tally, weights, add_slope, &slopes);
}
