/* curveball: random 0/1 tables with the margins of a given one, every such table equally likely. */
#ifndef ACC_CURVEBALL_H
#define ACC_CURVEBALL_H

#include "stats/random.h"

struct acc_curveball {
	uint64_t
	    *row; /* borrowed, [rows * words]: column k of a row is bit k % 64 of word k / 64 */
	size_t rows, words;
};

/* Do `trades` trades between rows drawn at random. scratch: one number per column. */
void acc_curveball_mix(struct acc_curveball *table, gsl_rng *rng, size_t trades, uint32_t *scratch);

/* The numbers of the bits that are set, in order; returns how many. */
size_t acc_bits_list(const uint64_t *bits, size_t words, uint32_t *list);

#endif
