#include "stats/random.h"

enum { ROUNDS = 10 };

void
acc_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t word[4])
{
	uint32_t x0 = counter[0], x1 = counter[1], x2 = counter[2], x3 = counter[3];
	uint32_t k0 = key[0], k1 = key[1];
	for (int round = 0; round < ROUNDS; round++) {
		uint64_t a = (uint64_t)0xd2511f53u * x0, b = (uint64_t)0xcd9e8d57u * x2;
		x0 = (uint32_t)(b >> 32) ^ x1 ^ k0;
		x2 = (uint32_t)(a >> 32) ^ x3 ^ k1;
		x1 = (uint32_t)b;
		x3 = (uint32_t)a;
		k0 += 0x9e3779b9u;
		k1 += 0xbb67ae85u;
	}
	word[0] = x0;
	word[1] = x1;
	word[2] = x2;
	word[3] = x3;
}

uint32_t
acc_address_of(const char *label)
{
	uint32_t h = 0x811c9dc5u; /* FNV-1a */
	for (; *label; label++)
		h = (h ^ (unsigned char)*label) * 0x01000193u;
	return h == ACC_NONE ? 0 : h;
}

/* A place in a stream. */
struct place {
	uint32_t key[2];
	uint32_t counter[4]; /* block of the stream, low and high; replicate, low and high */
	uint32_t word[4];
	uint32_t used; /* words of `word` already given out */
};

static void
go(struct place *place, const struct acc_address *address)
{
	/* 192 bits of address, 64 of key: the key is made of all but the replicate by the generator
	 * itself. */
	uint32_t seed[2] = {(uint32_t)address->seed, (uint32_t)(address->seed >> 32)};
	uint32_t about[4] = {address->purpose, address->group, address->theme, 0}, made[4];
	acc_philox(about, seed, made);
	*place = (struct place){
	    .key = {made[0], made[1]},
	    .counter = {0, 0, (uint32_t)address->replicate, (uint32_t)(address->replicate >> 32)},
	    .used = 4};
}

static uint32_t
next(struct place *place)
{
	if (place->used == 4) {
		acc_philox(place->counter, place->key, place->word);
		place->used = 0;
		if (!++place->counter[0])
			place->counter[1]++;
	}
	return place->word[place->used++];
}

static void
rng_set(void *state, unsigned long seed)
{
	go(state, &(struct acc_address){.seed = seed});
}

static unsigned long
rng_get(void *state)
{
	return next(state);
}

/* 53 bits: a double in [0, 1) of all its digits. */
static double
rng_get_double(void *state)
{
	uint64_t high = next(state) >> 5, low = next(state) >> 6;
	return (double)(high << 26 | low) * 0x1p-53;
}

static const gsl_rng_type philox = {
    .name = "philox4x32-10",
    .max = 0xffffffffu,
    .min = 0,
    .size = sizeof(struct place),
    .set = rng_set,
    .get = rng_get,
    .get_double = rng_get_double,
};

const gsl_rng_type *const acc_rng_philox = &philox;

void
acc_random_go(gsl_rng *rng, const struct acc_address *address)
{
	go(gsl_rng_state(rng), address);
}

/* The high word of a product; the low one says when a number is one of too many (Lemire 2019). */
uint32_t
acc_random_below(gsl_rng *rng, uint32_t count)
{
	uint64_t product = (uint64_t)(uint32_t)gsl_rng_get(rng) * count;
	if ((uint32_t)product < count) {
		uint32_t uneven = (UINT32_MAX - count + 1) % count;
		while ((uint32_t)product < uneven)
			product = (uint64_t)(uint32_t)gsl_rng_get(rng) * count;
	}
	return (uint32_t)(product >> 32);
}
