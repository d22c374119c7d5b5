/* compare_prevalence_tests: do the groups differ in what they say? The exact test of people, the
 * permutation of densities, and the chi-square that takes units as independent. */
#include "pipeline/compare_prevalence.h"
#include "stats/contingency.h"
#include "stats/group_density.h"

#include <math.h>
#include <stdlib.h>

/* People, or units, with and without the theme, of some groups (every `step`th from `first` on):
 * [2 * groups]. */
static void
fill_table(const struct acc_subject *subject, size_t first, size_t step, size_t groups,
	   double *cell)
{
	for (size_t i = 0; i < groups; i++) {
		const struct acc_side *side = &subject->side[first + i * step];
		cell[i] = side->count;
		cell[groups + i] = side->total - side->count;
	}
}

/* The exact test of a table of people; *independence may be NULL. */
static enum acc_status
test_table(const double *cell, size_t groups, struct acc_test *test, double *mid_p,
	   struct acc_independence *independence)
{
	struct acc_contingency table = {cell, 2, groups};
	struct acc_independence made = acc_pearson(&table);
	struct acc_exact exact;
	enum acc_status status = acc_fisher_freeman_halton(&table, &exact);
	enum acc_reason reason = ACC_DEFINED;
	if (status == ACC_TOO_LARGE)
		reason = ACC_REASON_too_many_tables;
	if (isnan(made.chi2))
		reason = ACC_REASON_empty_margin;
	*test = (struct acc_test){made.chi2, made.df, NAN, reason ? NAN : exact.p, reason};
	*mid_p = reason ? NAN : exact.mid_p;
	if (independence)
		*independence = made;
	return status == ACC_TOO_LARGE ? ACC_OK : status;
}

enum acc_status
acc_prevalence_test_mentions(struct acc_subject *subject)
{
	struct acc_independence made;
	double *cell = acc_array(2 * subject->sides, sizeof *cell);
	enum acc_status status = cell ? ACC_OK : ACC_NO_MEMORY;
	if (status == ACC_OK) {
		fill_table(subject, 0, 1, subject->sides, cell);
		status = test_table(cell, subject->sides, &subject->test, &subject->mid_p, &made);
		subject->cramers_v = made.cramers_v;
		subject->bergsma = made.bergsma;
	}
	for (size_t i = 0; status == ACC_OK && i < subject->sides; i++)
		for (size_t j = i + 1; status == ACC_OK && j < subject->sides; j++) {
			struct acc_pairwise *pair = &subject->pair[acc_subject_pair(subject, i, j)];
			fill_table(subject, i, j - i, 2, cell);
			status = test_table(cell, 2, &pair->test, &pair->mid_p, NULL);
		}
	free(cell);
	return status;
}

enum acc_status
acc_prevalence_test_segments(struct acc_subject *subject)
{
	double *cell = acc_array(2 * subject->sides, sizeof *cell);
	if (!cell)
		return ACC_NO_MEMORY;
	fill_table(subject, 0, 1, subject->sides, cell);
	struct acc_independence made =
	    acc_pearson(&(struct acc_contingency){cell, 2, subject->sides});
	subject->naive[0] =
	    (struct acc_naive){.method = "naive: Pearson chi-square on units, units independent",
			       .value = NAN,
			       .statistic = made.chi2,
			       .df = made.df,
			       .p = made.p,
			       .reason = isnan(made.p) ? ACC_REASON_empty_margin : ACC_DEFINED};
	free(cell);
	return ACC_OK;
}

/* Permute some groups (numbers of the study): permuted[themes]. */
static enum acc_status
permute(const struct acc_comparison *comparison, const struct acc_layer *layer,
	const uint32_t *group, size_t groups, struct acc_permuted *permuted)
{
	struct acc_people people;
	struct acc_group_density density;
	enum acc_status status = acc_people_make(&people, &comparison->study.patterns, group,
						 groups, comparison->made.plan.cluster);
	if (status != ACC_OK)
		return status;
	status = acc_group_density_make(&density, &people, comparison->study.present, layer);
	if (status == ACC_OK) {
		struct acc_exchange exchange =
		    acc_comparison_exchange(comparison, people.group, people.clusters, groups);
		struct acc_statistic statistic = acc_group_density_statistic(&density);
		status = acc_permute(&exchange, &statistic, permuted);
		acc_group_density_free(&density);
	}
	acc_people_free(&people);
	return status;
}

static void
put_all(struct acc_comparison *comparison, size_t first, const struct acc_permuted *permuted)
{
	for (size_t i = first; i < comparison->subjects; i++) {
		struct acc_subject *subject = &comparison->subject[i];
		if (subject->test.reason == ACC_DEFINED)
			subject->permuted = permuted[i - first];
	}
}

static void
put_pair(struct acc_comparison *comparison, size_t first, const struct acc_permuted *permuted,
	 size_t pair)
{
	for (size_t i = first; i < comparison->subjects; i++) {
		struct acc_pairwise *of = &comparison->subject[i].pair[pair];
		if (of->test.reason == ACC_DEFINED)
			of->permuted = permuted[i - first];
	}
}

enum acc_status
acc_prevalence_permute(struct acc_comparison *comparison, const struct acc_layer *layer,
		       size_t first)
{
	uint32_t groups = comparison->study.patterns.group.count;
	uint32_t *group = acc_array(groups, sizeof *group);
	struct acc_permuted *permuted = acc_array(comparison->subjects - first, sizeof *permuted);
	enum acc_status status = group && permuted ? ACC_OK : ACC_NO_MEMORY;
	size_t pair = 0;
	for (uint32_t g = 0; status == ACC_OK && g < groups; g++)
		group[g] = g;
	if (status == ACC_OK)
		status = permute(comparison, layer, group, groups, permuted);
	if (status == ACC_OK)
		put_all(comparison, first, permuted);
	for (uint32_t i = 0; groups <= ACC_PAIRED_GROUPS_MAX && i < groups; i++)
		for (uint32_t j = i + 1; status == ACC_OK && j < groups; j++, pair++) {
			if (groups > 2)
				status =
				    permute(comparison, layer, (uint32_t[]){i, j}, 2, permuted);
			if (status == ACC_OK)
				put_pair(comparison, first, permuted, pair);
		}
	free(group);
	free(permuted);
	return status == ACC_TOO_LARGE ? ACC_OK : status;
}
