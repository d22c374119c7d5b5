/* dependent: do values of the same segments differ? Two themes, two pairs of coders, two
 * coefficients; what they share cancels, because the differences are taken within participants. */
#ifndef ACC_DEPENDENT_H
#define ACC_DEPENDENT_H

#include "stats/comparison.h"
#include "stats/influence.h"

/* A difference of two values and its test: t on clusters - 1, se^2 = G/(G - 1) sum (psi_a -
 * psi_b)^2 over the blocks that have a rating in either (Gwet 2016, with blocks for units). */
struct acc_difference {
	double value, se, correlation; /* correlation of the two values; NaN where one is fixed */
	double clusters;
	struct acc_test test;
};
struct acc_difference acc_dependent_pair(const struct acc_influences *influences, size_t a,
					 size_t b);

/* Hotelling's T^2 that several values are equal: d' V^-1 d for the differences from the last, V as
 * above with pseudo-inverse of rank r; p from F(r, G - r) for T^2 (G - r)/((G - 1) r). */
enum acc_status acc_dependent_all(const struct acc_influences *influences, const size_t *which,
				  size_t count, struct acc_test *test);

/* Covariance of two of the values: G/(G - 1) sum psi_a psi_b over blocks rated in either. */
double acc_dependent_covariance(const struct acc_influences *influences, size_t a, size_t b);

#endif
