#include "stats/rank_pairs.h"
#include "stats/ranks.h"
#include "stats/scratch.h"

#include <math.h>

/* One pair at a time: how often each of the two gave each category, and the ranks of these. */
struct desk {
	const double *score;
	size_t categories;
	double *count[2], *rank[2], *slope[2], *along; /* [categories] each */
	double own[2], product;                        /* sums of r^2, s^2, r s */
	struct acc_scratch scratch;
};

static bool
desk_make(struct desk *desk, const struct acc_tally *tally, const struct acc_weights *weights)
{
	size_t q = tally->categories;
	double *room = acc_scratch_make(&desk->scratch, 7 * q);
	desk->score = weights->score;
	desk->categories = q;
	for (size_t side = 0; room && side < 2; side++) {
		desk->count[side] = room + side * q;
		desk->rank[side] = room + (2 + side) * q;
		desk->slope[side] = room + (4 + side) * q;
	}
	desk->along = room ? room + 6 * q : NULL;
	return room != NULL;
}

/* Fill for a table; returns the units in it. */
static double
desk_lay(struct desk *desk, const double *cell)
{
	size_t q = desk->categories;
	double units = 0;
	for (size_t k = 0; k < q; k++)
		desk->count[0][k] = desk->count[1][k] = 0;
	for (size_t k = 0; k < q; k++)
		for (size_t l = 0; l < q; l++) {
			desk->count[0][k] += cell[k * q + l];
			desk->count[1][l] += cell[k * q + l];
			units += cell[k * q + l];
		}
	desk->product = 0;
	for (size_t side = 0; side < 2; side++) {
		acc_ranks(desk->count[side], desk->score, q, desk->rank[side]);
		desk->own[side] = 0;
		for (size_t k = 0; k < q; k++)
			desk->own[side] +=
			    desk->count[side][k] * desk->rank[side][k] * desk->rank[side][k];
	}
	for (size_t k = 0; k < q; k++)
		for (size_t l = 0; l < q; l++)
			desk->product += cell[k * q + l] * desk->rank[0][k] * desk->rank[1][l];
	return units;
}

/* rho, from the differences of standardised ranks, so that complete agreement is exactly 1. */
static double
desk_rho(const struct desk *desk, const double *cell)
{
	size_t q = desk->categories;
	double sum = 0, root[2] = {sqrt(desk->own[0]), sqrt(desk->own[1])};
	for (size_t k = 0; k < q; k++)
		for (size_t l = 0; l < q; l++) {
			double apart = desk->rank[0][k] / root[0] - desk->rank[1][l] / root[1];
			sum += cell[k * q + l] * apart * apart;
		}
	return 1 - sum / 2;
}

/* The slope of rho in how often one side gave each category: the ranks of all move, and its own
 * sum of squares. */
static void
side_slope(struct desk *desk, const double *cell, size_t side, double rho)
{
	size_t q = desk->categories;
	const double *rank = desk->rank[side], *other = desk->rank[1 - side];
	double root = sqrt(desk->own[0] * desk->own[1]), share = rho / (2 * desk->own[side]);
	for (size_t k = 0; k < q; k++) {
		double product = 0;
		for (size_t l = 0; l < q; l++)
			product += cell[side ? l * q + k : k * q + l] * other[l];
		desk->along[k] = product / root - 2 * share * desk->count[side][k] * rank[k];
		desk->slope[side][k] = -share * rank[k] * rank[k];
	}
	acc_ranks_slope(desk->along, desk->score, q, desk->slope[side]);
}

static void
add_slope(struct desk *desk, const double *cell, double rho, double scale, double constant,
	  double *slope)
{
	size_t q = desk->categories;
	double root = sqrt(desk->own[0] * desk->own[1]);
	for (size_t side = 0; side < 2; side++)
		side_slope(desk, cell, side, rho);
	for (size_t k = 0; k < q; k++)
		for (size_t l = 0; l < q; l++)
			slope[k * q + l] +=
			    constant + scale * (desk->rank[0][k] * desk->rank[1][l] / root +
						desk->slope[0][k] + desk->slope[1][l]);
}

/* What a pair counts with so many units in common. */
static double
weight_of(double units, bool by_units)
{
	return by_units ? fmax(units - 1, 0) : units > 0;
}

/* Go over the pairs: sum the rhos, and where `slope` is given add the mean's gradient. */
struct round {
	bool by_units;
	double sum, weight;
	double mean, scale; /* of a second round */
	struct acc_tally *slope;
};

static bool
go_over(const struct acc_tally *tally, const struct acc_weights *weights, struct round *round)
{
	struct desk desk;
	if (!desk_make(&desk, tally, weights))
		return false;
	for (size_t j = 1; j < tally->coders; j++)
		for (size_t i = 0; i < j; i++) {
			size_t at = acc_tally_pair(tally, i, j);
			const double *cell = acc_tally_cells(tally) + at;
			double units = desk_lay(&desk, cell);
			double weight = weight_of(units, round->by_units);
			if (!(weight > 0))
				continue;
			double rho = desk_rho(&desk, cell);
			if (round->slope) {
				double share = round->scale / round->weight * weight;
				double more = round->by_units ? (rho - round->mean) / units : 0;
				add_slope(&desk, cell, rho, share, share * more,
					  acc_tally_cells(round->slope) + at);
			} else {
				round->sum += weight * rho;
				round->weight += weight;
			}
		}
	acc_scratch_free(&desk.scratch);
	return true;
}

enum acc_reason
acc_rank_pairs_mean(const struct acc_tally *tally, const struct acc_weights *weights, bool by_units,
		    double *mean)
{
	struct round round = {.by_units = by_units};
	if (!go_over(tally, weights, &round))
		return ACC_REASON_no_memory;
	*mean = round.sum / round.weight;
	if (tally->cell[ACC_TALLY_PAIRED] < 2)
		return ACC_REASON_too_few_ratings;
	return isfinite(*mean) ? ACC_DEFINED : ACC_REASON_no_variation;
}

void
acc_rank_pairs_gradient(const struct acc_tally *tally, const struct acc_weights *weights,
			bool by_units, double scale, struct acc_tally *slope)
{
	struct round round = {.by_units = by_units, .scale = scale};
	if (!go_over(tally, weights, &round))
		return;
	round.mean = round.sum / round.weight;
	round.slope = slope;
	if (isfinite(round.mean))
		go_over(tally, weights, &round);
}
