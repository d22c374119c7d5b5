#include "stats/plan.h"

unsigned
acc_plan_needs(const struct acc_plan *plan, size_t categories, size_t coders)
{
	const double most = 1e6;
	double square = (double)categories * (double)categories;
	unsigned needs = 0;
	for (size_t c = 0; c < plan->coefficients; c++)
		needs |= plan->coefficient[c]->needs;
	if (square > most)
		needs &= ~(unsigned)ACC_NEED_COINCIDENCES;
	if (square * (double)coders * (double)coders / 2 > most)
		needs &= ~(unsigned)ACC_NEED_CELLS;
	return needs;
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
