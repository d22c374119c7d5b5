#include "stats/plan.h"

bool
acc_plan_answers(const struct acc_plan *plan, size_t c, size_t coders)
{
	const struct acc_coefficient *coefficient = plan->coefficient[c];
	const struct acc_weights *weights = plan->weights;
	return (!coefficient->two_coders || coders == 2) &&
	       (!coefficient->binary || weights->categories == 2) &&
	       (!coefficient->identity_only || acc_weights_identity(weights)) &&
	       (!coefficient->scores || weights->score);
}

unsigned
acc_plan_needs(const struct acc_plan *plan, size_t categories, size_t coders)
{
	const double most = 1e6;
	double square = (double)categories * (double)categories;
	unsigned needs = 0;
	for (size_t c = 0; c < plan->coefficients; c++)
		if (acc_plan_answers(plan, c, coders))
			needs |= plan->coefficient[c]->needs;
	if (plan->weights->ranks)
		needs |= ACC_NEED_COINCIDENCES;
	if (square > most)
		needs &= ~(unsigned)ACC_NEED_COINCIDENCES;
	if (square * (double)coders * (double)coders / 2 > most)
		needs &= ~(unsigned)(ACC_NEED_CELLS | ACC_NEED_PAIRS);
	return needs;
}

bool
acc_plan_costly(const struct acc_plan *plan, size_t coefficient, size_t blocks, size_t coders)
{
	const double most = 2e9;
	const struct acc_weights *weights = plan->weights;
	double columns = (double)acc_weights_columns(weights);
	bool table =
	    weights->ranks || (weights->disagreement && !plan->coefficient[coefficient]->near);
	return (double)blocks * columns * (table ? columns : 1 + (double)coders) > most;
}

uint32_t
acc_plan_questions(const struct acc_plan *plan, const struct acc_patterns *patterns)
{
	return plan->weights->sets ? 1 : patterns->theme.count;
}

double
acc_plan_theme_weight(const struct acc_plan *plan, uint32_t question)
{
	return plan->theme_weight && !plan->weights->sets ? plan->theme_weight[question] : 1;
}

enum acc_status
acc_plan_panel(const struct acc_plan *plan, const struct acc_patterns *patterns,
	       const struct acc_scope *scope, uint32_t question, struct acc_panel *panel)
{
	const struct acc_sets *sets = plan->weights->sets;
	if (sets)
		return acc_panel_make_of(panel, patterns, sets->category_of, sets->set.count,
					 scope->coder_of, scope->coders);
	enum acc_status status =
	    acc_panel_make(panel, patterns, question, scope->coder_of, scope->coders);
	if (status == ACC_OK && scope->category)
		status = acc_panel_collapse(panel, scope->category - 1);
	if (status != ACC_OK)
		acc_panel_free(panel);
	return status;
}

enum acc_status
acc_scope_coders(const struct acc_patterns *patterns, uint32_t group, uint32_t **coder_of,
		 size_t *coders)
{
	uint32_t *of = acc_array(patterns->coder.count, sizeof *of);
	if (!of)
		return ACC_NO_MEMORY;
	for (uint32_t p = 0; p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		for (size_t i = 0; i < pattern.ratings; i++)
			if (group == ACC_NONE || pattern.group == group)
				of[pattern.rating[2 * i]] = 1;
	}
	*coders = 0;
	for (uint32_t c = 0; c < patterns->coder.count; c++)
		of[c] = of[c] ? (uint32_t)(*coders)++ : ACC_NONE;
	*coder_of = of;
	return ACC_OK;
}
