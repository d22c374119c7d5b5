/* poisson: Poisson numbers of a mean that is prepared once. */
#ifndef ACC_POISSON_H
#define ACC_POISSON_H

#include "stats/normal.h"
#include "stats/slots.h"

/* The outcomes first .. first + count - 1. */
struct acc_poisson_table {
	const struct acc_slot *slot; /* borrowed, [count] */
	uint32_t first, count;
};

struct acc_poisson {
	struct acc_poisson_table table; /* of all outcomes, or above the base; count 0: none */
	struct acc_slot *slot;          /* owned: of the table */
	const struct acc_poisson *base; /* borrowed, or NULL */
	double mean;
	/* Without a table: its root, and what the comparison with the normal density takes. */
	double root, sure, squeeze, height, c, c0, c1, c2, c3;
};

/* Means up to `most_by_table` get a table of outcomes, exact to 2^-32 and cut off where less than
 * 2^-40 is left; larger ones (at least 10) come from the normal distribution, corrected: algorithm
 * PD of Ahrens & Dieter 1982 (Computer generation of Poisson deviates from modified normal
 * distributions, ACM Trans. Math. Softw. 8). Free with acc_poisson_free, also after a failure. */
enum acc_status acc_poisson_make(struct acc_poisson *poisson, double mean, double most_by_table);
/* The sum of two Poisson numbers is one: large means that are not far from each other share the
 * table of `base`, and have small ones of what they are above it. */
enum acc_status acc_poisson_make_above(struct acc_poisson *poisson, double mean,
				       const struct acc_poisson *base);
void acc_poisson_free(struct acc_poisson *poisson);

/* The logarithm of the chance of k, k a whole number not less than 0. */
double acc_poisson_log_chance(double mean, double k);

/* times[i] becomes an outcome of table[i], or is increased by one of `table`. Returns their sum. */
uint64_t acc_poisson_fill(const struct acc_poisson_table *table, struct acc_stream *stream,
			  uint32_t *times, size_t count);
uint64_t acc_poisson_add(const struct acc_poisson_table *table, struct acc_stream *stream,
			 uint32_t *times, size_t count);

/* What the first normal number g and uniform number u do not decide. */
uint32_t acc_poisson_correct(const struct acc_poisson *poisson, struct acc_stream *stream, double g,
			     double u);

/* One number without a table. The 64 bits of a normal number have room for the first nine of a
 * uniform one; they decide nearly always, and above the mean any do. */
static inline uint32_t
acc_poisson_large(const struct acc_poisson *poisson, const struct acc_normal *normal,
		  struct acc_stream *stream)
{
	uint64_t bits = acc_stream_two(stream);
	double g = poisson->mean + poisson->root * acc_normal_of(normal, stream, bits);
	double u = (double)(bits >> 7 & 0x1ff) * 0x1p-9;
	double k = (double)(int64_t)g, off = poisson->mean - k;
	if (g >= 0 && poisson->squeeze * u >= off * off * off)
		return (uint32_t)k;
	return acc_poisson_correct(poisson, stream, g, u + acc_stream_word(stream) * 0x1p-41);
}

#endif
