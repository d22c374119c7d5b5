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
	bool bounded;         /* it cannot leave [-1, 1] */
	bool without_neither; /* units with neither theme do not enter */
	bool on_request;      /* not among those that nobody asked for */
	/* The value, or why it is undefined. Some unit is in the table. */
	enum acc_reason (*value)(const struct acc_pair_table *, double *value);
	/* The scale on which its interval is symmetric, its slope, and the way back; all NULL: its
	 * own. */
	double (*transform)(double value);
	double (*slope)(double value);
	double (*back)(double transformed);
	/* Finite on that scale wherever it is defined: leave-one-out values are compared there, not
	 * on its own. */
	bool compared_on_scale;
	/* Limits from the table alone, units taken as independent: NULL where there are none. They
	 * are the interval of a measure without a scale, and of others where they are asked for. */
	enum acc_reason (*limits)(const struct acc_pair_table *, double level, double *low,
				  double *high);
};

/* Each measure by its name, so that others can build on it. */
#define ACC_MEASURE(name) extern const struct acc_measure acc_measure_##name;
#include "stats/measures.def"
#undef ACC_MEASURE

extern const struct acc_measure *const acc_measures[];
extern const size_t acc_measure_count;
const struct acc_measure *acc_measure_find(const char *key);

/* The value of a measure, NaN when the reason is not ACC_DEFINED. */
enum acc_reason acc_measure_value(const struct acc_measure *measure,
				  const struct acc_pair_table *table, double *value);

/* Shared by measures: some theme was never applied, or never or always (constant). */
bool acc_pair_never(const struct acc_pair_table *table);
bool acc_pair_constant(const struct acc_pair_table *table);

/* Shared by measures: the scales of logarithms and of logits. */
double acc_log_slope(double value);
double acc_logit(double value);
double acc_logit_slope(double value);
double acc_logit_back(double logit);

/* Is its interval made from the table alone, whatever is asked for? */
bool acc_measure_is_closed(const struct acc_measure *measure);

#endif
