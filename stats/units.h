/* units: a number for each of very many names, in few bytes.
 *
 * An open-addressing table of 20 bytes a slot, names of up to 15 bytes within it, in parts that
 * grow one by one: 27 to 36 bytes a unit, and never twice the table while it grows. Longer names
 * are kept beside it. Names hold no zeros and are not empty. */
#ifndef ACC_UNITS_H
#define ACC_UNITS_H

#include "stats/base.h"

enum { ACC_UNITS_PARTS = 8, ACC_UNITS_SHORT = 15 };

struct acc_units_slot {
	uint32_t word[4]; /* the name, or where it is kept; all 0: free */
	uint32_t number;
};

struct acc_units_part {
	struct acc_units_slot *slot; /* owned */
	uint32_t slots, used;
};

struct acc_units {
	struct acc_units_part part[ACC_UNITS_PARTS];
	uint64_t count;
	char **block; /* owned blocks of long names, each its length (4 bytes) and its bytes */
	size_t blocks, block_capacity, block_used, block_size;
};

static inline bool
acc_units_free_slot(const struct acc_units_slot *slot)
{
	return !(slot->word[0] | slot->word[1] | slot->word[2] | slot->word[3]);
}

/* A name as it is looked up. */
struct acc_unit_name {
	uint64_t low, high; /* the bytes of a short one; else a hash and 0 */
	uint64_t hash;
	const char *text; /* borrowed; of a long one */
	size_t length;
};

void acc_units_free(struct acc_units *units);

/* A short name from its bytes, the rest of the 16 being 0; any name. */
struct acc_unit_name acc_units_short(uint64_t low, uint64_t high);
struct acc_unit_name acc_units_name(const char *text, size_t length);

/* Begin to fetch what looking up a name will read. */
void acc_units_prefetch(const struct acc_units *units, const struct acc_unit_name *name);

/* The number of a name, or ACC_NONE. */
uint32_t acc_units_peek(const struct acc_units *units, const struct acc_unit_name *name);

/* The number of a name: where it is kept, until the next call. A new name has `fresh`. NULL: no
 * memory. */
uint32_t *acc_units_find(struct acc_units *units, const struct acc_unit_name *name, uint32_t fresh);

#endif
