/* mantel: do two matrices on the same themes go up and down together? An association of the two;
 * that it is strong does not make them equal. */
#ifndef ACC_MANTEL_H
#define ACC_MANTEL_H

#include "stats/base.h"

enum { ACC_MANTEL_ENUMERATE = 8 }; /* up to so many themes all relabellings are taken */

struct acc_mantel {
	double r; /* Pearson's, over pairs of themes; NaN without three themes or variation */
	double p, p_min, permutations; /* one-sided: relabellings whose r is as large */
};

/* Two symmetric matrices, [themes * themes]; the diagonal does not count. `random` relabellings
 * where there are too many to take all: p = (b + 1) / (m + 1). Mantel 1967. */
enum acc_status acc_mantel(const double *a, const double *b, size_t themes, uint64_t seed,
			   uint64_t random, struct acc_mantel *mantel);

#endif
