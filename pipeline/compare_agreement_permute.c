/* compare_agreement_permute: whole participants change groups, all groups and each pair. */
#include "pipeline/compare_agreement.h"
#include "stats/group_agreement.h"

#include <stdlib.h>

static const double work_max = 2e10;

static bool
is_tested(const struct acc_compared *compared, size_t coefficient)
{
	for (uint32_t t = 0; t <= compared->themes; t++) {
		size_t arms = 0;
		for (uint32_t g = 0; g < compared->groups; g++) {
			const struct acc_estimate *e =
			    &compared->estimate[g][t * compared->coefficients + coefficient];
			arms += e->estimable && e->reason == ACC_DEFINED && e->se > 0;
		}
		if (arms >= 2)
			return true;
	}
	return false;
}

static bool
choose(struct acc_compared *compared)
{
	const struct acc_plan *plan = &compared->comparison->made.plan;
	size_t chosen = 0;
	compared->chosen = acc_array(plan->coefficients, sizeof *compared->chosen);
	compared->place = acc_array(plan->coefficients, sizeof *compared->place);
	if (!compared->chosen || !compared->place) {
		acc_error_memory(compared->comparison->command->messages);
		return false;
	}
	for (size_t c = 0; c < plan->coefficients; c++) {
		compared->place[c] = is_tested(compared, c) ? chosen : SIZE_MAX;
		if (compared->place[c] != SIZE_MAX)
			compared->chosen[chosen++] = plan->coefficient[c];
	}
	compared->permuted_plan = *plan;
	compared->permuted_plan.coefficient = compared->chosen;
	compared->permuted_plan.coefficients = chosen;
	return true;
}

static enum acc_status
permute(struct acc_compared *compared, const uint32_t *group, size_t groups,
	struct acc_permuted *permuted)
{
	const struct acc_comparison *comparison = compared->comparison;
	struct acc_people people;
	enum acc_status status = acc_people_make(&people, &comparison->study.patterns, group,
						 groups, comparison->made.plan.cluster);
	if (status != ACC_OK)
		return status;
	struct acc_group_agreement *agreement =
	    acc_group_agreement_make(&people, &compared->permuted_plan, &status);
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
permute_pairs(struct acc_compared *compared, size_t values)
{
	size_t pairs = (size_t)compared->groups * (compared->groups - 1) / 2, at = 0;
	enum acc_status status = ACC_OK;
	compared->pair = acc_array(values * pairs, sizeof *compared->pair);
	if (!compared->pair)
		return ACC_NO_MEMORY;
	for (size_t i = 0; i < values * pairs; i++)
		compared->pair[i] = acc_not_permuted();
	for (uint32_t i = 0; status == ACC_OK && i < compared->groups; i++)
		for (uint32_t j = i + 1; status == ACC_OK && j < compared->groups; j++, at++)
			if (!acc_compared_is_finite(compared, i) &&
			    !acc_compared_is_finite(compared, j))
				status = permute(compared, (uint32_t[]){i, j}, 2,
						 compared->pair + at * values);
	return status;
}

/* All groups, unless somebody does not stand for others. */
static enum acc_status
permute_groups(struct acc_compared *compared, size_t values)
{
	uint32_t *group = acc_array(compared->groups, sizeof *group);
	enum acc_status status = ACC_OK;
	bool exchangeable = true;
	compared->all = acc_array(values, sizeof *compared->all);
	if (!group || !compared->all)
		status = ACC_NO_MEMORY;
	for (size_t i = 0; status == ACC_OK && i < values; i++)
		compared->all[i] = acc_not_permuted();
	for (uint32_t g = 0; status == ACC_OK && g < compared->groups; g++) {
		group[g] = g;
		exchangeable = exchangeable && !acc_compared_is_finite(compared, g);
	}
	if (status == ACC_OK && exchangeable)
		status = permute(compared, group, compared->groups, compared->all);
	free(group);
	return status;
}

static enum acc_status
permute_all(struct acc_compared *compared)
{
	size_t values = ((size_t)compared->themes + 1) * compared->permuted_plan.coefficients;
	enum acc_status status = permute_groups(compared, values);
	if (status == ACC_OK && compared->groups > 2 && compared->groups <= ACC_PAIRED_GROUPS_MAX)
		status = permute_pairs(compared, values);
	if (status != ACC_OK) {
		free(compared->all);
		free(compared->pair);
		compared->all = compared->pair = NULL;
	}
	return status;
}

/* About how many operations the permutation of all groups takes. */
static double
work_of(const struct acc_compared *compared)
{
	const struct acc_plan *plan = &compared->permuted_plan;
	double categories = (double)plan->weights->categories, clusters = 0;
	for (uint32_t g = 0; g < compared->groups; g++)
		clusters +=
		    compared->estimate[g][compared->themes * compared->coefficients].clusters;
	return clusters * compared->themes * (double)plan->coefficients *
	       (20 + categories * categories) * (double)compared->comparison->permutations;
}

bool
acc_compared_permute(struct acc_compared *compared)
{
	struct acc_messages *messages = compared->comparison->command->messages;
	if (!compared->comparison->permutations)
		return true;
	if (!choose(compared))
		return false;
	if (!compared->permuted_plan.coefficients)
		return true;
	if (!compared->comparison->command->settings.permutations && work_of(compared) > work_max) {
		acc_note(messages, (struct acc_place){0},
			 "permuting agreement takes minutes with so many clusters, codes and "
			 "coefficients: p_permutation is empty; choose a --coefficient, or say "
			 "--permutations");
		return true;
	}
	enum acc_status status = permute_all(compared);
	if (status != ACC_TOO_LARGE)
		return acc_status_ok(messages, status);
	acc_note(messages, (struct acc_place){0},
		 "more than %d clusters: nothing is permuted, p_permutation is empty",
		 ACC_PEOPLE_MAX);
	return true;
}

/* A permutation test is there where the test by distribution is. */
static struct acc_permuted
find(const struct acc_compared *compared, const struct acc_permuted *permuted, uint32_t theme,
     size_t coefficient, const struct acc_test *test)
{
	size_t place = compared->place ? compared->place[coefficient] : SIZE_MAX;
	if (!permuted || place == SIZE_MAX || test->reason != ACC_DEFINED)
		return acc_not_permuted();
	return permuted[theme * compared->permuted_plan.coefficients + place];
}

void
acc_compared_put_permutations(const struct acc_compared *compared, struct acc_subject *subject,
			      uint32_t theme, size_t coefficient)
{
	size_t values = ((size_t)compared->themes + 1) * compared->permuted_plan.coefficients;
	size_t pairs = (size_t)compared->groups * (compared->groups - 1) / 2;
	subject->permuted = find(compared, compared->all, theme, coefficient, &subject->test);
	for (size_t i = 0; i < pairs; i++) {
		const struct acc_permuted *of = compared->pair ? compared->pair + i * values : NULL;
		subject->pair[i].permuted =
		    find(compared, compared->groups == 2 ? compared->all : of, theme, coefficient,
			 &subject->pair[i].test);
	}
}
