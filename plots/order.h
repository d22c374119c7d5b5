/* order: things that go together, side by side. */
#ifndef ACC_ORDER_H
#define ACC_ORDER_H

#include <stdbool.h>
#include <stddef.h>

/* Order `count` things by average linkage (UPGMA) of their distances, a symmetric count x count
 * matrix. Each merge joins the two clusters with the least mean distance, in a tie those whose
 * first members come first, and turns them so that the nearest ends meet. False: out of memory. */
bool acc_order(const double *distance, size_t count, size_t *order);

/* Order `count` things by descending value; equal ones keep their order. */
void acc_rank(const double *value, size_t count, size_t *order);

#endif
