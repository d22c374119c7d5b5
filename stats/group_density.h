/* group_density: Welch's F on the density of themes for any assignment of people to groups. */
#ifndef ACC_GROUP_DENSITY_H
#define ACC_GROUP_DENSITY_H

#include "stats/layer.h"
#include "stats/people.h"
#include "stats/permutation.h"

struct acc_group_density {
	const struct acc_people *people; /* borrowed */
	size_t themes, stride;           /* stride: themes, filled up to whole lanes */
	double *with, *seen; /* owned, [clusters * stride] units with the theme, and looked at */
};

/* Themes under a layer; `present` as in acc_layer_read. */
enum acc_status acc_group_density_make(struct acc_group_density *density,
				       const struct acc_people *people, uint32_t present,
				       const struct acc_layer *layer);
void acc_group_density_free(struct acc_group_density *density);

/* One statistic per theme, on the logit with the cluster jackknife; undefined where a group is not
 * estimable. Borrows `density`. */
struct acc_statistic acc_group_density_statistic(const struct acc_group_density *density);

#endif
