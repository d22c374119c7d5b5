#include "stats/poisson_weight.h"
#include "stats/random.h"

uint64_t
acc_weight_name(const char *label)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (; *label; label++)
		h = (h ^ (unsigned char)*label) * 0x100000001b3u;
	return h;
}

/* A uniform number has 53 bits; this many come from the first word. */
enum { FIRST_BITS = 27, LAST_BITS = 26 };
static const double share_of_none = 0x1.78b56362cef38p-2; /* exp(-1) */

struct acc_weight_stream
acc_weight_stream_make(uint64_t seed)
{
	const uint32_t about[4] = {ACC_PURPOSE_POISSON, 0, 0, 0};
	const uint32_t by[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
	struct acc_weight_stream stream;
	uint32_t word[4];
	acc_philox(about, by, word);
	stream.key[0] = word[0];
	stream.key[1] = word[1];
	double share = share_of_none, sum = share;
	for (uint32_t k = 0; k < ACC_WEIGHT_LIMITS; sum += share /= ++k)
		stream.limit[k] = (uint32_t)(sum * (1 << FIRST_BITS));
	return stream;
}

/* Inversion: the least k with a distribution function above a uniform number. */
static uint32_t
invert(uint32_t first, uint32_t second)
{
	uint32_t times = 0;
	uint64_t bits =
	    (uint64_t)(first >> (32 - FIRST_BITS)) << LAST_BITS | second >> (32 - LAST_BITS);
	double uniform = (double)bits * 0x1p-53, share = share_of_none;
	for (double sum = share; uniform >= sum && times < 18; sum += share)
		share /= ++times;
	return times;
}

uint32_t
acc_weight(const struct acc_weight_stream *stream, uint64_t name, uint64_t replicate)
{
	const uint32_t counter[4] = {(uint32_t)replicate, (uint32_t)(replicate >> 32),
				     (uint32_t)name, (uint32_t)(name >> 32)};
	uint32_t word[4];
	acc_philox(counter, stream->key, word);
	return invert(word[0], word[1]);
}

/* Times by the first bits alone; true: not so for one of them, which is at a limit or beyond the
 * last one. */
static bool
invert_first(const struct acc_weight_stream *stream, const uint32_t *word, uint32_t *times)
{
	enum { LAST = ACC_WEIGHT_LIMITS - 1 };
	uint32_t unsure = 0;
	for (size_t j = 0; j < ACC_PHILOX_ABREAST; j++) {
		uint32_t first = word[j] >> (32 - FIRST_BITS), above = 0;
		for (size_t k = 0; k < LAST; k++) {
			above += first > stream->limit[k];
			unsure |= first == stream->limit[k];
		}
		times[j] = above;
		unsure |= first >= stream->limit[LAST];
	}
	return unsure;
}

void
acc_weight_all(const struct acc_weight_stream *stream, const uint64_t *name, size_t count,
	       uint64_t replicate, uint32_t *times)
{
	size_t i = 0;
	for (; i + ACC_PHILOX_ABREAST <= count; i += ACC_PHILOX_ABREAST) {
		uint32_t x[4][ACC_PHILOX_ABREAST];
		for (size_t j = 0; j < ACC_PHILOX_ABREAST; j++) {
			x[0][j] = (uint32_t)replicate;
			x[1][j] = (uint32_t)(replicate >> 32);
			x[2][j] = (uint32_t)name[i + j];
			x[3][j] = (uint32_t)(name[i + j] >> 32);
		}
		acc_philox_abreast(stream->key, x);
		if (invert_first(stream, x[0], times + i))
			for (size_t j = 0; j < ACC_PHILOX_ABREAST; j++)
				times[i + j] = invert(x[0][j], x[1][j]);
	}
	for (; i < count; i++)
		times[i] = acc_weight(stream, name[i], replicate);
}
