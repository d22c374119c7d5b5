#include "stats/plan.h"

unsigned
acc_plan_needs(const struct acc_plan *plan, size_t categories, size_t coders)
{
	const double most = 1e6;
	double square = (double)categories * (double)categories;
	unsigned needs = 0;
	for (size_t c = 0; c < plan->coefficients; c++)
		needs |= plan->coefficient[c]->needs;
	if (plan->weights->ranks)
		needs |= ACC_NEED_COINCIDENCES;
	if (square > most)
		needs &= ~(unsigned)ACC_NEED_COINCIDENCES;
	if (square * (double)coders * (double)coders / 2 > most)
		needs &= ~(unsigned)ACC_NEED_CELLS;
	return needs;
}

bool
acc_plan_costly(const struct acc_plan *plan, size_t blocks, size_t coders)
{
	const double most = 2e9;
	double columns = (double)acc_weights_columns(plan->weights);
	bool table = plan->weights->disagreement || plan->weights->ranks;
	return (double)blocks * columns * (table ? columns : 1 + (double)coders) > most;
}
