/* concordance: Kendall's W, how far coders put units in the same order, over the units that every
 * coder rated. Needs ACC_NEED_COMPLETE and ACC_NEED_CELLS. */
#ifndef ACC_CONCORDANCE_H
#define ACC_CONCORDANCE_H

#include "stats/coefficient.h"

/* D_o and D_e of W, corrected for ties or not. */
enum acc_reason acc_concordance(const struct acc_tally *tally, const struct acc_weights *weights,
				bool ties_corrected, struct acc_disagreement *out);

/* Adds the gradient of D_o. */
void acc_concordance_gradient(const struct acc_tally *tally, const struct acc_weights *weights,
			      bool ties_corrected, struct acc_tally *observed);

/* Chi-square test that W is 0: m (n - 1) W with n - 1 degrees of freedom. */
void acc_concordance_test(const struct acc_tally *tally, const struct acc_weights *weights,
			  bool ties_corrected, struct acc_classical *out);

/* What a file of stats/coefficients/ says of either; the rest is the same. */
#define ACC_KENDALL_W(KEY, TIES_CORRECTED, ...)                                                    \
	static enum acc_reason estimate(const struct acc_tally *tally,                             \
					const struct acc_weights *weights,                         \
					struct acc_disagreement *out)                              \
	{                                                                                          \
		return acc_concordance(tally, weights, TIES_CORRECTED, out);                       \
	}                                                                                          \
	static void gradient(const struct acc_tally *tally, const struct acc_weights *weights,     \
			     struct acc_tally *observed, struct acc_tally *expected)               \
	{                                                                                          \
		(void)expected;                                                                    \
		acc_concordance_gradient(tally, weights, TIES_CORRECTED, observed);                \
	}                                                                                          \
	static void test(const struct acc_tally *tally, const struct acc_weights *weights,         \
			 double level, struct acc_classical *out)                                  \
	{                                                                                          \
		(void)level;                                                                       \
		acc_concordance_test(tally, weights, TIES_CORRECTED, out);                         \
	}                                                                                          \
	const struct acc_coefficient acc_coefficient_##KEY = {                                     \
	    .key = #KEY,                                                                           \
	    .citation = "Kendall & Babington Smith 1939",                                          \
	    .scores = true,                                                                        \
	    .needs = ACC_NEED_COMPLETE | ACC_NEED_CELLS,                                           \
	    .least = 0,                                                                            \
	    .estimate = estimate,                                                                  \
	    .gradient = gradient,                                                                  \
	    .test = test,                                                                          \
	    __VA_ARGS__};

#endif
