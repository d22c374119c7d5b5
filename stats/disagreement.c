#include "stats/disagreement.h"
#include "stats/ordinal.h"
#include "stats/plan.h"

#include <stdlib.h>

/* Ranks as weights that stay: squared differences of the ridits of one question's ratings. */
static enum acc_status
fix_ranks(struct acc_weights *fixed, const struct acc_panel *panel, const struct acc_patterns *from)
{
	double *count = acc_array(panel->categories, sizeof *count);
	double *ridit = acc_array(panel->categories, sizeof *ridit);
	enum acc_status status = count && ridit ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t p = 0; status == ACC_OK && p < panel->patterns; p++)
		for (size_t m = panel->first[p];
		     acc_panel_ratings(panel, p) >= 2 && m < panel->first[p + 1]; m += 2)
			count[panel->mark[m + 1]] += (double)from->count[p];
	if (status == ACC_OK) {
		acc_ordinal_ridits(count, panel->categories, ridit);
		status =
		    acc_weights_make(fixed, acc_scheme_find("quadratic"), ridit, panel->categories);
	}
	free(count);
	free(ridit);
	return status;
}

/* Fill the column of one question. */
static enum acc_status
take_theme(const struct acc_plan *plan, const struct acc_patterns *patterns, uint32_t theme,
	   double *amount)
{
	const struct acc_weights *weights = plan->weights;
	struct acc_scope scope = {.group = ACC_NONE, .coders = patterns->coder.count};
	uint32_t themes = acc_plan_questions(plan, patterns);
	struct acc_weights fixed = {0};
	struct acc_panel panel;
	enum acc_status status = acc_plan_panel(plan, patterns, &scope, theme, &panel);
	if (status != ACC_OK)
		return status;
	if (weights->ranks)
		status = fix_ranks(&fixed, &panel, patterns);
	for (uint32_t p = 0; status == ACC_OK && p < patterns->vector.count; p++)
		amount[(size_t)p * themes + theme] =
		    acc_panel_disagreement(&panel, p, weights->ranks ? &fixed : weights);
	acc_weights_free(&fixed);
	acc_panel_free(&panel);
	return status;
}

enum acc_status
acc_disagreements(const struct acc_patterns *patterns, const struct acc_weights *weights,
		  double **amount)
{
	struct acc_plan plan = {.weights = weights};
	uint32_t themes = acc_plan_questions(&plan, patterns);
	size_t cells;
	if (__builtin_mul_overflow((size_t)patterns->vector.count, (size_t)themes, &cells))
		return ACC_TOO_LARGE;
	double *made = acc_array(cells, sizeof *made);
	enum acc_status status = made ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t t = 0; status == ACC_OK && t < themes; t++)
		status = take_theme(&plan, patterns, t, made);
	if (status == ACC_OK)
		*amount = made;
	else
		free(made);
	return status;
}
