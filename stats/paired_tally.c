/* paired_tally: the tally of all coders from paired patterns. See acc_tally_add, which adds the
 * same unit by unit: here each of its sums is taken apart into ratings and pairs of ratings. */
#include "stats/paired_tally.h"

#include <math.h>

/* A vector of a unit of r ratings: how many there are, what the ratings in it are. */
struct part {
	double count, r;
	size_t coder[2], category[2];
	double score[2]; /* less the first category's; 0 where there are none */
	bool complete;   /* every coder rated the unit */
	bool scored;
};

static void
add_unit(struct acc_tally *tally, const struct part *part)
{
	double *cell = tally->cell, n = part->count, r = part->r;
	if (r < 1)
		return;
	cell[ACC_TALLY_RATED] += n;
	if (r >= 2) {
		cell[ACC_TALLY_PAIRED] += n;
		cell[ACC_TALLY_RATINGS] += n * r;
	}
	if (tally->needs & ACC_NEED_COMPLETE && part->complete)
		acc_tally_complete(tally)[0] += n;
	if (tally->needs & ACC_NEED_MOMENTS && part->scored && part->complete)
		acc_tally_moments(tally)[0] += n;
	if (!(tally->needs & ACC_NEED_ANOVA))
		return;
	double *anova = acc_tally_anova(tally);
	anova[ACC_ANOVA_UNITS] += n;
	anova[ACC_ANOVA_INVERSE] += n / r;
	if (part->scored)
		anova[ACC_ANOVA_SIZES] += n * r * r;
}

static void
add_rating_scores(struct acc_tally *tally, const struct part *part)
{
	double n = part->count, r = part->r, y = part->score[0];
	size_t j = part->coder[0];
	if (tally->needs & ACC_NEED_MOMENTS && part->complete) {
		double *moment = acc_tally_moments(tally);
		moment[2] += n * y * y;
		moment[3 + j] += n * y;
	}
	if (!(tally->needs & ACC_NEED_ANOVA))
		return;
	struct acc_anova_sums sums = acc_anova_sums_of(tally);
	sums.cell[ACC_ANOVA_SQUARES] += n * y * y / r;
	sums.ratings[j] += n;
	sums.scores[j] += n * y;
	if (r < 2)
		return;
	sums.apart[j] += n * y * (1 - 1 / r);
	sums.pairs[j * (j + 1) / 2 + j] += n * (1 - 1 / r);
}

static void
add_rating(struct acc_tally *tally, const struct part *part)
{
	double n = part->count, r = part->r;
	size_t k = part->category[0], at = part->coder[0] * tally->categories + k;
	acc_tally_share(tally)[k] += n / r;
	acc_tally_margin(tally)[at] += n;
	if (tally->needs & ACC_NEED_COMPLETE && part->complete)
		acc_tally_complete_margin(tally)[at] += n;
	if (r >= 2)
		acc_tally_used(tally)[k] += n;
	if (r >= 2 && tally->needs & ACC_NEED_SPECIFIC)
		acc_tally_specific(tally)[tally->categories + k] += n * (r - 1);
	if (part->scored)
		add_rating_scores(tally, part);
}

static void
add_pair_scores(struct acc_tally *tally, const struct part *part)
{
	double n = part->count, r = part->r;
	double x = part->score[0], y = part->score[1], within = n * (x - y) * (x - y) / r;
	size_t i = part->coder[0], j = part->coder[1];
	if (tally->needs & ACC_NEED_MOMENTS && part->complete) {
		acc_tally_moments(tally)[1] += within;
		acc_tally_moments(tally)[2] += 2 * n * x * y;
	}
	if (!(tally->needs & ACC_NEED_ANOVA))
		return;
	struct acc_anova_sums sums = acc_anova_sums_of(tally);
	sums.cell[ACC_ANOVA_SQUARES] += 2 * n * x * y / r;
	sums.cell[ACC_ANOVA_WITHIN] += within;
	sums.apart[i] -= n * y / r;
	sums.apart[j] -= n * x / r;
	sums.pairs[j * (j + 1) / 2 + i] -= n / r;
}

static void
add_pair(struct acc_tally *tally, const struct part *part, const struct acc_weights *weights)
{
	double n = part->count, r = part->r, *coincidences = acc_tally_coincidences(tally);
	size_t k = part->category[0], l = part->category[1], categories = tally->categories;
	double apart =
	    k == l || weights->ranks ? 0 : acc_weights_between(weights, (uint32_t)k, (uint32_t)l);
	tally->cell[ACC_TALLY_OBSERVED] += n * apart * 2 / (r * (r - 1));
	tally->cell[ACC_TALLY_WEIGHTED] += n * apart * 2 / (r - 1);
	if (coincidences) {
		coincidences[k * categories + l] += n / (r - 1);
		coincidences[l * categories + k] += n / (r - 1);
	}
	if (tally->needs & ACC_NEED_SPECIFIC && k == l)
		acc_tally_specific(tally)[k] += 2 * n;
	if (tally->needs & ACC_NEED_PAIRS) {
		double *sum =
		    acc_tally_pairs(tally) + 2 * acc_pair_number(part->coder[0], part->coder[1]);
		sum[0] += n;
		sum[1] += n * apart;
	}
	size_t at = acc_tally_pair(tally, part->coder[0], part->coder[1]) + k * categories + l;
	if (tally->needs & ACC_NEED_CELLS)
		acc_tally_cells(tally)[at] += n;
	if (acc_tally_complete_cells(tally) && part->complete)
		acc_tally_complete_cells(tally)[at] += n;
	if (tally->needs & ACC_NEED_ANOVA && (k == 1) != (l == 1))
		acc_tally_anova(tally)[ACC_ANOVA_MIXED] += n / r;
	if (part->scored)
		add_pair_scores(tally, part);
}

void
acc_paired_tally(struct acc_tally *tally, const struct acc_panel *panel,
		 const struct acc_patterns *patterns, uint32_t group,
		 const struct acc_weights *weights)
{
	if (tally->needs & ACC_NEED_COMPLETE)
		acc_tally_complete(tally)[1] = NAN;
	for (uint32_t p = 0; p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		if (group != ACC_NONE && pattern.group != group)
			continue;
		const uint32_t *mark = panel->mark + panel->first[p];
		struct part part = {.count = (double)pattern.count,
				    .r = pattern.size,
				    .complete = pattern.size == tally->coders,
				    .scored = weights->score != NULL};
		for (size_t i = 0; i < pattern.ratings; i++) {
			part.coder[i] = mark[2 * i];
			part.category[i] = mark[2 * i + 1];
			if (part.scored)
				part.score[i] =
				    weights->score[part.category[i]] - weights->score[0];
		}
		if (pattern.ratings == 0)
			add_unit(tally, &part);
		else if (pattern.ratings == 1)
			add_rating(tally, &part);
		else
			add_pair(tally, &part, weights);
	}
}
