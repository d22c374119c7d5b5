/* encode: bytes as base64. */
#ifndef ACC_ENCODE_H
#define ACC_ENCODE_H

#include "plots/text.h"

void acc_base64(struct acc_text *text, const unsigned char *bytes, size_t length);

#endif
