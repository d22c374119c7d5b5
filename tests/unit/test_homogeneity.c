/* homogeneity, paradox, ranks: published examples and identities. */
#include "stats/coder_swap.h"
#include "stats/homogeneity.h"
#include "stats/paradox.h"
#include "stats/ranks.h"
#include "stats/special.h"
#include "tests/unit/near.h"
#include "tests/unit/sample.h"

#include <math.h>

/* Fagerland, Lydersen & Laake 2013: airway hyper-responsiveness, 1 and 7 discordant children. */
static void
test_mcnemar_as_published(void **state)
{
	(void)state;
	struct acc_mcnemar test;
	acc_mcnemar(1, 7, &test);
	assert_near(test.plain.statistic, 4.5, 1e-14);
	assert_near(test.plain.p, 0.0339, 5e-5);
	assert_near(test.corrected.p, 0.0771, 5e-5);
	assert_near(test.exact, 18.0 / 256, 1e-13);
	assert_near(test.mid, 10.0 / 256, 1e-13);
	assert_near(test.plain.df, 1, 0);
}

static void
test_mcnemar_at_the_edges(void **state)
{
	(void)state;
	struct acc_mcnemar test;
	acc_mcnemar(0, 0, &test);
	assert_true(isnan(test.plain.statistic) && isnan(test.exact) && isnan(test.mid));
	acc_mcnemar(3, 3, &test);
	assert_near(test.plain.statistic, 0, 0);
	assert_near(test.corrected.statistic, 0, 0);
	assert_near(test.plain.p, 1, 0);
	assert_near(test.exact, 1, 0);
	assert_near(test.mid, 1 - 20.0 / 64 / 2, 1e-13);
	acc_mcnemar(0, 5, &test);
	assert_near(test.exact, 2.0 / 32, 1e-14);
	assert_near(test.mid, 1.0 / 32, 1e-14);
	acc_mcnemar(5e8, 5e8 + 1e5, &test);
	assert_true(test.exact > 0 && test.exact < 1 && test.mid <= test.exact);
}

/* Coins against their sum. */
static void
test_coins(void **state)
{
	(void)state;
	for (int n = 1; n <= 40; n++) {
		double sum = 0;
		for (int k = 0; k <= n; k++) {
			sum += acc_coins_at(k, n);
			assert_near(acc_coins_below(k, n), sum, 1e-12);
		}
	}
	assert_true(isnan(acc_coins_at(3, 2)));
}

static void
test_quantiles_of_f_invert_its_tail(void **state)
{
	(void)state;
	static const double p[] = {0.025, 0.5, 0.9, 0.975}, df[] = {1, 2.5, 7, 60, 1e5};
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < 5; j++)
			for (size_t k = 0; k < 5; k++)
				assert_near(
				    acc_f_tail(acc_f_quantile(p[i], df[j], df[k]), df[j], df[k]),
				    1 - p[i], 1e-9);
	assert_true(isnan(acc_f_quantile(0, 1, 1)) && isnan(acc_f_quantile(0.5, 0, 1)));
}

/* Two categories with equal margins stay in Stuart and Maxwell's test while they exchange units:
 * irr drops them and says 0 degrees of freedom too few. */
static void
test_equal_margins_stay(void **state)
{
	(void)state;
	static const double table[9] = {20, 10, 5, 10, 30, 9, 5, 1, 40};
	struct acc_chi2 test, least;
	assert_int_equal(acc_stuart_maxwell(table, 3, &test), ACC_OK);
	assert_near(test.df, 2, 0);
	/* By hand: d = (0, 8, -8), S = [30 -20 -10; -20 30 -10; -10 -10 20]. */
	assert_near(test.statistic, 64 * 3.0 / 50, 1e-12);
	/* A category nobody used changes nothing. */
	double wide[16] = {0};
	for (size_t k = 0; k < 3; k++)
		for (size_t l = 0; l < 3; l++)
			wide[k * 4 + l] = table[k * 3 + l];
	assert_int_equal(acc_stuart_maxwell(wide, 4, &least), ACC_OK);
	assert_near(least.statistic, test.statistic, 1e-12);
	assert_near(least.df, 2, 0);
	/* Two groups of categories that exchange nothing: as many degrees of freedom less. */
	static const double blocks[16] = {5, 3, 0, 0, 1, 5, 0, 0, 0, 0, 5, 4, 0, 0, 2, 5};
	assert_int_equal(acc_stuart_maxwell(blocks, 4, &test), ACC_OK);
	assert_near(test.df, 2, 0);
	assert_near(test.statistic, 4.0 / 4 + 4.0 / 6, 1e-12);
}

static void
test_coders_who_never_differ(void **state)
{
	(void)state;
	static const double table[9] = {20, 0, 0, 0, 30, 0, 0, 0, 40};
	struct acc_chi2 test;
	double share;
	assert_int_equal(acc_stuart_maxwell(table, 3, &test), ACC_OK);
	assert_true(isnan(test.statistic) && isnan(test.df) && isnan(test.p));
	assert_true(isnan(acc_bhapkar(&test, 90).p) && isnan(acc_bowker(table, 3).p));
	assert_true(isnan(acc_rater_bias(table, 3, &share).p) && isnan(share));
}

/* Two categories: all tests of homogeneity are McNemar's. */
static void
test_two_categories_meet(void **state)
{
	(void)state;
	static const double table[4] = {31, 12, 4, 58};
	struct acc_chi2 stuart;
	struct acc_mcnemar mcnemar;
	double share;
	assert_int_equal(acc_stuart_maxwell(table, 2, &stuart), ACC_OK);
	acc_mcnemar(12, 4, &mcnemar);
	assert_near(stuart.statistic, mcnemar.plain.statistic, 1e-13);
	assert_near(acc_bowker(table, 2).statistic, mcnemar.plain.statistic, 1e-13);
	assert_near(acc_rater_bias(table, 2, &share).statistic, mcnemar.plain.statistic, 1e-13);
	assert_near(share, 0.25, 0);
}

/* Byrt, Bishop & Carlin 1993: kappa from PABAK, prevalence and bias; for every small table. */
static void
test_byrt_identity(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 6 * 6 * 6 * 6; i++) {
		double table[4] = {i % 6, i / 6 % 6, i / 36 % 6, i / 216};
		struct acc_paradox paradox;
		assert_int_equal(acc_paradox_of(table, 2, i % 2, &paradox), ACC_OK);
		assert_near(paradox.byrt, paradox.kappa, 1e-12);
		assert_true(!(paradox.kappa > paradox.kappa_max + 1e-12));
	}
}

/* The table 12, 5, 3, 30 of tests/golden. */
static void
test_paradox_of_a_table(void **state)
{
	(void)state;
	static const double table[4] = {30, 3, 5, 12};
	struct acc_paradox paradox;
	assert_int_equal(acc_paradox_of(table, 2, 1, &paradox), ACC_OK);
	assert_near(paradox.a, 12, 0);
	assert_near(paradox.b, 5, 0);
	assert_near(paradox.prevalence, -0.36, 1e-14);
	assert_near(paradox.bias, 0.04, 1e-14);
	assert_near(paradox.pabak, 0.68, 1e-14);
	assert_near(paradox.positive, 0.75, 1e-14);
	assert_near(paradox.negative, 60.0 / 68, 1e-14);
	assert_near(paradox.kappa, 0.63303, 5e-6);
}

/* Kappa of the table of complete coders is Cohen's, and its maximum the registered one. */
static void
test_paradox_is_cohen(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < 40; round++) {
		uint64_t seed = round;
		struct sample sample = sample_make(&seed, 30, 2, 2 + round % 3, 0);
		double table[16] = {0};
		size_t q = sample.categories;
		struct acc_paradox paradox;
		for (uint32_t u = 0; u < sample.units; u++)
			table[sample.code[u][0] * q + sample.code[u][1]]++;
		assert_int_equal(acc_paradox_of(table, q, 1, &paradox), ACC_OK);
		assert_near(paradox.kappa,
			    sample_estimate(&sample, acc_coefficient_find("cohen"), "identity",
					    ACC_CI_GWET, ACC_CLUSTER_UNIT)
				.value,
			    1e-13);
		assert_near(paradox.kappa_max,
			    sample_estimate(&sample, acc_coefficient_find("kappa_max"), "identity",
					    ACC_CI_GWET, ACC_CLUSTER_UNIT)
				.value,
			    1e-13);
	}
}

static void
test_ranks(void **state)
{
	(void)state;
	static const double count[3] = {2, 1, 3}, score[3] = {5, 9, 1};
	double rank[3];
	assert_near(acc_ranks(count, score, 3, rank), 6 + 0 + 24, 0);
	/* 1 1 1 5 5 9: ranks 2, 4.5, 6 less their mean 3.5. */
	assert_near(rank[0], 1, 0);
	assert_near(rank[1], 2.5, 0);
	assert_near(rank[2], -1.5, 0);
}

/* d of each participant, the last category left out. */
static void
margins_apart(const struct sample *sample, double d[6][2])
{
	memset(d, 0, 6 * sizeof *d);
	for (uint32_t u = 0; u < sample->units; u++) {
		uint32_t one = sample->code[u][0], other = sample->code[u][1];
		if (one == ACC_NONE || other == ACC_NONE)
			continue;
		for (uint32_t k = 0; k < 2 && k + 1 < sample->categories; k++)
			d[sample->participant[u]][k] += (one == k) - (double)(other == k);
	}
}

/* D' S^-1 D of one swap, by the inverse of a 1 x 1 or 2 x 2 matrix. */
static double
form(double d[6][2], unsigned bits, uint32_t categories)
{
	double sum[2] = {0}, a = 0, b = 0, c = 0;
	for (size_t g = 0; g < 6; g++) {
		for (size_t k = 0; k < 2; k++)
			sum[k] += bits >> g & 1 ? -d[g][k] : d[g][k];
		a += d[g][0] * d[g][0];
		b += d[g][0] * d[g][1];
		c += d[g][1] * d[g][1];
	}
	if (categories == 2)
		return sum[0] * sum[0] / a;
	return (c * sum[0] * sum[0] - 2 * b * sum[0] * sum[1] + a * sum[1] * sum[1]) /
	       (a * c - b * b);
}

/* Coders' codings change places, participant by participant: all ways, the long way. Which coder is
 * the first does not matter. */
static void
swaps_by_counting(void **state)
{
	uint64_t bits = 21;
	(void)state;
	for (uint32_t round = 0; round < 20; round++) {
		struct sample sample = sample_make(&bits, 60, 2, 2 + round % 2, 0.1);
		struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
		struct acc_panel panel;
		struct acc_blocks blocks;
		struct acc_coder_swap swap, turned;
		double d[6][2], reached = 0;
		margins_apart(&sample, d);
		double observed = form(d, 0, sample.categories);
		for (unsigned ways = 0; ways < 64; ways++)
			reached += form(d, ways, sample.categories) >= observed * (1 - 1e-9);
		assert_int_equal(acc_panel_make(&panel, &patterns, 0, NULL, 2), ACC_OK);
		assert_int_equal(acc_blocks_make(&blocks, &patterns, ACC_NONE, ACC_CLUSTER_AUTO),
				 ACC_OK);
		assert_int_equal(acc_coder_swap_make(&swap, &patterns, &panel, &blocks, 0, 1, 1),
				 ACC_OK);
		assert_int_equal(acc_coder_swap_make(&turned, &patterns, &panel, &blocks, 1, 0, 1),
				 ACC_OK);
		assert_true(fabs(swap.statistic - observed) < 1e-9 * fmax(1, observed));
		assert_true(fabs(swap.p - reached / 64) < 1e-12);
		assert_true(swap.p == turned.p);
		acc_blocks_free(&blocks);
		acc_panel_free(&panel);
		acc_patterns_free(&patterns);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_mcnemar_as_published),
	    cmocka_unit_test(test_mcnemar_at_the_edges),
	    cmocka_unit_test(test_coins),
	    cmocka_unit_test(test_quantiles_of_f_invert_its_tail),
	    cmocka_unit_test(test_equal_margins_stay),
	    cmocka_unit_test(test_coders_who_never_differ),
	    cmocka_unit_test(test_two_categories_meet),
	    cmocka_unit_test(test_byrt_identity),
	    cmocka_unit_test(test_paradox_of_a_table),
	    cmocka_unit_test(test_paradox_is_cohen),
	    cmocka_unit_test(swaps_by_counting),
	    cmocka_unit_test(test_ranks),
	};
	acc_special_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
