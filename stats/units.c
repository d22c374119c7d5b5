#include "stats/units.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#define INLINE static inline __attribute__((always_inline))

enum {
	BLOCK = 1 << 18,
	LINE_BYTES = ACC_UNITS_LINE * sizeof(uint32_t),
	PAGE_LINES = (1 << 21) / LINE_BYTES /* of a large page */
};

/* A byte that no UTF-8 holds, where short names have 0. */
#define LONG_MARK ((uint64_t)0xff << 56)

static void
free_part(struct acc_units_part *part)
{
	if (part->bytes)
		munmap(part->line, part->bytes);
	else
		free(part->line);
}

void
acc_units_free(struct acc_units *units)
{
	for (size_t p = 0; p < ACC_UNITS_PARTS; p++)
		free_part(&units->part[p]);
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

INLINE uint32_t *
next_line(const struct acc_units_part *part, uint32_t *line)
{
	line += ACC_UNITS_LINE;
	return line == part->line + (size_t)part->lines * ACC_UNITS_LINE ? part->line : line;
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

/* ---- growth ---- */

/* Free lines, in large pages where there can be: a page table would be asked for nearly every name
 * otherwise. */
static bool
make_lines(struct acc_units_part *part)
{
	const size_t page = (size_t)PAGE_LINES * LINE_BYTES;
	size_t bytes = (size_t)part->lines * LINE_BYTES;
	if (bytes < page) {
		part->line = aligned_alloc(LINE_BYTES, bytes);
		if (part->line)
			memset(part->line, 0, bytes);
		return part->line != NULL;
	}
	char *at =
	    mmap(NULL, bytes + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		return false;
	size_t before = (page - (uintptr_t)at % page) % page;
	if (before)
		munmap(at, before);
	munmap(at + before + bytes, page - before);
	part->line = (void *)(at + before);
	part->bytes = bytes;
#ifdef MADV_HUGEPAGE
	madvise(part->line, bytes, MADV_HUGEPAGE);
#endif
	return true;
}

/* Put a name and its number, which are not there, into lines of so many slots. */
INLINE void
put_away(const struct acc_units_part *part, uint64_t low, uint64_t high, uint32_t number,
	 unsigned slots)
{
	uint64_t hash = acc_units_mix(low, (high & LONG_MARK) == LONG_MARK ? 0 : high);
	uint32_t *line = acc_units_home(part, hash);
	while (*used_of(line) == slots)
		line = next_line(part, line);
	unsigned k = (*used_of(line))++;
	memcpy(line + 2 * k, &low, sizeof low);
	if (slots == ACC_UNITS_WIDE)
		memcpy(line + 2 * (ACC_UNITS_WIDE + k), &high, sizeof high);
	*number_of(line, k, slots) = number;
}

/* The same names in so many lines of `to` slots. False: no memory. */
static bool
move(struct acc_units_part *part, unsigned from, uint64_t lines, unsigned to)
{
	struct acc_units_part larger = {.used = part->used, .lines = (uint32_t)lines};
	if (lines > UINT32_MAX / 8 || !make_lines(&larger))
		return false;
	/* Homes ascend as they did, so that both are walked from begin to end. */
	for (uint32_t i = 0; i < part->lines; i++) {
		uint32_t *line = part->line + (size_t)i * ACC_UNITS_LINE;
		for (unsigned k = 0; k < *used_of(line); k++) {
			uint64_t high = from == ACC_UNITS_WIDE ? second_of(line, k) : 0;
			uint32_t number = *number_of(line, k, from);
			if (to == ACC_UNITS_WIDE)
				put_away(&larger, word_of(line, k), high, number, ACC_UNITS_WIDE);
			else
				put_away(&larger, word_of(line, k), high, number, ACC_UNITS_NARROW);
		}
	}
	free_part(part);
	*part = larger;
	return true;
}

/* Whole large pages, unless that is little. */
static uint64_t
whole_pages(uint64_t lines)
{
	return lines <= PAGE_LINES / 8 ? lines : (lines + PAGE_LINES - 1) / PAGE_LINES * PAGE_LINES;
}

static bool
grow(struct acc_units_part *part, unsigned slots)
{
	/* Wide slots, once they have pages of their own, by less: to need no more bytes. */
	unsigned halves = part->bytes && slots == ACC_UNITS_WIDE ? 3 : 4;
	uint64_t lines = part->lines ? (uint64_t)part->lines * halves / 2 : 16;
	return move(part, slots, whole_pages(lines), slots);
}

/* There is a name that narrow slots do not hold. False: no memory, and the table is of no use. */
static bool
widen(struct acc_units *units)
{
	for (size_t p = 0; p < ACC_UNITS_PARTS; p++) {
		struct acc_units_part *part = &units->part[p];
		uint64_t lines = (uint64_t)part->lines * ACC_UNITS_NARROW / ACC_UNITS_WIDE + 1;
		if (part->lines &&
		    !move(part, ACC_UNITS_NARROW, whole_pages(lines), ACC_UNITS_WIDE))
			return false;
	}
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
	if ((uint64_t)part->used * 4 >= (uint64_t)part->lines * slots * 3 && !grow(part, slots))
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
