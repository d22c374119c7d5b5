#include "plots/order.h"

void
acc_rank(const double *value, size_t count, size_t *order)
{
	for (size_t i = 0; i < count; i++) {
		size_t at = i;
		for (; at > 0 && value[order[at - 1]] < value[i]; at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
}
