/* urn: the blocks of a study that a bootstrap draws from, with their tallies. */
#ifndef ACC_URN_H
#define ACC_URN_H

#include "stats/plan.h"

/* The blocks that are drawn from, and their tallies: for each theme a row of shape.length doubles
 * per block. Blocks whose tallies say the same to the plan's coefficients are one block that counts
 * several times; what no coefficient reads is 0. */
struct acc_urn {
	size_t blocks, themes, capacity; /* capacity: blocks per theme in `row` */
	struct acc_tally shape;          /* of a block's tally, without cells */
	double *row;                     /* owned, [themes * capacity * shape.length] */
	size_t *filled;     /* owned, [themes * capacity + 1] into cell; NULL: rows are dense */
	uint32_t *cell;     /* owned: the cells of each row that are not 0 */
	double *cell_value; /* owned: and what is in them */
	double *share;      /* owned, [blocks] how many such blocks there are; adds up to draws */
	bool *pooled;       /* owned, [blocks] has a rating on a theme that counts in the pool */
	unsigned draws;
	bool named;     /* set before: keep blocks apart and tell their names */
	uint64_t *name; /* owned, [blocks] if named: acc_weight_name of the cluster; of a block
			   without a name the number of its pattern */
	bool *unnamed;  /* owned, [blocks] if named */
};

/* Fill an urn whose themes and shape are set with themes `first` .. first + themes - 1. On
 * failure it is still to be freed. ACC_TOO_LARGE when there are more than UINT32_MAX blocks. */
enum acc_status acc_urn_make(struct acc_urn *urn, const struct acc_patterns *patterns,
			     const struct acc_plan *plan, const struct acc_scope *scope,
			     uint32_t first);
void acc_urn_free(struct acc_urn *urn);

/* into[shape.length] += times * the tally of a block on a theme. */
void acc_urn_add(const struct acc_urn *urn, size_t theme, size_t block, double times, double *into);

/* The tally of a block on a theme: shape.length doubles, borrowed. */
double *acc_urn_row(const struct acc_urn *urn, size_t theme, size_t block);

#endif
