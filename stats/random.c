#include "stats/random.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { ROUNDS = 10 };

void
acc_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t word[4])
{
	uint32_t x0 = counter[0], x1 = counter[1], x2 = counter[2], x3 = counter[3];
	uint32_t k0 = key[0], k1 = key[1];
	for (int round = 0; round < ROUNDS; round++) {
		uint64_t a = (uint64_t)0xd2511f53u * x0, b = (uint64_t)0xcd9e8d57u * x2;
		x0 = (uint32_t)(b >> 32) ^ x1 ^ k0;
		x2 = (uint32_t)(a >> 32) ^ x3 ^ k1;
		x1 = (uint32_t)b;
		x3 = (uint32_t)a;
		k0 += 0x9e3779b9u;
		k1 += 0xbb67ae85u;
	}
	word[0] = x0;
	word[1] = x1;
	word[2] = x2;
	word[3] = x3;
}

uint32_t
acc_address_of(const char *label)
{
	uint32_t h = 0x811c9dc5u; /* FNV-1a */
	for (; *label; label++)
		h = (h ^ (unsigned char)*label) * 0x01000193u;
	return h == ACC_NONE ? 0 : h;
}

/* ---- streams ---- */

enum { WORDS = sizeof((struct acc_stream *)NULL)->word / sizeof(uint32_t) };

#ifdef __SSE2__
enum {
	LANES = 4,
	SIDE_BY_SIDE = 4
}; /* blocks in a vector, and vectors that do not wait for each other */

/* High and low words of four products. */
static inline void
multiply(__m128i x, uint32_t factor, __m128i *high, __m128i *low)
{
	__m128i by = _mm_set1_epi32((int)factor);
	__m128i even = _mm_shuffle_epi32(_mm_mul_epu32(x, by), _MM_SHUFFLE(3, 1, 2, 0));
	__m128i odd =
	    _mm_shuffle_epi32(_mm_mul_epu32(_mm_srli_epi64(x, 32), by), _MM_SHUFFLE(3, 1, 2, 0));
	*low = _mm_unpacklo_epi32(even, odd);
	*high = _mm_unpackhi_epi32(even, odd);
}

/* Ten rounds on the four words of four blocks; as acc_philox. */
static inline void
rounds(const uint32_t key[2], __m128i x[SIDE_BY_SIDE][4])
{
	uint32_t k0 = key[0], k1 = key[1];
	for (int round = 0; round < ROUNDS; round++) {
		__m128i add_0 = _mm_set1_epi32((int)k0), add_1 = _mm_set1_epi32((int)k1);
		for (int s = 0; s < SIDE_BY_SIDE; s++) {
			__m128i high_a, low_a, high_b, low_b;
			multiply(x[s][0], 0xd2511f53u, &high_a, &low_a);
			multiply(x[s][2], 0xcd9e8d57u, &high_b, &low_b);
			x[s][0] = _mm_xor_si128(_mm_xor_si128(high_b, x[s][1]), add_0);
			x[s][2] = _mm_xor_si128(_mm_xor_si128(high_a, x[s][3]), add_1);
			x[s][1] = low_b;
			x[s][3] = low_a;
		}
		k0 += 0x9e3779b9u;
		k1 += 0xbb67ae85u;
	}
}

/* The words of four blocks, one block after the other. */
static inline void
store(const __m128i x[4], uint32_t *word)
{
	__m128i a = _mm_unpacklo_epi32(x[0], x[1]), b = _mm_unpacklo_epi32(x[2], x[3]);
	__m128i c = _mm_unpackhi_epi32(x[0], x[1]), d = _mm_unpackhi_epi32(x[2], x[3]);
	__m128i *to = (__m128i *)word;
	_mm_storeu_si128(to, _mm_unpacklo_epi64(a, b));
	_mm_storeu_si128(to + 1, _mm_unpackhi_epi64(a, b));
	_mm_storeu_si128(to + 2, _mm_unpacklo_epi64(c, d));
	_mm_storeu_si128(to + 3, _mm_unpackhi_epi64(c, d));
}

void
acc_philox_abreast(const uint32_t key[2], uint32_t word[4][ACC_PHILOX_ABREAST])
{
	__m128i x[SIDE_BY_SIDE][4];
	for (size_t s = 0; s < SIDE_BY_SIDE; s++)
		for (size_t i = 0; i < 4; i++)
			x[s][i] = _mm_loadu_si128((const __m128i *)&word[i][LANES * s]);
	rounds(key, x);
	for (size_t s = 0; s < SIDE_BY_SIDE; s++)
		for (size_t i = 0; i < 4; i++)
			_mm_storeu_si128((__m128i *)&word[i][LANES * s], x[s][i]);
}
_Static_assert(ACC_PHILOX_ABREAST == LANES * SIDE_BY_SIDE, "as many as go through the rounds");

/* The next WORDS words of a stream. */
static void
fill(const struct acc_stream *stream, uint32_t *word)
{
	__m128i x[SIDE_BY_SIDE][4];
	for (unsigned s = 0; s < SIDE_BY_SIDE; s++) {
		uint64_t block = stream->block + LANES * s;
		int low = (int)(uint32_t)block, high = (int)(uint32_t)(block >> 32);
		x[s][0] = _mm_set_epi32(low + 3, low + 2, low + 1, low);
		x[s][1] = _mm_set1_epi32(high);
		x[s][2] = _mm_set1_epi32((int)(uint32_t)stream->replicate);
		x[s][3] = _mm_set1_epi32((int)(uint32_t)(stream->replicate >> 32));
	}
	rounds(stream->key, x);
	for (unsigned s = 0; s < SIDE_BY_SIDE; s++)
		store(x[s], word + (size_t)4 * LANES * s);
}
_Static_assert(WORDS == 4 * LANES * SIDE_BY_SIDE, "a fill is all the words of a stream");
#else
void
acc_philox_abreast(const uint32_t key[2], uint32_t x[4][ACC_PHILOX_ABREAST])
{
	for (size_t j = 0; j < ACC_PHILOX_ABREAST; j++) {
		uint32_t counter[4] = {x[0][j], x[1][j], x[2][j], x[3][j]}, made[4];
		acc_philox(counter, key, made);
		for (size_t i = 0; i < 4; i++)
			x[i][j] = made[i];
	}
}

/* The next WORDS words of a stream. */
static void
fill(const struct acc_stream *stream, uint32_t *word)
{
	for (unsigned j = 0; j < WORDS / 4; j++) {
		uint64_t block = stream->block + j;
		uint32_t counter[4] = {(uint32_t)block, (uint32_t)(block >> 32),
				       (uint32_t)stream->replicate,
				       (uint32_t)(stream->replicate >> 32)};
		acc_philox(counter, stream->key, word + 4 * j);
	}
}
#endif

void
acc_stream_go(struct acc_stream *stream, const struct acc_address *address)
{
	/* 192 bits of address, 64 of key: the key is made of all but the replicate by the generator
	 * itself. */
	uint32_t seed[2] = {(uint32_t)address->seed, (uint32_t)(address->seed >> 32)};
	uint32_t about[4] = {address->purpose, address->group, address->theme, 0}, made[4];
	acc_philox(about, seed, made);
	stream->key[0] = made[0];
	stream->key[1] = made[1];
	stream->replicate = address->replicate;
	stream->block = 0;
	stream->used = WORDS;
}

void
acc_stream_fill(struct acc_stream *stream)
{
	fill(stream, stream->word);
	stream->block += WORDS / 4;
	stream->used = 0;
}

/* ---- as a generator of GSL ---- */

static void
rng_set(void *state, unsigned long seed)
{
	acc_stream_go(state, &(struct acc_address){.seed = seed});
}

static unsigned long
rng_get(void *state)
{
	return acc_stream_word(state);
}

static double
rng_get_double(void *state)
{
	return acc_stream_uniform(state);
}

static const gsl_rng_type philox = {
    .name = "philox4x32-10",
    .max = 0xffffffffu,
    .min = 0,
    .size = sizeof(struct acc_stream),
    .set = rng_set,
    .get = rng_get,
    .get_double = rng_get_double,
};

const gsl_rng_type *const acc_rng_philox = &philox;

void
acc_random_go(gsl_rng *rng, const struct acc_address *address)
{
	acc_stream_go(gsl_rng_state(rng), address);
}

uint32_t
acc_random_below(gsl_rng *rng, uint32_t count)
{
	return acc_stream_below(gsl_rng_state(rng), count);
}
