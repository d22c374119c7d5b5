/* replicates: what is drawn and kept of a bootstrap. */
#ifndef ACC_REPLICATES_H
#define ACC_REPLICATES_H

#include "stats/base.h"

/* Which replicates: `first` .. first + count - 1 of a seed. A replicate is the same whatever the
 * others are. */
struct acc_draw {
	uint64_t seed;
	uint64_t first;
	size_t count;
};

/* The values of all replicates of each question: value[(q * coefficients + c) * count + b]; NaN
 * where a replicate is undefined. */
struct acc_replicates {
	size_t questions, coefficients, count;
	double *value; /* owned */
	double *error; /* owned, of the same shape: standard errors by influence values; NULL: not
			  wanted */
};

void acc_replicates_free(struct acc_replicates *replicates);

#endif
