/* intervals: published numbers, and laws that tie each kind to another. */
#include "tests/unit/sample.h"

#include "stats/bootstrap.h"
#include "stats/influence.h"
#include "stats/method.h"
#include "stats/minimum.h"
#include "stats/resample.h"
#include "stats/special.h"
#include <math.h>

static bool
near(double a, double b, double tolerance)
{
	return fabs(a - b) <= tolerance;
}

/* Two coders; a participant's units are written "ab ab ab". */
static struct sample
from_text(const char *const *participant, uint32_t participants, uint32_t categories)
{
	struct sample sample = {
	    .coders = 2, .categories = categories, .participants = participants};
	sample.coder_label[1] = 1;
	for (uint32_t p = 0; p < participants; p++)
		for (const char *at = participant[p]; *at; at += 2 + (at[2] == ' ')) {
			sample.participant[sample.units] = p;
			sample.code[sample.units][0] = (uint32_t)(at[0] - '0');
			sample.code[sample.units][1] = (uint32_t)(at[1] - '0');
			sample.units++;
		}
	return sample;
}

static struct acc_estimate
estimate(const struct sample *sample, const char *key, const char *scheme, enum acc_ci ci)
{
	return sample_estimate(sample, acc_coefficient_find(key), scheme, ci,
			       ACC_CLUSTER_PARTICIPANT);
}

/* Vanbelle 2017, FEES, one pair of readings: the linearised error is that of the R package
 * multiagree; the others were worked out independently. */
static void
test_fees(void **state)
{
	(void)state;
	static const char *const people[] = {"00 00", "10 22", "11 11", "11 22", "11 00",
					     "11 22", "00 11", "00",    "22 22", "11",
					     "00 11", "11",    "11 00", "00 00", "10 11",
					     "11",    "00 12", "11 11", "10",    "00 00"};
	struct sample sample = from_text(people, 20, 3);
	struct acc_estimate one = estimate(&sample, "cohen_kappa", "linear", ACC_CI_LINEAR);
	assert_true(near(one.value, 0.846154, 1e-6) && near(one.se, 0.071329, 1e-6));
	one = estimate(&sample, "cohen_kappa", "linear", ACC_CI_AUTO);
	assert_true(near(one.se, 0.073120, 1e-6) && near(one.effective, 18.846154, 1e-6));
	assert_true(near(one.low, 0.605163, 1e-6) && near(one.high, 0.945087, 1e-6));
	one = estimate(&sample, "cohen_kappa", "linear", ACC_CI_JACKKNIFE);
	assert_true(near(one.se, 0.073120, 1e-6));
}

/* Units of the listed participants, each drawing a participant of its own. */
static struct sample
resampled(const struct sample *sample, const uint32_t *participant, uint32_t drawn)
{
	struct sample made = *sample;
	made.units = 0;
	made.participants = drawn;
	for (uint32_t i = 0; i < drawn; i++)
		for (uint32_t u = 0; u < sample->units; u++)
			if (sample->participant[u] == participant[i]) {
				memcpy(made.code[made.units], sample->code[u],
				       sizeof sample->code[u]);
				made.participant[made.units++] = i;
			}
	return made;
}

/* Mean and standard deviation over all 27 resamples of three participants. */
static void
enumerate(const struct sample *sample, const struct acc_coefficient *coefficient,
	  enum acc_design design, double *mean, double *sd, double *mean_error)
{
	double sum = 0, squares = 0, errors = 0;
	for (uint32_t i = 0; i < 27; i++) {
		uint32_t drawn[3] = {i % 3, i / 3 % 3, i / 9};
		struct sample made = resampled(sample, drawn, 3);
		struct acc_patterns patterns = sample_patterns(&made, design);
		struct acc_estimate one = sample_estimate_patterns(
		    &patterns, coefficient, "identity", ACC_CI_LINEAR, ACC_CLUSTER_PARTICIPANT);
		sum += one.value;
		squares += one.value * one.value;
		errors += one.se;
		acc_patterns_free(&patterns);
	}
	*mean = sum / 27;
	*sd = sqrt(squares / 27 - *mean * *mean);
	*mean_error = errors / 27;
}

static const double *theme_weight; /* of draw()'s plan, or NULL */

static struct acc_replicates
draw(const struct acc_patterns *patterns, const struct acc_coefficient *coefficient, enum acc_ci ci,
     unsigned threads, size_t count)
{
	struct acc_weights weights =
	    sample_weights("identity", patterns->design == ACC_THEMES ? 2 : patterns->code.count);
	struct acc_plan plan = {.coefficient = &coefficient,
				.coefficients = 1,
				.weights = &weights,
				.ci = ci,
				.present = ACC_NONE,
				.theme_weight = theme_weight,
				.threads = threads};
	struct acc_scope scope = {.group = ACC_NONE, .coders = patterns->coder.count};
	struct acc_replicates replicates;
	assert_int_equal(acc_bootstrap(patterns, &plan, &scope, ACC_NONE,
				       &(struct acc_draw){1, 0, count}, &replicates),
			 ACC_OK);
	acc_weights_free(&weights);
	return replicates;
}

static void
moments(const double *value, size_t count, double *mean, double *sd)
{
	double sum = 0, squares = 0;
	for (size_t b = 0; b < count; b++) {
		sum += value[b];
		squares += value[b] * value[b];
	}
	*mean = sum / (double)count;
	*sd = sqrt(squares / (double)count - *mean * *mean);
}

/* A worked example: all 27 resamples, exactly. */
static void
test_exact_bootstrap(void **state)
{
	(void)state;
	enum { COUNT = 20000 };
	static const char *const people[] = {"11 10 00 11", "00 11 01", "11 11 00 00 10"};
	struct sample sample = from_text(people, 3, 2);
	const struct acc_coefficient *fleiss = &acc_coefficient_fleiss_kappa;
	double mean, sd, errors, drawn, spread;
	enumerate(&sample, fleiss, ACC_CODES, &mean, &sd, &errors);
	assert_true(near(mean, 0.486558, 1e-6) && near(sd, 0.063071, 1e-6));
	struct acc_estimate one = estimate(&sample, "fleiss_kappa", "identity", ACC_CI_JACKKNIFE);
	assert_true(near(one.se, 0.078520, 1e-6));
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	struct acc_replicates replicates = draw(&patterns, fleiss, ACC_CI_BOOTSTRAP_T, 1, COUNT);
	moments(replicates.value, COUNT, &drawn, &spread);
	assert_true(near(drawn, mean, 5 * sd / sqrt(COUNT)) && near(spread, sd, 0.05 * sd));
	moments(replicates.error, COUNT, &drawn, &spread);
	assert_true(near(drawn, errors, 5 * spread / sqrt(COUNT)));
	acc_replicates_free(&replicates);
	acc_patterns_free(&patterns);
}

/* The same for a value pooled over themes: values and their errors. */
static void
test_pooled_bootstrap(void **state)
{
	(void)state;
	enum { COUNT = 8000 };
	uint64_t seed = 31;
	struct sample sample = sample_make(&seed, 40, 3, 3, 0.1);
	for (uint32_t u = 0; u < sample.units; u++)
		sample.participant[u] = u % 3;
	for (size_t c = 0; c < acc_coefficient_count; c++) {
		const struct acc_coefficient *one = acc_coefficients[c];
		double mean, sd, errors, drawn, spread;
		if (one->two_coders)
			continue;
		enumerate(&sample, one, ACC_THEMES, &mean, &sd, &errors);
		struct acc_patterns patterns = sample_patterns(&sample, ACC_THEMES);
		struct acc_replicates all = draw(&patterns, one, ACC_CI_BOOTSTRAP_T, 2, COUNT);
		assert_int_equal(all.questions, 4);
		moments(all.value + 3 * COUNT, COUNT, &drawn, &spread);
		assert_true(near(drawn, mean, 5 * sd / sqrt(COUNT)));
		assert_true(near(spread, sd, 0.05 * sd));
		moments(all.error + 3 * COUNT, COUNT, &drawn, &spread);
		assert_true(near(drawn, errors, 5 * spread / sqrt(COUNT)));
		acc_replicates_free(&all);
		acc_patterns_free(&patterns);
	}
}

/* A pool in which one theme counts is that theme. */
static void
test_weighted_pool(void **state)
{
	(void)state;
	enum { COUNT = 200 };
	static const double only_second[] = {0, 3, 0};
	uint64_t seed = 37;
	struct sample sample = sample_make(&seed, 60, 3, 3, 0.1);
	struct acc_patterns patterns = sample_patterns(&sample, ACC_THEMES);
	theme_weight = only_second;
	struct acc_replicates all =
	    draw(&patterns, &acc_coefficient_gwet_ac, ACC_CI_BOOTSTRAP_T, 1, COUNT);
	theme_weight = NULL;
	for (size_t b = 0; b < COUNT; b++) {
		assert_true(near(all.value[3 * COUNT + b], all.value[COUNT + b], 1e-12));
		assert_true(near(all.error[3 * COUNT + b], all.error[COUNT + b], 1e-12));
	}
	acc_replicates_free(&all);
	acc_patterns_free(&patterns);
}

static void
test_threads(void **state)
{
	(void)state;
	enum { COUNT = 500 };
	uint64_t seed = 32;
	struct sample sample = sample_make(&seed, 60, 3, 3, 0.1);
	struct acc_patterns patterns = sample_patterns(&sample, ACC_THEMES);
	const struct acc_coefficient *alpha = &acc_coefficient_krippendorff_alpha;
	struct acc_replicates one = draw(&patterns, alpha, ACC_CI_BOOTSTRAP_T, 1, COUNT);
	for (unsigned threads = 2; threads < 8; threads++) {
		struct acc_replicates many =
		    draw(&patterns, alpha, ACC_CI_BOOTSTRAP_T, threads, COUNT);
		size_t bytes = one.questions * COUNT * sizeof *one.value;
		assert_memory_equal(one.value, many.value, bytes);
		assert_memory_equal(one.error, many.error, bytes);
		acc_replicates_free(&many);
	}
	acc_replicates_free(&one);
	acc_patterns_free(&patterns);
}

/* A minimum at the lower limit is just not excluded: p = alpha/2, also where nobody disagrees. */
static void
test_minimum_is_the_limit(void **state)
{
	(void)state;
	uint64_t seed = 33;
	for (int i = 0; i < 20; i++) {
		struct sample sample = sample_make(&seed, 50, 3, 2, 0.1);
		if (i % 2)
			for (uint32_t u = 0; u < sample.units; u++)
				for (uint32_t j = 0; j < 3; j++)
					sample.code[u][j] = u % 2;
		struct acc_estimate one =
		    estimate(&sample, "fleiss_kappa", "identity", ACC_CI_AUTO);
		assert_true(near(acc_minimum_p(&one, one.low), 0.025, 1e-9));
		assert_true(acc_minimum_p(&one, one.low + 0.02) > 0.025);
		assert_true(i % 2 || near(acc_minimum_p(&one, one.value), 0.5, 1e-9));
		assert_true(isnan(acc_minimum_p(&one, 1)) && isnan(acc_minimum_p(&one, NAN)));
		one.estimable = false;
		assert_true(isnan(acc_minimum_p(&one, 0.5)));
	}
}

static void
test_benchmark(void **state)
{
	(void)state;
	struct acc_estimate one = {
	    .value = .77544, .se = .14295, .df = (double)INFINITY, .estimable = true};
	double p;
	/* Gwet's vignette: Moderate .99542, Substantial only .88336. */
	assert_string_equal(acc_benchmark(&acc_scales[0], &one, &p), "Moderate");
	assert_true(near(p, .99542, 1e-5));
	assert_true(
	    near(acc_benchmark_cumulative(.77544, .14295, (double)INFINITY, .6), .88336, 1e-5));
	one.se = 0;
	assert_string_equal(acc_benchmark(&acc_scales[0], &one, &p), "Substantial");
	assert_true(p == 1);
	one.se = NAN;
	assert_null(acc_benchmark(&acc_scales[0], &one, &p));
	assert_true(isnan(p));
	for (size_t i = 0; i < acc_scale_count; i++) {
		double last = 2;
		for (const struct acc_scale_level *at = acc_scales[i].level; at->name; at++) {
			assert_true(at->low < last);
			last = at->low;
		}
		assert_true(last == -1);
	}
}

/* ---- groups of known size ---- */

static struct acc_estimate
with_population(const struct sample *sample, const char *key, enum acc_ci ci, double people)
{
	struct acc_patterns patterns = sample_patterns(sample, ACC_CODES);
	struct acc_weights weights = sample_weights("identity", sample->categories);
	const struct acc_coefficient *one = acc_coefficient_find(key);
	struct acc_plan plan = {.coefficient = &one,
				.coefficients = 1,
				.weights = &weights,
				.ci = ci,
				.present = ACC_NONE,
				.population = &people,
				.level = 0.95};
	struct acc_scope scope = {.group = ACC_NONE, .coders = patterns.coder.count};
	struct acc_estimate *all;
	assert_int_equal(acc_agreement(&patterns, &plan, &scope, &all), ACC_OK);
	struct acc_estimate made = all[0];
	free(all);
	acc_weights_free(&weights);
	acc_patterns_free(&patterns);
	return made;
}

/* sum over participants of n/(n - 1) sum (psi - mean)^2, from influence values of units. */
static double
within(const struct sample *sample, const char *key)
{
	struct acc_patterns patterns = sample_patterns(sample, ACC_CODES);
	struct acc_weights weights = sample_weights("identity", sample->categories);
	const struct acc_coefficient *one = acc_coefficient_find(key);
	struct acc_plan plan = {.coefficient = &one,
				.coefficients = 1,
				.weights = &weights,
				.cluster = ACC_CLUSTER_UNIT};
	struct acc_scope scope = {.group = ACC_NONE, .coders = patterns.coder.count};
	struct acc_influences units = {0};
	double n[SAMPLE_UNITS] = {0}, sum[SAMPLE_UNITS] = {0}, squares[SAMPLE_UNITS] = {0}, all = 0;
	assert_int_equal(acc_influences_add(&units, &patterns, &plan, &scope), ACC_OK);
	/* Blocks of units are the patterns in order. */
	assert_int_equal(units.blocks, patterns.vector.count);
	for (uint32_t p = 0; p < patterns.vector.count; p++) {
		uint32_t who = acc_patterns_get(&patterns, p).participant;
		n[who] += units.times[p];
		sum[who] += units.times[p] * units.psi[p];
		squares[who] += units.times[p] * units.psi[p] * units.psi[p];
	}
	for (size_t g = 0; g < patterns.participant.count; g++)
		all += n[g] / (n[g] - 1) * (squares[g] - sum[g] * sum[g] / n[g]);
	acc_influences_free(&units);
	acc_weights_free(&weights);
	acc_patterns_free(&patterns);
	return all;
}

static void
test_population(void **state)
{
	(void)state;
	uint64_t seed = 34;
	static const char *const keys[] = {"fleiss_kappa", "krippendorff_alpha", "gwet_ac"};
	for (size_t i = 0; i < 3; i++) {
		struct sample sample = sample_make(&seed, 48, 3, 3, 0);
		for (uint32_t u = 0; u < sample.units; u++)
			sample.participant[u] = u % 6;
		struct acc_estimate none = estimate(&sample, keys[i], "identity", ACC_CI_AUTO);
		struct acc_estimate many = with_population(&sample, keys[i], ACC_CI_AUTO, 1e12);
		struct acc_estimate half = with_population(&sample, keys[i], ACC_CI_AUTO, 12);
		struct acc_estimate whole = with_population(&sample, keys[i], ACC_CI_AUTO, 6);
		double inside = within(&sample, keys[i]);
		assert_true(near(many.se, none.se, 1e-9) && near(many.low, none.low, 1e-6));
		assert_true(near(whole.se * whole.se, inside, 1e-12));
		assert_true(near(half.se * half.se, 0.5 * none.se * none.se + 0.5 * inside, 1e-12));
		assert_true(strstr(whole.method, "these people only"));
		assert_true(near(whole.df, 48 - 6, 1e-9));
		struct acc_estimate linear = with_population(&sample, keys[i], ACC_CI_LINEAR, 6);
		assert_true(near(linear.se * linear.se, inside, 1e-12));
		/* One person, all there is: still an interval about that person. */
		for (uint32_t u = 0; u < sample.units; u++)
			sample.participant[u] = 0;
		struct acc_estimate alone = with_population(&sample, keys[i], ACC_CI_AUTO, 1);
		assert_int_equal(alone.reason, ACC_DEFINED);
		assert_true(alone.low < alone.value && alone.value < alone.high);
		assert_int_equal(with_population(&sample, keys[i], ACC_CI_AUTO, NAN).reason,
				 ACC_REASON_one_cluster);
	}
}

/* ---- who gets which ---- */

static void
test_refusals(void **state)
{
	(void)state;
	uint64_t seed = 35;
	struct sample three = sample_make(&seed, 60, 3, 3, 0);
	struct sample two = sample_make(&seed, 60, 2, 3, 0), gaps = two;
	gaps.code[5][1] = ACC_NONE;
	struct acc_estimate fce = estimate(&two, "cohen_kappa", "quadratic", ACC_CI_FCE);
	struct acc_estimate gwet = estimate(&two, "cohen_kappa", "quadratic", ACC_CI_GWET);
	assert_true(near(fce.se, gwet.se * sqrt(59 / 60.0), 1e-12));
	assert_true(near(fce.high, fce.value + acc_normal_quantile(0.975) * fce.se, 1e-12));
	assert_int_equal(estimate(&three, "fleiss_kappa", "identity", ACC_CI_FCE).reason,
			 ACC_REASON_two_complete_coders);
	assert_int_equal(estimate(&gaps, "cohen_kappa", "identity", ACC_CI_FCE).reason,
			 ACC_REASON_two_complete_coders);
	struct acc_estimate chance = estimate(&three, "fleiss_kappa", "identity", ACC_CI_NULL);
	assert_int_equal(chance.reason, ACC_REASON_no_interval);
	assert_true(chance.se > 0 && chance.p >= 0 && chance.p <= 1 && isnan(chance.low));
	assert_int_equal(estimate(&three, "gwet_ac", "identity", ACC_CI_NULL).reason,
			 ACC_REASON_no_null);
	assert_int_equal(estimate(&three, "fleiss_kappa", "linear", ACC_CI_NULL).reason,
			 ACC_REASON_no_null);
	assert_int_equal(estimate(&gaps, "cohen_kappa", "identity", ACC_CI_NULL).reason,
			 ACC_REASON_no_null);
	assert_int_equal(estimate(&three, "fleiss_kappa", "identity", ACC_CI_BOOTSTRAP_T).reason,
			 ACC_REASON_fifteen_clusters);
}

/* Without bias and acceleration BCa is the percentile interval; with them it moves the way they
 * point. Known in closed form for uniform replicates. */
static void
test_bca(void **state)
{
	(void)state;
	double value[9999];
	for (int b = 0; b < 9999; b++)
		value[b] = b / 9998.0;
	struct acc_estimate one = {.value = .5}, other = one;
	struct acc_spread spread = {.clusters = 20, .moment = {0, 1, 0}};
	spread.resample = acc_resample_make(value, NULL, 9999, .5, (double)NAN);
	assert_int_equal(acc_method_bootstrap_bca.make(&one, &spread, .95), ACC_DEFINED);
	assert_int_equal(acc_method_bootstrap_percentile.make(&other, &spread, .95), ACC_DEFINED);
	assert_true(near(one.low, other.low, 1e-9) && near(one.high, other.high, 1e-9));
	assert_true(near(one.low, .025, 1e-9) && near(one.high, .975, 1e-9));
	/* z0 = Phi^-1(.6) = .253347, a = .6 / 6 = .1 */
	spread.moment[2] = .6;
	spread.resample.below = .6;
	assert_int_equal(acc_method_bootstrap_bca.make(&one, &spread, .95), ACC_DEFINED);
	double z0 = .2533471031357997, z = 1.959963984540054;
	assert_true(near(one.low, 1 - acc_normal_tail(z0 + (z0 - z) / (1 - .1 * (z0 - z))), 1e-9));
	assert_true(near(one.high, 1 - acc_normal_tail(z0 + (z0 + z) / (1 - .1 * (z0 + z))), 1e-9));
	spread.resample.below = 0;
	assert_int_equal(acc_method_bootstrap_bca.make(&one, &spread, .95),
			 ACC_REASON_one_sided_replicates);
}

/* Every kind of interval contains its value or says why there is none. */
static void
test_every_method(void **state)
{
	(void)state;
	uint64_t seed = 36;
	for (int i = 0; i < 6; i++) {
		struct sample sample = sample_make(&seed, 60, i % 2 ? 2 : 3, 3, i < 4 ? 0 : 0.2);
		for (uint32_t u = 0; u < sample.units; u++)
			sample.participant[u] = u % 20;
		for (size_t m = 0; m < acc_method_count; m++)
			for (size_t c = 0; c < acc_coefficient_count; c++) {
				struct acc_estimate one = estimate(
				    &sample, acc_coefficients[c]->key, "identity", (enum acc_ci)m);
				bool has = !isnan(one.low) && !isnan(one.high);
				assert_true(has == (one.reason == ACC_DEFINED));
				assert_true(has == (*one.method != 0) || m == ACC_CI_NULL);
				if (has)
					assert_true(one.low <= one.value + 1e-12 &&
						    one.value <= one.high + 1e-12 && one.se >= 0);
			}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_fees),
	    cmocka_unit_test(test_exact_bootstrap),
	    cmocka_unit_test(test_pooled_bootstrap),
	    cmocka_unit_test(test_weighted_pool),
	    cmocka_unit_test(test_threads),
	    cmocka_unit_test(test_minimum_is_the_limit),
	    cmocka_unit_test(test_benchmark),
	    cmocka_unit_test(test_population),
	    cmocka_unit_test(test_refusals),
	    cmocka_unit_test(test_bca),
	    cmocka_unit_test(test_every_method),
	};
	acc_special_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
