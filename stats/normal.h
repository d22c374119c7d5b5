/* normal: standard normal numbers from a stream.
 *
 * The ziggurat (Marsaglia & Tsang 2000, in the form of Doornik 2005): the density in 128 layers of
 * equal area; nearly all numbers are one word pair, one comparison and one product. Numbers are
 * 2^-47 of a layer apart. */
#ifndef ACC_NORMAL_H
#define ACC_NORMAL_H

#include "stats/random.h"

enum { ACC_NORMAL_LAYERS = 128 };

struct acc_normal {
	double edge[ACC_NORMAL_LAYERS + 1]; /* right end of each layer, widest first */
	double inner[ACC_NORMAL_LAYERS];    /* share of a layer that is under the next one */
};

void acc_normal_make(struct acc_normal *normal);

/* When the first try lands at the rim of layer `layer`, `u` in (-1, 1) of its width. */
double acc_normal_rim(const struct acc_normal *normal, struct acc_stream *stream, unsigned layer,
		      double u);

/* The number that 64 random bits make, of which bits 7 to 15 are not used. */
static inline double
acc_normal_of(const struct acc_normal *normal, struct acc_stream *stream, uint64_t bits)
{
	unsigned layer = bits & (ACC_NORMAL_LAYERS - 1);
	double u = (double)(int64_t)(bits >> 16) * 0x1p-47 - 1;
	if (u < normal->inner[layer] && -u < normal->inner[layer])
		return u * normal->edge[layer];
	return acc_normal_rim(normal, stream, layer, u);
}

static inline double
acc_normal_draw(const struct acc_normal *normal, struct acc_stream *stream)
{
	return acc_normal_of(normal, stream, acc_stream_two(stream));
}

#endif
