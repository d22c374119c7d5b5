#include "pipeline/report/encode.h"

#include <stdint.h>

void
acc_base64(struct acc_text *text, const unsigned char *bytes, size_t length)
{
	static const char digit[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < length; i += 3) {
		size_t left = length - i;
		uint32_t three = (uint32_t)bytes[i] << 16;
		three |= left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0;
		three |= left > 2 ? bytes[i + 2] : 0;
		char four[4];
		for (size_t d = 0; d < 4; d++)
			four[d] = d <= left ? digit[three >> (18 - 6 * d) & 63] : '=';
		acc_text_bytes(text, four, 4);
	}
}
