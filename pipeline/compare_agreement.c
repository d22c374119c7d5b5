/* compare_agreement: how reliably each group could be coded. */
#include "pipeline/comparison.h"
#include "stats/agreement.h"
#include "stats/classical.h"
#include "stats/group_agreement.h"
#include "stats/interval.h"

#include <math.h>
#include <stdlib.h>

static const double work_max = 2e10;

struct run {
	struct acc_comparison *comparison;
	uint32_t themes, groups;
	size_t coefficients;
	struct acc_estimate **estimate; /* owned, [groups] */
	struct acc_estimate **naive;    /* owned, [groups], units independent; NULL: not asked */
	/* The coefficients that some test is about, and where they are among all. */
	struct acc_plan permuted_plan;
	const struct acc_coefficient **chosen; /* owned */
	size_t *place;                         /* owned, [coefficients]; SIZE_MAX: not permuted */
	struct acc_permuted *all;              /* owned, [(themes + 1) * chosen] */
	struct acc_permuted *pair; /* owned, [pairs * (themes + 1) * chosen]; NULL: none */
};

/* Did the group take part as a whole, or a known share of it? */
static bool
is_finite(const struct run *run, uint32_t group)
{
	const double *population = run->comparison->made.population;
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
estimate(struct run *run, const struct acc_plan *plan, struct acc_estimate **estimates)
{
	const struct acc_patterns *patterns = &run->comparison->study.patterns;
	struct acc_messages *messages = run->comparison->command->messages;
	bool good = true;
	for (uint32_t g = 0; good && g < run->groups; g++) {
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

/* ---- permutations ---- */

static bool
is_tested(const struct run *run, size_t coefficient)
{
	for (uint32_t t = 0; t <= run->themes; t++) {
		size_t arms = 0;
		for (uint32_t g = 0; g < run->groups; g++) {
			const struct acc_estimate *e =
			    &run->estimate[g][t * run->coefficients + coefficient];
			arms += e->estimable && e->reason == ACC_DEFINED && e->se > 0;
		}
		if (arms >= 2)
			return true;
	}
	return false;
}

static bool
choose(struct run *run)
{
	const struct acc_plan *plan = &run->comparison->made.plan;
	size_t chosen = 0;
	run->chosen = acc_array(plan->coefficients, sizeof *run->chosen);
	run->place = acc_array(plan->coefficients, sizeof *run->place);
	if (!run->chosen || !run->place) {
		acc_error_memory(run->comparison->command->messages);
		return false;
	}
	for (size_t c = 0; c < plan->coefficients; c++) {
		run->place[c] = is_tested(run, c) ? chosen : SIZE_MAX;
		if (run->place[c] != SIZE_MAX)
			run->chosen[chosen++] = plan->coefficient[c];
	}
	run->permuted_plan = *plan;
	run->permuted_plan.coefficient = run->chosen;
	run->permuted_plan.coefficients = chosen;
	return true;
}

static enum acc_status
permute(struct run *run, const uint32_t *group, size_t groups, struct acc_permuted *permuted)
{
	const struct acc_comparison *comparison = run->comparison;
	struct acc_people people;
	enum acc_status status = acc_people_make(&people, &comparison->study.patterns, group,
						 groups, comparison->made.plan.cluster);
	if (status != ACC_OK)
		return status;
	struct acc_group_agreement *agreement =
	    acc_group_agreement_make(&people, &run->permuted_plan, &status);
	if (agreement) {
		struct acc_exchange exchange =
		    acc_comparison_exchange(comparison, people.group, people.clusters, groups);
		struct acc_statistic statistic = acc_group_agreement_statistic(agreement);
		status = acc_permute(&exchange, &statistic, permuted);
	}
	acc_group_agreement_free(agreement);
	acc_people_free(&people);
	return status;
}

/* Every pair of groups; only these two groups' people change places. */
static enum acc_status
permute_pairs(struct run *run, size_t values)
{
	size_t pairs = (size_t)run->groups * (run->groups - 1) / 2, at = 0;
	enum acc_status status = ACC_OK;
	run->pair = acc_array(values * pairs, sizeof *run->pair);
	if (!run->pair)
		return ACC_NO_MEMORY;
	for (size_t i = 0; i < values * pairs; i++)
		run->pair[i] = acc_not_permuted();
	for (uint32_t i = 0; status == ACC_OK && i < run->groups; i++)
		for (uint32_t j = i + 1; status == ACC_OK && j < run->groups; j++, at++)
			if (!is_finite(run, i) && !is_finite(run, j))
				status =
				    permute(run, (uint32_t[]){i, j}, 2, run->pair + at * values);
	return status;
}

/* All groups, unless somebody does not stand for others. */
static enum acc_status
permute_groups(struct run *run, size_t values)
{
	uint32_t *group = acc_array(run->groups, sizeof *group);
	enum acc_status status = ACC_OK;
	bool exchangeable = true;
	run->all = acc_array(values, sizeof *run->all);
	if (!group || !run->all)
		status = ACC_NO_MEMORY;
	for (size_t i = 0; status == ACC_OK && i < values; i++)
		run->all[i] = acc_not_permuted();
	for (uint32_t g = 0; status == ACC_OK && g < run->groups; g++) {
		group[g] = g;
		exchangeable = exchangeable && !is_finite(run, g);
	}
	if (status == ACC_OK && exchangeable)
		status = permute(run, group, run->groups, run->all);
	free(group);
	return status;
}

static enum acc_status
permute_all(struct run *run)
{
	size_t values = ((size_t)run->themes + 1) * run->permuted_plan.coefficients;
	enum acc_status status = permute_groups(run, values);
	if (status == ACC_OK && run->groups > 2 && run->groups <= ACC_PAIRED_GROUPS_MAX)
		status = permute_pairs(run, values);
	if (status != ACC_OK) {
		free(run->all);
		free(run->pair);
		run->all = run->pair = NULL;
	}
	return status;
}

/* About how many operations the permutation of all groups takes. */
static double
work_of(const struct run *run)
{
	const struct acc_plan *plan = &run->permuted_plan;
	double categories = (double)plan->weights->categories, clusters = 0;
	for (uint32_t g = 0; g < run->groups; g++)
		clusters += run->estimate[g][run->themes * run->coefficients].clusters;
	return clusters * run->themes * (double)plan->coefficients *
	       (20 + categories * categories) * (double)run->comparison->permutations;
}

/* Nothing is permuted with very many clusters or, unasked, when it takes minutes: that is said, and
 * is no error. */
static bool
permute_or_say(struct run *run)
{
	struct acc_messages *messages = run->comparison->command->messages;
	if (!run->comparison->permutations)
		return true;
	if (!choose(run))
		return false;
	if (!run->permuted_plan.coefficients)
		return true;
	if (!run->comparison->command->settings.permutations && work_of(run) > work_max) {
		acc_note(messages, (struct acc_place){0},
			 "permuting agreement takes minutes with so many clusters, codes and "
			 "coefficients: p_permutation is empty; choose a --coefficient, or say "
			 "--permutations");
		return true;
	}
	enum acc_status status = permute_all(run);
	if (status != ACC_TOO_LARGE)
		return acc_status_ok(messages, status);
	acc_note(messages, (struct acc_place){0},
		 "more than %d clusters: nothing is permuted, p_permutation is empty",
		 ACC_PEOPLE_MAX);
	return true;
}

/* A permutation test is there where the test by distribution is. */
static struct acc_permuted
find(const struct run *run, const struct acc_permuted *permuted, uint32_t theme, size_t coefficient,
     const struct acc_test *test)
{
	size_t place = run->place ? run->place[coefficient] : SIZE_MAX;
	if (!permuted || place == SIZE_MAX || test->reason != ACC_DEFINED)
		return acc_not_permuted();
	return permuted[theme * run->permuted_plan.coefficients + place];
}

static void
put_permutations(const struct run *run, struct acc_subject *subject, uint32_t theme,
		 size_t coefficient)
{
	size_t values = ((size_t)run->themes + 1) * run->permuted_plan.coefficients;
	size_t pairs = (size_t)run->groups * (run->groups - 1) / 2;
	subject->permuted = find(run, run->all, theme, coefficient, &subject->test);
	for (size_t i = 0; i < pairs; i++) {
		const struct acc_permuted *of = run->pair ? run->pair + i * values : NULL;
		subject->pair[i].permuted = find(run, run->groups == 2 ? run->all : of, theme,
						 coefficient, &subject->pair[i].test);
	}
}

/* ---- classical tests ---- */

static void
fleiss(const struct run *run, struct acc_subject *subject, uint32_t theme, size_t coefficient)
{
	double *value = acc_array(run->groups, sizeof *value);
	double *se = acc_array(run->groups, sizeof *se);
	struct acc_equality test = {.reason = ACC_REASON_no_memory};
	for (uint32_t g = 0; value && se && g < run->groups; g++) {
		const struct acc_estimate *e =
		    &run->naive[g][theme * run->coefficients + coefficient];
		value[g] = e->value;
		se[g] = e->se;
	}
	if (value && se)
		test = acc_fleiss_homogeneity(value, se, run->groups);
	subject->naive[0] =
	    (struct acc_naive){.method = "naive: Fleiss homogeneity chi-square, units independent",
			       .value = test.common,
			       .statistic = test.chi2,
			       .df = test.df,
			       .p = test.p,
			       .reason = test.reason};
	free(value);
	free(se);
}

/* Units of a group by how many of its two coders gave the second category. */
static void
count_two(const struct acc_patterns *patterns, const struct acc_panel *panel, uint32_t group,
	  struct acc_two_coders *count)
{
	*count = (struct acc_two_coders){0};
	for (uint32_t p = 0; p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		const uint32_t *mark = panel->mark + panel->first[p];
		double units = (double)pattern.count;
		if (pattern.group != group || acc_panel_ratings(panel, p) != 2)
			continue;
		uint32_t yes = mark[1] + mark[3];
		*(yes == 2 ? &count->both : yes == 1 ? &count->one : &count->neither) += units;
	}
}

static enum acc_status
donner(const struct run *run, struct acc_subject *subject, uint32_t theme)
{
	const struct acc_patterns *patterns = &run->comparison->study.patterns;
	struct acc_panel panel;
	struct acc_two_coders *group = acc_array(run->groups, sizeof *group);
	enum acc_status status =
	    group ? acc_panel_make(&panel, patterns, theme, NULL, 2) : ACC_NO_MEMORY;
	if (status == ACC_OK) {
		for (uint32_t g = 0; g < run->groups; g++) {
			struct acc_side *side = &subject->side[g];
			count_two(patterns, &panel, g, &group[g]);
			side->intraclass = acc_intraclass_kappa(&group[g]);
			acc_intraclass_interval(&group[g], run->comparison->level,
						&side->intraclass_low, &side->intraclass_high);
		}
		struct acc_equality test = acc_donner_eliasziw_klar(group, run->groups);
		subject->naive[1] = (struct acc_naive){
		    .method = "naive: Donner-Eliasziw-Klar goodness of fit, units independent",
		    .quantity = "intraclass_kappa",
		    .value = test.common,
		    .statistic = test.chi2,
		    .df = test.df,
		    .p = test.p,
		    .reason = test.reason};
		acc_panel_free(&panel);
	}
	free(group);
	return status;
}

/* Donner's test is about the theme, so it stands with the first coefficient. */
static enum acc_status
put_classical(const struct run *run, struct acc_subject *subject, uint32_t theme,
	      size_t coefficient)
{
	const struct acc_patterns *patterns = &run->comparison->study.patterns;
	const struct acc_weights *weights = run->comparison->made.plan.weights;
	bool question = theme < run->themes || run->themes == 1;
	if (!run->naive)
		return ACC_OK;
	fleiss(run, subject, theme, coefficient);
	if (coefficient == 0 && question && patterns->coder.count == 2 &&
	    weights->categories == 2 && !weights->disagreement && !weights->sets)
		return donner(run, subject, theme < run->themes ? theme : 0);
	return ACC_OK;
}

/* ---- subjects ---- */

static bool
add_subject(struct run *run, uint32_t theme, size_t coefficient)
{
	struct acc_comparison *comparison = run->comparison;
	const struct acc_patterns *patterns = &comparison->study.patterns;
	const struct acc_plan *plan = &comparison->made.plan;
	bool two = false;
	for (uint32_t g = 0; g < run->groups; g++)
		two = two || run->estimate[g][theme * run->coefficients + coefficient].reason ==
				 ACC_REASON_not_two_coders;
	if (two && !comparison->made.chosen)
		return true;
	struct acc_subject *subject =
	    acc_comparison_add(comparison, "agreement", plan->coefficient[coefficient]->key,
			       theme < run->themes ? patterns->theme.label[theme] : "", "");
	if (!subject)
		return false;
	subject->weights = comparison->made.weights_name;
	subject->test_method = "Welch F on Fisher z, cluster jackknife";
	subject->pair_method = "interval from both intervals (MOVER)";
	subject->guarded = subject->transformed = true;
	for (uint32_t g = 0; g < run->groups; g++)
		fill_side(&subject->side[g],
			  &run->estimate[g][theme * run->coefficients + coefficient],
			  is_finite(run, g));
	acc_subject_test(subject);
	put_permutations(run, subject, theme, coefficient);
	return acc_status_ok(comparison->command->messages,
			     put_classical(run, subject, theme, coefficient));
}

static bool
begin(struct run *run)
{
	struct acc_comparison *comparison = run->comparison;
	struct acc_plan naive = comparison->made.plan;
	naive.ci = ACC_CI_GWET;
	run->estimate = acc_array(run->groups, sizeof *run->estimate);
	if (comparison->classical)
		run->naive = acc_array(run->groups, sizeof *run->naive);
	if (!run->estimate || (comparison->classical && !run->naive)) {
		acc_error_memory(comparison->command->messages);
		return false;
	}
	return estimate(run, &comparison->made.plan, run->estimate) &&
	       (!run->naive || estimate(run, &naive, run->naive)) && permute_or_say(run);
}

static void
end(struct run *run)
{
	for (uint32_t g = 0; run->estimate && g < run->groups; g++)
		free(run->estimate[g]);
	for (uint32_t g = 0; run->naive && g < run->groups; g++)
		free(run->naive[g]);
	free(run->estimate);
	free(run->naive);
	free(run->chosen);
	free(run->place);
	free(run->all);
	free(run->pair);
}

bool
acc_compare_agreement(struct acc_comparison *comparison)
{
	const struct acc_patterns *patterns = &comparison->study.patterns;
	struct run run = {.comparison = comparison,
			  .themes = acc_plan_questions(&comparison->made.plan, patterns),
			  .groups = patterns->group.count,
			  .coefficients = comparison->made.plan.coefficients};
	bool good = begin(&run);
	bool one = patterns->design == ACC_CODES || comparison->made.plan.weights->sets;
	uint32_t first = one ? run.themes : 0;
	for (uint32_t t = first; good && t <= run.themes; t++)
		for (size_t c = 0; good && c < run.coefficients; c++)
			good = add_subject(&run, t, c);
	end(&run);
	return good;
}
