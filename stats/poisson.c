#include "stats/poisson.h"

#include <math.h>
#include <stdlib.h>

static const double most_by_table = 10000, left_out = 0x1p-40;

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
acc_poisson_make(struct acc_poisson *poisson, double mean)
{
	*poisson = (struct acc_poisson){.mean = mean};
	if (mean <= most_by_table)
		return make_table(poisson, mean);
	double b = 0.931 + 2.53 * sqrt(mean);
	poisson->log_mean = log(mean);
	poisson->b = b;
	poisson->a = -0.059 + 0.02483 * b;
	poisson->alpha = 1.1239 + 1.1328 / (b - 3.4);
	poisson->quick = 0.9277 - 3.6224 / (b - 2);
	return ACC_OK;
}

/* log k! by Stirling's series; k is far from 0 here. */
static double
log_factorial(double k)
{
	double x = k + 1, square = 1 / (x * x);
	double rest = (1. / 12 - (1. / 360 - 1. / 1260 * square) * square) / x;
	return (k + 0.5) * log(x) - x + 0.91893853320467274178 + rest;
}

uint32_t
acc_poisson_reject(const struct acc_poisson *poisson, struct acc_stream *stream)
{
	for (;;) {
		double u = acc_stream_uniform(stream) - 0.5, us = 0.5 - fabs(u);
		double v = ((double)acc_stream_word(stream) + 0.5) * 0x1p-32;
		if (us <= 0)
			continue;
		double k = floor((2 * poisson->a / us + poisson->b) * u + poisson->mean + 0.43);
		if (us >= 0.07 && v <= poisson->quick)
			return (uint32_t)k;
		if (k < 10 || k > 0x1p32 - 1 || (us < 0.013 && v > us))
			continue;
		double density = -poisson->mean + k * poisson->log_mean - log_factorial(k);
		if (log(v * poisson->alpha / (poisson->a / (us * us) + poisson->b)) <= density)
			return (uint32_t)k;
	}
}
