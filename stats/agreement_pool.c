/* agreement_pool: several themes as one number: kappa = 1 - sum v D_o / sum v D_e over themes, v
 * how much a theme counts. */
#include "stats/agreement_run.h"

#include <math.h>

/* Units of each block with a pair of ratings on some theme. */
static void
survey_pool(struct acc_agreement_run *run, struct acc_estimate *facts)
{
	*facts = (struct acc_estimate){.ratings = run->pool_ratings,
				       .prevalence = NAN,
				       .share_observed = NAN,
				       .share_expected = NAN,
				       .notes = run->pool_notes,
				       .rated_by = {run->pool_rated_by[0], run->pool_rated_by[1]},
				       .estimable = run->pool_estimable};
	run->pool_complete = 0;
	for (size_t b = 0; b < run->blocks.count; b++) {
		run->pairs[b] = 0;
		for (size_t i = run->blocks.first[b]; i < run->blocks.first[b + 1]; i++) {
			uint32_t pattern = run->blocks.pattern[i];
			double units = acc_blocks_units(&run->blocks, run->patterns, b, pattern);
			if (run->rating_bits[pattern] & ACC_PATTERN_COMPLETE)
				run->pool_complete += units * (double)run->blocks.times[b];
			if (run->rating_bits[pattern] & ACC_PATTERN_PAIRED)
				run->pairs[b] += units;
			else if (run->rating_bits[pattern])
				facts->single += units * (double)run->blocks.times[b];
		}
		facts->units += run->pairs[b] * (double)run->blocks.times[b];
	}
}

/* Variance of a pooled value from what the themes left in the pool_ arrays. */
static void
spread_pool(struct acc_agreement_run *run, size_t c)
{
	struct acc_spread *spread = &run->spread[c];
	bool influence = acc_run_influence(run, c);
	double value = run->estimate[c].value;
	for (size_t b = 0; b < run->blocks.count; b++) {
		double times = (double)run->blocks.times[b];
		struct acc_disagreement at = {run->pool[c].observed[b], run->pool[c].expected[b]};
		double without;
		if (!run->pool_rated[b])
			continue;
		if (influence) {
			acc_run_psi(spread, times,
				    (-at.observed + (1 - value) * at.expected) / spread->expected);
		} else {
			acc_chance_correct(&at, &without);
			acc_run_replicate(spread, times, without, value);
		}
	}
	acc_run_variance(spread, influence, spread->clusters);
	if (run->plan->population)
		acc_run_pool_within(run, c);
}

/* A part as a share of the whole; NaN of nothing. */
static double
share(double part, double whole)
{
	return whole > 0 ? part / whole : NAN;
}

void
acc_run_shares(const struct acc_agreement_run *run, struct acc_estimate *estimate, uint32_t themes)
{
	size_t coefficients = run->plan->coefficients;
	for (size_t i = 0; i < themes * coefficients; i++) {
		const struct acc_disagreement *sum = &run->pool[i % coefficients].sum;
		struct acc_estimate *one = &estimate[i];
		one->share_observed = themes > 1 ? share(one->share_observed, sum->observed) : NAN;
		one->share_expected = themes > 1 ? share(one->share_expected, sum->expected) : NAN;
	}
}

enum acc_status
acc_run_pool(struct acc_agreement_run *run, const struct acc_estimate *first_theme)
{
	struct acc_estimate facts;
	survey_pool(run, &facts);
	for (size_t c = 0; c < run->plan->coefficients; c++) {
		struct acc_estimate *estimate = &run->estimate[c];
		struct acc_disagreement at = run->pool[c].sum;
		double weight = run->pool[c].weight;
		*estimate = facts;
		acc_run_blank(estimate);
		if (run->plan->coefficient[c]->needs & ACC_NEED_COMPLETE) {
			estimate->units = run->pool_complete;
			estimate->ratings = run->pool[c].ratings;
		}
		run->spread[c] = (struct acc_spread){.observed = at.observed,
						     .expected = at.expected,
						     .least = run->plan->coefficient[c]->least,
						     .null_variance = NAN,
						     .complete_pair = run->scope->coders == 2 &&
								      !run->pool_singles};
		if (c == 0)
			acc_run_clusters(run, run->pool_rated, &run->spread[0]);
		else
			acc_run_same_clusters(&run->spread[c], &run->spread[0]);
		estimate->reason = acc_chance_correct(&at, &estimate->value);
		/* Nothing went into the pool: say why the first theme is undefined. */
		if (estimate->reason != ACC_DEFINED && first_theme[c].reason != ACC_DEFINED)
			estimate->reason = first_theme[c].reason;
		if (!(weight > 0))
			weight = NAN;
		else if (weight < run->weights_sum)
			estimate->notes |= ACC_NOTE_undefined_themes;
		/* The printed agreements are means over the themes. */
		estimate->observed = 1 - at.observed / weight;
		estimate->expected = 1 - at.expected / weight;
		estimate->clusters = run->spread[c].clusters;
		estimate->effective = run->spread[c].effective;
		if (estimate->reason != ACC_DEFINED)
			continue;
		spread_pool(run, c);
		/* Units without disagreement bound it on the scale of one theme. */
		run->spread[c].observed /= weight;
		run->spread[c].expected /= weight;
	}
	return acc_run_finish(run);
}
