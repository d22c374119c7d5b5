/* decimal: the shortest digits that reread as the same number, in integers.
 *
 * Printing and rereading with the C library is most of the time of a large table of results. */
#ifndef ACC_DECIMAL_H
#define ACC_DECIMAL_H

#include <stddef.h>

enum { ACC_DECIMAL_ROOM = 32 };

/* Write `value`, 0 or from 1e-4 to 1e14 in size, as printf's %.15g, %.16g or %.17g would, whichever
 * is the first that rereads exactly, and return how many characters there are (no 0 at the end).
 * Returns 0, and writes nothing, for what is not done here: other sizes, and powers of two
 * below 1. Minus zero, a rounding accident of differences that readers would take for an error, is
 * 0. */
size_t acc_decimal(double value, char digits[ACC_DECIMAL_ROOM]);

#endif
