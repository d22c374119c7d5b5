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
	uint32_t mode = (uint32_t)mean, first = mode, last = mode;
	double part = 1;
	for (; first && part > left_out; first--)
		part *= first / mean;
	for (part = 1; part > left_out; last++)
		part *= mean / (last + 1.);
	poisson->table.first = first;
	poisson->table.count = last - first + 1;
}

static enum acc_status
make_table(struct acc_poisson *poisson, double mean)
{
	struct acc_poisson_table *table = &poisson->table;
	find_range(poisson, mean);
	double *chance = acc_array(table->count, sizeof *chance);
	uint32_t *stack = acc_array(table->count, sizeof *stack);
	poisson->slot = acc_array(table->count, sizeof *poisson->slot);
	table->slot = poisson->slot;
	bool room = chance && stack && poisson->slot;
	if (room) {
		fill_chances(chance, table->first, table->count, mean);
		acc_slots_fill(poisson->slot, chance, stack, table->count);
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

enum acc_status
acc_poisson_make_above(struct acc_poisson *poisson, double mean, const struct acc_poisson *base)
{
	*poisson = (struct acc_poisson){.mean = mean, .base = base};
	return make_table(poisson, mean - base->mean);
}

/* Logarithms and factors of the chance of k and of the (discrete) normal density there. */
struct heights {
	double log_chance, chance, log_normal, normal;
};

/* Logarithm of the chance of k, less log of `factor`. */
static double
log_chance(double mean, double k, double *factor)
{
	*factor = 1;
	if (k < 10)
		return -mean + k * log(mean) - lgamma(k + 1);
	/* Stirling's series to the fifth order */
	double part = 1 / k, square = part * part, off = (mean - k) / k;
	double rest = part * (1. / 12 - square * (1. / 360 - square / 1260));
	*factor = 0.398942280401432678 / sqrt(k);
	return k * (log1p(off) - off) - rest;
}

double
acc_poisson_log_chance(double mean, double k)
{
	double factor, chance = log_chance(mean, k, &factor);
	return chance + log(factor);
}

static struct heights
heights_at(const struct acc_poisson *poisson, double k)
{
	struct heights at;
	double mean = poisson->mean;
	at.log_chance = log_chance(mean, k, &at.chance);
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

/* The words for up to `count` outcomes; *end is behind the last. */
static const uint32_t *
take_words(struct acc_stream *stream, size_t count, const uint32_t **end)
{
	size_t words = acc_stream_words(stream);
	size_t taken = words < count ? words : count;
	const uint32_t *word = acc_stream_take(stream, taken);
	*end = word + taken;
	return word;
}

uint64_t
acc_poisson_fill(const struct acc_poisson_table *table, struct acc_stream *stream, uint32_t *times,
		 size_t count)
{
	uint64_t sum = 0;
	const uint32_t *end;
	for (uint32_t *last = times + count; times < last;)
		for (const uint32_t *word = take_words(stream, (size_t)(last - times), &end);
		     word < end; word++, table++)
			sum += *times++ =
			    table->first + acc_slots_of(table->slot, table->count, *word);
	return sum;
}

uint64_t
acc_poisson_add(const struct acc_poisson_table *table, struct acc_stream *stream, uint32_t *times,
		size_t count)
{
	uint64_t sum = 0;
	const uint32_t *end;
	const struct acc_poisson_table of = *table;
	for (uint32_t *last = times + count; times < last;)
		for (const uint32_t *word = take_words(stream, (size_t)(last - times), &end);
		     word < end; word++) {
			uint32_t more = of.first + acc_slots_of(of.slot, of.count, *word);
			*times++ += more;
			sum += more;
		}
	return sum;
}
