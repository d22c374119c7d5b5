#include "stats/concordance.h"
#include "stats/ranks.h"
#include "stats/scratch.h"
#include "stats/special.h"

#include <math.h>

/* The coders' ranks of the categories, and W = spread / most. */
struct ranking {
	double *rank;  /* [coders * categories], in the scratch */
	double *slope; /* [coders * categories], in the scratch, zero */
	double units, coders, spread, most, ties;
	struct acc_scratch scratch;
};

/* Sum over units of the squared sum of the coders' (centred) ranks: each coder with itself, and
 * twice each pair. */
static double
spread_of_sums(const struct acc_tally *tally, const double *rank)
{
	size_t q = tally->categories;
	const double *margin = acc_tally_complete_margin(tally);
	const double *cells = acc_tally_complete_cells(tally);
	double sum = 0;
	for (size_t i = 0; i < tally->coders * q; i++)
		sum += margin[i] * rank[i] * rank[i];
	for (size_t j = 1; j < tally->coders; j++)
		for (size_t i = 0; i < j; i++) {
			const double *cell = cells + acc_tally_pair(tally, i, j);
			for (size_t k = 0; k < q; k++)
				for (size_t l = 0; l < q; l++)
					sum +=
					    2 * cell[k * q + l] * rank[i * q + k] * rank[j * q + l];
		}
	return sum;
}

static enum acc_reason
rank_all(const struct acc_tally *tally, const struct acc_weights *weights, bool ties_corrected,
	 struct ranking *ranking)
{
	size_t q = tally->categories;
	double n = acc_tally_complete(tally)[0], m = (double)tally->coders;
	*ranking = (struct ranking){.units = n, .coders = m};
	if (!(n > 1) || m < 2)
		return ACC_REASON_no_complete_units;
	ranking->rank = acc_scratch_make(&ranking->scratch, 2 * tally->coders * q);
	if (!ranking->rank)
		return ACC_REASON_no_memory;
	ranking->slope = ranking->rank + tally->coders * q;
	for (size_t j = 0; j < tally->coders; j++)
		ranking->ties += acc_ranks(acc_tally_complete_margin(tally) + j * q, weights->score,
					   q, ranking->rank + j * q);
	ranking->most = m * m * (n * n * n - n) - (ties_corrected ? m * ranking->ties : 0);
	ranking->spread = 12 * spread_of_sums(tally, ranking->rank);
	bool varies = m * (n * n * n - n) > ranking->ties;
	return varies ? ACC_DEFINED : ACC_REASON_no_variation;
}

enum acc_reason
acc_concordance(const struct acc_tally *tally, const struct acc_weights *weights,
		bool ties_corrected, struct acc_disagreement *out)
{
	struct ranking ranking;
	enum acc_reason reason = rank_all(tally, weights, ties_corrected, &ranking);
	acc_scratch_free(&ranking.scratch);
	acc_uncorrected(ranking.spread / ranking.most, out);
	return reason;
}

/* Slopes of the spread in the cells, and in the ranks into ranking->slope. */
static void
cell_slopes(const struct acc_tally *tally, struct ranking *ranking, double scale,
	    struct acc_tally *observed)
{
	size_t q = tally->categories;
	const double *cells = acc_tally_complete_cells(tally), *rank = ranking->rank;
	double *slopes = acc_tally_complete_cells(observed), *slope = ranking->slope;
	for (size_t j = 1; j < tally->coders; j++)
		for (size_t i = 0; i < j; i++) {
			size_t at = acc_tally_pair(tally, i, j);
			for (size_t k = 0; k < q; k++)
				for (size_t l = 0; l < q; l++) {
					double first = rank[i * q + k], second = rank[j * q + l];
					double units = cells[at + k * q + l];
					slopes[at + k * q + l] += 2 * scale * first * second;
					slope[i * q + k] += 2 * scale * units * second;
					slope[j * q + l] += 2 * scale * units * first;
				}
		}
}

/* In the margins: the coders' own ranks, all ranks through how often each category was given, and
 * the ties. */
static void
margin_slopes(const struct acc_tally *tally, const double *score, struct ranking *ranking,
	      double scale, double per_tie, struct acc_tally *observed)
{
	size_t q = tally->categories;
	const double *margin = acc_tally_complete_margin(tally);
	double *slope = acc_tally_complete_margin(observed);
	for (size_t i = 0; i < tally->coders * q; i++) {
		double rank = ranking->rank[i], tied = margin[i];
		slope[i] += scale * rank * rank + per_tie * (3 * tied * tied - 1);
		ranking->slope[i] += 2 * scale * margin[i] * rank;
	}
	for (size_t j = 0; j < tally->coders; j++)
		acc_ranks_slope(ranking->slope + j * q, score, q, slope + j * q);
}

/* W of a study twice as large is smaller by terms in 1 / n^2; they are held with the units. */
static void
hold_size(const struct acc_tally *tally, struct acc_tally *slope)
{
	*acc_tally_complete(slope) -= acc_tally_dot(slope, tally) / *acc_tally_complete(tally);
}

void
acc_concordance_gradient(const struct acc_tally *tally, const struct acc_weights *weights,
			 bool ties_corrected, struct acc_tally *observed)
{
	struct ranking r;
	if (rank_all(tally, weights, ties_corrected, &r) == ACC_DEFINED) {
		double w = r.spread / r.most, n = r.units, m = r.coders, scale = -12 / r.most;
		double per_tie = ties_corrected ? -w * m / r.most : 0;
		cell_slopes(tally, &r, scale, observed);
		margin_slopes(tally, weights->score, &r, scale, per_tie, observed);
		*acc_tally_complete(observed) += w / r.most * m * m * (3 * n * n - 1);
		hold_size(tally, observed);
	}
	acc_scratch_free(&r.scratch);
}

void
acc_concordance_test(const struct acc_tally *tally, const struct acc_weights *weights,
		     bool ties_corrected, struct acc_classical *out)
{
	struct acc_disagreement at;
	double n = acc_tally_complete(tally)[0];
	if (acc_concordance(tally, weights, ties_corrected, &at) != ACC_DEFINED)
		return;
	out->statistic = (double)tally->coders * (n - 1) * (1 - at.observed);
	out->df1 = n - 1;
	out->p = acc_chi2_tail(out->statistic, out->df1);
}
