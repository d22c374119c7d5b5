#include "stats/disagreement.h"
#include "stats/plan.h"

#include <stdlib.h>

enum acc_status
acc_disagreements(const struct acc_patterns *patterns, const struct acc_weights *weights,
		  double **amount)
{
	struct acc_plan plan = {.weights = weights};
	struct acc_scope scope = {
	    .group = ACC_NONE, .coder_of = NULL, .coders = patterns->coder.count};
	uint32_t themes = acc_plan_questions(&plan, patterns);
	size_t cells;
	if (__builtin_mul_overflow((size_t)patterns->vector.count, (size_t)themes, &cells))
		return ACC_TOO_LARGE;
	double *made = acc_array(cells, sizeof *made);
	enum acc_status status = made ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t t = 0; status == ACC_OK && t < themes; t++) {
		struct acc_panel panel;
		status = acc_plan_panel(&plan, patterns, &scope, t, &panel);
		for (uint32_t p = 0; status == ACC_OK && p < patterns->vector.count; p++)
			made[(size_t)p * themes + t] = acc_panel_disagreement(&panel, p, weights);
		if (status == ACC_OK)
			acc_panel_free(&panel);
	}
	if (status == ACC_OK)
		*amount = made;
	else
		free(made);
	return status;
}
