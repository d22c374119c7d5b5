/* lanes: the same arithmetic on four numbers side by side.
 *
 * A compiler makes of it what the processor has: two registers of the x86-64 baseline, one of AVX2.
 * Lanes never meet, and nothing is contracted, so the numbers are the same everywhere. */
#ifndef ACC_LANES_H
#define ACC_LANES_H

#include "stats/base.h"

enum { ACC_LANES = 4 };

/* In memory they need no other alignment than a double's. */
typedef double acc_lanes __attribute__((vector_size(32), aligned(8), may_alias));
typedef int64_t acc_lane_mask __attribute__((vector_size(32), aligned(8), may_alias));

/* A function that takes or returns lanes has to be inlined: how they are passed depends on the
 * processor. Compilers warn of that even where nothing is passed. */
#pragma GCC diagnostic ignored "-Wpsabi"
#define ACC_LANES_INLINE static inline __attribute__((always_inline, unused))

/* ACC_LANES_TWICE(name, (parameters), (arguments)): makes of an inline function two that are not,
 * name_plain and name_wide; choose with acc_lanes_wide(). */
#ifdef __x86_64__
#define ACC_LANES_WIDE   __attribute__((target("avx2")))
#define acc_lanes_wide() (__builtin_cpu_supports("avx2") != 0)
#else
#define ACC_LANES_WIDE
#define acc_lanes_wide() false
#endif
#define ACC_LANES_TWICE(name, parameters, arguments)                                               \
	static void name##_plain parameters                                                        \
	{                                                                                          \
		name arguments;                                                                    \
	}                                                                                          \
	ACC_LANES_WIDE static void name##_wide parameters                                          \
	{                                                                                          \
		name arguments;                                                                    \
	}

ACC_LANES_INLINE acc_lanes
acc_lanes_of(double x)
{
	return (acc_lanes){x, x, x, x};
}

/* Cell i of four arrays. */
ACC_LANES_INLINE acc_lanes
acc_lanes_gather(const double *const array[ACC_LANES], size_t i)
{
	return (acc_lanes){array[0][i], array[1][i], array[2][i], array[3][i]};
}

/* 0 where the mask is not set; NaN where it is not. */
ACC_LANES_INLINE acc_lanes
acc_lanes_where(acc_lane_mask mask, acc_lanes x)
{
	return (acc_lanes)((acc_lane_mask)x & mask);
}

ACC_LANES_INLINE acc_lanes
acc_lanes_defined(acc_lane_mask mask, acc_lanes x)
{
	return (acc_lanes)((acc_lane_mask)x | ~mask);
}

ACC_LANES_INLINE acc_lane_mask
acc_lanes_positive(acc_lanes x)
{
	return (acc_lane_mask)(x > acc_lanes_of(0));
}

/* Which are not NaN? */
ACC_LANES_INLINE acc_lane_mask
acc_lanes_numbers(acc_lanes x)
{
	return (acc_lane_mask)(x == x);
}

ACC_LANES_INLINE double
acc_lanes_sum(acc_lanes x)
{
	return (x[0] + x[1]) + (x[2] + x[3]);
}

#endif
