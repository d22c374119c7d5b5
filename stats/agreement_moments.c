/* agreement_moments: coefficients that need no column per category get tallies of moments, the
 * others columns. Which of both does not depend on what else is asked, so no number does. */
#include "stats/agreement_run.h"
#include "stats/method.h"
#include "stats/moments.h"
#include "stats/paired.h"

#include <stdlib.h>
#include <string.h>

/* Mean score over the ratings of a scope, all themes together. */
static double
mean_score(const struct acc_patterns *patterns, const struct acc_weights *weights,
	   const struct acc_scope *scope)
{
	double sum = 0, ratings = 0;
	for (uint32_t p = 0; p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		if (scope->group != ACC_NONE && pattern.group != scope->group)
			continue;
		for (size_t i = 0; i < pattern.ratings; i++) {
			size_t length;
			uint32_t coder = pattern.rating[2 * i];
			const uint32_t *word =
			    acc_pool_get(&patterns->value, pattern.rating[2 * i + 1], &length);
			if (scope->coder_of && scope->coder_of[coder] == ACC_NONE)
				continue;
			for (size_t w = 1; w < length; w += 2) {
				sum += (double)pattern.count *
				       (weights->scale[word[w]] - weights->low);
				ratings += (double)pattern.count;
			}
		}
	}
	return weights->low + (ratings > 0 ? sum / ratings : 0);
}

static bool
takes_moments(const struct acc_coefficient *coefficient)
{
	return coefficient->by_chance && !coefficient->needs;
}

/* The part of a plan whose coefficients take moments, or do not, into its place in `all`. */
static enum acc_status
take_part(const struct acc_patterns *patterns, const struct acc_plan *plan,
	  const struct acc_scope *scope, const struct acc_weights *weights, bool moments,
	  struct acc_estimate *all)
{
	const struct acc_coefficient **chosen = acc_array(plan->coefficients, sizeof *chosen);
	struct acc_plan part = *plan;
	struct acc_estimate *made = NULL;
	if (!chosen)
		return ACC_NO_MEMORY;
	part.coefficient = chosen;
	part.coefficients = 0;
	part.weights = weights;
	for (size_t c = 0; c < plan->coefficients; c++)
		if (takes_moments(plan->coefficient[c]) == moments)
			chosen[part.coefficients++] = plan->coefficient[c];
	enum acc_status status =
	    part.coefficients ? acc_run_agreement(patterns, &part, scope, &made) : ACC_OK;
	for (size_t theme = 0, at = 0; made && theme <= patterns->theme.count; theme++)
		for (size_t c = 0; c < plan->coefficients; c++)
			if (takes_moments(plan->coefficient[c]) == moments)
				all[theme * plan->coefficients + c] = made[at++];
	free(made);
	free(chosen);
	return status;
}

enum acc_status
acc_agreement(const struct acc_patterns *patterns, const struct acc_plan *plan,
	      const struct acc_scope *scope, struct acc_estimate **estimate)
{
	struct acc_weights moments;
	if (patterns->paired)
		return acc_paired_agreement(patterns, plan, scope, estimate);
	/* Errors under chance agreement go through all pairs of categories. */
	bool columns = acc_methods[plan->ci]->evidence & ACC_EVIDENCE_NULL;
	if (columns || !acc_moments_apply(plan->weights) || patterns->design == ACC_THEMES)
		return acc_run_agreement(patterns, plan, scope, estimate);
	size_t rows = ((size_t)patterns->theme.count + 1) * plan->coefficients;
	struct acc_estimate *all = acc_array(rows, sizeof *all);
	if (!all)
		return ACC_NO_MEMORY;
	enum acc_status status =
	    acc_moments_make(&moments, plan->weights, mean_score(patterns, plan->weights, scope));
	if (status == ACC_OK)
		status = take_part(patterns, plan, scope, &moments, true, all);
	acc_moments_free(&moments);
	if (status == ACC_OK)
		status = take_part(patterns, plan, scope, plan->weights, false, all);
	if (status == ACC_OK)
		*estimate = all;
	else
		free(all);
	return status;
}
