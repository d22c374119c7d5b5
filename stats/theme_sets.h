/* theme sets: which themes units have together, all of them at once: the counts of an UpSet plot.
 */
#ifndef ACC_THEME_SETS_H
#define ACC_THEME_SETS_H

#include "stats/blocks.h"
#include "stats/layer.h"

struct acc_theme_sets {
	struct acc_pool set; /* words: themes, sorted; the empty set is one */
	double *count;       /* owned, per set: units that have exactly these themes */
	uint32_t *order;     /* owned: sets by falling count, then by size, then by theme */
	double units;        /* with theme codes those that were looked at for every theme */
};

enum acc_status acc_theme_sets_make(struct acc_theme_sets *sets,
				    const struct acc_patterns *patterns,
				    const struct acc_blocks *blocks, struct acc_layer layer,
				    uint32_t present);
void acc_theme_sets_free(struct acc_theme_sets *sets);

#endif
