#include "stats/agreement.h"
#include "stats/agreement_run.h"
#include "stats/agreement_sparse.h"
#include "stats/estimable.h"

#include <math.h>
#include <stdlib.h>

bool
acc_run_influence(const struct acc_agreement_run *run, size_t c)
{
	return acc_run_uses(run, ACC_EVIDENCE_INFLUENCE) || run->too_costly[c];
}

bool
acc_run_uses(const struct acc_agreement_run *run, enum acc_evidence evidence)
{
	return acc_methods[run->plan->ci]->evidence & evidence;
}

void
acc_run_fill(struct acc_agreement_run *run, size_t block)
{
	acc_tally_zero(&run->block);
	for (size_t i = run->blocks.first[block]; i < run->blocks.first[block + 1]; i++) {
		uint32_t pattern = run->blocks.pattern[i];
		acc_tally_add(&run->block, &run->panel, pattern,
			      acc_blocks_units(&run->blocks, run->patterns, block, pattern),
			      run->plan->weights);
	}
}

static void
add_presence(const struct acc_agreement_run *run, size_t block, struct acc_presence *presence)
{
	const struct acc_panel *panel = &run->panel;
	double times = (double)run->blocks.times[block];
	for (size_t i = run->blocks.first[block]; i < run->blocks.first[block + 1]; i++) {
		uint32_t pattern = run->blocks.pattern[i];
		double units = acc_blocks_units(&run->blocks, run->patterns, block, pattern);
		double ratings = (double)acc_panel_ratings(panel, pattern);
		for (size_t m = panel->first[pattern]; m < panel->first[pattern + 1]; m += 2) {
			struct acc_presence *of = &presence[panel->mark[m + 1]];
			of->mass += times * units / ratings;
			of->clusters += of->seen == block + 1 ? 0 : times;
			of->seen = block + 1;
		}
	}
}

static double
clusters_without(const void *context, size_t common)
{
	const struct acc_agreement_run *run = context;
	const struct acc_panel *panel = &run->panel;
	double clusters = 0;
	for (size_t b = 0; b < run->blocks.count; b++) {
		bool other = false;
		for (size_t i = run->blocks.first[b]; i < run->blocks.first[b + 1]; i++) {
			size_t first = panel->first[run->blocks.pattern[i]];
			size_t last = panel->first[run->blocks.pattern[i] + 1];
			for (size_t m = first; !other && m < last; m += 2)
				other = panel->mark[m + 1] != common;
		}
		clusters += other ? (double)run->blocks.times[b] : 0;
	}
	return clusters;
}

/* The facts of the theme at hand: total tally, units per block, and the estimates' counts. */
static enum acc_status
survey(struct acc_agreement_run *run, struct acc_estimate *facts)
{
	struct acc_presence *presence = acc_array(run->panel.categories, sizeof *presence);
	if (!presence)
		return ACC_NO_MEMORY;
	acc_tally_zero(&run->total);
	for (size_t b = 0; b < run->blocks.count; b++) {
		acc_run_fill(run, b);
		acc_tally_accumulate(&run->total, (double)run->blocks.times[b], &run->block);
		add_presence(run, b, presence);
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
	    .estimable = acc_estimable(&run->weights, presence, run->panel.categories,
				       clusters_without, run),
	};
	uint32_t present = run->patterns->design == ACC_THEMES        ? 1
			   : run->patterns->design == ACC_THEME_CODES ? run->plan->present
								      : ACC_NONE;
	if (!run->weights.sets && present < run->panel.categories && cell[ACC_TALLY_RATED] > 0)
		facts->prevalence = acc_tally_share(&run->total)[present] / cell[ACC_TALLY_RATED];
	for (size_t j = 0; run->scope->coders == 2 && j < 2; j++)
		facts->rated_by[j] = acc_weights_sum(
		    run->plan->weights, acc_tally_margin(&run->total) + j * run->total.categories);
	if (!facts->estimable)
		facts->notes |= ACC_NOTE_rare_category;
	if (cell[ACC_TALLY_RATINGS] < cell[ACC_TALLY_RATED] * (double)run->scope->coders)
		facts->notes |= ACC_NOTE_missing_ratings;
	if (run->blocks.kind == ACC_CLUSTER_UNIT && !acc_run_uses(run, ACC_EVIDENCE_PUBLISHED))
		facts->notes |= ACC_NOTE_units_as_clusters;
	free(presence);
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
	spread->df_fisher = spread->effective - 1 < 1 ? 1 : spread->effective - 1;
	if (run->plan->population) {
		uint32_t group = run->scope->group, groups = run->patterns->group.count;
		double people = run->plan->population[group == ACC_NONE ? groups : group];
		spread->fraction = people > 0 ? fmin(spread->clusters / people, 1) : 0;
	}
}

void
acc_run_same_clusters(struct acc_spread *spread, const struct acc_spread *other)
{
	spread->clusters = other->clusters;
	spread->effective = other->effective;
	spread->design = other->design;
	spread->df = other->df;
	spread->df_fisher = other->df_fisher;
	spread->fraction = other->fraction;
}

void
acc_run_blank(struct acc_estimate *estimate)
{
	estimate->se = estimate->low = estimate->high = estimate->df = estimate->p = NAN;
	estimate->below_minimum = NAN;
	estimate->method = "";
	estimate->test = acc_classical_none();
}

/* Ratings of every unit that has any; NaN where they differ. */
static double
equal_ratings(const struct acc_agreement_run *run)
{
	double equal = 0;
	for (size_t i = 0; i < run->blocks.first[run->blocks.count]; i++) {
		double ratings = (double)acc_panel_ratings(&run->panel, run->blocks.pattern[i]);
		if (ratings > 0 && equal > 0 && ratings != equal)
			return NAN;
		equal = ratings > 0 ? ratings : equal;
	}
	return equal;
}

/* The tally may lack what a coefficient that is not defined would need. */
static double
null_variance(const struct acc_agreement_run *run, const struct acc_coefficient *coefficient,
	      enum acc_reason reason)
{
	return reason == ACC_DEFINED && coefficient->null_variance &&
		       acc_run_uses(run, ACC_EVIDENCE_NULL)
		   ? coefficient->null_variance(&run->total, run->plan->weights, equal_ratings(run))
		   : NAN;
}

/* Where only units that every coder rated are used, those are the ones to report. */
static void
count_complete(const struct acc_agreement_run *run, struct acc_estimate *estimate)
{
	estimate->units = acc_tally_complete(&run->total)[0];
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
	acc_run_blank(estimate);
	if (run->plan->coefficient[c]->needs & ACC_NEED_COMPLETE && reason == ACC_DEFINED)
		count_complete(run, estimate);
	if (reason == ACC_DEFINED && run->plan->coefficient[c]->test)
		run->plan->coefficient[c]->test(&run->total, run->plan->weights, run->plan->level,
						&estimate->test);
	run->spread[c] = (struct acc_spread){
	    .observed = at.observed,
	    .expected = at.expected,
	    .least = run->plan->coefficient[c]->least,
	    .null_variance = null_variance(run, run->plan->coefficient[c], reason),
	    .complete_pair = run->scope->coders == 2 && !(facts->single > 0)};
	/* The same of all coefficients. */
	if (c == 0)
		acc_run_clusters(run, run->rated, &run->spread[0]);
	else
		acc_run_same_clusters(&run->spread[c], &run->spread[0]);
	estimate->clusters = run->spread[c].clusters;
	estimate->effective = run->spread[c].effective;
	estimate->share_observed = run->weight * at.observed;
	estimate->share_expected = run->weight * at.expected;
	if (!isnan(at.observed)) {
		run->pool[c].sum.observed += run->weight * at.observed;
		run->pool[c].sum.expected += run->weight * at.expected;
		run->pool[c].weight += run->weight;
		run->pool[c].ratings += estimate->ratings;
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

/* The replicates of a coefficient of the question at hand. */
static struct acc_resample
resample(struct acc_agreement_run *run, size_t c)
{
	struct acc_replicates *replicates = &run->replicates;
	size_t at = (run->question * replicates->coefficients + c) * replicates->count;
	const double *minimum = run->plan->minimum;
	return acc_resample_make(
	    replicates->value + at, replicates->error ? replicates->error + at : NULL,
	    replicates->count, run->estimate[c].value, minimum ? *minimum : NAN);
}

static void
finish(struct acc_agreement_run *run, size_t c)
{
	struct acc_spread *spread = &run->spread[c];
	if (spread->fraction > 0 && acc_methods[run->plan->ci]->population)
		acc_finite_population(spread, run->estimate[c].units);
	else
		spread->fraction = 0;
	spread->resample = acc_run_uses(run, ACC_EVIDENCE_REPLICATES)
			       ? resample(run, c)
			       : (struct acc_resample){.below_minimum = NAN};
	acc_interval(&run->estimate[c], spread, run->plan->ci, run->plan->level);
	prefer_classical(run, &run->estimate[c]);
}

enum acc_status
acc_run_finish(struct acc_agreement_run *run)
{
	for (size_t c = 0; c < run->plan->coefficients; c++) {
		if (run->estimate[c].reason == ACC_REASON_no_memory)
			return ACC_NO_MEMORY;
		if (run->estimate[c].reason != ACC_DEFINED)
			continue;
		if (run->too_costly[c])
			run->estimate[c].notes |= ACC_NOTE_by_influence;
		if (run->plan->coefficient[c]->diagnostic)
			run->estimate[c].reason = ACC_REASON_diagnostic;
		else
			finish(run, c);
	}
	return ACC_OK;
}

static uint8_t
rating_bits(const struct acc_panel *panel, uint32_t pattern)
{
	size_t ratings = acc_panel_ratings(panel, pattern);
	return (uint8_t)((ratings >= 1 ? ACC_PATTERN_RATED : 0) |
			 (ratings >= 2 ? ACC_PATTERN_PAIRED : 0) |
			 (ratings == panel->coders ? ACC_PATTERN_COMPLETE : 0));
}

static void
remember_for_pool(struct acc_agreement_run *run, const struct acc_estimate *facts)
{
	run->pool_ratings += facts->ratings;
	run->pool_singles = run->pool_singles || facts->single > 0;
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
	    run->sparse ? acc_sparse_enter(run, theme)
			: acc_plan_panel(run->plan, run->patterns, run->scope, theme, &run->panel);
	run->weight = acc_plan_theme_weight(run->plan, theme);
	acc_near_forget(&run->near);
	if (status != ACC_OK)
		return status;
	status = survey(run, &facts);
	for (size_t c = 0; status == ACC_OK && c < run->plan->coefficients; c++)
		set_value(run, c, &facts);
	if (status == ACC_OK)
		status = acc_run_spread(run);
	if (status == ACC_OK && run->weight > 0)
		remember_for_pool(run, &facts);
	acc_panel_free(&run->panel);
	if (status == ACC_OK)
		status = acc_run_finish(run);
	if (run->sparse)
		acc_sparse_leave(run, theme);
	return status;
}

static enum acc_status
begin(struct acc_agreement_run *run)
{
	size_t coefficients = run->plan->coefficients, coders = run->scope->coders;
	size_t categories = run->plan->weights->categories;
	size_t columns = acc_weights_columns(run->plan->weights);
	enum acc_cluster kind =
	    acc_run_uses(run, ACC_EVIDENCE_PUBLISHED) ? ACC_CLUSTER_UNIT : run->plan->cluster;
	enum acc_status status =
	    acc_blocks_make(&run->blocks, run->patterns, run->scope->group, kind);
	unsigned needs = acc_plan_needs(run->plan, categories, coders);
	struct acc_tally *each[] = {&run->total, &run->block, &run->without, &run->slope_observed,
				    &run->slope_expected};
	for (size_t i = 0; status == ACC_OK && i < sizeof each / sizeof *each; i++)
		status = acc_tally_make_for(each[i], columns, coders, needs);
	if (status == ACC_OK)
		status = acc_tally_sparse(&run->block);
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
	run->too_costly = acc_array(coefficients, sizeof *run->too_costly);
	bool made = run->too_costly && run->spread && run->pool && run->pairs && run->rated &&
		    run->pool_rated && run->rating_bits;
	for (size_t c = 0; made && c < coefficients; c++) {
		run->pool[c].observed = acc_array(blocks, sizeof *run->pool[c].observed);
		run->pool[c].expected = acc_array(blocks, sizeof *run->pool[c].expected);
		made = run->pool[c].observed && run->pool[c].expected;
		run->too_costly[c] =
		    run->plan->ci == ACC_CI_AUTO && acc_plan_costly(run->plan, c, blocks, coders);
	}
	for (size_t c = 0; made && run->plan->population && c < coefficients; c++) {
		struct acc_pool_sum *pool = &run->pool[c];
		pool->unit_observed =
		    acc_array(run->patterns->vector.count, sizeof *pool->unit_observed);
		pool->unit_expected =
		    acc_array(run->patterns->vector.count, sizeof *pool->unit_expected);
		made = pool->unit_observed && pool->unit_expected;
	}
	if (made && acc_run_uses(run, ACC_EVIDENCE_REPLICATES))
		return acc_bootstrap(run->patterns, run->plan, run->scope, ACC_NONE,
				     &(struct acc_draw){run->plan->seed, 0, run->plan->replicates},
				     &run->replicates);
	return made ? ACC_OK : ACC_NO_MEMORY;
}

static void
end(struct acc_agreement_run *run)
{
	acc_sparse_free(run);
	acc_near_free(&run->near);
	acc_blocks_free(&run->blocks);
	acc_tally_free(&run->total);
	acc_tally_free(&run->block);
	acc_tally_free(&run->without);
	acc_tally_free(&run->slope_observed);
	acc_tally_free(&run->slope_expected);
	free(run->spread);
	free(run->too_costly);
	for (size_t c = 0; run->pool && c < run->plan->coefficients; c++) {
		free(run->pool[c].observed);
		free(run->pool[c].expected);
		free(run->pool[c].unit_observed);
		free(run->pool[c].unit_expected);
	}
	acc_replicates_free(&run->replicates);
	free(run->pool);
	free(run->pairs);
	free(run->rated);
	free(run->pool_rated);
	free(run->rating_bits);
}

enum acc_status
acc_run_agreement(const struct acc_patterns *patterns, const struct acc_plan *plan,
		  const struct acc_scope *scope, struct acc_estimate **estimate)
{
	struct acc_agreement_run run = {
	    .patterns = patterns, .plan = plan, .scope = scope, .weights = *plan->weights};
	uint32_t themes = acc_plan_questions(plan, patterns);
	struct acc_estimate *all =
	    acc_array(((size_t)themes + 1) * plan->coefficients, sizeof *all);
	enum acc_status status = all ? begin(&run) : ACC_NO_MEMORY;
	if (status == ACC_OK)
		status = acc_sparse_make(&run);
	for (uint32_t theme = 0; status == ACC_OK && theme < themes; theme++) {
		run.estimate = all + theme * plan->coefficients;
		run.question = theme;
		status = take_theme(&run, theme);
	}
	run.estimate = all + themes * plan->coefficients;
	run.question = themes;
	if (status == ACC_OK && run.sparse)
		acc_sparse_finish(&run);
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
