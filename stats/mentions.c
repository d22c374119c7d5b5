#include "stats/mentions.h"

#include <stdlib.h>

void
acc_mentions_free(struct acc_mentions *mentions)
{
	acc_blocks_free(&mentions->blocks);
	free(mentions->with);
	free(mentions->seen);
	*mentions = (struct acc_mentions){0};
}

static void
count_block(struct acc_mentions *mentions, size_t block, double units, const signed char *state)
{
	for (uint32_t t = 0; t < mentions->themes; t++) {
		mentions->seen[block * mentions->themes + t] += state[t] >= 0 ? units : 0;
		mentions->with[block * mentions->themes + t] += state[t] > 0 ? units : 0;
	}
}

/* Count all blocks; scratch as for acc_layer_read. */
static void
count_all(struct acc_mentions *mentions, const struct acc_patterns *patterns, uint32_t present,
	  const struct acc_layer *layer, signed char *state, uint32_t *looked, uint32_t *applied)
{
	const struct acc_blocks *blocks = &mentions->blocks;
	for (size_t b = 0; b < blocks->count; b++)
		for (size_t i = blocks->first[b]; i < blocks->first[b + 1]; i++) {
			uint32_t number = blocks->pattern[i];
			struct acc_pattern pattern = acc_patterns_get(patterns, number);
			acc_layer_read(patterns, present, layer, &pattern, state, looked, applied);
			count_block(mentions, b, acc_blocks_units(blocks, patterns, b, number),
				    state);
		}
}

enum acc_status
acc_mentions_make(struct acc_mentions *mentions, const struct acc_patterns *patterns,
		  uint32_t present, const struct acc_layer *layer, uint32_t group,
		  enum acc_cluster cluster)
{
	uint32_t themes = acc_layer_themes(patterns);
	size_t cells;
	*mentions = (struct acc_mentions){.themes = themes};
	enum acc_status status = acc_blocks_make(&mentions->blocks, patterns, group, cluster);
	if (status != ACC_OK)
		return status;
	if (__builtin_mul_overflow(mentions->blocks.count, (size_t)themes, &cells)) {
		acc_mentions_free(mentions);
		return ACC_TOO_LARGE;
	}
	mentions->with = acc_array(cells, sizeof *mentions->with);
	mentions->seen = acc_array(cells, sizeof *mentions->seen);
	signed char *state = acc_array(themes, sizeof *state);
	uint32_t *looked = acc_array(themes, sizeof *looked);
	uint32_t *applied = acc_array(themes, sizeof *applied);
	if (mentions->with && mentions->seen && state && looked && applied)
		count_all(mentions, patterns, present, layer, state, looked, applied);
	else
		status = ACC_NO_MEMORY;
	free(state);
	free(looked);
	free(applied);
	if (status != ACC_OK)
		acc_mentions_free(mentions);
	return status;
}

bool
acc_mentions_looked(const struct acc_mentions *mentions, size_t block)
{
	for (uint32_t t = 0; t < mentions->themes; t++)
		if (mentions->seen[block * mentions->themes + t] > 0)
			return true;
	return false;
}

const char *
acc_mentions_name(const struct acc_mentions *mentions, const struct acc_patterns *patterns,
		  size_t block)
{
	const struct acc_blocks *blocks = &mentions->blocks;
	struct acc_pattern first =
	    acc_patterns_get(patterns, blocks->pattern[blocks->first[block]]);
	if (blocks->kind == ACC_CLUSTER_PARTICIPANT && first.participant != ACC_NONE)
		return patterns->participant.label[first.participant];
	if (blocks->kind == ACC_CLUSTER_DOCUMENT && first.document != ACC_NONE)
		return patterns->document.label[first.document];
	return NULL;
}
