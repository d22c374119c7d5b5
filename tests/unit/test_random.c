/* random: known answers of the generator, and streams that do not depend on each other. */
#include "tests/unit/sample.h"

#include "stats/random.h"
#include <gsl/gsl_randist.h>
#include <math.h>

/* Counter, key and result, from the paper's kat_vectors. */
static const uint32_t known[3][10] = {
    {0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
    {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e,
     0xa20bc7c6, 0x6d5451fd},
    {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb,
     0x5001e420, 0x24126ea1},
};

static void
test_known_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		uint32_t word[4];
		acc_philox(known[i], known[i] + 4, word);
		assert_memory_equal(word, known[i] + 6, sizeof word);
	}
}

static uint64_t
first_word(gsl_rng *rng, struct acc_address address)
{
	acc_random_go(rng, &address);
	return (uint64_t)gsl_rng_get(rng) << 32 | gsl_rng_get(rng);
}

/* Every part of an address leads elsewhere; the same address to the same place, whatever was drawn
 * before. */
static void
test_addresses(void **state)
{
	(void)state;
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	struct acc_address home = {1, ACC_PURPOSE_BOOTSTRAP, ACC_NONE, ACC_NONE, 0};
	struct acc_address other[] = {home, home, home, home, home, home, home};
	other[0].seed = 2;
	other[1].seed = 1 + ((uint64_t)1 << 32);
	other[2].purpose = ACC_PURPOSE_PERMUTATION;
	other[3].group = acc_address_of("students");
	other[4].theme = acc_address_of("students");
	other[5].replicate = 1;
	other[6].replicate = (uint64_t)1 << 32;
	for (size_t i = 0; i < 7; i++) {
		uint64_t elsewhere = first_word(rng, other[i]);
		assert_int_not_equal(elsewhere, first_word(rng, home));
		for (size_t j = 0; j < i; j++)
			assert_int_not_equal(elsewhere, first_word(rng, other[j]));
	}
	uint64_t once = first_word(rng, home);
	gsl_ran_gaussian(rng, 1);
	assert_int_equal(once, first_word(rng, home));
	gsl_rng_free(rng);
}

static void
test_labels(void **state)
{
	(void)state;
	assert_int_equal(acc_address_of("leaders"), acc_address_of("leaders"));
	assert_int_not_equal(acc_address_of("leaders"), acc_address_of("Leaders"));
	assert_int_not_equal(acc_address_of(""), ACC_NONE);
}

/* The stream is the blocks of the counter, one after the other. */
static void
test_words_in_order(void **state)
{
	(void)state;
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	struct acc_address address = {.seed = 5, .replicate = 9};
	uint32_t key[4], word[4];
	acc_philox((uint32_t[]){0, 0, 0, 0}, (uint32_t[]){5, 0}, key);
	acc_random_go(rng, &address);
	for (uint32_t block = 0; block < 40; block++) {
		acc_philox((uint32_t[]){block, 0, 9, 0}, key, word);
		for (size_t i = 0; i < 4; i++)
			assert_int_equal(gsl_rng_get(rng), word[i]);
	}
	gsl_rng_free(rng);
}

/* Mean 1/2 and variance 1/12 within five standard errors; never 1. */
static void
test_uniform(void **state)
{
	(void)state;
	enum { DRAWS = 100000 };
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	double sum = 0, squares = 0;
	gsl_rng_set(rng, 3);
	for (int i = 0; i < DRAWS; i++) {
		double x = gsl_rng_uniform(rng);
		assert_true(x >= 0 && x < 1);
		sum += x;
		squares += (x - 0.5) * (x - 0.5);
	}
	assert_true(fabs(sum / DRAWS - 0.5) < 5 * sqrt(1.0 / 12 / DRAWS));
	assert_true(fabs(squares / DRAWS - 1.0 / 12) < 5 * sqrt(1.0 / 180 / DRAWS));
	gsl_rng_free(rng);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_known_answers), cmocka_unit_test(test_addresses),
	    cmocka_unit_test(test_labels),        cmocka_unit_test(test_words_in_order),
	    cmocka_unit_test(test_uniform),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
