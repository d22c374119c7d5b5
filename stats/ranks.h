/* ranks: ordered codes as mid-ranks, from tables of counts.
 *
 * The mid-rank of a category is the mean of the ranks that its units share. */
#ifndef ACC_RANKS_H
#define ACC_RANKS_H

#include <stddef.h>

/* Mid-ranks of categories with these counts and scores, less their mean (n + 1) / 2, so that they
 * add up to 0 over units: out[categories]. Returns the sum of t^3 - t over ties t. */
double acc_ranks(const double *count, const double *score, size_t categories, double *out);

/* A count moves the ranks of all others by 1/2, up or down: from slopes in the ranks to slopes in
 * the counts, added to out[categories]. */
void acc_ranks_slope(const double *of_ranks, const double *score, size_t categories, double *out);

#endif
