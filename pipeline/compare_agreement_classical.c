/* compare_agreement_classical: tests that take units as independent, for continuity. */
#include "pipeline/compare_agreement.h"
#include "stats/classical.h"

#include <stdlib.h>

static void
fleiss(const struct acc_compared *compared, struct acc_subject *subject, uint32_t theme,
       size_t coefficient)
{
	double *value = acc_array(compared->groups, sizeof *value);
	double *se = acc_array(compared->groups, sizeof *se);
	struct acc_equality test = {.reason = ACC_REASON_no_memory};
	for (uint32_t g = 0; value && se && g < compared->groups; g++) {
		const struct acc_estimate *e =
		    &compared->naive[g][theme * compared->coefficients + coefficient];
		value[g] = e->value;
		se[g] = e->se;
	}
	if (value && se)
		test = acc_fleiss_homogeneity(value, se, compared->groups);
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
donner(const struct acc_compared *compared, struct acc_subject *subject, uint32_t theme)
{
	const struct acc_patterns *patterns = &compared->comparison->study.patterns;
	struct acc_panel panel;
	struct acc_two_coders *group = acc_array(compared->groups, sizeof *group);
	enum acc_status status =
	    group ? acc_panel_make(&panel, patterns, theme, NULL, 2) : ACC_NO_MEMORY;
	if (status == ACC_OK) {
		for (uint32_t g = 0; g < compared->groups; g++) {
			struct acc_side *side = &subject->side[g];
			count_two(patterns, &panel, g, &group[g]);
			side->intraclass = acc_intraclass_kappa(&group[g]);
			acc_intraclass_interval(&group[g], compared->comparison->level,
						&side->intraclass_low, &side->intraclass_high);
		}
		struct acc_equality test = acc_donner_eliasziw_klar(group, compared->groups);
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

enum acc_status
acc_compared_put_classical(const struct acc_compared *compared, struct acc_subject *subject,
			   uint32_t theme, size_t coefficient)
{
	const struct acc_patterns *patterns = &compared->comparison->study.patterns;
	const struct acc_weights *weights = compared->comparison->made.plan.weights;
	bool question = theme < compared->themes || compared->themes == 1;
	if (!compared->naive)
		return ACC_OK;
	fleiss(compared, subject, theme, coefficient);
	if (coefficient == 0 && question && patterns->coder.count == 2 &&
	    weights->categories == 2 && !weights->disagreement && !weights->sets)
		return donner(compared, subject, theme < compared->themes ? theme : 0);
	return ACC_OK;
}
