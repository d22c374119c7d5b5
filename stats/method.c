#include "stats/method.h"
#include "stats/special.h"

#include <math.h>

const struct acc_method *const acc_methods[] = {
#define ACC_INTERVAL(constant, name) &acc_method_##name,
#include "stats/intervals.def"
#undef ACC_INTERVAL
};
const size_t acc_method_count = sizeof acc_methods / sizeof *acc_methods;

enum acc_reason
acc_method_obstacle(const struct acc_spread *spread)
{
	/* Inside a group that is known whole, nobody is left out. */
	bool whole = spread->fraction >= 1;
	if (spread->clusters < 2 && !whole)
		return ACC_REASON_one_cluster;
	if (spread->undefined && !whole)
		return ACC_REASON_one_cluster_varies;
	/* Alpha's published error divides by its pairable units less one. */
	return isfinite(spread->variance) ? ACC_DEFINED : ACC_REASON_no_interval;
}

double
acc_method_bounded(double low, const struct acc_estimate *estimate, const struct acc_spread *spread)
{
	return low < spread->least && estimate->value >= spread->least ? spread->least : low;
}

enum acc_reason
acc_method_symmetric(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	enum acc_reason reason = acc_method_obstacle(spread);
	if (reason != ACC_DEFINED)
		return reason;
	estimate->se = acc_standard_error(spread->variance, estimate->value);
	double half = acc_t_quantile((1 + level) / 2, spread->df) * estimate->se;
	estimate->low = acc_method_bounded(estimate->value - half, estimate, spread);
	estimate->high = fmin(estimate->value + half, 1);
	return ACC_DEFINED;
}

static void
refuse(struct acc_estimate *estimate, enum acc_reason reason)
{
	estimate->se = estimate->low = estimate->high = NAN;
	estimate->method = "";
	estimate->reason = reason;
}

void
acc_interval(struct acc_estimate *estimate, const struct acc_spread *spread, enum acc_ci ci,
	     double level)
{
	estimate->clusters = spread->clusters;
	estimate->effective = spread->effective;
	estimate->df = spread->df_fisher;
	estimate->independent =
	    acc_independent_units(estimate->units, spread->design, spread->fraction);
	estimate->replicates = spread->resample.count;
	estimate->undefined = spread->resample.count - spread->resample.defined;
	estimate->below_minimum = spread->resample.below_minimum;
	enum acc_reason reason = acc_methods[ci]->make(estimate, spread, level);
	if (reason != ACC_DEFINED && isnan(estimate->p))
		refuse(estimate, reason);
	estimate->reason = reason;
	/* Of a group that is known whole there is nobody beyond. */
	if (spread->clusters < 5 && spread->fraction < 1 && reason == ACC_DEFINED)
		estimate->notes |= ACC_NOTE_few_clusters;
}
