/* slots: draw from a few outcomes with given chances in constant time.
 *
 * The alias method (Walker 1977, in the form of Vose 1991): as many slots as outcomes, each shared
 * by at most two of them. Chances are kept to 2^-32. */
#ifndef ACC_SLOTS_H
#define ACC_SLOTS_H

#include "stats/random.h"

struct acc_slot {
	uint32_t level; /* a word below it stays, another goes to `other` */
	uint32_t other;
};

/* Fill slot[count] for weights (not negative, one positive). weight[] and stack[count] are scratch.
 */
void acc_slots_fill(struct acc_slot *slot, double *weight, uint32_t *stack, size_t count);

/* The outcome that a random word means: its high part times count is the slot, what is left says
 * who of the two. */
static inline uint32_t
acc_slots_of(const struct acc_slot *slot, uint32_t count, uint32_t word)
{
	uint64_t product = (uint64_t)word * count;
	const struct acc_slot *at = &slot[product >> 32];
	/* No branch: nobody can foretell it. */
	uint32_t own = (uint32_t)(product >> 32), stays = (uint32_t)product < at->level;
	return at->other ^ ((own ^ at->other) & -stays);
}

static inline uint32_t
acc_slots_draw(const struct acc_slot *slot, uint32_t count, struct acc_stream *stream)
{
	return acc_slots_of(slot, count, acc_stream_word(stream));
}

#endif
