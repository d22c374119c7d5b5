/* utf8: strict decoding, a byte at a time.
 *
 * Refuses what RFC 3629 refuses: overlong forms, surrogates, values above U+10FFFF, continuation
 * bytes without a lead and leads without their continuation. Zero-initialise to start; between
 * characters `need` is 0. */
#ifndef ACC_UTF8_H
#define ACC_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct acc_utf8 {
	uint32_t code;           /* the character so far */
	unsigned char need;      /* bytes still to come */
	unsigned char low, high; /* what the next byte may be */
};

/* Take the next byte. False: it cannot stand here; the state is then that between characters. */
bool acc_utf8_step(struct acc_utf8 *state, unsigned char byte);

/* The character at the start of a C string and, in *length, its bytes (at least 1). An invalid
 * byte gives UINT32_MAX and length 1. */
uint32_t acc_utf8_next(const char *string, size_t *length);

#endif
