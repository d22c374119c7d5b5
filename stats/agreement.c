#include "stats/agreement.h"
#include "stats/agreement_run.h"
#include "stats/agreement_sparse.h"

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
	status = acc_run_survey(run, &facts);
	for (size_t c = 0; status == ACC_OK && c < run->plan->coefficients; c++)
		acc_run_value(run, c, &facts);
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
