/* lanes: the same arithmetic on two numbers side by side, as every processor of today has it (SSE2
 * of x86-64, NEON). Nothing is contracted, so the numbers are those of plain C. */
#ifndef ACC_LANES_H
#define ACC_LANES_H

#include "stats/base.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { ACC_LANES = 2 };

/* In memory they need no other alignment than a double's. */
typedef double acc_lanes __attribute__((vector_size(16), aligned(8), may_alias));
typedef int64_t acc_lane_mask __attribute__((vector_size(16), aligned(8), may_alias));

#define ACC_LANES_INLINE static inline __attribute__((always_inline, unused))

ACC_LANES_INLINE acc_lanes
acc_lanes_of(double x)
{
	return (acc_lanes){x, x};
}

/* First lanes, then second lanes. */
ACC_LANES_INLINE void
acc_lanes_turn(acc_lanes a, acc_lanes b, acc_lanes out[2])
{
#ifdef __SSE2__
	out[0] = (acc_lanes)_mm_unpacklo_pd((__m128d)a, (__m128d)b);
	out[1] = (acc_lanes)_mm_unpackhi_pd((__m128d)a, (__m128d)b);
#else
	out[0] = (acc_lanes){a[0], b[0]};
	out[1] = (acc_lanes){a[1], b[1]};
#endif
}

/* a > b, a >= b, a is not NaN. Intrinsics where there are any: GCC 12 fails on 64-bit masks of SSE2
 * that it makes itself. */
ACC_LANES_INLINE acc_lane_mask
acc_lanes_above(acc_lanes a, acc_lanes b)
{
#ifdef __SSE2__
	return (acc_lane_mask)_mm_cmpgt_pd((__m128d)a, (__m128d)b);
#else
	return (acc_lane_mask)(a > b);
#endif
}

ACC_LANES_INLINE acc_lane_mask
acc_lanes_reach(acc_lanes a, acc_lanes b)
{
#ifdef __SSE2__
	return (acc_lane_mask)_mm_cmpge_pd((__m128d)a, (__m128d)b);
#else
	return (acc_lane_mask)(a >= b);
#endif
}

ACC_LANES_INLINE acc_lane_mask
acc_lanes_numbers(acc_lanes x)
{
#ifdef __SSE2__
	return (acc_lane_mask)_mm_cmpeq_pd((__m128d)x, (__m128d)x);
#else
	return (acc_lane_mask)(x == x);
#endif
}

ACC_LANES_INLINE acc_lane_mask
acc_lanes_positive(acc_lanes x)
{
	return acc_lanes_above(x, acc_lanes_of(0));
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

ACC_LANES_INLINE double
acc_lanes_sum(acc_lanes x)
{
	return x[0] + x[1];
}

#endif
