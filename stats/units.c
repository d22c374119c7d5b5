#include "stats/units.h"
#include "stats/units_lines.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

enum { BLOCK = 1 << 18 };

void
acc_units_free(struct acc_units *units)
{
	for (size_t p = 0; p < ACC_UNITS_PARTS; p++)
		acc_units_part_free(&units->part[p]);
	for (size_t b = 0; b < units->blocks; b++)
		free(units->block[b]);
	free(units->block);
	*units = (struct acc_units){0};
}

/* ---- names ---- */

struct acc_unit_name
acc_units_name(const char *text, size_t length)
{
	uint64_t word[2] = {0, 0};
	if (length <= ACC_UNITS_SHORT) {
		struct acc_unit_name name = {0};
		memcpy(word, text, length);
		acc_units_short(&name, word[0], word[1]);
		return name;
	}
	uint64_t hash = XXH3_64bits(text, length);
	hash += !hash; /* 0 is a free slot */
	return (struct acc_unit_name){.low = hash,
				      .high = LONG_MARK,
				      .hash = acc_units_mix(hash, 0),
				      .text = text,
				      .length = length};
}

/* Keep a long name. NULL: no memory. */
static char *
keep(struct acc_units *units, const struct acc_unit_name *name)
{
	uint32_t length = (uint32_t)name->length;
	size_t need = sizeof length + name->length;
	if (units->block_size - units->block_used < need) {
		size_t size = need > BLOCK ? need : BLOCK;
		if (!acc_array_reserve((void **)&units->block, &units->block_capacity,
				       units->blocks + 1, sizeof *units->block))
			return NULL;
		char *block = malloc(size);
		if (!block)
			return NULL;
		units->block[units->blocks++] = block;
		units->block_used = 0;
		units->block_size = size;
	}
	char *place = units->block[units->blocks - 1] + units->block_used;
	memcpy(place, &length, sizeof length);
	memcpy(place + sizeof length, name->text, name->length);
	units->block_used += need;
	return place;
}

/* ---- lines ---- */

/* Does slot k hold the name? */
INLINE bool
holds(const uint32_t *line, const struct acc_unit_name *name, unsigned slots, unsigned k)
{
	uint64_t differs = word_of(line, k) ^ name->low;
	if (slots == ACC_UNITS_WIDE)
		differs |= second_of(line, k) ^ name->high;
	return !differs;
}

static bool
holds_long(const uint32_t *line, const struct acc_unit_name *name, unsigned k)
{
	uint64_t second = second_of(line, k);
	uint32_t length;
	if (word_of(line, k) != name->low || (second & LONG_MARK) != LONG_MARK)
		return false;
	const char *kept = (const char *)(uintptr_t)(second & ~LONG_MARK);
	memcpy(&length, kept, sizeof length);
	return length == name->length && !memcmp(kept + sizeof length, name->text, length);
}

/* The slot of a line that holds the name, or the first free one; `slots` where there is none. Which
 * of them is as good as random, so that no branch asks. */
INLINE unsigned
slot_of(uint32_t *line, const struct acc_unit_name *name, unsigned slots)
{
	unsigned at = *used_of(line);
	if (slots == ACC_UNITS_WIDE && name->text) {
		for (unsigned k = 0; k < at; k++)
			at = holds_long(line, name, k) ? k : at;
		return at;
	}
	at = holds(line, name, slots, 0) ? 0 : at;
	at = holds(line, name, slots, 1) ? 1 : at;
	at = holds(line, name, slots, 2) ? 2 : at;
	if (slots == ACC_UNITS_WIDE)
		return at;
	at = holds(line, name, slots, 3) ? 3 : at;
	return holds(line, name, slots, 4) ? 4 : at;
}

/* The line where a name is, or would be, and its slot there. */
INLINE uint32_t *
search(const struct acc_units_part *part, const struct acc_unit_name *name, unsigned slots,
       unsigned *slot)
{
	uint32_t *line = acc_units_home(part, name->hash);
	while (__builtin_expect((*slot = slot_of(line, name, slots)) == slots, 0))
		line = next_line(part, line);
	return line;
}

/* There is a name that narrow slots do not hold. False: no memory, and the table is of no use. */
static bool
widen(struct acc_units *units)
{
	for (size_t p = 0; p < ACC_UNITS_PARTS; p++)
		if (!acc_units_part_widen(&units->part[p]))
			return false;
	units->slots = ACC_UNITS_WIDE;
	return true;
}

/* ---- looking up ---- */

/* Can the name stand in a narrow slot? */
INLINE bool
narrow(const struct acc_unit_name *name)
{
	return !name->high && !name->text;
}

uint32_t
acc_units_peek(const struct acc_units *units, const struct acc_unit_name *name)
{
	const struct acc_units_part *part = &units->part[name->hash % ACC_UNITS_PARTS];
	unsigned slots = units->slots;
	if (!part->lines || (slots == ACC_UNITS_NARROW && !narrow(name)))
		return ACC_NONE;
	unsigned k;
	uint32_t *line = slots == ACC_UNITS_NARROW ? search(part, name, ACC_UNITS_NARROW, &k)
						   : search(part, name, ACC_UNITS_WIDE, &k);
	return k < *used_of(line) ? *number_of(line, k, slots) : ACC_NONE;
}

INLINE uint32_t *
find(struct acc_units *units, const struct acc_unit_name *name, uint32_t fresh, unsigned slots)
{
	struct acc_units_part *part = &units->part[name->hash % ACC_UNITS_PARTS];
	if ((uint64_t)part->used * 4 >= (uint64_t)part->lines * slots * 3 &&
	    !acc_units_part_grow(part, slots))
		return NULL;
	unsigned k;
	uint32_t *line = search(part, name, slots, &k);
	uint32_t *number = number_of(line, k, slots);
	bool known = k < *used_of(line);
	uint64_t high = name->high;
	if (name->text && !known) {
		char *kept = keep(units, name);
		if (!kept)
			return NULL;
		high |= (uint64_t)(uintptr_t)kept;
	}
	/* What is known is written again: no branch asks here, either. */
	memcpy(line + 2 * k, &name->low, sizeof name->low);
	if (slots == ACC_UNITS_WIDE && !(name->text && known))
		memcpy(line + 2 * (ACC_UNITS_WIDE + k), &high, sizeof high);
	*number = known ? *number : fresh;
	*used_of(line) += !known;
	part->used += !known;
	units->count += !known;
	return number;
}

uint32_t *
acc_units_find(struct acc_units *units, const struct acc_unit_name *name, uint32_t fresh)
{
	if (!units->slots)
		units->slots = ACC_UNITS_NARROW;
	if (units->slots == ACC_UNITS_NARROW && !narrow(name) && !widen(units))
		return NULL;
	return units->slots == ACC_UNITS_NARROW ? find(units, name, fresh, ACC_UNITS_NARROW)
						: find(units, name, fresh, ACC_UNITS_WIDE);
}
