#include "stats/blocks.h"

#include <stdlib.h>

void
acc_blocks_free(struct acc_blocks *blocks)
{
	free(blocks->first);
	free(blocks->pattern);
	free(blocks->times);
	*blocks = (struct acc_blocks){0};
}

enum acc_cluster
acc_cluster_resolve(const struct acc_patterns *patterns, enum acc_cluster kind)
{
	if (kind != ACC_CLUSTER_AUTO)
		return kind;
	if (patterns->participant.count)
		return ACC_CLUSTER_PARTICIPANT;
	return patterns->document.count ? ACC_CLUSTER_DOCUMENT : ACC_CLUSTER_UNIT;
}

struct member {
	uint32_t cluster; /* ACC_NONE: a block of its own */
	uint32_t pattern;
};

static int
compare(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	if (x->cluster != y->cluster)
		return x->cluster < y->cluster ? -1 : 1;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

static size_t
collect(const struct acc_patterns *patterns, uint32_t group, enum acc_cluster kind,
	struct member *member)
{
	size_t members = 0;
	for (uint32_t p = 0; p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		uint32_t cluster = kind == ACC_CLUSTER_PARTICIPANT ? pattern.participant
				   : kind == ACC_CLUSTER_DOCUMENT  ? pattern.document
								   : ACC_NONE;
		if (group == ACC_NONE || pattern.group == group)
			member[members++] = (struct member){cluster, p};
	}
	/* Units that are blocks of their own are in order. */
	for (size_t i = 1; i < members; i++)
		if (compare(&member[i - 1], &member[i]) > 0) {
			qsort(member, members, sizeof *member, compare);
			break;
		}
	return members;
}

enum acc_status
acc_blocks_make(struct acc_blocks *blocks, const struct acc_patterns *patterns, uint32_t group,
		enum acc_cluster kind)
{
	size_t vectors = patterns->vector.count;
	struct member *member = acc_array(vectors, sizeof *member);
	*blocks = (struct acc_blocks){.kind = acc_cluster_resolve(patterns, kind),
				      .first = acc_array(vectors + 1, sizeof *blocks->first),
				      .pattern = acc_array(vectors, sizeof *blocks->pattern),
				      .times = acc_array(vectors, sizeof *blocks->times)};
	if (!member || !blocks->first || !blocks->pattern || !blocks->times) {
		free(member);
		acc_blocks_free(blocks);
		return ACC_NO_MEMORY;
	}
	size_t members = collect(patterns, group, blocks->kind, member);
	for (size_t i = 0; i < members; i++) {
		bool alone = member[i].cluster == ACC_NONE;
		if (i == 0 || alone || member[i].cluster != member[i - 1].cluster) {
			blocks->times[blocks->count] =
			    alone ? patterns->count[member[i].pattern] : 1;
			blocks->first[blocks->count++] = i;
		}
		blocks->pattern[i] = member[i].pattern;
	}
	blocks->first[blocks->count] = members;
	free(member);
	return ACC_OK;
}

double
acc_blocks_units(const struct acc_blocks *blocks, const struct acc_patterns *patterns, size_t block,
		 uint32_t pattern)
{
	return (double)patterns->count[pattern] / (double)blocks->times[block];
}
