/* order: things by size. */
#ifndef ACC_ORDER_H
#define ACC_ORDER_H

#include <stdbool.h>
#include <stddef.h>

/* Order `count` things by descending value; equal ones keep their order. */
void acc_rank(const double *value, size_t count, size_t *order);

#endif
