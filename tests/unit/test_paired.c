/* paired: agreement from what every two coders gave equals that from whole units. */
#include "tests/unit/sample.h"

#include "stats/paired.h"

#include <math.h>

enum { CODERS = 5, CATEGORIES = 3, UNITS = 40 };

static struct acc_patterns
paired(const struct sample *sample, enum acc_design design)
{
	struct acc_patterns patterns = sample_patterns(sample, design);
	assert_int_equal(acc_patterns_pair(&patterns), ACC_OK);
	assert_int_equal(acc_paired_index(&patterns), ACC_OK);
	return patterns;
}

/* All coefficients, by one kind of interval, of some coders; owned by the caller. */
static struct acc_estimate *
estimates(const struct acc_patterns *patterns, const char *scheme, enum acc_ci ci,
	  enum acc_cluster cluster, const uint32_t *coder_of, size_t coders)
{
	uint32_t categories = patterns->design == ACC_THEMES ? 2 : patterns->code.count;
	struct acc_weights weights = sample_weights(scheme, categories);
	struct acc_plan plan = {.coefficient = acc_coefficients,
				.coefficients = acc_coefficient_count,
				.weights = &weights,
				.ci = ci,
				.cluster = cluster,
				.level = 0.95,
				.present = ACC_NONE,
				.replicates = 99,
				.seed = 1};
	struct acc_scope scope = {.group = ACC_NONE, .coder_of = coder_of, .coders = coders};
	struct acc_estimate *all;
	assert_int_equal(acc_agreement(patterns, &plan, &scope, &all), ACC_OK);
	acc_weights_free(&weights);
	return all;
}

static void
same(double got, double expected, double tolerance, const char *key, const char *what)
{
	if (isnan(got) && isnan(expected))
		return;
	if (!(fabs(got - expected) <= tolerance * fmax(1, fabs(expected))))
		fail_msg("%s: %s %.17g is not %.17g", key, what, got, expected);
}

/* Value and counts; the interval, too, where there is one. */
static void
compare(const struct acc_estimate *got, const struct acc_estimate *expected, double tolerance,
	bool interval, const char *key)
{
	same(got->value, expected->value, tolerance, key, "value");
	same(got->observed, expected->observed, tolerance, key, "observed");
	same(got->expected, expected->expected, tolerance, key, "expected");
	same(got->single, expected->single, 0, key, "single");
	if (!interval)
		return;
	same(got->units, expected->units, 0, key, "units");
	same(got->ratings, expected->ratings, 0, key, "ratings");
	same(got->se, expected->se, tolerance, key, "se");
	same(got->low, expected->low, tolerance, key, "low");
	same(got->high, expected->high, tolerance, key, "high");
	same(got->clusters, expected->clusters, 0, key, "clusters");
	assert_int_equal(got->reason, expected->reason);
	assert_int_equal(got->notes, expected->notes);
	assert_string_equal(got->method, expected->method);
}

static void
compare_pairs(const struct sample *sample, enum acc_design design, const char *scheme,
	      enum acc_ci ci, enum acc_cluster cluster, double tolerance)
{
	struct acc_patterns whole = sample_patterns(sample, design);
	struct acc_patterns pairs = paired(sample, design);
	size_t rows = (whole.theme.count + 1) * acc_coefficient_count;
	for (uint32_t i = 0; i < CODERS; i++)
		for (uint32_t j = i + 1; j < CODERS; j++) {
			uint32_t of[CODERS] = {ACC_NONE, ACC_NONE, ACC_NONE, ACC_NONE, ACC_NONE};
			of[i] = 0;
			of[j] = 1;
			struct acc_estimate *a = estimates(&whole, scheme, ci, cluster, of, 2);
			struct acc_estimate *b = estimates(&pairs, scheme, ci, cluster, of, 2);
			for (size_t r = 0; r < rows; r++)
				compare(&b[r], &a[r], tolerance, true,
					acc_coefficients[r % acc_coefficient_count]->key);
			free(a);
			free(b);
		}
	acc_patterns_free(&whole);
	acc_patterns_free(&pairs);
}

/* With people as the independent pieces the tallies of each are the same, so all is, to the last
 * bit, replicates included. */
static void
two_coders_to_the_bit(void **state)
{
	(void)state;
	uint64_t seed = 17;
	struct sample sample = sample_make(&seed, UNITS, CODERS, CATEGORIES, 0.3);
	compare_pairs(&sample, ACC_CODES, "identity", ACC_CI_JACKKNIFE, ACC_CLUSTER_AUTO, 0);
	compare_pairs(&sample, ACC_CODES, "identity", ACC_CI_LINEAR, ACC_CLUSTER_AUTO, 0);
	compare_pairs(&sample, ACC_CODES, "identity", ACC_CI_BOOTSTRAP_PERCENTILE, ACC_CLUSTER_AUTO,
		      0);
	compare_pairs(&sample, ACC_THEMES, "identity", ACC_CI_AUTO, ACC_CLUSTER_AUTO, 0);
}

/* With units as such, sums are taken in other portions. */
static void
two_coders_by_units(void **state)
{
	(void)state;
	uint64_t seed = 18;
	struct sample sample = sample_make(&seed, UNITS, CODERS, CATEGORIES, 0.3);
	compare_pairs(&sample, ACC_CODES, "identity", ACC_CI_AUTO, ACC_CLUSTER_UNIT, 1e-9);
	compare_pairs(&sample, ACC_CODES, "linear", ACC_CI_GWET, ACC_CLUSTER_UNIT, 1e-9);
	compare_pairs(&sample, ACC_CODES, "quadratic", ACC_CI_AUTO, ACC_CLUSTER_AUTO, 1e-9);
}

static void
several_coders(void **state)
{
	(void)state;
	static const char *const schemes[] = {"identity", "linear", "quadratic", "ordinal"};
	static const double missing[] = {0, 0.3};
	uint64_t seed = 19;
	for (size_t i = 0; i < 16; i++) {
		enum acc_design design = i & 1 ? ACC_THEMES : ACC_CODES;
		const char *scheme = design == ACC_THEMES ? "identity" : schemes[i / 4];
		struct sample sample =
		    sample_make(&seed, UNITS, CODERS, CATEGORIES, missing[i / 2 % 2]);
		struct acc_patterns whole = sample_patterns(&sample, design);
		struct acc_patterns pairs = paired(&sample, design);
		struct acc_estimate *a =
		    estimates(&whole, scheme, ACC_CI_AUTO, ACC_CLUSTER_AUTO, NULL, CODERS);
		struct acc_estimate *b =
		    estimates(&pairs, scheme, ACC_CI_AUTO, ACC_CLUSTER_AUTO, NULL, CODERS);
		for (size_t r = 0; r < (whole.theme.count + 1) * acc_coefficient_count; r++) {
			const struct acc_coefficient *c =
			    acc_coefficients[r % acc_coefficient_count];
			if (!strcmp(c->key, "percent_agreement_all") ||
			    !strcmp(c->key, "all_agree_kappa")) {
				assert_true(b[r].reason == ACC_REASON_needs_panel ||
					    b[r].reason == a[r].reason);
				assert_true(isnan(b[r].value));
				continue;
			}
			compare(&b[r], &a[r], 1e-10, false, c->key);
			if (!isnan(b[r].value) && !c->diagnostic)
				assert_int_equal(b[r].reason, ACC_REASON_pairs_without_units);
			assert_true(isnan(b[r].low));
		}
		free(a);
		free(b);
		acc_patterns_free(&whole);
		acc_patterns_free(&pairs);
	}
}

/* The units that this sample has and others have not: from first to last - 1. */
static struct sample
part_of(const struct sample *sample, uint32_t first, uint32_t last)
{
	struct sample part = *sample;
	part.units = last - first;
	memcpy(part.code, sample->code[first], part.units * sizeof part.code[0]);
	memcpy(part.participant, sample->participant + first,
	       part.units * sizeof part.participant[0]);
	return part;
}

static void
parts_add_up(void **state)
{
	(void)state;
	uint64_t seed = 20;
	struct sample sample = sample_make(&seed, UNITS, CODERS, CATEGORIES, 0.3);
	struct sample first = part_of(&sample, 0, 13), second = part_of(&sample, 13, UNITS);
	struct acc_patterns whole = paired(&sample, ACC_CODES), sum = paired(&second, ACC_CODES);
	struct acc_patterns more = paired(&first, ACC_CODES);
	assert_int_equal(acc_patterns_absorb(&sum, &more), ACC_OK);
	assert_int_equal(acc_patterns_canonical(&sum, NULL), ACC_OK);
	assert_int_equal(acc_patterns_units(&sum), UNITS);
	assert_int_equal(acc_patterns_absent(&sum), acc_patterns_absent(&whole));
	assert_int_equal(sum.vector.count, whole.vector.count);
	assert_memory_equal(sum.count, whole.count, whole.vector.count * sizeof *whole.count);
	assert_memory_equal(sum.vector.word, whole.vector.word,
			    whole.vector.first[whole.vector.count] * sizeof *whole.vector.word);
	acc_patterns_free(&whole);
	acc_patterns_free(&sum);
	acc_patterns_free(&more);
}

/* More units that two rated than units that one of them rated. */
static void
contradictions_are_noticed(void **state)
{
	(void)state;
	uint64_t seed = 21;
	struct sample sample = sample_make(&seed, UNITS, CODERS, CATEGORIES, 0.3);
	struct acc_patterns pairs = paired(&sample, ACC_CODES), made;
	assert_int_equal(acc_paired_of(&pairs, 0, 1, &made), ACC_OK);
	assert_int_equal(acc_patterns_units(&made), UNITS);
	acc_paired_release(&made);
	for (uint32_t p = 0; p < pairs.vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(&pairs, p);
		if (pattern.ratings == 2 && pattern.rating[0] == 0 && pattern.rating[2] == 1)
			pairs.count[p] += UNITS;
	}
	assert_int_equal(acc_paired_of(&pairs, 0, 1, &made), ACC_CONTRADICTION);
	acc_patterns_free(&pairs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(two_coders_to_the_bit),
	    cmocka_unit_test(two_coders_by_units),
	    cmocka_unit_test(several_coders),
	    cmocka_unit_test(parts_add_up),
	    cmocka_unit_test(contradictions_are_noticed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
