#include "stats/influence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
acc_influences_free(struct acc_influences *influences)
{
	free(influences->times);
	free(influences->value);
	free(influences->reason);
	free(influences->psi);
	free(influences->rated);
	*influences = (struct acc_influences){0};
}

/* What one call works with. */
struct work {
	struct acc_influences *into;
	const struct acc_patterns *patterns;
	const struct acc_plan *plan;
	struct acc_blocks blocks;
	struct acc_panel panel; /* of the theme at hand */
	struct acc_tally total, block, slope_observed, slope_expected;
	size_t column;                  /* to be filled next */
	double weight;                  /* of the theme at hand, in the pool */
	struct acc_disagreement *sum;   /* owned, [coefficients] over themes */
	struct acc_disagreement *slope; /* owned, [coefficients * blocks] over themes */
	bool *rated;                    /* owned, [blocks] on some theme */
};

static void
work_free(struct work *work)
{
	acc_blocks_free(&work->blocks);
	acc_panel_free(&work->panel);
	acc_tally_free(&work->total);
	acc_tally_free(&work->block);
	acc_tally_free(&work->slope_observed);
	acc_tally_free(&work->slope_expected);
	free(work->sum);
	free(work->slope);
	free(work->rated);
}

static void
fill(struct work *work, struct acc_tally *tally, size_t block, double times)
{
	for (size_t i = work->blocks.first[block]; i < work->blocks.first[block + 1]; i++) {
		uint32_t pattern = work->blocks.pattern[i];
		double units = acc_blocks_units(&work->blocks, work->patterns, block, pattern);
		acc_tally_add(tally, &work->panel, pattern, times * units, work->plan->weights);
	}
}

static double
psi_of(const struct acc_disagreement *slope, double value, double expected)
{
	return (-slope->observed + (1 - value) * slope->expected) / expected;
}

/* One value of the theme at hand and its influences; adds its slopes to the pool's. */
static enum acc_status
take_value(struct work *work, size_t c)
{
	struct acc_influences *into = work->into;
	const struct acc_coefficient *coefficient = work->plan->coefficient[c];
	struct acc_disagreement at;
	double value;
	size_t column = work->column++;
	into->reason[column] =
	    acc_coefficient_value(coefficient, &work->total, work->plan->weights, &at, &value);
	into->value[column] = value;
	if (isnan(at.observed))
		return ACC_OK;
	enum acc_status status =
	    acc_coefficient_gradient(coefficient, &work->total, work->plan->weights,
				     &work->slope_observed, &work->slope_expected);
	work->sum[c].observed += work->weight * at.observed;
	work->sum[c].expected += work->weight * at.expected;
	for (size_t b = 0; status == ACC_OK && b < into->blocks; b++) {
		struct acc_disagreement *sum = &work->slope[c * into->blocks + b];
		acc_tally_zero(&work->block);
		fill(work, &work->block, b, 1);
		struct acc_disagreement slope = {
		    acc_tally_dot(&work->slope_observed, &work->block),
		    acc_tally_dot(&work->slope_expected, &work->block)};
		bool rated = work->block.cell[ACC_TALLY_RATED] > 0;
		sum->observed += work->weight * slope.observed;
		sum->expected += work->weight * slope.expected;
		into->psi[column * into->blocks + b] = psi_of(&slope, value, at.expected);
		into->rated[column * into->blocks + b] = rated;
		work->rated[b] = work->rated[b] || (rated && work->weight > 0);
	}
	return status;
}

static enum acc_status
take_theme(struct work *work, const struct acc_scope *scope, uint32_t theme)
{
	enum acc_status status =
	    acc_plan_panel(work->plan, work->patterns, scope, theme, &work->panel);
	work->weight = acc_plan_theme_weight(work->plan, theme);
	if (status != ACC_OK)
		return status;
	acc_tally_zero(&work->total);
	for (size_t b = 0; b < work->blocks.count; b++)
		fill(work, &work->total, b, (double)work->blocks.times[b]);
	for (size_t c = 0; status == ACC_OK && c < work->plan->coefficients; c++)
		status = take_value(work, c);
	acc_panel_free(&work->panel);
	return status;
}

static void
take_pooled(struct work *work, size_t c)
{
	struct acc_influences *into = work->into;
	size_t column = work->column++;
	into->reason[column] = acc_chance_correct(&work->sum[c], &into->value[column]);
	for (size_t b = 0; b < into->blocks; b++) {
		into->psi[column * into->blocks + b] = psi_of(
		    &work->slope[c * into->blocks + b], into->value[column], work->sum[c].expected);
		into->rated[column * into->blocks + b] = work->rated[b];
	}
}

/* Room for `more` columns; the new ones are zero. */
static bool
make_room(struct acc_influences *into, size_t more)
{
	size_t need = into->count + more, cells;
	size_t value = into->capacity, reason = into->capacity, psi = into->capacity * into->blocks;
	size_t rated = psi, old = into->count * into->blocks;
	if (__builtin_mul_overflow(need, into->blocks, &cells) ||
	    !acc_array_reserve((void **)&into->value, &value, need, sizeof *into->value) ||
	    !acc_array_reserve((void **)&into->reason, &reason, need, sizeof *into->reason) ||
	    !acc_array_reserve((void **)&into->psi, &psi, cells, sizeof *into->psi) ||
	    !acc_array_reserve((void **)&into->rated, &rated, cells, sizeof *into->rated))
		return false;
	into->capacity = need;
	memset(into->psi + old, 0, (cells - old) * sizeof *into->psi);
	memset(into->rated + old, 0, (cells - old) * sizeof *into->rated);
	into->count = need;
	return true;
}

static enum acc_status
begin(struct work *work, const struct acc_scope *scope)
{
	struct acc_influences *into = work->into;
	size_t coefficients = work->plan->coefficients;
	size_t themes = acc_plan_questions(work->plan, work->patterns);
	size_t categories = work->plan->weights->categories;
	struct acc_tally *tally[] = {&work->total, &work->block, &work->slope_observed,
				     &work->slope_expected};
	enum acc_status status =
	    acc_blocks_make(&work->blocks, work->patterns, scope->group, work->plan->cluster);
	for (size_t i = 0; status == ACC_OK && i < 4; i++)
		status = acc_tally_make_for(tally[i], categories, scope->coders,
					    acc_plan_needs(work->plan, categories, scope->coders));
	if (status == ACC_OK)
		status = acc_tally_sparse(&work->block);
	if (status != ACC_OK)
		return status;
	work->column = into->count;
	into->blocks = work->blocks.count;
	work->sum = acc_array(coefficients, sizeof *work->sum);
	work->slope = acc_array(coefficients * into->blocks, sizeof *work->slope);
	work->rated = acc_array(into->blocks, sizeof *work->rated);
	if (!into->times && (into->times = acc_array(into->blocks, sizeof *into->times)))
		for (size_t b = 0; b < into->blocks; b++)
			into->times[b] = (double)work->blocks.times[b];
	bool made = work->sum && work->slope && work->rated && into->times &&
		    make_room(into, (themes + (themes > 1)) * coefficients);
	return made ? ACC_OK : ACC_NO_MEMORY;
}

enum acc_status
acc_influences_add(struct acc_influences *influences, const struct acc_patterns *patterns,
		   const struct acc_plan *plan, const struct acc_scope *scope)
{
	struct work work = {.into = influences, .patterns = patterns, .plan = plan};
	enum acc_status status = begin(&work, scope);
	uint32_t themes = acc_plan_questions(plan, patterns);
	for (uint32_t t = 0; status == ACC_OK && t < themes; t++)
		status = take_theme(&work, scope, t);
	for (size_t c = 0; status == ACC_OK && themes > 1 && c < plan->coefficients; c++)
		take_pooled(&work, c);
	work_free(&work);
	return status;
}
