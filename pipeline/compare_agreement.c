/* compare_agreement: how reliably each group could be coded. */
#include "pipeline/compare_agreement.h"
#include "stats/agreement.h"
#include "stats/interval.h"

#include <math.h>
#include <stdlib.h>

bool
acc_compared_is_finite(const struct acc_compared *compared, uint32_t group)
{
	const double *population = compared->comparison->made.population;
	return population && !isnan(population[group]);
}

static void
fill_side(struct acc_side *side, const struct acc_estimate *e, bool finite)
{
	double df = finite ? e->df : e->effective - 1;
	df = df > 1 ? df : 1;
	side->count = NAN;
	side->total = e->units;
	side->clusters = e->clusters;
	side->value = e->value;
	side->se = e->se;
	side->low = e->low;
	side->high = e->high;
	side->method = e->method;
	side->reason = e->reason;
	side->notes = e->notes;
	side->df = df;
	side->arm = (struct acc_arm){.value = acc_fisher(e->value),
				     .se = e->se * acc_fisher_slope(e->value),
				     .df = df,
				     .estimable = e->estimable && e->reason == ACC_DEFINED};
}

/* ---- estimates ---- */

static bool
estimate(struct acc_compared *compared, const struct acc_plan *plan,
	 struct acc_estimate **estimates)
{
	const struct acc_patterns *patterns = &compared->comparison->study.patterns;
	struct acc_messages *messages = compared->comparison->command->messages;
	bool good = true;
	for (uint32_t g = 0; good && g < compared->groups; g++) {
		struct acc_scope scope = {.group = g};
		uint32_t *coder_of = NULL;
		good = acc_status_ok(messages,
				     acc_scope_coders(patterns, g, &coder_of, &scope.coders));
		scope.coder_of = coder_of;
		good = good && acc_status_ok(messages,
					     acc_agreement(patterns, plan, &scope, &estimates[g]));
		free(coder_of);
	}
	return good;
}

/* ---- subjects ---- */

static bool
add_subject(struct acc_compared *compared, uint32_t theme, size_t coefficient)
{
	struct acc_comparison *comparison = compared->comparison;
	const struct acc_patterns *patterns = &comparison->study.patterns;
	const struct acc_plan *plan = &comparison->made.plan;
	bool two = false;
	for (uint32_t g = 0; g < compared->groups; g++)
		two = two ||
		      compared->estimate[g][theme * compared->coefficients + coefficient].reason ==
			  ACC_REASON_not_two_coders;
	if (two && !comparison->made.chosen)
		return true;
	struct acc_subject *subject =
	    acc_comparison_add(comparison, "agreement", plan->coefficient[coefficient]->key,
			       theme < compared->themes ? patterns->theme.label[theme] : "", "");
	if (!subject)
		return false;
	subject->weights = comparison->made.weights_name;
	subject->test_method = "Welch F on Fisher z, cluster jackknife";
	subject->pair_method = "interval from both intervals (MOVER)";
	subject->guarded = subject->transformed = true;
	for (uint32_t g = 0; g < compared->groups; g++)
		fill_side(&subject->side[g],
			  &compared->estimate[g][theme * compared->coefficients + coefficient],
			  acc_compared_is_finite(compared, g));
	acc_subject_test(subject);
	acc_compared_put_permutations(compared, subject, theme, coefficient);
	return acc_status_ok(comparison->command->messages,
			     acc_compared_put_classical(compared, subject, theme, coefficient));
}

static bool
begin(struct acc_compared *compared)
{
	struct acc_comparison *comparison = compared->comparison;
	struct acc_plan naive = comparison->made.plan;
	naive.ci = ACC_CI_GWET;
	compared->estimate = acc_array(compared->groups, sizeof *compared->estimate);
	if (comparison->classical)
		compared->naive = acc_array(compared->groups, sizeof *compared->naive);
	if (!compared->estimate || (comparison->classical && !compared->naive)) {
		acc_error_memory(comparison->command->messages);
		return false;
	}
	return estimate(compared, &comparison->made.plan, compared->estimate) &&
	       (!compared->naive || estimate(compared, &naive, compared->naive)) &&
	       acc_compared_permute(compared);
}

static void
end(struct acc_compared *compared)
{
	for (uint32_t g = 0; compared->estimate && g < compared->groups; g++)
		free(compared->estimate[g]);
	for (uint32_t g = 0; compared->naive && g < compared->groups; g++)
		free(compared->naive[g]);
	free(compared->estimate);
	free(compared->naive);
	free(compared->chosen);
	free(compared->place);
	free(compared->all);
	free(compared->pair);
}

bool
acc_compare_agreement(struct acc_comparison *comparison)
{
	const struct acc_patterns *patterns = &comparison->study.patterns;
	struct acc_compared compared = {.comparison = comparison,
					.themes =
					    acc_plan_questions(&comparison->made.plan, patterns),
					.groups = patterns->group.count,
					.coefficients = comparison->made.plan.coefficients};
	bool good = begin(&compared);
	bool one = patterns->design == ACC_CODES || comparison->made.plan.weights->sets;
	uint32_t first = one ? compared.themes : 0;
	for (uint32_t t = first; good && t <= compared.themes; t++)
		for (size_t c = 0; good && c < compared.coefficients; c++)
			good = add_subject(&compared, t, c);
	end(&compared);
	return good;
}
