/* encode: bytes as base64, and the digest that a content security policy asks for. */
#ifndef ACC_ENCODE_H
#define ACC_ENCODE_H

#include "plots/text.h"

void acc_base64(struct acc_text *text, const unsigned char *bytes, size_t length);

/* SHA-256, by libmd. */
void acc_sha256(const void *bytes, size_t length, unsigned char digest[32]);

#endif
