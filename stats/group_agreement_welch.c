/* group_agreement_welch: Welch's F of all coefficients of a question, several at a time. */
#include "stats/group_agreement_desk.h"
#include "stats/welch_lanes.h"

#include <math.h>

/* As acc_standard_error: a variance of rounding noise is none. */
ACC_LANES_INLINE acc_lane_mask
is_spread(acc_lanes variance, acc_lanes value)
{
	return acc_lanes_reach(variance, acc_lanes_of(1e-24)) &
	       acc_lanes_reach(variance, 1e-24 * value * value);
}

ACC_LANES_INLINE acc_lanes
least(acc_lanes a, acc_lanes b)
{
	acc_lane_mask below = acc_lanes_above(b, a);
	return acc_lanes_where(below, a) + acc_lanes_where(~below, b);
}

/* Fisher's z; the slope there is 1 / inside. */
ACC_LANES_INLINE acc_lanes
fisher(acc_lanes value, acc_lanes *inside)
{
	const acc_lanes edge = acc_lanes_of(1 - 1e-9);
	acc_lanes clamped = -least(-least(value, edge), edge), ratio;
	ratio = (1 + clamped) / (1 - clamped);
	*inside = 1 - clamped * clamped;
	for (size_t lane = 0; lane < ACC_LANES; lane++)
		ratio[lane] = log(ratio[lane]) / 2;
	return ratio;
}

static void
test(const struct acc_group_agreement *agreement, const struct acc_group_desk *desk, size_t first,
     double *statistic)
{
	size_t groups = agreement->people->groups, coefficients = agreement->plan->coefficients;
	for (size_t g = 0; g < groups; g++) {
		const double *units = desk->units + 3 * g;
		double df = units[1] > 0 ? units[0] * units[0] / units[1] - 1 : 0;
		acc_lanes value = acc_lanes_of(NAN), variance = value, inside;
		for (size_t i = 0; i < ACC_LANES && first + i < coefficients; i++) {
			size_t here = g * coefficients + first + i;
			value[i] = desk->value[here];
			variance[i] = acc_lanes_sum(desk->variance[here]);
		}
		variance *= (units[2] - 1) / units[2];
		acc_lane_mask spread = is_spread(variance, value);
		acc_lanes z = fisher(value, &inside);
		desk->arm[g] =
		    (struct acc_lane_arm){z, acc_lanes_defined(spread, inside * inside / variance),
					  acc_lanes_of(df < 1 ? 1 : df)};
	}
	acc_lanes f = acc_welch_lanes(desk->arm, groups);
	for (size_t i = 0; i < ACC_LANES && first + i < coefficients; i++)
		statistic[first + i] = f[i];
}

void
acc_group_desk_test(const struct acc_group_desk *desk, const struct acc_group_agreement *agreement,
		    double *statistic)
{
	for (size_t k = 0; k < agreement->plan->coefficients; k += ACC_LANES)
		test(agreement, desk, k, statistic);
}
