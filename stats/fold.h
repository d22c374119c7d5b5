/* fold: patterns that forget who gave what.
 *
 * With a fixed panel of few coders, vectors of who gave what collapse to few patterns; with many
 * coders who rate some units each, nearly every unit has a vector of its own, and only the multiset
 * of what a unit was given collapses, to at most C(R + K - 1, R) patterns of R ratings and K values
 * in each group and cluster. Coefficients that do not ask who gave what
 * (acc_coefficient_anonymous) come to the same from either. */
#ifndef ACC_FOLD_H
#define ACC_FOLD_H

#include "stats/patterns.h"

/* Replace the coders of canonical patterns by 1, 2, ... in the order of values; canonical again. On
 * failure the patterns are as they were. */
enum acc_status acc_patterns_fold(struct acc_patterns *patterns);

#endif
