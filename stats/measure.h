/* measure: how strongly two themes go together, from their 2 x 2 table.
 *
 * Each measure is one file in stats/measures/ that ends in its descriptor, and one line in
 * measures.def. Intervals are made once for all. */
#ifndef ACC_MEASURE_H
#define ACC_MEASURE_H

#include "stats/base.h"

/* Units with both themes, the first only, the second only, neither. */
struct acc_pair_table {
	double both, first, second, neither;
};

struct acc_measure {
	const char *key;  /* "jaccard" */
	const char *name; /* "Jaccard" */
	const char
	    *formula; /* in a = both, b = first, c = second, d = neither, n = a + b + c + d */
	const char *citation;
	/* The value, or why it is undefined. */
	enum acc_reason (*value)(const struct acc_pair_table *, double *value);
	/* The scale on which its interval is symmetric, and back; NULL: its own. */
	double (*transform)(double value);
	double (*back)(double transformed);
};

extern const struct acc_measure *const acc_measures[];
extern const size_t acc_measure_count;
const struct acc_measure *acc_measure_find(const char *key);

#endif
