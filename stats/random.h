/* random: numbers that depend on where they are used and on nothing else.
 *
 * A stream is addressed by what it is for; its numbers do not depend on which streams were used
 * before, on threads, or on how many groups, themes or replicates there are. The generator is
 * Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011), a function of a counter and a key: no state to
 * carry. It is also a gsl_rng_type, so that all distributions of GSL can draw from a stream. */
#ifndef ACC_RANDOM_H
#define ACC_RANDOM_H

#include "stats/base.h"

#include <gsl/gsl_rng.h>

/* What a stream is for. The numbers are part of the address: never renumber, only add. */
enum acc_purpose {
	ACC_PURPOSE_BOOTSTRAP = 1,
	ACC_PURPOSE_PERMUTATION = 2,
	ACC_PURPOSE_CURVEBALL = 3,
	ACC_PURPOSE_ORDER = 5, /* of the participants of a group */
	ACC_PURPOSE_MAP = 6,   /* participants of a group, for the map of themes and groups */
	ACC_PURPOSE_RELABELLING = 20,
	ACC_PURPOSE_POISSON = 21 /* times of clusters, by name */
};

struct acc_address {
	uint64_t seed;
	uint32_t purpose; /* enum acc_purpose */
	uint32_t group;   /* acc_address_of its label; ACC_NONE: all groups */
	uint32_t theme;   /* acc_address_of its label; ACC_NONE: one stream for all themes */
	uint64_t replicate;
};

/* Ten rounds of Philox: the four words of block `counter` of the stream `key`. */
void acc_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t word[4]);

/* The same for counters side by side: x[i][j] is word i of counter j, and then of its block. */
enum { ACC_PHILOX_ABREAST = 16 };
void acc_philox_abreast(const uint32_t key[2], uint32_t x[4][ACC_PHILOX_ABREAST]);

/* The number of a label in an address. It depends on its bytes, not on which other labels there
 * are; never ACC_NONE. */
uint32_t acc_address_of(const char *label);

/* The generator for gsl_rng_alloc. gsl_rng_set(rng, seed) is the stream of the seed with all else
 * 0. */
extern const gsl_rng_type *const acc_rng_philox;

/* Go to the beginning of a stream. rng is of type acc_rng_philox. */
void acc_random_go(gsl_rng *rng, const struct acc_address *address);

/* A whole number below `count` (not 0), all equally likely. */
uint32_t acc_random_below(gsl_rng *rng, uint32_t count);

/* The same streams without GSL between, for what draws very many numbers: blocks are made several
 * at a time. Copy it to come back to a place. */
struct acc_stream {
	uint32_t key[2];
	uint64_t block; /* the next one to be made */
	uint64_t replicate;
	unsigned used; /* words of `word` already given out */
	uint32_t word[64];
};

void acc_stream_go(struct acc_stream *stream, const struct acc_address *address);
void acc_stream_fill(struct acc_stream *stream);

static inline uint32_t
acc_stream_word(struct acc_stream *stream)
{
	if (stream->used == sizeof stream->word / sizeof *stream->word)
		acc_stream_fill(stream);
	return stream->word[stream->used++];
}

/* How many words can be taken at once (never none), and the next `count` of them, borrowed until
 * more are drawn. */
static inline size_t
acc_stream_words(struct acc_stream *stream)
{
	if (stream->used == sizeof stream->word / sizeof *stream->word)
		acc_stream_fill(stream);
	return sizeof stream->word / sizeof *stream->word - stream->used;
}

static inline const uint32_t *
acc_stream_take(struct acc_stream *stream, size_t count)
{
	const uint32_t *word = stream->word + stream->used;
	stream->used += (unsigned)count;
	return word;
}

/* Two words, the first one high. */
static inline uint64_t
acc_stream_two(struct acc_stream *stream)
{
	if (acc_stream_words(stream) >= 2) {
		const uint32_t *word = acc_stream_take(stream, 2);
		return (uint64_t)word[0] << 32 | word[1];
	}
	uint64_t high = acc_stream_word(stream);
	return high << 32 | acc_stream_word(stream);
}

/* In [0, 1), with 53 bits. */
static inline double
acc_stream_uniform(struct acc_stream *stream)
{
	uint64_t high = acc_stream_word(stream) >> 5, low = acc_stream_word(stream) >> 6;
	return (double)(high << 26 | low) * 0x1p-53;
}

/* A whole number below `count` (not 0), all equally likely (Lemire 2019). */
static inline uint32_t
acc_stream_below(struct acc_stream *stream, uint32_t count)
{
	uint64_t product = (uint64_t)acc_stream_word(stream) * count;
	if ((uint32_t)product < count) {
		uint32_t uneven = (UINT32_MAX - count + 1) % count;
		while ((uint32_t)product < uneven)
			product = (uint64_t)acc_stream_word(stream) * count;
	}
	return (uint32_t)(product >> 32);
}

#endif
