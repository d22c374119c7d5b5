/* specific: agreement on one of two categories. Needs ACC_NEED_SPECIFIC. */
#ifndef ACC_SPECIFIC_H
#define ACC_SPECIFIC_H

#include "stats/coefficient.h"

/* How often the other coders did not give a category where one did, D_e = 1; that of "present", or
 * that of "absent". */
enum acc_reason acc_specific_disagreement(const struct acc_tally *tally,
					  const struct acc_weights *weights, bool present,
					  struct acc_disagreement *out);

/* Adds the gradient of D_o. */
void acc_specific_gradient(const struct acc_tally *tally, const struct acc_weights *weights,
			   bool present, struct acc_tally *observed);

/* What a file of stats/coefficients/ says of either; the rest is the same. */
#define ACC_SPECIFIC(KEY, PRESENT, ...)                                                            \
	static enum acc_reason estimate(const struct acc_tally *tally,                             \
					const struct acc_weights *weights,                         \
					struct acc_disagreement *out)                              \
	{                                                                                          \
		return acc_specific_disagreement(tally, weights, PRESENT, out);                    \
	}                                                                                          \
	static void gradient(const struct acc_tally *tally, const struct acc_weights *weights,     \
			     struct acc_tally *observed, struct acc_tally *expected)               \
	{                                                                                          \
		(void)expected;                                                                    \
		acc_specific_gradient(tally, weights, PRESENT, observed);                          \
	}                                                                                          \
	const struct acc_coefficient acc_coefficient_##KEY = {.key = #KEY,                         \
							      .citation =                          \
								  "Cicchetti & Feinstein 1990",    \
							      .binary = true,                      \
							      .identity_only = true,               \
							      .needs = ACC_NEED_SPECIFIC,          \
							      .least = 0,                          \
							      .estimate = estimate,                \
							      .gradient = gradient,                \
							      __VA_ARGS__};

#endif
