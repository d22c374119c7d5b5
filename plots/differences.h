/* differences: the results of `accord compare --what cooccurrence` as figures see them: which
 * weight and layer are drawn, which two groups have a panel, and themes in an order. */
#ifndef ACC_DIFFERENCES_H
#define ACC_DIFFERENCES_H

#include "plots/pairs.h"

/* A weight of an edge, and how its differences are shown. */
struct acc_edge_weight {
	const char *key, *label, *words, *text; /* text: gnuplot, the number in a cell */
	bool ratio;                             /* shown as exp(difference) */
	double step, most, digits;              /* of the colour scale, and room for a number */
};

struct acc_sides {
	const char *group, *versus;
};

/* Zero-initialise. */
struct acc_differences {
	const struct acc_table *table; /* borrowed */
	const struct acc_edge_weight *weight;
	struct acc_theme_pairs pairs; /* names, order and places only */
	struct acc_sides *side;       /* owned, [panels] */
	size_t panels;
	/* For the figure: */
	double limit, permutations;
	bool tested, marked;
};

/* Find the weight and layer to draw. False: there are none. */
bool acc_differences_choose(struct acc_differences *difference, const struct acc_results *results,
			    const struct acc_figure_options *options);

/* Then find panels, themes and their order: that of the heat maps where those are drawn too. False:
 * out of memory. */
bool acc_differences_make(struct acc_differences *difference, const struct acc_results *results,
			  const struct acc_figure_options *options);
void acc_differences_free(struct acc_differences *difference);

/* Is this row of the weight and layer, and of a kind (estimate, difference)? Its panel, or panels.
 */
bool acc_differences_drawn(const struct acc_differences *difference, size_t row, const char *kind);
size_t acc_differences_panel(const struct acc_differences *difference, size_t row);

/* The most clusters that a group has in any pair of themes. */
double acc_differences_clusters(const struct acc_differences *difference, const char *group);

#endif
