/* concordance: Kendall's W, how far coders put units in the same order, over the units that every
 * coder rated. Needs ACC_NEED_COMPLETE and ACC_NEED_CELLS. */
#ifndef ACC_CONCORDANCE_H
#define ACC_CONCORDANCE_H

#include "stats/coefficient.h"

/* W, corrected for ties or not; NaN with a reason. */
enum acc_reason acc_concordance(const struct acc_tally *tally, const struct acc_weights *weights,
				bool ties_corrected, double *w);

/* Chi-square test that W is 0: k (n - 1) W with n - 1 degrees of freedom. */
void acc_concordance_test(const struct acc_tally *tally, const struct acc_weights *weights,
			  bool ties_corrected, struct acc_classical *out);

#endif
