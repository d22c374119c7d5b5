#include "stats/units.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

enum { BLOCK = 1 << 18 };
#define LONG_MARK                                                                                  \
	((uint64_t)0xff << 56) /* a byte that no UTF-8 holds, where short names have 0             \
				*/

void
acc_units_free(struct acc_units *units)
{
	for (size_t p = 0; p < ACC_UNITS_PARTS; p++)
		free(units->part[p].slot);
	for (size_t b = 0; b < units->blocks; b++)
		free(units->block[b]);
	free(units->block);
	*units = (struct acc_units){0};
}

/* ---- names ---- */

static uint64_t
mix(uint64_t low, uint64_t high)
{
	uint64_t mixed = (low ^ high * 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;
	mixed = (mixed ^ mixed >> 32) * 0xc4ceb9fe1a85ec53u;
	return mixed ^ mixed >> 29;
}

struct acc_unit_name
acc_units_short(uint64_t low, uint64_t high)
{
	return (struct acc_unit_name){.low = low, .high = high, .hash = mix(low, high)};
}

struct acc_unit_name
acc_units_name(const char *text, size_t length)
{
	uint64_t word[2] = {0, 0};
	if (length <= ACC_UNITS_SHORT) {
		memcpy(word, text, length);
		return acc_units_short(word[0], word[1]);
	}
	uint64_t hash = XXH3_64bits(text, length);
	return (struct acc_unit_name){
	    .low = hash, .high = LONG_MARK, .hash = mix(hash, 0), .text = text, .length = length};
}

static uint64_t
half_of(const struct acc_units_slot *slot, int half)
{
	uint64_t word;
	memcpy(&word, slot->word + 2 * half, sizeof word);
	return word;
}

static const char *
kept(const struct acc_units_slot *slot)
{
	return (const char *)(uintptr_t)(half_of(slot, 1) & ~LONG_MARK);
}

static bool
is(const struct acc_units_slot *slot, const struct acc_unit_name *name)
{
	uint32_t length;
	if (half_of(slot, 0) != name->low)
		return false;
	if (!name->text)
		return half_of(slot, 1) == name->high;
	if ((half_of(slot, 1) & LONG_MARK) != LONG_MARK)
		return false;
	memcpy(&length, kept(slot), sizeof length);
	return length == name->length && !memcmp(kept(slot) + sizeof length, name->text, length);
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

/* ---- the table ---- */

static struct acc_units_part *
part_of(struct acc_units *units, uint64_t hash)
{
	return &units->part[hash % ACC_UNITS_PARTS];
}

/* The slot where a search begins. */
static uint32_t
home(const struct acc_units_part *part, uint64_t hash)
{
	return (uint32_t)((hash >> 32) * part->slots >> 32);
}

static uint64_t
hash_of(const struct acc_units_slot *slot)
{
	uint64_t high = half_of(slot, 1);
	return mix(half_of(slot, 0), (high & LONG_MARK) == LONG_MARK ? 0 : high);
}

static uint32_t
next(const struct acc_units_part *part, uint32_t at)
{
	return at + 1 == part->slots ? 0 : at + 1;
}

/* Free slots, in large pages where there can be: a page table would be asked for nearly every name
 * otherwise. */
static struct acc_units_slot *
free_slots(uint32_t slots)
{
	const size_t page = (size_t)1 << 21;
	size_t bytes = slots * sizeof(struct acc_units_slot);
	if (bytes < page)
		return acc_array(slots, sizeof(struct acc_units_slot));
	bytes = (bytes + page - 1) / page * page;
	void *slot = aligned_alloc(page, bytes);
	if (!slot)
		return NULL;
#ifdef MADV_HUGEPAGE
	madvise(slot, bytes, MADV_HUGEPAGE);
#endif
	memset(slot, 0, bytes);
	return slot;
}

static bool
grow(struct acc_units_part *part)
{
	struct acc_units_part larger = {.used = part->used};
	uint64_t slots = part->slots ? (uint64_t)part->slots * 23 / 20 : 64;
	if (slots > UINT32_MAX / 2)
		return false;
	larger.slots = (uint32_t)slots;
	larger.slot = free_slots(larger.slots);
	if (!larger.slot)
		return false;
	for (uint32_t i = 0; i < part->slots; i++) {
		if (acc_units_free_slot(&part->slot[i]))
			continue;
		uint32_t at = home(&larger, hash_of(&part->slot[i]));
		while (!acc_units_free_slot(&larger.slot[at]))
			at = next(&larger, at);
		larger.slot[at] = part->slot[i];
	}
	free(part->slot);
	*part = larger;
	return true;
}

void
acc_units_prefetch(const struct acc_units *units, const struct acc_unit_name *name)
{
	const struct acc_units_part *part = &units->part[name->hash % ACC_UNITS_PARTS];
	if (!part->slots)
		return;
	/* Slots cross lines, and a search often goes on to the next one. */
	const char *at = (const char *)&part->slot[home(part, name->hash)];
	__builtin_prefetch(at, 1);
	__builtin_prefetch(at + 56, 1);
}

uint32_t
acc_units_peek(const struct acc_units *units, const struct acc_unit_name *name)
{
	const struct acc_units_part *part = &units->part[name->hash % ACC_UNITS_PARTS];
	uint32_t at = part->slots ? home(part, name->hash) : 0;
	for (; part->slots && !acc_units_free_slot(&part->slot[at]); at = next(part, at))
		if (is(&part->slot[at], name))
			return part->slot[at].number;
	return ACC_NONE;
}

static uint32_t *
put(struct acc_units *units, struct acc_units_part *part, uint32_t at,
    const struct acc_unit_name *name, uint32_t fresh)
{
	uint64_t word[2] = {name->low, name->high};
	if (name->text) {
		char *place = keep(units, name);
		if (!place)
			return NULL;
		word[1] |= (uint64_t)(uintptr_t)place;
	}
	memcpy(part->slot[at].word, word, sizeof word);
	part->slot[at].number = fresh;
	part->used++;
	units->count++;
	return &part->slot[at].number;
}

uint32_t *
acc_units_find(struct acc_units *units, const struct acc_unit_name *name, uint32_t fresh)
{
	struct acc_units_part *part = part_of(units, name->hash);
	if ((uint64_t)part->used * 20 >= (uint64_t)part->slots * 13 && !grow(part))
		return NULL;
	uint32_t at = home(part, name->hash);
	for (; !acc_units_free_slot(&part->slot[at]); at = next(part, at))
		if (is(&part->slot[at], name))
			return &part->slot[at].number;
	return put(units, part, at, name, fresh);
}
