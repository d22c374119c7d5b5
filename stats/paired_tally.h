/* paired_tally: the tally of all coders from paired patterns (stats/paired.h). */
#ifndef ACC_PAIRED_TALLY_H
#define ACC_PAIRED_TALLY_H

#include "stats/tally.h"

/* Add the units of a group (ACC_NONE: of all) to a zeroed tally. The sum of each unit's largest
 * disagreement is NaN. The panel is of the same patterns and leaves out no rating of the group. */
void acc_paired_tally(struct acc_tally *tally, const struct acc_panel *panel,
		      const struct acc_patterns *patterns, uint32_t group,
		      const struct acc_weights *weights);

#endif
