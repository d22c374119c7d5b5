/* near: are two numbers the same but for rounding? */
#ifndef ACC_TESTS_NEAR_H
#define ACC_TESTS_NEAR_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Two NaNs are equal here; the tolerance is relative to numbers past 1. `what` names them. */
static inline void
near(double got, double expected, double tolerance, const char *what)
{
	if (isnan(got) && isnan(expected))
		return;
	if (!(fabs(got - expected) <= tolerance * fmax(1, fabs(expected))))
		fail_msg("%s: %.17g is not %.17g", what, got, expected);
}

static inline void
assert_near(double got, double expected, double tolerance)
{
	if (isnan(got) && isnan(expected))
		return;
	if (!(fabs(got - expected) <= tolerance * (1 + fabs(expected))))
		fail_msg("%.17g is not %.17g", got, expected);
}

#endif
