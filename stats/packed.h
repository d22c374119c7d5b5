/* packed: what a few coders gave a unit, in the bits of one number.
 *
 * Coder i has `bits` bits from bit i * bits on: 0 where it gave nothing yet, else code + 1. Where
 * coders and codes fit into 32 bits so, a unit whose rows come in any order is such a number, and a
 * further row a few instructions. */
#ifndef ACC_PACKED_H
#define ACC_PACKED_H

#include "stats/base.h"

enum { ACC_PACKED_BITS = 32 };

struct acc_packed {
	uint32_t coders; /* seen so far */
	unsigned bits;
};

static inline bool
acc_packed_fits(const struct acc_packed *packed, uint32_t coder, uint32_t code)
{
	return coder < packed->coders && !(((uint64_t)code + 1) >> packed->bits);
}

/* Make room for a coder and a code. False: they do not fit; nothing changes. */
bool acc_packed_widen(struct acc_packed *packed, uint32_t coder, uint32_t code);

/* What is kept as `from` has it, as `to` has it. */
uint32_t acc_packed_moved(const struct acc_packed *from, const struct acc_packed *to,
			  uint32_t state);

/* What coder i gave, + 1. */
static inline uint32_t
acc_packed_get(const struct acc_packed *packed, uint32_t state, uint32_t i)
{
	return state >> i * packed->bits & (uint32_t)(((uint64_t)1 << packed->bits) - 1);
}

/* How often each number was met. */
struct acc_packed_count {
	uint64_t count; /* 0: free */
	uint32_t state, other;
};

struct acc_packed_counts {
	struct acc_packed_count *slot; /* owned hash table */
	size_t slots, used;
};

/* The count of a number; a new one has 0, which must then be set. NULL: no memory. */
struct acc_packed_count *acc_packed_find(struct acc_packed_counts *counts, uint32_t state);
void acc_packed_counts_free(struct acc_packed_counts *counts);

#endif
