/* disagreement: where it is. Observed disagreement is a mean over units, so each unit has its
 * share. */
#ifndef ACC_DISAGREEMENT_H
#define ACC_DISAGREEMENT_H

#include "stats/tally.h"

/* Disagreement of each pattern on each theme: amount[pattern * themes + theme], the mean
 * disagreement over its pairs of ratings, 0 where there are none; amount[pattern] where
 * the weights are distances of sets. Owned by the caller with free().
 */
enum acc_status acc_disagreements(const struct acc_patterns *patterns,
				  const struct acc_weights *weights, double **amount);

#endif
