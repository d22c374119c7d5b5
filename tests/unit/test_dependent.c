/* dependent: two rounds of ratings of the same units, as published (Gwet 2016; README of the R
 * package pairedCAC), and the laws of the comparison. */
#include "tests/unit/sample.h"

#include "stats/dependent.h"
#include <math.h>

/* 15 units, four coders in each of two rounds. */
static const char *const rounds[2][15] = {
    {"1111", "1123", "1123", "2223", "1211", "2111", "2222", "2322", "3333", "1111", "1123", "3333",
     "3233", "1211", "2111"},
    {"1111", "3332", "3333", "1121", "1111", "1111", "2222", "2211", "3333", "1113", "2222", "3333",
     "3333", "1211", "3333"}};

static struct sample
two_rounds(void)
{
	struct sample sample = {.units = 15, .coders = 8, .categories = 3, .participants = 15};
	for (uint32_t j = 0; j < 8; j++)
		sample.coder_label[j] = j;
	for (uint32_t u = 0; u < 15; u++) {
		sample.participant[u] = u;
		for (uint32_t j = 0; j < 8; j++)
			sample.code[u][j] = (uint32_t)(rounds[j / 4][u][j % 4] - '1');
	}
	return sample;
}

static struct acc_influences
influences_of(const struct acc_patterns *patterns, const struct acc_plan *plan,
	      const uint32_t *coder_of, size_t coders, struct acc_influences influences)
{
	struct acc_scope scope = {.group = ACC_NONE, .coder_of = coder_of, .coders = coders};
	assert_int_equal(acc_influences_add(&influences, patterns, plan, &scope), ACC_OK);
	return influences;
}

static void
test_published(void **state)
{
	(void)state;
	static const struct {
		const char *key;
		double difference, se, t, p;
	} published[] = {
	    {"percent_agreement", 0.222222, 0.098489, 2.25630, 0.040569},
	    {"fleiss_kappa", 0.339184, 0.157432, 2.15448, 0.049106},
	    {"conger_kappa", 0.331827, 0.152720, 2.17278, 0.047457},
	    {"krippendorff_alpha", 0.333531, 0.154808, 2.15448, 0.049106},
	    {"brennan_prediger", 0.333333, 0.147734, 2.25630, 0.040569},
	};
	static const uint32_t first[] = {0, 1, 2, 3, ACC_NONE, ACC_NONE, ACC_NONE, ACC_NONE};
	static const uint32_t second[] = {ACC_NONE, ACC_NONE, ACC_NONE, ACC_NONE, 0, 1, 2, 3};
	struct sample sample = two_rounds();
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	struct acc_weights weights = sample_weights("identity", 3);
	for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
		const struct acc_coefficient *one = acc_coefficient_find(published[i].key);
		struct acc_plan plan = {.coefficient = &one,
					.coefficients = 1,
					.weights = &weights,
					.cluster = ACC_CLUSTER_UNIT};
		struct acc_influences both = {0};
		both = influences_of(&patterns, &plan, first, 4, both);
		both = influences_of(&patterns, &plan, second, 4, both);
		struct acc_difference made = acc_dependent_pair(&both, 1, 0);
		assert_true(fabs(made.value - published[i].difference) < 1e-6);
		assert_true(fabs(made.se - published[i].se) < 1e-6);
		assert_true(fabs(made.test.statistic - published[i].t) < 1e-5);
		assert_true(fabs(made.test.p - published[i].p) < 1e-6);
		acc_influences_free(&both);
	}
	acc_weights_free(&weights);
	acc_patterns_free(&patterns);
}

/* All coefficients of a random study on participants. */
static struct acc_influences
all_of(const struct acc_patterns *patterns, const struct acc_weights *weights)
{
	struct acc_plan plan = {.coefficient = acc_coefficients,
				.coefficients = acc_coefficient_count,
				.weights = weights};
	return influences_of(patterns, &plan, NULL, patterns->coder.count,
			     (struct acc_influences){0});
}

/* Influences sum to zero; their covariance with themselves is the linearised variance, pooled or
 * not. */
static void
test_variance(void **state)
{
	(void)state;
	uint64_t seed = 5;
	static const enum acc_design designs[] = {ACC_CODES, ACC_THEMES};
	for (size_t d = 0; d < 2; d++) {
		struct sample sample = sample_make(&seed, 50, 3, 3, 0.15);
		struct acc_patterns patterns = sample_patterns(&sample, designs[d]);
		uint32_t categories = d ? 2 : 3;
		struct acc_weights weights = sample_weights("identity", categories);
		struct acc_influences all = all_of(&patterns, &weights);
		size_t last = all.count - acc_coefficient_count;
		assert_int_equal(all.count, (d ? 4 : 1) * acc_coefficient_count);
		for (size_t c = 0; c < acc_coefficient_count; c++) {
			struct acc_estimate one =
			    sample_estimate_patterns(&patterns, acc_coefficients[c], "identity",
						     ACC_CI_LINEAR, ACC_CLUSTER_AUTO);
			double sum = 0;
			if (isnan(one.value))
				continue;
			for (size_t b = 0; b < all.blocks; b++)
				sum += all.times[b] * all.psi[(last + c) * all.blocks + b];
			assert_true(fabs(sum) < 1e-9);
			assert_true(fabs(all.value[last + c] - one.value) < 1e-12);
			double variance = acc_dependent_covariance(&all, last + c, last + c);
			assert_true(fabs(sqrt(variance) - one.se) < 1e-9);
		}
		acc_influences_free(&all);
		acc_weights_free(&weights);
		acc_patterns_free(&patterns);
	}
}

/* T^2 of two values is t^2; an order of values does not matter; a value given twice adds nothing;
 * undefined ones and one cluster have their reasons. */
static void
test_several(void **state)
{
	(void)state;
	uint64_t seed = 6;
	struct sample sample = sample_make(&seed, 60, 3, 3, 0.1);
	struct acc_patterns patterns = sample_patterns(&sample, ACC_THEMES);
	struct acc_weights weights = sample_weights("identity", 2);
	struct acc_influences all = all_of(&patterns, &weights);
	size_t fleiss = 0, cohen = 0, n = acc_coefficient_count;
	while (acc_coefficients[fleiss] != &acc_coefficient_fleiss_kappa)
		fleiss++;
	while (acc_coefficients[cohen] != &acc_coefficient_cohen_kappa)
		cohen++;
	size_t a = fleiss, b = n + fleiss, c = 2 * n + fleiss;
	struct acc_difference pair = acc_dependent_pair(&all, a, b);
	struct acc_test test, other;
	assert_int_equal(acc_dependent_all(&all, (size_t[]){a, b}, 2, &test), ACC_OK);
	assert_true(fabs(test.statistic - pair.test.statistic * pair.test.statistic) < 1e-9);
	assert_true(fabs(test.p - pair.test.p) < 1e-9);
	assert_int_equal(acc_dependent_all(&all, (size_t[]){a, b, c}, 3, &test), ACC_OK);
	assert_int_equal(acc_dependent_all(&all, (size_t[]){c, a, b}, 3, &other), ACC_OK);
	assert_true(fabs(test.statistic - other.statistic) < 1e-8 * test.statistic);
	assert_int_equal(acc_dependent_all(&all, (size_t[]){a, b, c, c}, 4, &other), ACC_OK);
	assert_true(other.df1 == 2);
	assert_true(fabs(test.statistic - other.statistic) < 1e-8 * test.statistic);
	assert_int_equal(acc_dependent_pair(&all, a, a).test.reason, ACC_REASON_no_spread);
	assert_int_equal(acc_dependent_pair(&all, a, cohen).test.reason, ACC_REASON_not_two_coders);
	assert_int_equal(acc_dependent_all(&all, (size_t[]){a}, 1, &test), ACC_OK);
	assert_int_equal(test.reason, ACC_REASON_one_value);
	acc_influences_free(&all);
	for (uint32_t u = 0; u < sample.units; u++)
		sample.participant[u] = 0;
	acc_patterns_free(&patterns);
	patterns = sample_patterns(&sample, ACC_THEMES);
	all = all_of(&patterns, &weights);
	assert_int_equal(acc_dependent_pair(&all, a, b).test.reason, ACC_REASON_one_cluster);
	acc_influences_free(&all);
	acc_weights_free(&weights);
	acc_patterns_free(&patterns);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_published),
	    cmocka_unit_test(test_variance),
	    cmocka_unit_test(test_several),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
