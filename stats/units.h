/* units: a number for each of very many names, in few bytes.
 *
 * An open-addressing table of 20 bytes a slot, names of up to 15 bytes within it, in parts that
 * grow one by one: 28 to 43 bytes a unit, and never twice the table while it grows. Longer names
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
	size_t bytes;                /* of its own pages; 0: from the heap */
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

static inline uint64_t
acc_units_mix(uint64_t low, uint64_t high)
{
	uint64_t mixed = (low ^ high * 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;
	mixed = (mixed ^ mixed >> 32) * 0xc4ceb9fe1a85ec53u;
	return mixed ^ mixed >> 29;
}

/* A short name from its bytes, the rest of the 16 being 0; any name. */
static inline struct acc_unit_name
acc_units_short(uint64_t low, uint64_t high)
{
	return (struct acc_unit_name){.low = low, .high = high, .hash = acc_units_mix(low, high)};
}

struct acc_unit_name acc_units_name(const char *text, size_t length);

/* Begin to fetch what looking up a name will read. */
void acc_units_prefetch(const struct acc_units *units, const struct acc_unit_name *name);

/* The number of a name, or ACC_NONE. */
uint32_t acc_units_peek(const struct acc_units *units, const struct acc_unit_name *name);

/* The number of a name: where it is kept, until the next call. A new name has `fresh`. NULL: no
 * memory. */
uint32_t *acc_units_find(struct acc_units *units, const struct acc_unit_name *name, uint32_t fresh);

/* All names, one after the other:
 *	struct acc_unit_slots slots = acc_units_slots(&units);
 *	while ((slot = acc_units_next(&slots)))
 */
struct acc_unit_slots {
	const struct acc_units *units; /* borrowed */
	uint32_t part, at;
};

static inline struct acc_unit_slots
acc_units_slots(const struct acc_units *units)
{
	return (struct acc_unit_slots){units, 0, 0};
}

static inline struct acc_units_slot *
acc_units_next(struct acc_unit_slots *slots)
{
	for (; slots->part < ACC_UNITS_PARTS; slots->part++, slots->at = 0) {
		const struct acc_units_part *part = &slots->units->part[slots->part];
		while (slots->at < part->slots)
			if (!acc_units_free_slot(&part->slot[slots->at++]))
				return &part->slot[slots->at - 1];
	}
	return NULL;
}

#endif
