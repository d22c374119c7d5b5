/* welch_lanes: the statistic of acc_welch_statistic (stats/comparison.h) for tests side by side,
 * for what permutes. */
#ifndef ACC_WELCH_LANES_H
#define ACC_WELCH_LANES_H

#include "stats/lanes.h"

/* A group of several tests: 1 / the squared standard error, NaN or not positive where there is no
 * test, and degrees of freedom. As in acc_standard_error, an error of rounding noise is none. */
struct acc_lane_arm {
	acc_lanes value, weight, df;
};

ACC_LANES_INLINE acc_lanes
acc_welch_lanes(const struct acc_lane_arm *arm, size_t arms)
{
	double groups = (double)arms, squares = groups * groups - 1;
	acc_lanes zero = acc_lanes_of(0), weights = zero, mean = zero, between = zero,
		  lambda = zero;
	acc_lane_mask usable = ~(acc_lane_mask){0};
	for (size_t g = 0; g < arms; g++) {
		usable &= acc_lanes_positive(arm[g].weight);
		usable &= acc_lanes_reach(acc_lanes_of(1e24), arm[g].weight) &
			  acc_lanes_reach(acc_lanes_of(1e24),
					  arm[g].weight * arm[g].value * arm[g].value);
		weights += arm[g].weight;
		mean += arm[g].value * arm[g].weight;
	}
	acc_lanes share = 1 / weights;
	mean *= share;
	for (size_t g = 0; g < arms; g++) {
		acc_lanes apart = arm[g].value - mean, rest = 1 - arm[g].weight * share;
		between += arm[g].weight * apart * apart;
		lambda += rest * rest / arm[g].df;
	}
	acc_lanes spread = 1 + lambda * (2 * (groups - 2) / squares);
	acc_lanes statistic = between / ((groups - 1) * spread);
	/* What rounding leaves of a difference that is 0. */
	statistic = acc_lanes_where(acc_lanes_reach(statistic, acc_lanes_of(1e-18)), statistic);
	return acc_lanes_defined(usable, statistic);
}

#endif
