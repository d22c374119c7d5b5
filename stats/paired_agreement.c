/* paired_agreement: agreement from paired patterns: of two coders as from their units, of several
 * the values alone. */
#include "stats/agreement.h"
#include "stats/paired.h"
#include "stats/paired_tally.h"

#include <stdlib.h>

/* ---- two coders ---- */

/* The two coders of a scope, in order. */
static void
find_two(const struct acc_scope *scope, uint32_t coders, uint32_t two[2])
{
	two[0] = 0;
	two[1] = 1;
	for (uint32_t j = 0; scope->coder_of && j < coders; j++)
		if (scope->coder_of[j] != ACC_NONE)
			two[scope->coder_of[j]] = j;
}

static enum acc_status
of_two(const struct acc_patterns *patterns, const struct acc_plan *plan,
       const struct acc_scope *scope, struct acc_estimate **estimate)
{
	struct acc_patterns made;
	uint32_t two[2];
	find_two(scope, patterns->coder.count, two);
	enum acc_status status = acc_paired_of(patterns, two[0], two[1], &made);
	if (status != ACC_OK)
		return status;
	status = acc_agreement(&made, plan, scope, estimate);
	acc_paired_release(&made);
	return status;
}

/* ---- several coders ---- */

struct sums {
	struct acc_disagreement at; /* over themes where both parts are defined, weighted */
	double weight, ratings;
};

struct several {
	const struct acc_patterns *patterns;
	const struct acc_plan *plan;
	const struct acc_scope *scope;
	struct acc_tally tally; /* of the theme at hand */
	struct sums *pool;      /* [coefficients] */
	double weights_sum;     /* of all themes */
};

/* An estimate about the units of the tally, without value and interval. */
static struct acc_estimate
survey(const struct several *several)
{
	const double *cell = several->tally.cell;
	const struct acc_plan *plan = several->plan;
	uint32_t present = several->patterns->design == ACC_THEMES ? 1 : ACC_NONE;
	struct acc_estimate facts = {.se = NAN,
				     .low = NAN,
				     .high = NAN,
				     .df = NAN,
				     .p = NAN,
				     .method = "",
				     .clusters = NAN,
				     .effective = NAN,
				     .below_minimum = NAN,
				     .prevalence = NAN,
				     .share_observed = NAN,
				     .share_expected = NAN,
				     .test = acc_classical_none(),
				     .units = cell[ACC_TALLY_PAIRED],
				     .ratings = cell[ACC_TALLY_RATINGS],
				     .single = cell[ACC_TALLY_RATED] - cell[ACC_TALLY_PAIRED]};
	if (!plan->weights->sets && present < several->tally.categories &&
	    cell[ACC_TALLY_RATED] > 0)
		facts.prevalence =
		    acc_tally_share(&several->tally)[present] / cell[ACC_TALLY_RATED];
	if (cell[ACC_TALLY_RATINGS] < cell[ACC_TALLY_RATED] * (double)several->scope->coders)
		facts.notes |= ACC_NOTE_missing_ratings;
	return facts;
}

static void
set_value(struct several *several, size_t c, double weight, struct acc_estimate *estimate)
{
	const struct acc_coefficient *coefficient = several->plan->coefficient[c];
	const struct acc_weights *weights = several->plan->weights;
	struct acc_disagreement at;
	*estimate = survey(several);
	estimate->reason =
	    acc_coefficient_value(coefficient, &several->tally, weights, &at, &estimate->value);
	if (estimate->reason == ACC_DEFINED && coefficient->needs & ACC_NEED_COMPLETE) {
		estimate->units = acc_tally_complete(&several->tally)[0];
		estimate->ratings = estimate->units * (double)several->scope->coders;
		if (isnan(estimate->value))
			estimate->reason = ACC_REASON_needs_panel;
	}
	estimate->observed = 1 - at.observed;
	estimate->expected = 1 - at.expected;
	estimate->share_observed = weight * at.observed;
	estimate->share_expected = weight * at.expected;
	if (estimate->reason == ACC_DEFINED) {
		if (coefficient->test)
			coefficient->test(&several->tally, weights, several->plan->level,
					  &estimate->test);
		estimate->reason = coefficient->diagnostic ? ACC_REASON_diagnostic
							   : ACC_REASON_pairs_without_units;
	}
	if (isnan(at.observed))
		return;
	struct sums *pool = &several->pool[c];
	pool->at.observed += weight * at.observed;
	pool->at.expected += weight * at.expected;
	pool->weight += weight;
}

static enum acc_status
take_theme(struct several *several, uint32_t theme, struct acc_estimate *estimate)
{
	const struct acc_plan *plan = several->plan;
	double weight = acc_plan_theme_weight(plan, theme);
	struct acc_panel panel;
	enum acc_status status =
	    acc_plan_panel(plan, several->patterns, several->scope, theme, &panel);
	if (status != ACC_OK)
		return status;
	acc_tally_zero(&several->tally);
	acc_paired_tally(&several->tally, &panel, several->patterns, several->scope->group,
			 plan->weights);
	acc_panel_free(&panel);
	several->weights_sum += weight;
	for (size_t c = 0; c < plan->coefficients; c++) {
		set_value(several, c, weight, &estimate[c]);
		if (estimate[c].reason == ACC_REASON_no_memory)
			return ACC_NO_MEMORY;
		several->pool[c].ratings += weight > 0 ? estimate[c].ratings : 0;
	}
	return ACC_OK;
}

static double
share(double part, double whole)
{
	return whole > 0 ? part / whole : NAN;
}

/* The pooled value of a coefficient behind those of the themes, and their shares of it. */
static void
pool(const struct several *several, uint32_t themes, size_t c, struct acc_estimate *all)
{
	size_t coefficients = several->plan->coefficients;
	const struct sums *sum = &several->pool[c];
	struct acc_estimate *pooled = &all[themes * coefficients + c];
	*pooled = all[c];
	for (uint32_t t = 0; t < themes; t++) {
		struct acc_estimate *one = &all[t * coefficients + c];
		one->share_observed =
		    themes > 1 ? share(one->share_observed, sum->at.observed) : NAN;
		one->share_expected =
		    themes > 1 ? share(one->share_expected, sum->at.expected) : NAN;
	}
	pooled->share_observed = pooled->share_expected = NAN;
	if (themes == 1)
		return;
	enum acc_reason reason = acc_chance_correct(&sum->at, &pooled->value);
	pooled->reason = reason == ACC_DEFINED ? ACC_REASON_pairs_without_units
			 : isnan(all[c].value) ? all[c].reason
					       : reason;
	pooled->prevalence = NAN;
	pooled->test = acc_classical_none();
	pooled->ratings = sum->ratings;
	if (sum->weight > 0 && sum->weight < several->weights_sum)
		pooled->notes |= ACC_NOTE_undefined_themes;
	pooled->observed = sum->weight > 0 ? 1 - sum->at.observed / sum->weight : NAN;
	pooled->expected = sum->weight > 0 ? 1 - sum->at.expected / sum->weight : NAN;
}

static enum acc_status
of_several(const struct acc_patterns *patterns, const struct acc_plan *plan,
	   const struct acc_scope *scope, struct acc_estimate **estimate)
{
	struct several several = {.patterns = patterns, .plan = plan, .scope = scope};
	uint32_t themes = acc_plan_questions(plan, patterns);
	size_t categories = acc_weights_columns(plan->weights);
	unsigned needs = acc_plan_needs(plan, plan->weights->categories, scope->coders);
	struct acc_estimate *all =
	    acc_array(((size_t)themes + 1) * plan->coefficients, sizeof *all);
	several.pool = acc_array(plan->coefficients, sizeof *several.pool);
	enum acc_status status = all && several.pool ? ACC_OK : ACC_NO_MEMORY;
	if (status == ACC_OK)
		status = acc_tally_make_for(&several.tally, categories, scope->coders, needs);
	for (uint32_t t = 0; status == ACC_OK && t < themes; t++)
		status = take_theme(&several, t, all + t * plan->coefficients);
	for (size_t c = 0; status == ACC_OK && c < plan->coefficients; c++)
		pool(&several, themes, c, all);
	acc_tally_free(&several.tally);
	free(several.pool);
	if (status == ACC_OK)
		*estimate = all;
	else
		free(all);
	return status;
}

enum acc_status
acc_paired_agreement(const struct acc_patterns *patterns, const struct acc_plan *plan,
		     const struct acc_scope *scope, struct acc_estimate **estimate)
{
	return scope->coders == 2 ? of_two(patterns, plan, scope, estimate)
				  : of_several(patterns, plan, scope, estimate);
}
