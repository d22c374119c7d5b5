/* ranks: ordered codes as mid-ranks, from tables of counts.
 *
 * The mid-rank of a category is the mean of the ranks that its units share. */
#ifndef ACC_RANKS_H
#define ACC_RANKS_H

#include <stddef.h>

/* Mid-ranks of categories with these counts and scores, less their mean (n + 1) / 2, so that they
 * add up to 0 over units: out[categories]. Returns the sum of t^3 - t over ties t. */
double acc_ranks(const double *count, const double *score, size_t categories, double *out);

#endif
