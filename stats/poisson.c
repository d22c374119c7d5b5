#include "stats/poisson.h"

#include <math.h>
#include <stdlib.h>

static const double left_out = 0x1p-40;

void
acc_poisson_free(struct acc_poisson *poisson)
{
	free(poisson->slot);
	*poisson = (struct acc_poisson){0};
}

/* Chances of mode, mode + 1, ... and mode - 1, mode - 2, ... as parts of the mode's. */
static void
fill_chances(double *chance, uint32_t first, uint32_t count, double mean)
{
	uint32_t mode = (uint32_t)mean - first;
	chance[mode] = 1;
	for (uint32_t i = mode + 1; i < count; i++)
		chance[i] = chance[i - 1] * mean / (first + i);
	for (uint32_t i = mode; i-- > 0;)
		chance[i] = chance[i + 1] * (first + i + 1) / mean;
}

/* Which outcomes matter. */
static void
find_range(struct acc_poisson *poisson, double mean)
{
	uint32_t mode = (uint32_t)mean, last = mode;
	double part = 1;
	poisson->first = mode;
	for (; poisson->first && part > left_out; poisson->first--)
		part *= poisson->first / mean;
	for (part = 1; part > left_out; last++)
		part *= mean / (last + 1.);
	poisson->count = last - poisson->first + 1;
}

static enum acc_status
make_table(struct acc_poisson *poisson, double mean)
{
	find_range(poisson, mean);
	double *chance = acc_array(poisson->count, sizeof *chance);
	uint32_t *stack = acc_array(poisson->count, sizeof *stack);
	poisson->slot = acc_array(poisson->count, sizeof *poisson->slot);
	bool room = chance && stack && poisson->slot;
	if (room) {
		fill_chances(chance, poisson->first, poisson->count, mean);
		acc_slots_fill(poisson->slot, chance, stack, poisson->count);
	}
	free(chance);
	free(stack);
	return room ? ACC_OK : ACC_NO_MEMORY;
}

enum acc_status
acc_poisson_make(struct acc_poisson *poisson, double mean, double most_by_table)
{
	*poisson = (struct acc_poisson){.mean = mean};
	if (mean <= most_by_table || mean < 10)
		return make_table(poisson, mean);
	double b1 = 1 / (24 * mean), b2 = 0.3 * b1 * b1, c3 = b1 * b2 / 7;
	poisson->root = sqrt(mean);
	poisson->sure = floor(mean - 1.1484);
	poisson->squeeze = 6 * mean * mean;
	poisson->height = 0.398942280401432678 / poisson->root;
	poisson->c = 0.1069 / mean;
	poisson->c3 = c3;
	poisson->c2 = b2 - 15 * c3;
	poisson->c1 = b1 - 6 * b2 + 45 * c3;
	poisson->c0 = 1 - b1 + 3 * b2 - 15 * c3;
	return ACC_OK;
}

/* Logarithms and factors of the chance of k and of the (discrete) normal density there. */
struct heights {
	double log_chance, chance, log_normal, normal;
};

static struct heights
heights_at(const struct acc_poisson *poisson, double k)
{
	struct heights at;
	double mean = poisson->mean;
	if (k < 10) {
		at.log_chance = -mean + k * log(mean) - lgamma(k + 1);
		at.chance = 1;
	} else { /* Stirling's series to the fifth order */
		double part = 1 / k, square = part * part, off = (mean - k) / k;
		double rest = part * (1. / 12 - square * (1. / 360 - square / 1260));
		at.log_chance = k * (log1p(off) - off) - rest;
		at.chance = 0.398942280401432678 / sqrt(k);
	}
	double x = (k - mean + 0.5) / poisson->root, xx = x * x;
	at.log_normal = -xx / 2;
	at.normal = poisson->height *
		    (((poisson->c3 * xx + poisson->c2) * xx + poisson->c1) * xx + poisson->c0);
	return at;
}

/* From the double exponential distribution, where the normal density is too low. */
static uint32_t
from_hat(const struct acc_poisson *poisson, struct acc_stream *stream)
{
	for (;;) {
		double e = -log(1 - acc_stream_uniform(stream));
		double u = 2 * acc_stream_uniform(stream) - 1;
		double t = 1.8 + (u < 0 ? -e : e);
		if (t <= -0.6744)
			continue;
		double k = floor(poisson->mean + poisson->root * t);
		struct heights at = heights_at(poisson, k);
		if (poisson->c * fabs(u) <=
		    at.chance * exp(at.log_chance + e) - at.normal * exp(at.log_normal + e))
			return (uint32_t)k;
	}
}

uint32_t
acc_poisson_correct(const struct acc_poisson *poisson, struct acc_stream *stream, double g,
		    double u)
{
	if (g < 0)
		return from_hat(poisson, stream);
	double k = floor(g);
	if (k >= poisson->sure)
		return (uint32_t)k;
	struct heights at = heights_at(poisson, k);
	if (at.normal * (1 - u) <= at.chance * exp(at.log_chance - at.log_normal))
		return (uint32_t)k;
	return from_hat(poisson, stream);
}
