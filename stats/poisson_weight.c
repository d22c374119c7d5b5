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

struct acc_weight_stream
acc_weight_stream_make(uint64_t seed)
{
	const uint32_t about[4] = {ACC_PURPOSE_POISSON, 0, 0, 0};
	const uint32_t by[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
	uint32_t word[4];
	acc_philox(about, by, word);
	return (struct acc_weight_stream){{word[0], word[1]}};
}

/* Inversion: the least k with a distribution function above a uniform number of 53 bits. */
uint32_t
acc_weight(const struct acc_weight_stream *stream, uint64_t name, uint64_t replicate)
{
	const uint32_t counter[4] = {(uint32_t)replicate, (uint32_t)(replicate >> 32),
				     (uint32_t)name, (uint32_t)(name >> 32)};
	uint32_t word[4], times = 0;
	acc_philox(counter, stream->key, word);
	double uniform = (double)((uint64_t)(word[0] >> 5) << 26 | word[1] >> 6) * 0x1p-53;
	double share = 0x1.78b56362cef38p-2; /* exp(-1) */
	for (double sum = share; uniform >= sum && times < 18; sum += share)
		share /= ++times;
	return times;
}
