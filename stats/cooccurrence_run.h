/* cooccurrence run: one call of acc_cooccurrence_make or _counted, shared by its files and nobody
 * else. */
#ifndef ACC_COOCCURRENCE_RUN_H
#define ACC_COOCCURRENCE_RUN_H

#include "stats/cooccurrence.h"
#include "stats/layer_pairs.h"

struct acc_cooccurrence_run {
	const struct acc_patterns *patterns;
	const struct acc_blocks *blocks;
	const struct acc_cooccurrence_plan *plan;
	struct acc_layer_pairs from;
	struct acc_pairs total;
	/* Where blocks are left out: */
	struct acc_pairs single; /* of the blocks of one unit, all together */
	struct acc_pairs block;  /* of the block at hand */
	double times;            /* how many such blocks there are */
	double *variance;        /* [pairs * measures] sums of squares; NaN once undefined */
	double *squares;         /* [pairs] sum of squared units of the blocks */
	bool incomplete;         /* some coder of the layer left out something that was seen */
	enum acc_pair_ci ci;     /* as resolved */
	double clusters;         /* blocks with a unit that somebody looked at */
	double cluster_squares;  /* sum of their squared units */
	double apart;            /* counted before: blocks of several units */
	struct acc_cooccurrence *result;
};

/* Is a block one unit, or several equal ones that are blocks of their own? */
bool acc_cooccurrence_is_single(const struct acc_cooccurrence_run *run, size_t block);

/* The total, the single blocks and the clusters: from the blocks, or from units that were counted
 * already, as if each were a block. */
void acc_cooccurrence_count_all(struct acc_cooccurrence_run *run);
void acc_cooccurrence_take_counts(struct acc_cooccurrence_run *run,
				  const struct acc_layer_counts *counts);

/* run->block: one of the equal blocks that this one stands for. */
void acc_cooccurrence_count_block(struct acc_cooccurrence_run *run, size_t block);

#endif
