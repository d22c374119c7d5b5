/* pairs: the results of `accord cooccur` as the figures of themes that go together see them: whose
 * codings are drawn, which themes and groups there are, and themes in an order that puts those side
 * by side that go together. */
#ifndef ACC_PLOT_PAIRS_H
#define ACC_PLOT_PAIRS_H

#include "plots/figure.h"
#include "plots/names.h"

/* Zero-initialise. */
struct acc_theme_pairs {
	const struct acc_table *table; /* borrowed */
	const char *layer;
	struct acc_names themes, groups;
	double *distance; /* owned, [themes * themes]: 1 - Jaccard over all groups */
	size_t *order;    /* owned, [themes]: the theme at a place */
	size_t *place;    /* owned, [themes]: the place of a theme, from 1 */
};

/* The layer asked for, or `majority`, or the first; NULL: there is none. */
const char *acc_pairs_layer(const struct acc_table *table, const char *layer);

/* Is this row of the layer? And which two places, from 1, are its themes at? */
bool acc_pairs_drawn(const struct acc_theme_pairs *pairs, size_t row);
void acc_pairs_places(const struct acc_theme_pairs *pairs, size_t row, size_t place[2]);

/* Find names, distances and order. False: out of memory. */
bool acc_theme_pairs_make(struct acc_theme_pairs *pairs, const struct acc_table *table,
			  const char *layer);
void acc_theme_pairs_free(struct acc_theme_pairs *pairs);

/* Order themes by their distances (as acc_theme_pairs has it); fills order and place. */
bool acc_pairs_sort(struct acc_theme_pairs *pairs);

/* Units with the theme at a place in a group ("": in all). */
double acc_pairs_units(const struct acc_theme_pairs *pairs, const char *group, size_t place);

/* Were the pairs tested? Is this one's adjusted p below .05? */
bool acc_pairs_tested(const struct acc_theme_pairs *pairs);
bool acc_pairs_found(const struct acc_theme_pairs *pairs, size_t row);

/* Append to a caption: whose codings, and how the pairs were tested. */
void acc_pairs_say_layer(const char *layer, struct acc_text *caption);
void acc_pairs_say_test(const struct acc_theme_pairs *pairs, struct acc_text *caption);

#endif
