/* drawn_layer: which layer of codings a figure draws. */
#ifndef ACC_DRAWN_LAYER_H
#define ACC_DRAWN_LAYER_H

#include "plots/table.h"

/* The layer asked for (NULL: `majority`) if it has a row that counts; unasked, the first one that
 * has. NULL: there is none. `counts` says whether a row is one to draw; NULL: every row is. */
const char *acc_drawn_layer(const struct acc_table *table, const char *asked,
			    bool (*counts)(const struct acc_table *, size_t row, const char *what),
			    const char *what);

#endif
