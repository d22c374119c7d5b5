/* list counts: co-occurrence straight from lists of units, all layers in one pass.
 *
 * The counts are those that patterns would give (layer.h), to the unit. What leaves clusters out
 * one by one, or shuffles units, takes patterns. */
#ifndef ACC_LIST_COUNTS_H
#define ACC_LIST_COUNTS_H

#include "stats/layer.h"
#include "stats/lists.h"
#include "stats/pair_agreement.h"

/* What units have in one layer. Pairs of themes are (0, 1), (0, 2), ..., (1, 2), ... */
struct acc_layer_counts {
	uint64_t units; /* that somebody of the layer looked at */
	double clusters,
	    squares;     /* independent pieces with such a unit, and the sum of their squares */
	bool incomplete; /* not every coder of the layer looked at all of them */
	uint32_t *theme; /* owned, [themes]: units with it; NULL: not asked for */
	uint32_t *both;  /* owned, [pairs]: units with both */
};

struct acc_list_counts {
	uint32_t themes;
	size_t pairs, layers;
	/* Owned: any, majority, all, then each coder. */
	struct acc_layer_counts *layer;
	struct acc_pair_agreement *agreement; /* owned, [pairs]; NULL: not asked for */
	uint64_t apart;                       /* clusters of two units or more */
};

/* What is counted. */
struct acc_list_plan {
	unsigned layers; /* bits 1 << enum acc_layer_kind; ACC_LAYER_CODER: each coder */
	bool agreement;
	uint32_t group;        /* ACC_NONE: all units */
	enum acc_cluster kind; /* of independent pieces */
	unsigned threads;      /* at least 1 */
};

/* Of lists that were tallied the plan asks for nothing that was not. ACC_TOO_LARGE: more numbers
 * than there is room for. */
enum acc_status acc_list_counts_make(struct acc_list_counts *counts, const struct acc_lists *lists,
				     const struct acc_patterns *labels,
				     const struct acc_list_plan *plan);
void acc_list_counts_free(struct acc_list_counts *counts);

#endif
