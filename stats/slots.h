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

static inline uint32_t
acc_slots_draw(const struct acc_slot *slot, uint32_t count, struct acc_stream *stream)
{
	/* One word: its high part times count is the slot, what is left says who of the two. */
	uint64_t product = (uint64_t)acc_stream_word(stream) * count;
	const struct acc_slot *at = &slot[product >> 32];
	return (uint32_t)product < at->level ? (uint32_t)(product >> 32) : at->other;
}

#endif
