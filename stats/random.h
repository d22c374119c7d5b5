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
	ACC_PURPOSE_RELABELLING = 20
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

#endif
