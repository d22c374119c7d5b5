#include "stats/presence.h"
#include "stats/pairs.h"

#include <stdlib.h>

void
acc_presence_free(struct acc_presence *presence)
{
	free(presence->stratum);
	free(presence->bits);
	*presence = (struct acc_presence){0};
}

uint32_t
acc_bits_both(const uint64_t *a, const uint64_t *b, size_t words)
{
	uint32_t count = 0;
	for (size_t w = 0; w < words; w++)
		count += (uint32_t)__builtin_popcountll(a[w] & b[w]);
	return count;
}

uint32_t
acc_bits_three(const uint64_t *a, const uint64_t *b, const uint64_t *c, size_t words)
{
	uint32_t count = 0;
	for (size_t w = 0; w < words; w++)
		count += (uint32_t)__builtin_popcountll(a[w] & b[w] & c[w]);
	return count;
}

struct making {
	struct acc_presence *presence;
	const struct acc_patterns *patterns;
	const struct acc_blocks *blocks;
	struct acc_marks marks;
};

static bool
is_one_stratum(const struct making *making)
{
	return making->blocks->kind == ACC_CLUSTER_UNIT;
}

/* Units of a block that somebody of the layer looked at. */
static uint64_t
count_units(struct making *making, size_t block)
{
	uint64_t units = 0;
	if (!is_one_stratum(making) && making->blocks->times[block] > 1)
		return 0;
	for (size_t i = making->blocks->first[block]; i < making->blocks->first[block + 1]; i++) {
		acc_marks_read(&making->marks, making->blocks->pattern[i]);
		if (making->marks.seen)
			units += making->patterns->count[making->blocks->pattern[i]];
	}
	return units;
}

/* How many units each stratum has; ACC_TOO_LARGE past the limit. */
static enum acc_status
measure(struct making *making)
{
	struct acc_presence *presence = making->presence;
	uint64_t units = 0, total = 0;
	for (size_t b = 0; b < making->blocks->count; b++) {
		bool last = b + 1 == making->blocks->count;
		units += count_units(making, b);
		if (units > ACC_PRESENCE_MOST)
			return ACC_TOO_LARGE;
		if (is_one_stratum(making) && !last)
			continue;
		struct acc_stratum *stratum = &presence->stratum[presence->strata];
		*stratum = (struct acc_stratum){.units = (uint32_t)units,
						.words = ((size_t)units + 63) / 64};
		presence->strata += units > 1;
		total += units > 1 ? 2 * stratum->words * presence->themes : 0;
		units = 0;
	}
	if (total > ACC_PRESENCE_MOST)
		return ACC_TOO_LARGE;
	presence->bits = acc_array((size_t)total, sizeof *presence->bits);
	uint64_t *bits = presence->bits;
	for (size_t s = 0; bits && s < presence->strata; s++) {
		size_t words = presence->stratum[s].words * presence->themes;
		presence->stratum[s].applied = bits;
		presence->stratum[s].looked = bits + words;
		bits += 2 * words;
	}
	return bits ? ACC_OK : ACC_NO_MEMORY;
}

static void
set(uint64_t *bits, uint32_t unit)
{
	bits[unit / 64] |= UINT64_C(1) << unit % 64;
}

static void
fill_unit(struct making *making, struct acc_stratum *stratum, uint32_t unit)
{
	const struct acc_marks *marks = &making->marks;
	uint32_t themes = making->presence->themes;
	uint32_t unseen = 0;
	for (uint32_t i = 0; i < marks->count; i++)
		if (marks->mark[i] < themes)
			set(stratum->applied + marks->mark[i] * stratum->words, unit);
	for (uint32_t t = 0; t < themes; t++)
		set(stratum->looked + t * stratum->words, unit);
	for (uint32_t i = 0; i < marks->count; i++)
		if (marks->mark[i] >= themes) {
			uint32_t t = marks->mark[i] - themes;
			stratum->looked[t * stratum->words + unit / 64] &=
			    ~(UINT64_C(1) << unit % 64);
			unseen++;
		}
	making->presence->incomplete = making->presence->incomplete || unseen;
}

static void
fill(struct making *making)
{
	size_t at = 0;
	uint32_t unit = 0;
	for (size_t b = 0; b < making->blocks->count; b++) {
		if (!is_one_stratum(making) && count_units(making, b) < 2)
			continue;
		for (size_t i = making->blocks->first[b]; i < making->blocks->first[b + 1]; i++) {
			uint32_t pattern = making->blocks->pattern[i];
			acc_marks_read(&making->marks, pattern);
			uint64_t count = making->marks.seen ? making->patterns->count[pattern] : 0;
			for (uint64_t k = 0; k < count; k++)
				fill_unit(making, &making->presence->stratum[at], unit++);
		}
		if (!is_one_stratum(making)) {
			at++;
			unit = 0;
		}
	}
}

enum acc_status
acc_presence_make(struct acc_presence *presence, const struct acc_patterns *patterns,
		  const struct acc_blocks *blocks, struct acc_layer layer, uint32_t present)
{
	struct making making = {presence, patterns, blocks, {0}};
	*presence = (struct acc_presence){.themes = acc_layer_themes(patterns)};
	enum acc_status status = acc_marks_make(&making.marks, patterns, layer, present);
	presence->stratum = acc_array(blocks->count, sizeof *presence->stratum);
	if (status == ACC_OK)
		status = presence->stratum ? measure(&making) : ACC_NO_MEMORY;
	if (status == ACC_OK && presence->strata)
		fill(&making);
	acc_marks_free(&making.marks);
	if (status != ACC_OK)
		acc_presence_free(presence);
	return status;
}
