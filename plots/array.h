/* array: an array of a gnuplot script, gathered item by item and put when it is whole. */
#ifndef ACC_ARRAY_H
#define ACC_ARRAY_H

#include "plots/text.h"

/* Zero-initialise, or with `line`. */
struct acc_array {
	size_t line; /* so many items stand in a line of the script; 0: all */
	size_t count;
	struct acc_text items;
};

/* The place for one more item, to be written at once: after a comma, or in a new line. */
struct acc_text *acc_array_next(struct acc_array *array);

/* Add a number; NaN is written NaN. */
void acc_array_number(struct acc_array *array, double value);

/* Append `array NAME[COUNT] = [ITEMS]`, a remark ("": none) and the end of the line. gnuplot knows
 * no empty arrays: one without items gets a single 0. */
void acc_array_put(const struct acc_array *array, const char *name, const char *remark,
		   struct acc_text *script);
void acc_array_free(struct acc_array *array);

#endif
