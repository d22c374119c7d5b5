/* units_lines: the lines of a table of names (units.h), slot by slot, and how their number grows.
 *
 * Private to units*.c. */
#ifndef ACC_UNITS_LINES_H
#define ACC_UNITS_LINES_H

#include "stats/units_part.h"
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

/* A byte that no UTF-8 holds, where short names have 0. */
#define LONG_MARK ((uint64_t)0xff << 56)

INLINE uint64_t
word_of(const uint32_t *line, unsigned at)
{
	uint64_t word;
	memcpy(&word, line + 2 * at, sizeof word);
	return word;
}

/* The second word of slot k of wide ones. */
INLINE uint64_t
second_of(const uint32_t *line, unsigned k)
{
	return word_of(line, ACC_UNITS_WIDE + k);
}

INLINE uint32_t *
number_of(uint32_t *line, unsigned k, unsigned slots)
{
	return &line[ACC_UNITS_LINE - 1 - slots + k];
}

/* How many slots of a line are used. */
INLINE uint32_t *
used_of(uint32_t *line)
{
	return &line[ACC_UNITS_LINE - 1];
}

INLINE uint32_t *
next_line(const struct acc_units_part *part, uint32_t *line)
{
	line += ACC_UNITS_LINE;
	return line == part->line + (size_t)part->lines * ACC_UNITS_LINE ? part->line : line;
}

/* More lines of as many slots. False: no memory, and the table is of no use. */
bool acc_units_part_grow(struct acc_units_part *part, unsigned slots);

/* From narrow slots to wide ones, likewise. */
bool acc_units_part_widen(struct acc_units_part *part);

void acc_units_part_free(struct acc_units_part *part);

#endif
