/* poisson: Poisson numbers of a mean that is prepared once. */
#ifndef ACC_POISSON_H
#define ACC_POISSON_H

#include "stats/normal.h"
#include "stats/slots.h"

struct acc_poisson {
	uint32_t first, count; /* the outcomes first .. first + count - 1 have slots; 0: none */
	struct acc_slot *slot; /* owned */
	/* Otherwise: the mean, its root, and what the comparison with the normal density takes. */
	double mean, root, sure, squeeze, height, c, c0, c1, c2, c3;
};

/* Means up to `most_by_table` get a table of outcomes, exact to 2^-32 and cut off where less than
 * 2^-40 is left; larger ones (at least 10) come from the normal distribution, corrected: algorithm
 * PD of Ahrens & Dieter 1982 (Computer generation of Poisson deviates from modified normal
 * distributions, ACM Trans. Math. Softw. 8). Free with acc_poisson_free, also after a failure. */
enum acc_status acc_poisson_make(struct acc_poisson *poisson, double mean, double most_by_table);
void acc_poisson_free(struct acc_poisson *poisson);

/* The logarithm of the chance of k, k a whole number not less than 0. */
double acc_poisson_log_chance(double mean, double k);

/* `count` numbers into times[]; returns their sum. */
uint64_t acc_poisson_fill(const struct acc_poisson *poisson, const struct acc_normal *normal,
			  struct acc_stream *stream, uint32_t *times, size_t count);

#endif
