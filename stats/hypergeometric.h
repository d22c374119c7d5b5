/* hypergeometric: how many units have both themes when the margins of their table are fixed.
 *
 * With odds ratio exp(log_odds) the count x of units with both has weight
 * C(n1, x) C(n - n1, n2 - x) exp(log_odds x): Fisher's noncentral distribution, at 0 the usual one.
 * Units are taken as independent. */
#ifndef ACC_HYPERGEOMETRIC_H
#define ACC_HYPERGEOMETRIC_H

#include "stats/measure.h"

/* Where the observed count stands in that distribution. Never 0 where the truth is not. */
struct acc_hypergeometric {
	double mean, variance;
	double point;        /* P(X = a) */
	double lower, upper; /* P(X <= a), P(X >= a) */
	double likely; /* P of all counts that are no more likely than a: Fisher's two-sided p */
};

struct acc_hypergeometric acc_hypergeometric(const struct acc_pair_table *table, double log_odds);

/* The log odds at which the mean is the observed count (the conditional estimate; Cornfield 1956),
 * and those at which a tail has the probability `tail`. No cell of the table may be empty. */
double acc_hypergeometric_odds(const struct acc_pair_table *table);
double acc_hypergeometric_limit(const struct acc_pair_table *table, double tail, bool upper);

#endif
