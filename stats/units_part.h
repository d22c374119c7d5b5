/* units_part: a part of a table of names (units.h): its lines, and where in them a search begins.
 */
#ifndef ACC_UNITS_PART_H
#define ACC_UNITS_PART_H

#include "stats/base.h"

enum {
	ACC_UNITS_LINE = 16,  /* words of a line */
	ACC_UNITS_NARROW = 5, /* slots of a line: all their first words, then ... */
	ACC_UNITS_WIDE = 3 /* ... their second ones, 64 bits each; the numbers; how many are used */
};

struct acc_units_part {
	uint32_t *line; /* owned, [lines * ACC_UNITS_LINE] */
	size_t bytes;   /* of its own pages; 0: from the heap */
	uint32_t lines, used;
};

static inline uint64_t
acc_units_mix(uint64_t low, uint64_t high)
{
	uint64_t mixed = (low ^ high * 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;
	mixed = (mixed ^ mixed >> 32) * 0xc4ceb9fe1a85ec53u;
	return mixed ^ mixed >> 29;
}

/* The line where a search begins. */
static inline uint32_t *
acc_units_home(const struct acc_units_part *part, uint64_t hash)
{
	return part->line + ((hash >> 32) * part->lines >> 32) * ACC_UNITS_LINE;
}

#endif
