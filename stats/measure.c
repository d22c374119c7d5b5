#include "stats/measure.h"

#include <math.h>
#include <string.h>

const struct acc_measure *const acc_measures[] = {
#define ACC_MEASURE(name) &acc_measure_##name,
#include "stats/measures.def"
#undef ACC_MEASURE
};
const size_t acc_measure_count = sizeof acc_measures / sizeof *acc_measures;

const struct acc_measure *
acc_measure_find(const char *key)
{
	for (size_t i = 0; i < acc_measure_count; i++)
		if (!strcmp(key, acc_measures[i]->key))
			return acc_measures[i];
	return NULL;
}

enum acc_reason
acc_measure_value(const struct acc_measure *measure, const struct acc_pair_table *table,
		  double *value)
{
	*value = NAN;
	if (!(table->both + table->first + table->second + table->neither > 0))
		return ACC_REASON_no_units;
	enum acc_reason reason = measure->value(table, value);
	if (reason != ACC_DEFINED)
		*value = NAN;
	return reason;
}

bool
acc_measure_is_closed(const struct acc_measure *measure)
{
	return measure->limits && !measure->transform;
}

bool
acc_pair_never(const struct acc_pair_table *table)
{
	return table->both + table->first == 0 || table->both + table->second == 0;
}

bool
acc_pair_constant(const struct acc_pair_table *table)
{
	return acc_pair_never(table) || table->second + table->neither == 0 ||
	       table->first + table->neither == 0;
}

double
acc_log_slope(double value)
{
	return 1 / value;
}

double
acc_logit(double value)
{
	return log(value / (1 - value));
}

double
acc_logit_slope(double value)
{
	return 1 / (value * (1 - value));
}

double
acc_logit_back(double logit)
{
	return 1 / (1 + exp(-logit));
}
