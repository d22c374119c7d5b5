#include "pipeline/report/encode.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

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

/* ---- SHA-256 ---- */

/* The constants are the first bits of the fractions of roots of the first primes. */
static void
fractions(uint32_t *constant, size_t count, long double (*root)(long double))
{
	unsigned prime = 2;
	for (size_t i = 0; i < count; prime++) {
		bool good = true;
		for (unsigned d = 2; d * d <= prime; d++)
			good = good && prime % d;
		long double value = root(prime);
		if (good)
			constant[i++] = (uint32_t)((value - floorl(value)) * 4294967296.0L);
	}
}

static uint32_t
turn(uint32_t word, unsigned by)
{
	return word >> by | word << (32 - by);
}

static void
mix(uint32_t state[8], const uint32_t constant[64], const unsigned char block[64])
{
	uint32_t w[64], v[8];
	for (size_t i = 0; i < 16; i++)
		w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
		       (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
	for (size_t i = 16; i < 64; i++)
		w[i] = w[i - 16] + w[i - 7] +
		       (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3) +
		       (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10);
	memcpy(v, state, sizeof v);
	for (size_t i = 0; i < 64; i++) {
		uint32_t one = v[7] + (turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)) +
			       ((v[4] & v[5]) ^ (~v[4] & v[6])) + constant[i] + w[i];
		uint32_t two = (turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)) +
			       ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
		memmove(v + 1, v, 7 * sizeof *v);
		v[4] += one;
		v[0] = one + two;
	}
	for (size_t i = 0; i < 8; i++)
		state[i] += v[i];
}

void
acc_sha256(const void *bytes, size_t length, unsigned char digest[32])
{
	uint32_t state[8], constant[64];
	unsigned char last[128] = {0};
	size_t rest = length % 64, padded = rest < 56 ? 64 : 128;
	fractions(state, 8, sqrtl);
	fractions(constant, 64, cbrtl);
	for (size_t i = 0; i + 64 <= length; i += 64)
		mix(state, constant, (const unsigned char *)bytes + i);
	if (rest)
		memcpy(last, (const unsigned char *)bytes + length - rest, rest);
	last[rest] = 0x80;
	for (size_t i = 0; i < 8; i++)
		last[padded - 1 - i] = (unsigned char)((uint64_t)length * 8 >> 8 * i);
	for (size_t i = 0; i < padded; i += 64)
		mix(state, constant, last + i);
	for (size_t i = 0; i < 32; i++)
		digest[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}
