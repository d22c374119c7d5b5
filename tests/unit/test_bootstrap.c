/* bootstrap: against all resamples of studies so small that they can be listed. */
#include "tests/unit/sample.h"

#include "stats/bootstrap.h"
#include "stats/resample.h"
#include <math.h>

enum { COUNT = 20000 };

/* Replicates of all coefficients, identity weights. */
static struct acc_replicates
draw(const struct acc_patterns *patterns, enum acc_cluster cluster, struct acc_draw which)
{
	struct acc_weights weights = sample_weights("identity", patterns->code.count);
	struct acc_plan plan = {.coefficient = acc_coefficients,
				.coefficients = acc_coefficient_count,
				.weights = &weights,
				.cluster = cluster};
	struct acc_scope scope = {.group = ACC_NONE, .coders = patterns->coder.count};
	struct acc_replicates replicates;
	assert_int_equal(acc_bootstrap(patterns, &plan, &scope, 0, &which, &replicates), ACC_OK);
	acc_weights_free(&weights);
	return replicates;
}

/* Mean, variance and undefined share of values, each with its weight. */
struct moments {
	double weight, sum, squares, undefined;
};

static void
add(struct moments *moments, double value, double weight)
{
	if (isnan(value)) {
		moments->undefined += weight;
		return;
	}
	moments->weight += weight;
	moments->sum += weight * value;
	moments->squares += weight * value * value;
}

static double
mean(const struct moments *moments)
{
	return moments->sum / moments->weight;
}

static double
spread(const struct moments *moments)
{
	double m = mean(moments);
	return sqrt(fabs(moments->squares / moments->weight - m * m));
}

/* The replicates of one coefficient against the whole distribution: means and undefined shares
 * within five standard errors, deviations within 5 %. */
static void
compare(const struct acc_replicates *replicates, size_t coefficient, const struct moments *exact)
{
	struct moments drawn = {0};
	for (size_t b = 0; b < replicates->count; b++)
		add(&drawn, replicates->value[coefficient * replicates->count + b], 1);
	double n = (double)replicates->count, p = exact->undefined;
	if (!(exact->weight > 0)) {
		assert_true(!(drawn.weight > 0));
		return;
	}
	assert_true(fabs(drawn.undefined / n - p) <= 5 * sqrt(p * (1 - p) / n));
	assert_true(fabs(mean(&drawn) - mean(exact)) <= 5 * spread(exact) / sqrt(n) + 1e-12);
	assert_true(fabs(spread(&drawn) - spread(exact)) <= 0.05 * spread(exact) + 1e-7);
}

/* A sample whose units are those of the listed participants, one after the other. */
static struct sample
resampled(const struct sample *sample, const uint32_t *participant, uint32_t drawn)
{
	struct sample made = *sample;
	made.units = 0;
	for (uint32_t i = 0; i < drawn; i++)
		for (uint32_t u = 0; u < sample->units; u++)
			if (sample->participant[u] == participant[i])
				memcpy(made.code[made.units++], sample->code[u],
				       sizeof sample->code[u]);
	return made;
}

static void
test_three_participants(void **state)
{
	(void)state;
	uint64_t seed = 12;
	struct sample sample = sample_make(&seed, 14, 2, 3, 0.1);
	for (uint32_t u = 0; u < sample.units; u++)
		sample.participant[u] = u % 3;
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	struct acc_replicates replicates =
	    draw(&patterns, ACC_CLUSTER_AUTO, (struct acc_draw){1, 0, COUNT});
	for (size_t c = 0; c < acc_coefficient_count; c++) {
		struct moments exact = {0};
		for (uint32_t i = 0; i < 27; i++) {
			uint32_t drawn[3] = {i % 3, i / 3 % 3, i / 9};
			struct sample made = resampled(&sample, drawn, 3);
			struct acc_estimate one = sample_estimate(
			    &made, acc_coefficients[c], "identity", ACC_CI_GWET, ACC_CLUSTER_UNIT);
			add(&exact, one.value, 1.0 / 27);
		}
		compare(&replicates, c, &exact);
	}
	acc_replicates_free(&replicates);
	acc_patterns_free(&patterns);
}

static double
binomial(unsigned n, unsigned k, double p)
{
	return exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0)) * pow(p, k) *
	       pow(1 - p, n - k);
}

/* Twelve units of two kinds: how many of the first kind are drawn is binomial. */
static void
test_equal_units(void **state)
{
	(void)state;
	struct sample sample = {.units = 12, .coders = 2, .categories = 2, .participants = 12};
	sample.coder_label[1] = 1;
	for (uint32_t u = 0; u < 12; u++) {
		sample.participant[u] = 0;
		sample.code[u][0] = sample.code[u][1] = 1;
		sample.code[u][1] = u < 5 ? 0 : 1;
	}
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	assert_int_equal(patterns.vector.count, 2);
	struct acc_replicates replicates =
	    draw(&patterns, ACC_CLUSTER_UNIT, (struct acc_draw){7, 0, COUNT});
	for (size_t c = 0; c < acc_coefficient_count; c++) {
		struct moments exact = {0};
		for (uint32_t k = 0; k <= 12; k++) {
			struct sample made = sample;
			for (uint32_t u = 0; u < 12; u++)
				made.code[u][1] = u < k ? 0 : 1;
			struct acc_estimate one = sample_estimate(
			    &made, acc_coefficients[c], "identity", ACC_CI_GWET, ACC_CLUSTER_UNIT);
			add(&exact, one.value, binomial(12, k, 5.0 / 12));
		}
		compare(&replicates, c, &exact);
	}
	acc_replicates_free(&replicates);
	acc_patterns_free(&patterns);
}

static void
test_any_replicate_alone(void **state)
{
	(void)state;
	uint64_t seed = 3;
	struct sample sample = sample_make(&seed, 40, 3, 3, 0.2);
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	static const enum acc_cluster kinds[] = {ACC_CLUSTER_UNIT, ACC_CLUSTER_PARTICIPANT};
	for (size_t i = 0; i < 2; i++) {
		struct acc_replicates all = draw(&patterns, kinds[i], (struct acc_draw){1, 0, 100});
		struct acc_replicates some =
		    draw(&patterns, kinds[i], (struct acc_draw){1, 60, 10});
		struct acc_replicates other =
		    draw(&patterns, kinds[i], (struct acc_draw){2, 60, 10});
		bool same = true;
		for (size_t c = 0; c < all.coefficients; c++)
			for (size_t b = 0; b < 10; b++) {
				double one = some.value[c * 10 + b];
				assert_memory_equal(&one, &all.value[c * 100 + 60 + b], sizeof one);
				same = same && one == other.value[c * 10 + b];
			}
		assert_false(same);
		acc_replicates_free(&all);
		acc_replicates_free(&some);
		acc_replicates_free(&other);
	}
	acc_patterns_free(&patterns);
}

/* Units that nobody rated are not drawn. */
static void
test_silent_units_change_nothing(void **state)
{
	(void)state;
	uint64_t seed = 4;
	struct sample sample = sample_make(&seed, 30, 2, 3, 0), other = sample;
	for (uint32_t u = 0; u < 5; u++, other.units++) {
		other.participant[other.units] = 99;
		other.code[other.units][0] = other.code[other.units][1] = ACC_NONE;
	}
	struct acc_patterns a = sample_patterns(&sample, ACC_CODES);
	struct acc_patterns b = sample_patterns(&other, ACC_CODES);
	struct acc_replicates x = draw(&a, ACC_CLUSTER_AUTO, (struct acc_draw){1, 0, 50});
	struct acc_replicates y = draw(&b, ACC_CLUSTER_AUTO, (struct acc_draw){1, 0, 50});
	assert_memory_equal(x.value, y.value, x.coefficients * x.count * sizeof *x.value);
	acc_replicates_free(&x);
	acc_replicates_free(&y);
	acc_patterns_free(&a);
	acc_patterns_free(&b);
}

/* With many units the bootstrap's standard error is the linearised one. */
static void
test_error_of_many_units(void **state)
{
	(void)state;
	uint64_t seed = 8;
	struct sample sample = sample_make(&seed, 60, 3, 3, 0);
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	for (uint32_t p = 0; p < patterns.vector.count; p++)
		patterns.count[p] *= 1000;
	struct acc_replicates replicates =
	    draw(&patterns, ACC_CLUSTER_UNIT, (struct acc_draw){1, 0, 4000});
	for (size_t c = 0; c < acc_coefficient_count; c++) {
		if (acc_coefficients[c]->two_coders || acc_coefficients[c]->binary)
			continue;
		struct acc_estimate linear = sample_estimate_patterns(
		    &patterns, acc_coefficients[c], "identity", ACC_CI_LINEAR, ACC_CLUSTER_UNIT);
		struct acc_resample resample =
		    acc_resample_make(replicates.value + c * replicates.count, NULL,
				      replicates.count, linear.value, (double)NAN);
		assert_true(fabs(resample.error / linear.se - 1) < 0.05);
		assert_true(fabs(acc_resample_quantile(&resample, 0.025) - linear.low) <
			    0.2 * linear.se);
		assert_true(fabs(acc_resample_quantile(&resample, 0.975) - linear.high) <
			    0.2 * linear.se);
	}
	acc_replicates_free(&replicates);
	acc_patterns_free(&patterns);
}

static void
test_percentiles(void **state)
{
	(void)state;
	double value[101], some[101];
	struct acc_spread spread = {.clusters = 9};
	for (int i = 0; i < 101; i++) {
		value[i] = (i * 37) % 101; /* 0 .. 100 in another order */
		some[i] = i < 6 ? (double)NAN : i;
	}
	struct acc_resample all = acc_resample_make(value, NULL, 101, 50, 30);
	assert_true(fabs(acc_resample_quantile(&all, 0.05) - 5) < 1e-9);
	assert_true(fabs(acc_resample_quantile(&all, 0.95) - 95) < 1e-9);
	assert_true(all.defined == 101 && all.count == 101);
	assert_true(fabs(all.below - 0.5) < 1e-12);
	assert_true(fabs(all.below_minimum - 30.0 / 101) < 1e-12);
	assert_true(fabs(all.error - sqrt(101 * 102 / 12.0)) < 1e-9);
	assert_int_equal(acc_resample_obstacle(&all, &spread), ACC_DEFINED);
	struct acc_resample few = acc_resample_make(some, NULL, 101, 50, (double)NAN);
	assert_true(few.defined == 95 && isnan(few.below_minimum));
	assert_int_equal(acc_resample_obstacle(&few, &spread), ACC_REASON_undefined_replicates);
}

/* Replicates without an error, or with none that differs, have no t. */
static void
test_studentised(void **state)
{
	(void)state;
	double value[] = {0.5, 0.9, NAN, 0.3, 0.7}, error[] = {0.1, 0, NAN, 0.2, 0.4};
	struct acc_resample t = acc_resample_make(value, error, 5, 0.5, (double)NAN);
	struct acc_spread spread = {.clusters = 20};
	assert_true(t.defined == 3 && t.count == 5);
	assert_true(fabs(t.sorted[0] + 1) < 1e-12 && fabs(t.sorted[1]) < 1e-12);
	assert_true(fabs(t.sorted[2] - 0.5) < 1e-12);
	assert_int_equal(acc_resample_obstacle(&t, &spread), ACC_REASON_undefined_replicates);
	double same[] = {0.4, 0.4, 0.4};
	t = acc_resample_make(same, NULL, 3, 0.4, (double)NAN);
	assert_int_equal(acc_resample_obstacle(&t, &spread), ACC_REASON_no_spread);
	spread.clusters = 1;
	assert_int_equal(acc_resample_obstacle(&t, &spread), ACC_REASON_one_cluster);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_three_participants),
	    cmocka_unit_test(test_equal_units),
	    cmocka_unit_test(test_any_replicate_alone),
	    cmocka_unit_test(test_silent_units_change_nothing),
	    cmocka_unit_test(test_error_of_many_units),
	    cmocka_unit_test(test_percentiles),
	    cmocka_unit_test(test_studentised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
