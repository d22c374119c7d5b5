/* text: a growing string, the only way Accord builds output before it is written.
 *
 * Invariant: bytes[length] == 0 whenever bytes is not NULL. Running out of memory is remembered in
 * `failed`, so that a long series of appends needs one check at its end. Zero-initialise to start.
 */
#ifndef ACC_TEXT_H
#define ACC_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct acc_text {
	char *bytes;     /* owned; NULL while empty */
	size_t length;   /* bytes used, without the final 0 */
	size_t capacity; /* bytes allocated */
	bool failed;     /* an append ran out of memory; the text is incomplete */
};

/* Give back the memory; the text is empty and usable again. */
void acc_text_free(struct acc_text *text);

/* Room for `more` bytes behind the text and a 0: what is written there belongs to it once .length
 * says so. NULL: out of memory. */
char *acc_text_more(struct acc_text *text, size_t more);
static inline char *
acc_text_room(struct acc_text *text, size_t more)
{
	return more < text->capacity - text->length && !text->failed ? text->bytes + text->length
								     : acc_text_more(text, more);
}

/* Append bytes, a C string, or a formatted string. The decimal point is always '.'. */
void acc_text_bytes(struct acc_text *text, const char *bytes, size_t length);
void acc_text_put(struct acc_text *text, const char *string);
void acc_text_printf(struct acc_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Append a double so that it rereads exactly, with as few digits as that takes ("0.1", not
 * "0.10000000000000001"). NaN appends nothing: undefined is an empty cell. */
void acc_text_number(struct acc_text *text, double value);

/* Append a string as JSON, with its quotes; what is no UTF-8 becomes U+FFFD. */
void acc_text_json(struct acc_text *text, const char *string);

/* Append one CSV field (RFC 4180): quoted only where it must be. */
void acc_text_csv(struct acc_text *text, const char *field);
void acc_text_csv_bytes(struct acc_text *text, const char *field, size_t length);
bool acc_text_csv_quotes(const char *field, size_t length);

#endif
