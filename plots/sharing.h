/* sharing: the prevalence in the results of `accord compare` as the figure sees it: shares of
 * themes in groups, and differences between groups. */
#ifndef ACC_SHARING_H
#define ACC_SHARING_H

#include "plots/script.h"

struct acc_sharing_pair {
	size_t first, second, look; /* groups from 1, and whose mark it wears */
};

struct acc_sharing {
	const struct acc_table *table;
	const char *quantity, *layer;
	struct acc_names themes, groups;
	size_t *order;                 /* [themes] in drawing order */
	struct acc_sharing_pair *pair; /* [pairs] */
	size_t pairs;
	/* Per cent: the highest share and upper end of its interval, the largest difference and the
	 * ends of their intervals. */
	double highest, top, largest, least, most;
};

/* Choose quantity and layer: shares of units; without them, of participants. False: there is no
 * such layer. */
bool acc_sharing_choose(struct acc_sharing *sharing, const struct acc_figure_options *options);

/* Read the themes, groups and pairs of groups of what was chosen. False: out of memory. */
bool acc_sharing_make(struct acc_sharing *sharing);
void acc_sharing_free(struct acc_sharing *sharing);

/* Append the data of the figure; how far its values and differences reach is known afterwards. */
void acc_sharing_data(struct acc_sharing *sharing, struct acc_text *data, struct acc_facts *facts);

#endif
