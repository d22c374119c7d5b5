/* encode: bytes as base64, and the digest that a content security policy asks for. */
#ifndef ACC_ENCODE_H
#define ACC_ENCODE_H

#include "plots/text.h"

void acc_base64(struct acc_text *text, const unsigned char *bytes, size_t length);

/* SHA-256 (FIPS 180-4). Check: "abc" is ba7816bf 8f01cfea ... f20015ad. */
void acc_sha256(const void *bytes, size_t length, unsigned char digest[32]);

#endif
