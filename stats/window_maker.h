/* window maker: what coders gave the units of a window, gathered and counted as one wider unit. For
 * the windows (window.c, window_overlap.c). */
#ifndef ACC_WINDOW_MAKER_H
#define ACC_WINDOW_MAKER_H

#include "stats/patterns.h"

struct acc_given;

struct acc_window_maker {
	const struct acc_patterns *patterns;
	struct acc_patterns *made; /* borrowed */
	uint32_t present;
	struct acc_given *given; /* owned: of the window at hand */
	size_t count, capacity;
	uint32_t *value, *vector; /* owned scratch */
	size_t value_capacity, vector_capacity;
};

/* The labels of `made`, which is empty before, in the order of those of `patterns`. */
enum acc_status acc_window_begin(struct acc_window_maker *maker);

/* Add a unit of a pattern to the window at hand; of `coder` only, unless that is ACC_NONE. False:
 * no memory. */
bool acc_window_take(struct acc_window_maker *maker, const struct acc_pattern *pattern,
		     uint32_t coder);

/* End the window at hand: count it, `times`, and start another. */
enum acc_status acc_window_close(struct acc_window_maker *maker, uint32_t group,
				 uint32_t participant, uint32_t document, uint64_t times);

void acc_window_maker_free(struct acc_window_maker *maker);

#endif
