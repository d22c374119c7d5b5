/* base: what every file of stats/ shares: how a function ends, and why a number is undefined. */
#ifndef ACC_BASE_H
#define ACC_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a function of stats/ ended. Undefined numbers are not failures: they are results with a
 * reason. */
enum acc_status {
	ACC_OK = 0,
	ACC_NO_MEMORY,    /* an allocation failed */
	ACC_TOO_LARGE,    /* a size is past what the method can hold (matrix of categories, pairs of
			     coders) */
	ACC_CONTRADICTION /* counts that no study has */
};

/* No group, no participant, no rating: the index that stands for "there is none". */
#define ACC_NONE UINT32_MAX

/* Why a value, an interval or a test is undefined; ACC_DEFINED when it is not. See reasons.def. */
enum acc_reason {
	ACC_DEFINED = 0,
#define ACC_REASON(key, sentence) ACC_REASON_##key,
#include "stats/reasons.def"
#undef ACC_REASON
	ACC_REASONS
};

/* Key ("no_variation") and sentence of a reason; "" for ACC_DEFINED. Static. */
const char *acc_reason_key(enum acc_reason reason);
const char *acc_reason_sentence(enum acc_reason reason);

/* A zeroed array of `count` elements of `size` bytes, never NULL for a count of 0; NULL when memory
 * or the address space runs out. Free with free(). */
void *acc_array(size_t count, size_t size);

/* Make room for `need` elements in *array (owned, growing by doubling). False: out of memory, array
 * unchanged. */
bool acc_array_reserve(void **array, size_t *capacity, size_t need, size_t size);

/* Read a whole string as a finite decimal number: sign, digits, point, exponent; nothing else, no
 * blanks, no hexadecimal, no "inf" or "nan", whatever the locale. */
bool acc_number(const char *text, double *value);

#endif
