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
