/* association: the interval of a measure from its jackknife variance, on the scale of the measure.
 */
#include "stats/cooccurrence.h"
#include "stats/estimate.h"
#include "stats/interval.h"

#include <math.h>

static bool
has_empty_cell(const struct acc_measure *measure, const struct acc_pair_table *table)
{
	return table->both == 0 || table->first == 0 || table->second == 0 ||
	       (table->neither == 0 && !measure->without_neither);
}

static void
set_limits(struct acc_association *association, const struct acc_measure *measure, double half)
{
	double at = association->value;
	if (measure->transform) {
		half *= measure->compared_on_scale ? 1 : measure->slope(at);
		association->low = measure->back(measure->transform(at) - half);
		association->high = measure->back(measure->transform(at) + half);
	} else {
		association->low = at - half;
		association->high = at + half;
	}
	/* Past the largest double: nothing is known. */
	if (isinf(association->high))
		association->low = association->high = NAN;
}

enum acc_reason
acc_association_interval(struct acc_association *association, const struct acc_measure *measure,
			 const struct acc_pair *pair, double squares, double level)
{
	double se =
	    acc_standard_error(squares * (pair->clusters - 1) / pair->clusters, association->value);
	if (pair->clusters < 2)
		return ACC_REASON_one_cluster;
	if (has_empty_cell(measure, &pair->table))
		return ACC_REASON_empty_cell;
	if (isnan(se))
		return ACC_REASON_one_cluster_varies;
	if (se == 0)
		return ACC_REASON_no_spread;
	set_limits(association, measure, acc_half_width(se, pair->effective, level));
	return isnan(association->high) ? ACC_REASON_no_interval : ACC_DEFINED;
}
