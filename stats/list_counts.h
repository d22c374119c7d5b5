/* list counts: co-occurrence straight from lists of units, all layers in one pass.
 *
 * The counts are those that patterns would give (layer.h), to the unit. Units are independent
 * pieces here; where something is known of them beside their rows, patterns are asked. */
#ifndef ACC_LIST_COUNTS_H
#define ACC_LIST_COUNTS_H

#include "stats/lists.h"
#include "stats/pair_agreement.h"

/* What units have in one layer. Pairs of themes are (0, 1), (0, 2), ..., (1, 2), ... */
struct acc_layer_counts {
	uint64_t units;  /* that somebody of the layer looked at */
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
};

/* The layers whose bits (1 << enum acc_layer_kind; ACC_LAYER_CODER: each coder) are set.
 * ACC_TOO_LARGE: more numbers than there is room for. */
enum acc_status acc_list_counts_make(struct acc_list_counts *counts, const struct acc_lists *lists,
				     const struct acc_patterns *labels, unsigned layers,
				     bool agreement);
void acc_list_counts_free(struct acc_list_counts *counts);

#endif
