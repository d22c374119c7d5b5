/* patterns_rewrite: patterns with other numbers of labels and values, and in order.
 *
 * Private to patterns_merge.c, lists_settle.c, lists_join.c and deal_patterns.c. */
#ifndef ACC_PATTERNS_REWRITE_H
#define ACC_PATTERNS_REWRITE_H

#include "stats/patterns.h"

/* The new number of every label of each kind; owned, each by its old number. */
struct acc_label_maps {
	uint32_t *coder, *theme, *code, *group, *participant, *document;
};

void acc_label_maps_free(struct acc_label_maps *maps);

/* Bring the labels into reported order. The maps are made, also after a failure. */
enum acc_status acc_labels_order(struct acc_patterns *patterns, struct acc_label_maps *maps);

/* Add the labels of another study. The maps are made, also after a failure. */
enum acc_status acc_labels_absorb(struct acc_patterns *patterns, const struct acc_patterns *other,
				  struct acc_label_maps *maps);

/* Give `patterns`, which is empty, the labels of some studies (at least one) in reported order, and
 * what else is said of the first. maps[parts] are made, also after a failure. */
enum acc_status acc_labels_merge(struct acc_patterns *patterns,
				 const struct acc_patterns *const *from, size_t parts,
				 struct acc_label_maps *maps);

/* Copy values into `into` with new label numbers. map[old value] = new value, owned by the caller.
 */
enum acc_status acc_values_rewrite(const struct acc_pool *from, const struct acc_label_maps *maps,
				   struct acc_pool *into, uint32_t **map);

/* Sort values; map[mapped] is rewritten to the new numbers. */
enum acc_status acc_values_sort(struct acc_pool *pool, uint32_t *map, size_t mapped);

/* Add every vector of `from` to `into`, with new numbers for labels and values. map (may be NULL)
 * receives, per old vector, its new number. */
enum acc_status acc_vectors_rewrite(const struct acc_patterns *from,
				    const struct acc_label_maps *maps, const uint32_t *value,
				    struct acc_patterns *into, uint32_t *map);

/* Sort the vectors; map[mapped] (may be NULL) is rewritten to the new numbers. */
enum acc_status acc_vectors_sort(struct acc_patterns *patterns, uint32_t *map, size_t mapped);

#endif
