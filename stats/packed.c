#include "stats/packed.h"

#include <stdlib.h>

bool
acc_packed_widen(struct acc_packed *packed, uint32_t coder, uint32_t code)
{
	struct acc_packed wider = *packed;
	if (coder >= ACC_PACKED_BITS || code >= UINT32_MAX / 2)
		return false;
	if (wider.coders <= coder)
		wider.coders = coder + 1;
	while (((uint64_t)code + 1) >> wider.bits)
		wider.bits++;
	if (wider.coders * wider.bits > ACC_PACKED_BITS)
		return false;
	*packed = wider;
	return true;
}

uint32_t
acc_packed_moved(const struct acc_packed *from, const struct acc_packed *to, uint32_t state)
{
	uint32_t moved = 0;
	for (uint32_t i = 0; i < from->coders; i++)
		moved |= acc_packed_get(from, state, i) << i * to->bits;
	return moved;
}

/* ---- counts ---- */

static struct acc_packed_count *
find(const struct acc_packed_counts *counts, uint32_t state)
{
	size_t at = (size_t)(state * 0x9e3779b97f4a7c15u >> 32) & (counts->slots - 1);
	while (counts->slot[at].count && counts->slot[at].state != state)
		at = (at + 1) & (counts->slots - 1);
	return &counts->slot[at];
}

static bool
grow(struct acc_packed_counts *counts)
{
	struct acc_packed_counts larger = {.slots = counts->slots ? counts->slots * 4 : 256,
					   .used = counts->used};
	larger.slot = acc_array(larger.slots, sizeof *larger.slot);
	if (!larger.slot)
		return false;
	for (size_t i = 0; i < counts->slots; i++)
		if (counts->slot[i].count)
			*find(&larger, counts->slot[i].state) = counts->slot[i];
	free(counts->slot);
	*counts = larger;
	return true;
}

struct acc_packed_count *
acc_packed_find(struct acc_packed_counts *counts, uint32_t state)
{
	if (counts->used * 2 >= counts->slots && !grow(counts))
		return NULL;
	struct acc_packed_count *found = find(counts, state);
	if (!found->count) {
		counts->used++;
		found->state = state;
	}
	return found;
}

void
acc_packed_counts_free(struct acc_packed_counts *counts)
{
	free(counts->slot);
	*counts = (struct acc_packed_counts){0};
}
