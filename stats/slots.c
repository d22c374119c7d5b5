#include "stats/slots.h"

void
acc_slots_fill(struct acc_slot *slot, double *weight, uint32_t *stack, size_t count)
{
	size_t poor = 0, rich = count; /* two stacks, from both ends */
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += weight[i];
	for (size_t i = 0; i < count; i++) {
		weight[i] *= (double)count / sum;
		stack[weight[i] < 1 ? poor++ : --rich] = (uint32_t)i;
	}
	while (poor && rich < count) {
		uint32_t taker = stack[--poor], giver = stack[rich];
		slot[taker] = (struct acc_slot){(uint32_t)(weight[taker] * 0x1p32), giver};
		weight[giver] -= 1 - weight[taker];
		if (weight[giver] < 1) {
			rich++;
			stack[poor++] = giver;
		}
	}
	/* What rounding has left over is a whole slot. */
	while (poor)
		stack[--rich] = stack[--poor];
	for (; rich < count; rich++)
		slot[stack[rich]] = (struct acc_slot){UINT32_MAX, stack[rich]};
}
