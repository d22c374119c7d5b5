/* blocks: the independent pieces of a study: participants, documents, or single units.
 *
 * Everything that is left out or drawn as a whole is a block. Equal units are one block that stands
 * for several: `times` of them. */
#ifndef ACC_BLOCKS_H
#define ACC_BLOCKS_H

#include "stats/patterns.h"

enum acc_cluster {
	ACC_CLUSTER_AUTO,
	ACC_CLUSTER_PARTICIPANT,
	ACC_CLUSTER_DOCUMENT,
	ACC_CLUSTER_UNIT
};

struct acc_blocks {
	enum acc_cluster kind;
	size_t count;
	size_t *first;     /* owned, [count + 1] into pattern */
	uint32_t *pattern; /* owned: numbers of patterns, block after block */
	uint64_t *times;   /* owned, [count]: how many such blocks there are */
};

/* What `auto` means for a study: participant where known, else document, else unit. */
enum acc_cluster acc_cluster_resolve(const struct acc_patterns *patterns, enum acc_cluster kind);

/* The blocks of one group (ACC_NONE: of all). Units without the asked label are blocks of their
 * own. */
enum acc_status acc_blocks_make(struct acc_blocks *blocks, const struct acc_patterns *patterns,
				uint32_t group, enum acc_cluster kind);
void acc_blocks_free(struct acc_blocks *blocks);

/* Units that a pattern contributes to one block. */
double acc_blocks_units(const struct acc_blocks *blocks, const struct acc_patterns *patterns,
			size_t block, uint32_t pattern);

#endif
