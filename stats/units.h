/* units: a number for each of very many names, in few bytes.
 *
 * An open-addressing table of cache lines: five names of up to 8 bytes with their numbers, or, as
 * soon as one is longer, three of up to 15; those above are kept beside it. To find a name takes
 * one line nearly always, all of it compared at once. Its parts grow one by one and, once they are
 * large, where they are: 17 to 34 bytes a unit, or 28 to 43; above 10^5 units at least 16 MB, in
 * large pages. Names hold no zeros and are not empty. */
#ifndef ACC_UNITS_H
#define ACC_UNITS_H

#include "stats/units_part.h"

enum { ACC_UNITS_PARTS = 8, ACC_UNITS_SHORT = 15 };

struct acc_units {
	struct acc_units_part part[ACC_UNITS_PARTS];
	unsigned slots; /* of a line; 0 while there are none */
	uint64_t count;
	char **block; /* owned blocks of long names, each its length (4 bytes) and its bytes */
	size_t blocks, block_capacity, block_used, block_size;
};

/* A name as it is looked up. Words that are copied stand apart: side by side they would be copied
 * as one, which must wait until both were written out. */
struct acc_unit_name {
	uint64_t low;     /* the bytes of a short one; else a hash ... */
	const char *text; /* borrowed; of a long one */
	uint64_t high;    /* ... and a mark */
	size_t length;
	uint64_t hash;
};

void acc_units_free(struct acc_units *units);

/* A short name from its bytes, the rest of the 16 being 0. Field by field: as a whole it would be
 * copied by an instruction that takes longer than all the rest. */
static inline void
acc_units_short(struct acc_unit_name *name, uint64_t low, uint64_t high)
{
	name->low = low;
	name->high = high;
	name->hash = acc_units_mix(low, high);
	name->text = NULL;
}

/* Any name. */
struct acc_unit_name acc_units_name(const char *text, size_t length);

/* Begin to fetch what looking up a name will read. Always inline: gcc takes a function that only
 * fetches ahead for one that does nothing, and drops its calls. */
static inline __attribute__((always_inline)) void
acc_units_prefetch(const struct acc_units *units, const struct acc_unit_name *name)
{
	const struct acc_units_part *part = &units->part[name->hash % ACC_UNITS_PARTS];
	if (part->lines)
		__builtin_prefetch(acc_units_home(part, name->hash), 1);
}

/* The number of a name, or ACC_NONE. */
uint32_t acc_units_peek(const struct acc_units *units, const struct acc_unit_name *name);

/* The number of a name: where it is kept, until the next call. A new name has `fresh`. NULL: no
 * memory. */
uint32_t *acc_units_find(struct acc_units *units, const struct acc_unit_name *name, uint32_t fresh);

/* The numbers of all names, one after the other, to be read or changed:
 *	struct acc_unit_slots slots = acc_units_slots(&units);
 *	while ((number = acc_units_next(&slots)))
 */
struct acc_unit_slots {
	const struct acc_units *units; /* borrowed */
	uint32_t part, line, slot;
};

static inline struct acc_unit_slots
acc_units_slots(const struct acc_units *units)
{
	return (struct acc_unit_slots){units, 0, 0, 0};
}

static inline uint32_t *
acc_units_next(struct acc_unit_slots *at)
{
	unsigned slots = at->units->slots;
	for (; at->part < ACC_UNITS_PARTS; at->part++, at->line = 0) {
		const struct acc_units_part *part = &at->units->part[at->part];
		for (; at->line < part->lines; at->line++, at->slot = 0) {
			uint32_t *line = part->line + (size_t)at->line * ACC_UNITS_LINE;
			uint32_t k = at->slot++;
			if (k < line[ACC_UNITS_LINE - 1])
				return &line[ACC_UNITS_LINE - 1 - slots + k];
		}
	}
	return NULL;
}

#endif
