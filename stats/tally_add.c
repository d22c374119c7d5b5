/* tally_add: what one pattern adds to each array of a tally. */
#include "stats/tally.h"

#include <math.h>

/* Note that a cell is no longer 0. */
static void
touch(struct acc_tally *tally, size_t at)
{
	if (!tally->is_touched[at]) {
		tally->is_touched[at] = true;
		tally->touched[tally->touches++] = at;
	}
}

/* Add to one cell of a tally. */
static inline void
put(struct acc_tally *tally, double *cell, double amount)
{
	if (tally->touched && amount != 0)
		touch(tally, (size_t)(cell - tally->cell));
	*cell += amount;
}

/* Add to category k of an array of a tally. */
static inline void
put_category(struct acc_tally *tally, const struct acc_weights *weights, double *array, size_t k,
	     double amount)
{
	if (!weights->moment) {
		put(tally, array + k, amount);
		return;
	}
	for (size_t m = 0; m < ACC_MOMENTS; m++)
		array[m] += amount * weights->moment[ACC_MOMENTS * k + m];
}

/* Tables of pairs of coders for one pattern. */
static void
add_cells(struct acc_tally *tally, double *cells, const struct acc_panel *panel, uint32_t pattern,
	  double units)
{
	size_t first = panel->first[pattern], last = panel->first[pattern + 1];
	for (size_t a = first; a < last; a += 2)
		for (size_t b = a + 2; b < last; b += 2)
			put(tally,
			    cells + acc_tally_pair(tally, panel->mark[a], panel->mark[b]) +
				panel->mark[a + 1] * tally->categories + panel->mark[b + 1],
			    units);
}

/* What each pair of coders has of one pattern. Ranks disagree by a whole tally only. */
static void
add_pairs(struct acc_tally *tally, const struct acc_panel *panel, uint32_t pattern, double units,
	  const struct acc_weights *weights)
{
	size_t first = panel->first[pattern], last = panel->first[pattern + 1];
	double *pairs = acc_tally_pairs(tally);
	for (size_t a = first; a < last; a += 2)
		for (size_t b = a + 2; b < last; b += 2) {
			uint32_t k = panel->mark[a + 1], l = panel->mark[b + 1];
			double *sum = pairs + 2 * acc_pair_number(panel->mark[a], panel->mark[b]);
			put(tally, sum, units);
			if (k != l && !weights->ranks)
				put(tally, sum + 1, units * acc_weights_between(weights, k, l));
		}
}

/* The largest disagreement of two ratings of a pattern; NaN for ranks, which nobody asks for. */
static double
widest(const struct acc_panel *panel, uint32_t pattern, const struct acc_weights *weights)
{
	size_t first = panel->first[pattern], last = panel->first[pattern + 1];
	double most = 0;
	for (size_t a = first; !weights->ranks && a < last; a += 2)
		for (size_t b = a + 2; b < last; b += 2) {
			uint32_t k = panel->mark[a + 1], l = panel->mark[b + 1];
			double apart = k == l ? 0 : acc_weights_between(weights, k, l);
			most = apart > most ? apart : most;
		}
	return weights->ranks ? NAN : most;
}

static void
add_complete(struct acc_tally *tally, const struct acc_panel *panel, uint32_t pattern, double units,
	     const struct acc_weights *weights)
{
	size_t first = panel->first[pattern], last = panel->first[pattern + 1];
	double *complete = acc_tally_complete(tally), *cells = acc_tally_complete_cells(tally);
	double *margin = acc_tally_complete_margin(tally);
	for (size_t i = first; i < last; i += 2)
		put(tally, margin + panel->mark[i] * tally->categories + panel->mark[i + 1], units);
	put(tally, complete, units);
	put(tally, complete + 1, units * widest(panel, pattern, weights));
	if (cells)
		add_cells(tally, cells, panel, pattern, units);
}

static void
add_moments(struct acc_tally *tally, const struct acc_panel *panel, uint32_t pattern, double units,
	    const double *score)
{
	size_t first = panel->first[pattern], last = panel->first[pattern + 1];
	double *moment = acc_tally_moments(tally), sum = 0, around = 0;
	for (size_t i = first; i < last; i += 2) {
		double y = score[panel->mark[i + 1]] - score[0];
		put(tally, moment + 3 + panel->mark[i], units * y);
		sum += y;
	}
	for (size_t i = first; i < last; i += 2) {
		double apart = score[panel->mark[i + 1]] - score[0] - sum / (double)tally->coders;
		around += apart * apart;
	}
	put(tally, moment, units);
	put(tally, moment + 1, units * around);
	put(tally, moment + 2, units * sum * sum);
}

/* Each coder's score against the unit's mean, and which coders the unit ties together. */
static void
add_anova_pairs(struct acc_tally *tally, const struct acc_panel *panel, uint32_t pattern,
		double units, const double *score, double mean)
{
	size_t first = panel->first[pattern], last = panel->first[pattern + 1];
	double ratings = (double)(last - first) / 2;
	struct acc_anova_sums sums = acc_anova_sums_of(tally);
	for (size_t a = first; a < last; a += 2) {
		size_t j = panel->mark[a];
		double y = score[panel->mark[a + 1]] - score[0];
		put(tally, sums.ratings + j, units);
		put(tally, sums.scores + j, units * y);
		if (ratings < 2)
			continue;
		put(tally, sums.apart + j, units * (y - mean));
		put(tally, sums.pairs + j * (j + 1) / 2 + j, units * (1 - 1 / ratings));
		for (size_t b = first; b < a; b += 2)
			put(tally, sums.pairs + j * (j + 1) / 2 + panel->mark[b], -units / ratings);
	}
}

static void
add_anova(struct acc_tally *tally, const struct acc_panel *panel, uint32_t pattern, double units,
	  const double *score)
{
	size_t first = panel->first[pattern], last = panel->first[pattern + 1];
	double ratings = (double)(last - first) / 2, *cell = acc_tally_anova(tally);
	double sum = 0, around = 0, second = 0;
	for (size_t i = first; i < last; i += 2)
		second += panel->mark[i + 1] == 1;
	put(tally, cell + ACC_ANOVA_UNITS, units);
	put(tally, cell + ACC_ANOVA_INVERSE, units / ratings);
	put(tally, cell + ACC_ANOVA_MIXED, units * second * (ratings - second) / ratings);
	if (!score)
		return;
	for (size_t i = first; i < last; i += 2)
		sum += score[panel->mark[i + 1]] - score[0];
	for (size_t i = first; i < last; i += 2) {
		double apart = score[panel->mark[i + 1]] - score[0] - sum / ratings;
		around += apart * apart;
	}
	put(tally, cell + ACC_ANOVA_SQUARES, units * sum * sum / ratings);
	put(tally, cell + ACC_ANOVA_WITHIN, units * around);
	put(tally, cell + ACC_ANOVA_SIZES, units * ratings * ratings);
	add_anova_pairs(tally, panel, pattern, units, score, sum / ratings);
}

/* What only some coefficients need, of a pattern with two ratings or more. */
static void
add_optional(struct acc_tally *tally, const struct acc_panel *panel, uint32_t pattern, double units,
	     const struct acc_weights *weights)
{
	size_t categories = tally->categories, touched = acc_panel_count(panel, pattern);
	double ratings = (double)acc_panel_ratings(panel, pattern);
	double *coincidences = acc_tally_coincidences(tally), *specific = acc_tally_specific(tally);
	double *cells = acc_tally_cells(tally);
	for (size_t a = 0; a < touched; a++) {
		size_t k = panel->touched[a];
		for (size_t b = 0; coincidences && b < touched; b++) {
			size_t l = panel->touched[b];
			put(tally, coincidences + k * categories + l,
			    units * panel->count[k] * (panel->count[l] - (k == l)) / (ratings - 1));
		}
		if (specific) {
			put(tally, specific + k, units * panel->count[k] * (panel->count[k] - 1));
			put(tally, specific + categories + k,
			    units * panel->count[k] * (ratings - 1));
		}
	}
	acc_panel_uncount(panel, touched);
	if (cells)
		add_cells(tally, cells, panel, pattern, units);
	if (tally->needs & ACC_NEED_PAIRS)
		add_pairs(tally, panel, pattern, units, weights);
	if (tally->needs & ACC_NEED_COMPLETE && (size_t)ratings == tally->coders)
		add_complete(tally, panel, pattern, units, weights);
	if (tally->needs & ACC_NEED_MOMENTS && weights->score && (size_t)ratings == tally->coders)
		add_moments(tally, panel, pattern, units, weights->score);
}

void
acc_tally_add(struct acc_tally *tally, const struct acc_panel *panel, uint32_t pattern,
	      double units, const struct acc_weights *weights)
{
	size_t first = panel->first[pattern], last = panel->first[pattern + 1];
	double ratings = (double)((last - first) / 2);
	if (first == last)
		return;
	double *share = acc_tally_share(tally), *used = acc_tally_used(tally);
	double *margin = acc_tally_margin(tally);
	put(tally, &tally->cell[ACC_TALLY_RATED], units);
	if (tally->needs & ACC_NEED_ANOVA)
		add_anova(tally, panel, pattern, units, weights->score);
	for (size_t i = first; i < last; i += 2) {
		uint32_t k = panel->mark[i + 1];
		put_category(tally, weights, share, k, units / ratings);
		put_category(tally, weights, margin + panel->mark[i] * tally->categories, k, units);
		if (ratings >= 2)
			put_category(tally, weights, used, k, units);
	}
	if (ratings < 2)
		return;
	double disagreement = acc_panel_disagreement(panel, pattern, weights);
	put(tally, &tally->cell[ACC_TALLY_PAIRED], units);
	put(tally, &tally->cell[ACC_TALLY_RATINGS], units * ratings);
	put(tally, &tally->cell[ACC_TALLY_OBSERVED], units * disagreement);
	put(tally, &tally->cell[ACC_TALLY_WEIGHTED], units * ratings * disagreement);
	if (tally->needs)
		add_optional(tally, panel, pattern, units, weights);
}
