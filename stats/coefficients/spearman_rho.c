/* Spearman's rho: the mean over pairs of coders of the correlation of their mid-ranks, over the
 * units that both rated (Spearman 1904). It sees order only, not whether codes are equal. A pair
 * without variation leaves the mean undefined. Without ties and nothing missing it is
 * (m W - 1) / (m - 1), W Kendall's. Check: in tests/golden. */
#include "stats/coder_pairs.h"
#include "stats/ranks.h"

#include <math.h>
#include <stdlib.h>

struct mean {
	const struct acc_weights *weights;
	size_t categories;
	double *count, *rank; /* [2 * categories] of the first coder, then of the second */
	double sum, pairs;
};

/* 1 - rho, from the differences of standardised ranks. */
static double
discord(const double *cell, size_t q, const double *count, const double *rank)
{
	double own[2] = {0, 0}, sum = 0;
	for (size_t i = 0; i < 2 * q; i++)
		own[i / q] += count[i] * rank[i] * rank[i];
	for (size_t i = 0; i < q * q; i++) {
		double apart = rank[i / q] / sqrt(own[0]) - rank[q + i % q] / sqrt(own[1]);
		sum += cell[i] * apart * apart;
	}
	return sum / 2;
}

static bool
add(void *context, const struct acc_coder_pair *pair)
{
	struct mean *mean = context;
	size_t q = mean->categories;
	if (!(pair->units > 0))
		return true;
	for (size_t i = 0; i < 2 * q; i++)
		mean->count[i] = 0;
	for (size_t i = 0; i < q * q; i++) {
		mean->count[i / q] += pair->cell[i];
		mean->count[q + i % q] += pair->cell[i];
	}
	for (size_t side = 0; side < 2; side++)
		acc_ranks(mean->count + side * q, mean->weights->score, q, mean->rank + side * q);
	mean->sum += discord(pair->cell, q, mean->count, mean->rank);
	mean->pairs++;
	return true;
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	size_t q = tally->categories;
	struct mean mean = {.weights = weights,
			    .categories = q,
			    .count = acc_array(2 * q, sizeof(double)),
			    .rank = acc_array(2 * q, sizeof(double))};
	bool made = mean.count && mean.rank;
	if (made)
		acc_coder_pairs_each(tally, weights, add, &mean);
	free(mean.count);
	free(mean.rank);
	*out = (struct acc_disagreement){mean.sum / mean.pairs, 1};
	if (!made)
		return ACC_REASON_no_memory;
	return isfinite(out->observed) ? ACC_DEFINED : ACC_REASON_no_variation;
}

const struct acc_coefficient acc_coefficient_spearman_rho = {
    .key = "spearman_rho",
    .alias = "spearman",
    .name = "Spearman's rho, mean over pairs of coders",
    .formula = "mean over pairs of coders of the correlation of mid-ranks",
    .citation = "Spearman 1904",
    .scores = true,
    .needs = ACC_NEED_CELLS,
    .by_coder = true,
    .least = -1,
    .estimate = estimate,
};
