/* How a table of names grows. */
#include "stats/units_lines.h"

#include <stdlib.h>
#include <sys/mman.h>

enum {
	LINE_BYTES = ACC_UNITS_LINE * sizeof(uint32_t),
	PAGE_LINES = (1 << 21) / LINE_BYTES /* of a large page */
};

void
acc_units_part_free(struct acc_units_part *part)
{
	if (part->bytes)
		munmap(part->line, part->bytes);
	else
		free(part->line);
}

static const size_t page = (size_t)PAGE_LINES * LINE_BYTES;

/* Fresh memory in large pages where there can be: a page table would be asked for nearly every name
 * otherwise. NULL: none. */
static void *
map_pages(size_t bytes)
{
	char *at =
	    mmap(NULL, bytes + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		return NULL;
	size_t before = (page - (uintptr_t)at % page) % page;
	if (before)
		munmap(at, before);
	munmap(at + before + bytes, page - before);
#ifdef MADV_HUGEPAGE
	madvise(at + before, bytes, MADV_HUGEPAGE);
#endif
	return at + before;
}

static bool
make_lines(struct acc_units_part *part)
{
	size_t bytes = (size_t)part->lines * LINE_BYTES;
	if (bytes >= page) {
		part->line = map_pages(bytes);
		part->bytes = bytes;
		return part->line != NULL;
	}
	part->line = aligned_alloc(LINE_BYTES, bytes);
	if (part->line)
		memset(part->line, 0, bytes);
	return part->line != NULL;
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
	acc_units_part_free(part);
	*part = larger;
	return true;
}

/* ---- in place ---- */

/* What does not go where it belongs while lines are walked. */
struct later {
	struct {
		uint64_t low, high;
		uint32_t number;
	} * entry; /* owned */
	size_t count, capacity;
};

static bool
put_later(struct later *later, uint64_t low, uint64_t high, uint32_t number)
{
	if (!acc_array_reserve((void **)&later->entry, &later->capacity, later->count + 1,
			       sizeof *later->entry))
		return false;
	later->entry[later->count].low = low;
	later->entry[later->count].high = high;
	later->entry[later->count++].number = number;
	return true;
}

/* Is there room for a name from its home on, in line `least` or behind it, before the end? */
static bool
has_room(const struct acc_units_part *part, uint64_t low, uint64_t high, unsigned slots,
	 uint32_t least)
{
	uint32_t *end = part->line + (size_t)part->lines * ACC_UNITS_LINE;
	uint32_t *line =
	    acc_units_home(part, acc_units_mix(low, (high & LONG_MARK) == LONG_MARK ? 0 : high));
	if (line < part->line + (size_t)least * ACC_UNITS_LINE)
		return false;
	while (line < end && *used_of(line) == slots)
		line += ACC_UNITS_LINE;
	return line < end;
}

/* Give each name its home among more lines than there were, the last ones first: homes ascend as
 * they did, so that what is walked over is done with. */
static bool
spread(struct acc_units_part *part, uint32_t before, unsigned slots)
{
	struct later later = {0};
	uint32_t old[ACC_UNITS_LINE];
	bool good = true;
	for (uint32_t i = before; i-- > 0;) {
		uint32_t *line = part->line + (size_t)i * ACC_UNITS_LINE;
		memcpy(old, line, sizeof old);
		memset(line, 0, sizeof old);
		for (unsigned k = 0; k < *used_of(old); k++) {
			uint64_t low = word_of(old, k);
			uint64_t high = slots == ACC_UNITS_WIDE ? second_of(old, k) : 0;
			uint32_t number = *number_of(old, k, slots);
			if (has_room(part, low, high, slots, i))
				put_away(part, low, high, number, slots);
			else
				good = put_later(&later, low, high, number) && good;
		}
	}
	for (size_t i = 0; i < later.count; i++)
		put_away(part, later.entry[i].low, later.entry[i].high, later.entry[i].number,
			 slots);
	free(later.entry);
	return good;
}

#ifdef MREMAP_FIXED
/* Make the pages that are there the first of more, which are free. False: it cannot be done. */
static bool
remap(struct acc_units_part *part, uint64_t lines)
{
	size_t bytes = (size_t)lines * LINE_BYTES;
	char *at = part->bytes && lines <= UINT32_MAX / 8 ? map_pages(bytes) : NULL;
	if (!at)
		return false;
	if (mremap(part->line, part->bytes, part->bytes, MREMAP_MAYMOVE | MREMAP_FIXED, at) ==
	    MAP_FAILED) {
		munmap(at, bytes);
		return false;
	}
	part->line = (void *)at;
	part->bytes = bytes;
	part->lines = (uint32_t)lines;
	return true;
}
#else
static bool
remap(struct acc_units_part *part, uint64_t lines)
{
	(void)part, (void)lines;
	return false;
}
#endif

/* ---- growth ---- */

/* Whole large pages, unless that is little. */
static uint64_t
whole_pages(uint64_t lines)
{
	return lines <= PAGE_LINES / 8 ? lines : (lines + PAGE_LINES - 1) / PAGE_LINES * PAGE_LINES;
}

bool
acc_units_part_grow(struct acc_units_part *part, unsigned slots)
{
	/* Wide slots, once they have pages of their own, by less: to need no more bytes. */
	unsigned halves = part->bytes && slots == ACC_UNITS_WIDE ? 3 : 4;
	uint64_t lines = part->lines ? (uint64_t)part->lines * halves / 2 : 16;
	uint32_t before = part->lines;
	lines = whole_pages(lines);
	/* Pages that are there need not be made again, which takes longer than all the rest. */
	return remap(part, lines) ? spread(part, before, slots) : move(part, slots, lines, slots);
}

bool
acc_units_part_widen(struct acc_units_part *part)
{
	uint64_t lines = (uint64_t)part->lines * ACC_UNITS_NARROW / ACC_UNITS_WIDE + 1;
	return !part->lines || move(part, ACC_UNITS_NARROW, whole_pages(lines), ACC_UNITS_WIDE);
}
