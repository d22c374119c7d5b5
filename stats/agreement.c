#include "stats/agreement.h"
#include "stats/agreement_run.h"

#include <math.h>
#include <stdlib.h>

bool
acc_run_influence(const struct acc_agreement_run *run)
{
	return run->plan->ci == ACC_CI_LINEAR || run->plan->ci == ACC_CI_GWET;
}

static void
fill_block(struct acc_agreement_run *run, size_t block)
{
	acc_tally_zero(&run->block);
	for (size_t i = run->blocks.first[block]; i < run->blocks.first[block + 1]; i++) {
		uint32_t pattern = run->blocks.pattern[i];
		acc_tally_add(&run->block, &run->panel, pattern,
			      acc_blocks_units(&run->blocks, run->patterns, block, pattern),
			      run->plan->weights);
	}
}

/* Mass and clusters of the second most common category: both enough to compare groups? */
static bool
is_estimable(const struct acc_tally *total, const double *clusters)
{
	size_t enough = 0;
	for (size_t k = 0; k < total->categories; k++)
		enough += acc_tally_share(total)[k] >= 5 - 1e-9 && clusters[k] >= 3;
	return enough >= 2;
}

/* The facts of the theme at hand: total tally, units per block, and the estimates' counts. */
static enum acc_status
survey(struct acc_agreement_run *run, struct acc_estimate *facts)
{
	double *clusters = acc_array(run->panel.categories, sizeof *clusters);
	if (!clusters)
		return ACC_NO_MEMORY;
	acc_tally_zero(&run->total);
	for (size_t b = 0; b < run->blocks.count; b++) {
		double times = (double)run->blocks.times[b];
		fill_block(run, b);
		for (size_t i = 0; i < run->total.length; i++)
			run->total.cell[i] += times * run->block.cell[i];
		for (size_t k = 0; k < run->panel.categories; k++)
			if (acc_tally_share(&run->block)[k] > 0)
				clusters[k] += times;
		run->pairs[b] = run->block.cell[ACC_TALLY_PAIRED];
		run->rated[b] = run->block.cell[ACC_TALLY_RATED] > 0;
		run->pool_rated[b] = run->pool_rated[b] || (run->rated[b] && run->weight > 0);
	}
	const double *cell = run->total.cell;
	*facts = (struct acc_estimate){
	    .units = cell[ACC_TALLY_PAIRED],
	    .ratings = cell[ACC_TALLY_RATINGS],
	    .single = cell[ACC_TALLY_RATED] - cell[ACC_TALLY_PAIRED],
	    .prevalence = NAN,
	    .estimable = is_estimable(&run->total, clusters),
	};
	uint32_t present = run->patterns->design == ACC_THEMES        ? 1
			   : run->patterns->design == ACC_THEME_CODES ? run->plan->present
								      : ACC_NONE;
	if (!run->weights.sets && present < run->panel.categories && cell[ACC_TALLY_RATED] > 0)
		facts->prevalence = acc_tally_share(&run->total)[present] / cell[ACC_TALLY_RATED];
	for (size_t j = 0; run->scope->coders == 2 && j < 2; j++)
		for (size_t k = 0; k < run->panel.categories; k++)
			facts->rated_by[j] +=
			    acc_tally_margin(&run->total)[j * run->panel.categories + k];
	if (!facts->estimable)
		facts->notes |= ACC_NOTE_rare_category;
	if (cell[ACC_TALLY_RATINGS] < cell[ACC_TALLY_RATED] * (double)run->scope->coders)
		facts->notes |= ACC_NOTE_missing_ratings;
	if (run->blocks.kind == ACC_CLUSTER_UNIT && run->plan->ci != ACC_CI_GWET)
		facts->notes |= ACC_NOTE_units_as_clusters;
	free(clusters);
	return ACC_OK;
}

void
acc_run_clusters(const struct acc_agreement_run *run, const bool *rated, struct acc_spread *spread)
{
	double units = 0, squares = 0;
	spread->clusters = 0;
	for (size_t b = 0; b < run->blocks.count; b++) {
		double times = (double)run->blocks.times[b];
		spread->clusters += rated[b] ? times : 0;
		units += times * run->pairs[b];
		squares += times * run->pairs[b] * run->pairs[b];
	}
	spread->effective = squares > 0 ? units * units / squares : 0;
	spread->design = units > 0 ? squares / units : 0;
	spread->df = spread->clusters - 1;
}

void
acc_run_replicate(struct acc_spread *spread, double times, double without, double value)
{
	if (isnan(without))
		spread->undefined = true;
	else
		spread->variance += times * (without - value) * (without - value);
}

static void
leave_out(struct acc_agreement_run *run, size_t block)
{
	const struct acc_plan *plan = run->plan;
	double times = (double)run->blocks.times[block];
	fill_block(run, block);
	acc_tally_subtract(&run->without, &run->total, &run->block);
	for (size_t c = 0; c < plan->coefficients; c++) {
		struct acc_disagreement left;
		double value;
		acc_coefficient_value(plan->coefficient[c], &run->without, &run->weights, &left,
				      &value);
		if (run->rated[block] && run->estimate[c].reason == ACC_DEFINED)
			acc_run_replicate(&run->spread[c], times, value, run->estimate[c].value);
		if (!isnan(left.observed)) {
			run->pool[c].observed[block] += run->weight * left.observed;
			run->pool[c].expected[block] += run->weight * left.expected;
		}
	}
}

static void
jackknife(struct acc_agreement_run *run)
{
	for (size_t b = 0; b < run->blocks.count; b++)
		leave_out(run, b);
	for (size_t c = 0; c < run->plan->coefficients; c++)
		run->spread[c].variance *= (run->spread[c].clusters - 1) / run->spread[c].clusters;
}

/* The published linearisation differs from the exact influence: where units have one rating its
 * mean is held at kappa, and alpha goes without its small-sample factor. Returns the influence
 * times n. */
static double
as_published(const struct acc_agreement_run *run, const struct acc_coefficient *coefficient,
	     double influence, double value)
{
	const double *cell = run->total.cell;
	if (coefficient->pairs_only)
		return influence * cell[ACC_TALLY_PAIRED] * cell[ACC_TALLY_RATINGS] /
		       (cell[ACC_TALLY_RATINGS] - 1);
	double weight = run->block.cell[ACC_TALLY_PAIRED] > 0
			    ? cell[ACC_TALLY_RATED] / cell[ACC_TALLY_PAIRED]
			    : 0;
	return influence * cell[ACC_TALLY_RATED] + value * (weight - 1);
}

/* One coefficient's variance from influence values, and the slopes the pool needs. */
static enum acc_status
influence(struct acc_agreement_run *run, size_t c)
{
	const struct acc_coefficient *coefficient = run->plan->coefficient[c];
	struct acc_estimate *estimate = &run->estimate[c];
	struct acc_spread *spread = &run->spread[c];
	/* Where D_o and D_e are undefined they have no slope, and the pool goes without them. */
	if (isnan(spread->observed))
		return ACC_OK;
	enum acc_status status =
	    acc_coefficient_gradient(coefficient, &run->total, run->plan->weights,
				     &run->slope_observed, &run->slope_expected);
	bool published = run->plan->ci == ACC_CI_GWET;
	double pieces = !published                ? spread->clusters
			: coefficient->pairs_only ? run->total.cell[ACC_TALLY_PAIRED]
						  : run->total.cell[ACC_TALLY_RATED];
	for (size_t b = 0; status == ACC_OK && b < run->blocks.count; b++) {
		fill_block(run, b);
		double observed = acc_tally_dot(&run->slope_observed, &run->block);
		double expected = acc_tally_dot(&run->slope_expected, &run->block);
		run->pool[c].observed[b] += run->weight * observed;
		run->pool[c].expected[b] += run->weight * expected;
		if (estimate->reason != ACC_DEFINED || !run->rated[b])
			continue;
		double value = (-observed + (1 - estimate->value) * expected) / spread->expected;
		if (published)
			value = as_published(run, coefficient, value, estimate->value) / pieces;
		spread->variance += (double)run->blocks.times[b] * value * value;
	}
	spread->variance *= pieces / (pieces - 1);
	return status;
}

/* Where only units that every coder rated are used, those are the ones to report. */
static void
count_complete(const struct acc_agreement_run *run, bool moments, struct acc_estimate *estimate)
{
	estimate->units =
	    moments ? acc_tally_moments(&run->total)[0] : acc_tally_complete(&run->total)[0];
	estimate->ratings = estimate->units * (double)run->scope->coders;
}

static void
set_value(struct acc_agreement_run *run, size_t c, const struct acc_estimate *facts)
{
	struct acc_disagreement at;
	double value;
	enum acc_reason reason = acc_coefficient_value(run->plan->coefficient[c], &run->total,
						       &run->weights, &at, &value);
	struct acc_estimate *estimate = &run->estimate[c];
	*estimate = *facts;
	estimate->reason = reason;
	estimate->value = value;
	estimate->observed = 1 - at.observed;
	estimate->expected = 1 - at.expected;
	estimate->se = estimate->low = estimate->high = NAN;
	estimate->method = "";
	estimate->test = acc_classical_none();
	if (run->plan->coefficient[c]->needs & (ACC_NEED_COMPLETE | ACC_NEED_MOMENTS) &&
	    reason == ACC_DEFINED)
		count_complete(run, run->plan->coefficient[c]->needs & ACC_NEED_MOMENTS, estimate);
	if (reason == ACC_DEFINED && run->plan->coefficient[c]->test)
		run->plan->coefficient[c]->test(&run->total, run->plan->weights, run->plan->level,
						&estimate->test);
	run->spread[c] = (struct acc_spread){.observed = at.observed,
					     .expected = at.expected,
					     .least = run->plan->coefficient[c]->least};
	acc_run_clusters(run, run->rated, &run->spread[c]);
	estimate->clusters = run->spread[c].clusters;
	estimate->effective = run->spread[c].effective;
	estimate->share_observed = run->weight * at.observed;
	estimate->share_expected = run->weight * at.expected;
	if (!isnan(at.observed)) {
		run->pool[c].sum.observed += run->weight * at.observed;
		run->pool[c].sum.expected += run->weight * at.expected;
		run->pool[c].weight += run->weight;
	}
}

/* The interval that a coefficient's own test gives is for independent units. */
static void
prefer_classical(const struct acc_agreement_run *run, struct acc_estimate *estimate)
{
	bool there = isfinite(estimate->test.low) && isfinite(estimate->test.high);
	if (!there || estimate->reason != ACC_DEFINED || run->plan->ci != ACC_CI_AUTO ||
	    run->blocks.kind != ACC_CLUSTER_UNIT)
		return;
	estimate->low = estimate->test.low;
	estimate->high = estimate->test.high;
	estimate->method = estimate->test.method;
}

enum acc_status
acc_run_finish(struct acc_agreement_run *run)
{
	for (size_t c = 0; c < run->plan->coefficients; c++) {
		if (run->estimate[c].reason == ACC_REASON_no_memory)
			return ACC_NO_MEMORY;
		if (run->estimate[c].reason != ACC_DEFINED)
			continue;
		if (run->plan->coefficient[c]->diagnostic) {
			run->estimate[c].reason = ACC_REASON_diagnostic;
			continue;
		}
		acc_interval(&run->estimate[c], &run->spread[c], run->plan->ci, run->plan->level);
		prefer_classical(run, &run->estimate[c]);
	}
	return ACC_OK;
}

static uint8_t
rating_bits(const struct acc_panel *panel, uint32_t pattern)
{
	size_t ratings = acc_panel_ratings(panel, pattern);
	return (uint8_t)((ratings >= 1 ? ACC_PATTERN_RATED : 0) |
			 (ratings >= 2 ? ACC_PATTERN_PAIRED : 0));
}

static void
remember_for_pool(struct acc_agreement_run *run, const struct acc_estimate *facts)
{
	run->pool_ratings += facts->ratings;
	run->pool_estimable = run->pool_estimable || facts->estimable;
	for (size_t j = 0; j < 2; j++)
		run->pool_rated_by[j] = fmax(run->pool_rated_by[j], facts->rated_by[j]);
	run->pool_notes |= facts->notes & (ACC_NOTE_units_as_clusters | ACC_NOTE_missing_ratings);
	run->weights_sum += run->weight;
	for (uint32_t p = 0; p < run->patterns->vector.count; p++)
		run->rating_bits[p] |= rating_bits(&run->panel, p);
}

static enum acc_status
take_theme(struct acc_agreement_run *run, uint32_t theme)
{
	struct acc_estimate facts;
	enum acc_status status =
	    acc_plan_panel(run->plan, run->patterns, run->scope, theme, &run->panel);
	run->weight = acc_plan_theme_weight(run->plan, theme);
	acc_near_forget(&run->near);
	if (status != ACC_OK)
		return status;
	status = survey(run, &facts);
	for (size_t c = 0; status == ACC_OK && c < run->plan->coefficients; c++)
		set_value(run, c, &facts);
	if (status == ACC_OK && acc_run_influence(run))
		for (size_t c = 0; status == ACC_OK && c < run->plan->coefficients; c++)
			status = influence(run, c);
	else if (status == ACC_OK)
		jackknife(run);
	if (status == ACC_OK && run->weight > 0)
		remember_for_pool(run, &facts);
	acc_panel_free(&run->panel);
	return status == ACC_OK ? acc_run_finish(run) : status;
}

static enum acc_status
begin(struct acc_agreement_run *run)
{
	size_t coefficients = run->plan->coefficients;
	size_t categories = run->plan->weights->categories, coders = run->scope->coders;
	enum acc_cluster kind =
	    run->plan->ci == ACC_CI_GWET ? ACC_CLUSTER_UNIT : run->plan->cluster;
	enum acc_status status =
	    acc_blocks_make(&run->blocks, run->patterns, run->scope->group, kind);
	unsigned needs = acc_plan_needs(run->plan, categories, coders);
	struct acc_tally *each[] = {&run->total, &run->block, &run->without, &run->slope_observed,
				    &run->slope_expected};
	for (size_t i = 0; status == ACC_OK && i < sizeof each / sizeof *each; i++)
		status = acc_tally_make_for(each[i], categories, coders, needs);
	if (status == ACC_OK && acc_near_pays(&run->weights)) {
		status = acc_near_make(&run->near, &run->weights, coders + 4);
		run->weights.near = &run->near;
		run->weights.total = &run->near.total;
	}
	if (status != ACC_OK)
		return status;
	size_t blocks = run->blocks.count;
	run->spread = acc_array(coefficients, sizeof *run->spread);
	run->pool = acc_array(coefficients, sizeof *run->pool);
	run->pairs = acc_array(blocks, sizeof *run->pairs);
	run->rated = acc_array(blocks, sizeof *run->rated);
	run->pool_rated = acc_array(blocks, sizeof *run->pool_rated);
	run->rating_bits = acc_array(run->patterns->vector.count, sizeof *run->rating_bits);
	bool made = run->spread && run->pool && run->pairs && run->rated && run->pool_rated &&
		    run->rating_bits;
	for (size_t c = 0; made && c < coefficients; c++) {
		run->pool[c].observed = acc_array(blocks, sizeof *run->pool[c].observed);
		run->pool[c].expected = acc_array(blocks, sizeof *run->pool[c].expected);
		made = run->pool[c].observed && run->pool[c].expected;
	}
	return made ? ACC_OK : ACC_NO_MEMORY;
}

static void
end(struct acc_agreement_run *run)
{
	acc_near_free(&run->near);
	acc_blocks_free(&run->blocks);
	acc_tally_free(&run->total);
	acc_tally_free(&run->block);
	acc_tally_free(&run->without);
	acc_tally_free(&run->slope_observed);
	acc_tally_free(&run->slope_expected);
	free(run->spread);
	for (size_t c = 0; run->pool && c < run->plan->coefficients; c++) {
		free(run->pool[c].observed);
		free(run->pool[c].expected);
	}
	free(run->pool);
	free(run->pairs);
	free(run->rated);
	free(run->pool_rated);
	free(run->rating_bits);
}

enum acc_status
acc_agreement(const struct acc_patterns *patterns, const struct acc_plan *plan,
	      const struct acc_scope *scope, struct acc_estimate **estimate)
{
	struct acc_agreement_run run = {
	    .patterns = patterns, .plan = plan, .scope = scope, .weights = *plan->weights};
	uint32_t themes = acc_plan_questions(plan, patterns);
	struct acc_estimate *all =
	    acc_array(((size_t)themes + 1) * plan->coefficients, sizeof *all);
	enum acc_status status = all ? begin(&run) : ACC_NO_MEMORY;
	for (uint32_t theme = 0; status == ACC_OK && theme < themes; theme++) {
		run.estimate = all + theme * plan->coefficients;
		status = take_theme(&run, theme);
	}
	run.estimate = all + themes * plan->coefficients;
	if (status == ACC_OK)
		acc_run_shares(&run, all, themes);
	if (status == ACC_OK && themes == 1)
		for (size_t c = 0; c < plan->coefficients; c++)
			run.estimate[c] = all[c];
	else if (status == ACC_OK)
		status = acc_run_pool(&run, all);
	end(&run);
	if (status == ACC_OK)
		*estimate = all;
	else
		free(all);
	return status;
}
