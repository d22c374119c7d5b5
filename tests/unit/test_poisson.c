/* The Poisson bootstrap: times of a cluster that depend on its name alone, and replicates made of
 * them. */
#include "tests/unit/sample.h"

#include "stats/bootstrap.h"
#include "stats/poisson_weight.h"
#include <math.h>

enum { COUNT = 400 };

/* Shares against exp(-1) / k!, within five standard errors; mean and variance 1. */
static void
test_distribution(void **state)
{
	(void)state;
	enum { N = 200000 };
	struct acc_weight_stream stream = acc_weight_stream_make(7);
	double count[20] = {0}, sum = 0, squares = 0, share = exp(-1);
	for (uint32_t i = 0; i < N; i++) {
		uint32_t times = acc_weight(&stream, i % 500, i / 500);
		assert_true(times < 20);
		count[times]++;
		sum += times;
		squares += (double)times * times;
	}
	for (int k = 0; k < 7; share /= ++k)
		assert_true(fabs(count[k] / N - share) < 5 * sqrt(share * (1 - share) / N));
	assert_true(fabs(sum / N - 1) < 5 * sqrt(1.0 / N));
	assert_true(fabs(squares / N - 2) < 5 * sqrt(11.0 / N));
}

/* Of two clusters, or of two seeds, times have nothing to do with each other. */
static void
test_independence(void **state)
{
	(void)state;
	enum { N = 100000 };
	struct acc_weight_stream stream = acc_weight_stream_make(7),
				 other = acc_weight_stream_make(8);
	uint64_t one = acc_weight_name("P1"), two = acc_weight_name("P2");
	double names = 0, seeds = 0, later = 0;
	for (uint32_t b = 0; b < N; b++) {
		double x = acc_weight(&stream, one, b) - 1.0;
		names += x * (acc_weight(&stream, two, b) - 1.0);
		seeds += x * (acc_weight(&other, one, b) - 1.0);
		later += x * (acc_weight(&stream, one, b + 1) - 1.0);
	}
	assert_true(fabs(names / N) < 5 / sqrt(N));
	assert_true(fabs(seeds / N) < 5 / sqrt(N));
	assert_true(fabs(later / N) < 5 / sqrt(N));
}

/* The numbers are part of results: they never change. */
static void
test_frozen(void **state)
{
	(void)state;
	static const uint32_t expected[12] = {0, 0, 2, 0, 1, 1, 0, 2, 1, 0, 1, 1};
	struct acc_weight_stream stream = acc_weight_stream_make(1);
	for (uint32_t b = 0; b < 12; b++)
		assert_int_equal(acc_weight(&stream, acc_weight_name("P1"), b), expected[b]);
}

static struct acc_replicates
draw(const struct acc_patterns *patterns, unsigned threads)
{
	static const struct acc_coefficient *const percent[] = {&acc_coefficient_percent_agreement};
	struct acc_weights weights = sample_weights("identity", patterns->code.count);
	struct acc_plan plan = {.coefficient = percent,
				.coefficients = 1,
				.weights = &weights,
				.ci = ACC_CI_BOOTSTRAP_POISSON,
				.cluster = ACC_CLUSTER_PARTICIPANT,
				.threads = threads};
	struct acc_scope scope = {.group = ACC_NONE, .coders = patterns->coder.count};
	struct acc_draw which = {.seed = 1, .count = COUNT};
	struct acc_replicates replicates;
	assert_int_equal(acc_bootstrap(patterns, &plan, &scope, 0, &which, &replicates), ACC_OK);
	acc_weights_free(&weights);
	return replicates;
}

/* Replicates of percent agreement are what the times of the participants' names make of it:
 * agree[units] says whether the coders of a unit agree. Frees the patterns. */
static void
check(struct acc_patterns *patterns, unsigned threads, size_t units, const uint32_t *participant,
      const bool *agree)
{
	struct acc_replicates replicates = draw(patterns, threads);
	struct acc_weight_stream stream = acc_weight_stream_make(1);
	for (size_t b = 0; b < COUNT; b++) {
		double same = 0, all = 0;
		for (size_t u = 0; u < units; u++) {
			char name[16];
			snprintf(name, sizeof name, "p%03u", participant[u]);
			double times = acc_weight(&stream, acc_weight_name(name), b);
			all += times;
			same += agree[u] ? times : 0;
		}
		double value = replicates.value[b];
		assert_true(all > 0 ? fabs(value - same / all) < 1e-12 : isnan(value));
	}
	acc_replicates_free(&replicates);
	acc_patterns_free(patterns);
}

static void
check_sample(const struct sample *sample, unsigned threads)
{
	struct acc_patterns patterns = sample_patterns(sample, ACC_CODES);
	bool agree[SAMPLE_UNITS];
	for (uint32_t u = 0; u < sample->units; u++)
		agree[u] = sample->code[u][0] == sample->code[u][1];
	check(&patterns, threads, sample->units, sample->participant, agree);
}

/* The same in the whole study and in any part of it. */
static void
test_replicates(void **state)
{
	(void)state;
	uint64_t seed = 5;
	struct sample sample = sample_make(&seed, 40, 2, 3, 0), part = sample;
	check_sample(&sample, 1);
	check_sample(&sample, 3);
	part.units = 0;
	for (uint32_t u = 0; u < sample.units; u++)
		if (sample.participant[u] % 2) {
			part.participant[part.units] = sample.participant[u];
			part.code[part.units][0] = sample.code[u][0];
			part.code[part.units++][1] = sample.code[u][1];
		}
	assert_in_range(part.units, 5, 35);
	check_sample(&part, 1);
}

/* So many participants that they are drawn side by side and what they say is counted by kind. */
static void
test_many(void **state)
{
	(void)state;
	enum { MANY = 3001, CODES = 3 };
	static uint32_t participant[MANY];
	static bool agree[MANY];
	uint64_t seed = 9;
	struct acc_patterns patterns = {.design = ACC_CODES};
	uint32_t value[CODES];
	sample_label(&patterns.theme, "", 0);
	for (uint32_t k = 0; k < CODES; k++) {
		sample_label(&patterns.code, "code", k);
		assert_int_equal(acc_pool_add(&patterns.value, (uint32_t[]){0, k}, 2, &value[k]),
				 ACC_OK);
	}
	uint32_t one = sample_label(&patterns.coder, "coder", 1);
	uint32_t two = sample_label(&patterns.coder, "coder", 2);
	for (uint32_t u = 0; u < MANY; u++) {
		uint32_t a = sample_below(&seed, CODES), b = sample_below(&seed, CODES);
		participant[u] = u;
		agree[u] = a == b;
		uint32_t word[] = {ACC_NONE, sample_label(&patterns.participant, "p", u),
				   ACC_NONE, one,
				   value[a], two,
				   value[b]};
		assert_int_equal(acc_patterns_add(&patterns, word, 7, 1, NULL), ACC_OK);
	}
	assert_int_equal(acc_patterns_canonical(&patterns, NULL), ACC_OK);
	check(&patterns, 2, MANY, participant, agree);
}

/* Many at once are what each is by itself, however many and with whatever numbers. */
static void
test_side_by_side(void **state)
{
	(void)state;
	enum { MANY = 100 };
	uint64_t name[MANY], seed = 3;
	for (uint64_t b = 0; b < 4000; b++) {
		struct acc_weight_stream stream = acc_weight_stream_make(b % 7);
		uint64_t replicate = b << b % 40;
		uint32_t times[MANY + 1];
		size_t count = sample_below(&seed, MANY + 1);
		for (size_t i = 0; i < count; i++)
			name[i] = (uint64_t)sample_below(&seed, UINT32_MAX) << 32 |
				  sample_below(&seed, UINT32_MAX);
		times[count] = 77;
		acc_weight_all(&stream, name, count, replicate, times);
		for (size_t i = 0; i < count; i++)
			assert_int_equal(times[i], acc_weight(&stream, name[i], replicate));
		assert_int_equal(times[count], 77);
	}
	/* Numbers whose first bits are those of a limit: the last bits decide. */
	static const uint64_t close[][3] = {
	    {13, 9040584, 0},  {8, 5748358, 2},  {10, 6129149, 2}, {3, 12185878, 3},
	    {13, 14021794, 3}, {12, 5866413, 4}, {3, 9385331, 4},  {9, 2039526, 5},
	};
	struct acc_weight_stream stream = acc_weight_stream_make(1);
	for (uint64_t i = 0; i < MANY; i++)
		name[i] = i;
	for (size_t c = 0; c < sizeof close / sizeof *close; c++) {
		uint32_t times[MANY];
		acc_weight_all(&stream, name, MANY, close[c][1], times);
		assert_int_equal(times[close[c][0]], close[c][2]);
		assert_int_equal(acc_weight(&stream, close[c][0], close[c][1]), close[c][2]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_distribution), cmocka_unit_test(test_independence),
	    cmocka_unit_test(test_frozen),       cmocka_unit_test(test_replicates),
	    cmocka_unit_test(test_many),         cmocka_unit_test(test_side_by_side),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
