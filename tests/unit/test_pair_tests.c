/* pair tests: against enumeration, against each other, against published values. */
#include "tests/unit/sample.h"

#include "stats/comparison.h"
#include "stats/curveball.h"
#include "stats/pair_test.h"
#include "stats/special.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

static void
near(double got, double expected, double tolerance, const char *what)
{
	if (!(fabs(got - expected) <= tolerance))
		fail_msg("%s: %.17g is not %.17g", what, got, expected);
}

/* ---- the curveball is uniform ---- */

enum { DRAWS = 30000 };

/* Draw tables from the margins of `row` and compare how often each was seen. */
static void
check_uniform(const uint64_t *row, size_t rows, size_t columns, size_t tables)
{
	uint64_t bits[8], seen[64] = {0};
	uint32_t scratch[8];
	size_t count[64] = {0}, found = 0;
	struct acc_curveball table = {bits, rows, 1};
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	assert_non_null(rng);
	memcpy(bits, row, rows * sizeof *bits);
	acc_random_go(rng, &(struct acc_address){.seed = 1, .purpose = ACC_PURPOSE_CURVEBALL});
	acc_curveball_mix(&table, rng, 5 * rows, scratch);
	for (size_t draw = 0; draw < DRAWS; draw++) {
		uint64_t key = 0;
		size_t at = 0;
		acc_curveball_mix(&table, rng, 5 * rows, scratch);
		for (size_t r = 0; r < rows; r++)
			key = key << columns | bits[r];
		while (at < found && seen[at] != key)
			at++;
		assert_true(at < 64);
		found += at == found;
		seen[at] = key;
		count[at]++;
	}
	gsl_rng_free(rng);
	assert_int_equal(found, tables);
	double square = 0, expected = (double)DRAWS / (double)tables;
	for (size_t t = 0; t < tables; t++)
		square += pow((double)count[t] - expected, 2) / expected;
	double p = gsl_cdf_chisq_Q(square, (double)tables - 1);
	if (!(p > 0.001))
		fail_msg("%zu tables: chi-square %g, p %g", tables, square, p);
}

/* Margins whose tables were counted by enumeration. */
static void
curveball_is_uniform(void **state)
{
	(void)state;
	check_uniform((const uint64_t[]){1, 2, 4}, 3, 3, 6);      /* 1 1 1 / 1 1 1 */
	check_uniform((const uint64_t[]){3, 3, 4}, 3, 3, 5);      /* 2 2 1 / 2 2 1 */
	check_uniform((const uint64_t[]){3, 1, 6, 4}, 4, 3, 15);  /* 2 1 2 1 / 2 2 2 */
	check_uniform((const uint64_t[]){7, 3, 12, 8}, 4, 4, 48); /* 3 2 2 1 / 2 2 2 2 */
}

static void
random_below(void **state)
{
	(void)state;
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	size_t count[7] = {0};
	double square = 0;
	assert_non_null(rng);
	acc_random_go(rng, &(struct acc_address){.seed = 4});
	for (int i = 0; i < 70000; i++)
		count[acc_random_below(rng, 7)]++;
	for (int i = 0; i < 7; i++)
		square += pow((double)count[i] - 10000, 2) / 10000;
	assert_true(gsl_cdf_chisq_Q(square, 6) > 0.001);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(acc_random_below(rng, 1), 0);
		assert_true(acc_random_below(rng, 3000000000u) < 3000000000u);
	}
	gsl_rng_free(rng);
}

/* ---- many tests ---- */

static void
discovery(void **state)
{
	(void)state;
	/* R: p.adjust(p, "BH") and "BY". */
	static const double p[] = {0.04, 0.001, NAN, 0.03, 0.5, 0.002};
	static const double bh[] = {0.05, 0.005, NAN, 0.05, 0.5, 0.005};
	double got[6], factor = 1 + 1. / 2 + 1. / 3 + 1. / 4 + 1. / 5;
	assert_int_equal(acc_adjust(ACC_ADJUST_BH, p, 6, got), ACC_OK);
	for (int i = 0; i < 6; i++)
		if (isnan(bh[i]))
			assert_true(isnan(got[i]));
		else
			near(got[i], bh[i], 1e-15, "BH");
	assert_int_equal(acc_adjust(ACC_ADJUST_BY, p, 6, got), ACC_OK);
	near(got[1], 0.005 * factor, 1e-15, "BY");
	near(got[4], 1, 0, "BY is at most 1");
}

/* ---- studies ---- */

enum { UNITS = 120, THEMES = 3 };

struct made {
	struct acc_patterns patterns;
	struct acc_blocks blocks;
	struct acc_cooccurrence cooccurrence;
	struct acc_family family;
};

/* One coder; has[u][t]; participants as given, NULL for none. */
static void
make(struct made *made, uint32_t units, signed char has[][THEMES], const uint32_t *participant)
{
	struct acc_ratings ratings = {.design = ACC_THEMES};
	enum acc_status status;
	uint64_t conflicts;
	*made = (struct made){0};
	uint32_t coder = sample_label(&ratings.coder, "C", 0);
	for (uint32_t t = 0; t < THEMES; t++)
		sample_label(&ratings.theme, "T", t);
	acc_vocabulary_declare(&ratings.code, "");
	for (uint32_t u = 0; u < units; u++) {
		uint32_t unit = sample_label(&ratings.unit, "u", u), of = ACC_NONE;
		bool some = false;
		if (participant)
			of = sample_label(&ratings.participant, "P", participant[u]);
		struct acc_unit about = {ACC_NONE, of, ACC_NONE, u + 1};
		assert_true(acc_ratings_about(&ratings, unit, about, &status));
		for (uint32_t t = 0; t <= THEMES; t++) {
			bool now = t < THEMES ? has[u][t] : !some;
			struct acc_assignment row = {unit, coder, t < THEMES ? t : ACC_NONE, 0,
						     u + 1};
			some = some || now;
			if (now)
				assert_int_equal(acc_ratings_add(&ratings, row), ACC_OK);
		}
	}
	assert_int_equal(acc_ratings_tabulate(&ratings, &made->patterns, NULL, sample_no_conflict,
					      NULL, &conflicts),
			 ACC_OK);
	acc_ratings_free(&ratings);
	struct acc_layer layer = {ACC_LAYER_ANY, 0};
	struct acc_cooccurrence_plan plan = {acc_measures, 1, 0.95, 1, ACC_PAIR_CI_NONE, false};
	assert_int_equal(
	    acc_blocks_make(&made->blocks, &made->patterns, ACC_NONE, ACC_CLUSTER_AUTO), ACC_OK);
	made->cooccurrence = (struct acc_cooccurrence){0};
	assert_int_equal(acc_cooccurrence_make(&made->cooccurrence, &made->patterns, &made->blocks,
					       layer, &plan),
			 ACC_OK);
	made->family = (struct acc_family){.patterns = &made->patterns,
					   .blocks = &made->blocks,
					   .layer = layer,
					   .present = 1,
					   .pair = made->cooccurrence.pair,
					   .pairs = made->cooccurrence.pairs,
					   .seed = 1,
					   .group = ACC_NONE};
}

static void
made_free(struct made *made)
{
	acc_cooccurrence_free(&made->cooccurrence);
	acc_blocks_free(&made->blocks);
	acc_patterns_free(&made->patterns);
}

static struct acc_chance
run(struct made *made, const char *key, uint64_t draws, size_t pair)
{
	struct acc_chance chance[THEMES];
	size_t tested;
	made->family.draws = draws;
	assert_int_equal(
	    acc_pair_test_run(acc_pair_test_find(key), &made->family, false, chance, &tested),
	    ACC_OK);
	return chance[pair];
}

/* All placements of themes 0 and 1 in units 0-3 (one participant) and 4-6 (another). Theme 2 is in
 * every unit: nothing to permute. Theme 0 in 2 of 4 and 1 of 3, theme 1 in 2 of 4 and 2 of 3:
 * P(2 or more of X) by hand: X1 hypergeometric(4, 2, 2) = 1/6, 4/6, 1/6; X2 (3, 1, 2): 1/3, 2/3. */
static void
permutation_by_hand(void **state)
{
	(void)state;
	signed char has[7][THEMES] = {{1, 1, 1}, {1, 1, 1}, {0, 0, 1}, {0, 0, 1},
				      {1, 1, 1}, {0, 1, 1}, {0, 0, 1}};
	static const uint32_t whose[] = {0, 0, 0, 0, 1, 1, 1};
	struct made made;
	make(&made, 7, has, whose);
	near(made.cooccurrence.pair[0].table.both, 3, 0, "count");
	struct acc_chance chance = run(&made, "permutation", 0, 0);
	near(chance.mean, 1 + 2. / 3, 1e-12, "mean");
	near(pow(chance.deviation, 2), 1. / 3 + 2. / 9, 1e-12, "variance");
	near(chance.p, 2 * (1. / 6 * 2 / 3), 1e-12, "p");
	near(chance.size, (3 - 5. / 3) / sqrt(5. / 9), 1e-12, "effect size");
	assert_int_equal(run(&made, "permutation", 0, 1).reason, ACC_REASON_nothing_to_permute);
	made_free(&made);
	/* Without participants all units are one stratum, and it is Fisher's distribution. */
	make(&made, 7, has, NULL);
	chance = run(&made, "permutation", 0, 0);
	struct acc_chance upper = run(&made, "attraction", 0, 0);
	near(chance.p, 2 * upper.p, 1e-12, "one stratum");
	near(chance.size, upper.size, 1e-12, "one stratum");
	made_free(&made);
}

/* Draws agree with counting; the planted pair is found and the pair that only shares its speakers
 * is not, though the naive test finds it. */
static void
speakers(void **state)
{
	(void)state;
	signed char has[UNITS][THEMES];
	uint32_t whose[UNITS];
	uint64_t bits = 3;
	struct made made;
	for (uint32_t u = 0; u < UNITS; u++) {
		whose[u] = u / 20;
		bool talks = whose[u] < 3;
		has[u][0] = sample_share(&bits) < (talks ? 0.75 : 0.05);
		has[u][1] = sample_share(&bits) < (talks ? 0.75 : 0.05);
		has[u][2] = sample_share(&bits) < (has[u][0] ? 0.95 : 0.05);
	}
	make(&made, UNITS, has, whose);
	struct acc_chance shared = run(&made, "permutation", 0, 0);
	struct acc_chance planted = run(&made, "permutation", 0, 1);
	assert_true(shared.p > 0.2 && planted.p < 1e-4);
	assert_true(run(&made, "fisher", 0, 0).p < 1e-4);
	assert_true(run(&made, "midp", 0, 0).p < 1e-4);
	assert_true(run(&made, "avoidance", 0, 0).p > 0.999);
	for (size_t pair = 0; pair < THEMES; pair++) {
		struct acc_chance exact = run(&made, "permutation", 0, pair);
		struct acc_chance drawn = run(&made, "permutation", 20000, pair);
		near(drawn.mean, exact.mean, 5 * exact.deviation / sqrt(20000), "mean");
		near(drawn.deviation, exact.deviation, 0.03 * exact.deviation, "deviation");
		near(drawn.p, fmax(exact.p, 2. / 20001), 0.03, "p");
		struct acc_chance again = run(&made, "permutation", 20000, pair);
		assert_memory_equal(&again, &drawn, sizeof drawn);
	}
	assert_true(run(&made, "curveball", 2000, 0).size < 2);
	assert_true(run(&made, "curveball", 2000, 1).p < 0.01);
	made_free(&made);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(curveball_is_uniform),
	    cmocka_unit_test(random_below),
	    cmocka_unit_test(discovery),
	    cmocka_unit_test(permutation_by_hand),
	    cmocka_unit_test(speakers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
