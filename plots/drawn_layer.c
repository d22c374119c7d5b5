#include "plots/drawn_layer.h"

#include <string.h>

const char *
acc_drawn_layer(const struct acc_table *table, const char *asked,
		bool (*counts)(const struct acc_table *, size_t row, const char *what),
		const char *what)
{
	const char *first = NULL;
	for (size_t r = 0; r < table->rows; r++) {
		if (counts && !counts(table, r, what))
			continue;
		const char *layer = acc_table_text(table, r, "layer");
		if (!strcmp(layer, asked ? asked : "majority"))
			return layer;
		first = first ? first : layer;
	}
	return asked ? NULL : first;
}
