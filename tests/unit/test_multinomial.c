/* multinomial: against its moments and, where it is small, its whole distribution. */
#include "stats/multinomial.h"
#include "stats/poisson.h"
#include "stats/special.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { DRAWS = 4000, MOST = 400 };

static struct acc_stream
stream_of(uint64_t seed)
{
	struct acc_stream stream;
	acc_stream_go(&stream, &(struct acc_address){.seed = seed});
	return stream;
}

/* Means, variances and covariances with the first within 5.5 standard errors, for every category.
 */
static void
check_moments(const double *weight, size_t categories, uint32_t draws)
{
	struct acc_multinomial multinomial;
	struct acc_stream stream = stream_of(draws);
	double sum[MOST] = {0}, squares[MOST] = {0}, products[MOST] = {0}, weights = 0;
	for (size_t k = 0; k < categories; k++)
		weights += weight[k];
	assert_int_equal(acc_multinomial_make(&multinomial, weight, categories, draws), ACC_OK);
	for (int i = 0; i < DRAWS; i++) {
		uint32_t times[MOST], scratch[MOST];
		uint64_t all = 0;
		acc_multinomial_draw(&multinomial, &stream, times, scratch);
		double first = times[0] - draws * weight[0] / weights;
		for (size_t k = 0; k < categories; k++) {
			double off = times[k] - draws * weight[k] / weights;
			sum[k] += off;
			squares[k] += off * off;
			products[k] += off * first;
			all += times[k];
		}
		assert_int_equal(all, draws);
	}
	for (size_t k = 0; k < categories; k++) {
		double p = weight[k] / weights, q = weight[0] / weights;
		double variance = draws * p * (1 - p), other = draws * q * (1 - q);
		if (!(variance > 0)) {
			assert_true(!(squares[k] > 0));
			continue;
		}
		double of_variance = sqrt((2 + 1 / variance) / DRAWS);
		assert_true(fabs(sum[k] / DRAWS) <= 5.5 * sqrt(variance / DRAWS));
		assert_true(fabs(squares[k] / DRAWS / variance - 1) <= 5.5 * of_variance);
		if (k)
			assert_true(fabs(products[k] / DRAWS + draws * p * q) <=
				    5.5 * sqrt((variance * other + pow(draws * p * q, 2)) / DRAWS) *
					(1 + of_variance));
	}
	acc_multinomial_free(&multinomial);
}

static void
test_moments(void **state)
{
	(void)state;
	double uneven[40], equal[40];
	for (size_t k = 0; k < 40; k++) {
		uneven[k] = exp(-(double)k / 4);
		equal[k] = 1;
	}
	uneven[7] = 0;
	for (uint32_t draws = 1; draws < 200000000; draws *= 7) {
		check_moments(uneven, 40, draws);
		check_moments(equal, 40, draws);
		check_moments(uneven, 1, draws);
		check_moments(uneven, 3, draws);
	}
}

/* The chance that `chi_square` is at least this large by chance alone. */
static double
tail(double chi_square, double df)
{
	return acc_chi2_tail(chi_square, df);
}

/* All 1,771 ways to put 20 draws into four categories, pooled where they are rare. */
static void
test_whole_distribution(void **state)
{
	(void)state;
	enum { N = 20, ROUNDS = 60000 };
	const double weight[4] = {4, 3, 2, 1};
	static int seen[N + 1][N + 1][N + 1];
	struct acc_multinomial multinomial;
	struct acc_stream stream = stream_of(3);
	assert_int_equal(acc_multinomial_make(&multinomial, weight, 4, N), ACC_OK);
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t times[4], scratch[4];
		acc_multinomial_draw(&multinomial, &stream, times, scratch);
		seen[times[0]][times[1]][times[2]]++;
	}
	acc_multinomial_free(&multinomial);
	double chi_square = 0, rare = 0, rare_seen = 0, df = 0;
	for (int a = 0; a <= N; a++)
		for (int b = 0; a + b <= N; b++)
			for (int c = 0; a + b + c <= N; c++) {
				int d = N - a - b - c;
				double expected =
				    ROUNDS * exp(lgamma(N + 1.) - lgamma(a + 1.) - lgamma(b + 1.) -
						 lgamma(c + 1.) - lgamma(d + 1.) + a * log(.4) +
						 b * log(.3) + c * log(.2) + d * log(.1));
				if (expected < 5) {
					rare += expected;
					rare_seen += seen[a][b][c];
					continue;
				}
				chi_square += pow(seen[a][b][c] - expected, 2) / expected;
				df++;
			}
	chi_square += pow(rare_seen - rare, 2) / rare;
	assert_true(tail(chi_square, df) > 0.001);
}

enum { REPEAT = 20000, CATEGORIES = 60, SETS = 60 };
static uint32_t drawn[REPEAT][CATEGORIES];

/* The sum of the categories of a set is binomial; of any set, where draws are multinomial. */
static double
check_sum(uint64_t set, double chance, double draws)
{
	enum { CELLS = 50 };
	double spread = sqrt(draws * chance * (1 - chance)), seen[CELLS] = {0};
	double first = floor(draws * chance - 4 * spread), width = ceil(8 * spread / CELLS);
	double expected[CELLS] = {0}, chi_square = 0, df = -1;
	for (size_t i = 0; i < REPEAT; i++) {
		double sum = 0;
		for (size_t k = 0; k < CATEGORIES; k++)
			sum += set >> k & 1 ? drawn[i][k] : 0;
		double cell = floor((sum - first) / width);
		if (cell >= 0 && cell < CELLS)
			seen[(size_t)cell]++;
	}
	for (double x = fmax(first, 0); x < first + width * CELLS && x <= draws; x++)
		expected[(size_t)((x - first) / width)] +=
		    REPEAT * exp(lgamma(draws + 1) - lgamma(x + 1) - lgamma(draws - x + 1) +
				 x * log(chance) + (draws - x) * log1p(-chance));
	for (size_t i = 0; i < CELLS; i++)
		if (expected[i] >= 5) {
			chi_square += pow(seen[i] - expected[i], 2) / expected[i];
			df++;
		}
	return tail(chi_square, df);
}

static void
test_sums_of_stages(void **state)
{
	(void)state;
	double weight[CATEGORIES], weights = 0, least = 1;
	const uint32_t numbers[] = {300, 20000, 3000000};
	for (size_t k = 0; k < CATEGORIES; k++)
		weights += weight[k] = 1 + (double)(k * k % 37);
	for (size_t n = 0; n < 3; n++) {
		struct acc_multinomial multinomial;
		struct acc_stream stream = stream_of(numbers[n]), sets = stream_of(1);
		assert_true(acc_multinomial_by_stages(CATEGORIES, numbers[n]));
		assert_int_equal(acc_multinomial_make(&multinomial, weight, CATEGORIES, numbers[n]),
				 ACC_OK);
		assert_true(n || multinomial.stages > 1);
		for (int i = 0; i < REPEAT; i++) {
			uint32_t scratch[CATEGORIES];
			acc_multinomial_draw(&multinomial, &stream, drawn[i], scratch);
		}
		acc_multinomial_free(&multinomial);
		for (int s = 0; s < SETS; s++) {
			uint64_t set =
			    (uint64_t)acc_stream_word(&sets) << 32 | acc_stream_word(&sets);
			double chance = 0;
			for (size_t k = 0; k < CATEGORIES; k++)
				chance += set >> k & 1 ? weight[k] / weights : 0;
			least = fmin(least, check_sum(set, chance, numbers[n]));
		}
	}
	assert_true(least > 0.001 / (3 * SETS));
}

/* Poisson numbers against their chances: by table, by corrected normal numbers, or above a base. */
static uint32_t
poisson_number(const struct acc_poisson *poisson, const struct acc_normal *normal,
	       struct acc_stream *stream)
{
	uint32_t number;
	if (!poisson->table.count)
		return acc_poisson_large(poisson, normal, stream);
	uint64_t sum = acc_poisson_fill(&poisson->table, stream, &number, 1);
	if (poisson->base)
		sum += acc_poisson_add(&poisson->base->table, stream, &number, 1);
	assert_int_equal(sum, number);
	return number;
}

static void
check_poisson(const struct acc_poisson *poisson)
{
	enum { NUMBERS = 40000, CELLS = 40 };
	struct acc_normal normal;
	acc_normal_make(&normal);
	double mean = poisson->mean;
	struct acc_stream stream = stream_of((uint64_t)mean);
	double spread = sqrt(mean), seen[CELLS] = {0}, expected[CELLS] = {0};
	double first = floor(mean - 5 * spread), last = ceil(mean + 5 * spread);
	for (double k = fmax(first, 0); k <= last; k++) {
		double log_chance = k * log(mean) - mean - lgamma(k + 1);
		size_t cell = (size_t)((k - first) / (last - first + 1) * CELLS);
		expected[cell] += NUMBERS * exp(log_chance);
	}
	for (int i = 0; i < NUMBERS; i++) {
		double k = poisson_number(poisson, &normal, &stream);
		if (k >= first && k <= last)
			seen[(size_t)((k - first) / (last - first + 1) * CELLS)]++;
	}
	double chi_square = 0, df = -1;
	for (size_t i = 0; i < CELLS; i++)
		if (expected[i] >= 5) {
			chi_square += pow(seen[i] - expected[i], 2) / expected[i];
			df++;
		}
	assert_true(tail(chi_square, df) > 0.001);
}

static void
check_poisson_by(double mean, double most_by_table)
{
	struct acc_poisson poisson;
	assert_int_equal(acc_poisson_make(&poisson, mean, most_by_table), ACC_OK);
	assert_int_equal(poisson.table.count > 0, mean <= most_by_table || mean < 10);
	check_poisson(&poisson);
	acc_poisson_free(&poisson);
}

static void
test_poisson(void **state)
{
	(void)state;
	const double mean[] = {0.5, 3, 10.5, 11, 77.7, 1000, 54321, 3e6};
	for (size_t i = 0; i < sizeof mean / sizeof *mean; i++) {
		check_poisson_by(mean[i], 0);
		if (mean[i] < 1e5)
			check_poisson_by(mean[i], mean[i]);
	}
}

static void
test_poisson_above(void **state)
{
	(void)state;
	const double more[] = {0, 0.25, 1, 7.5, 60, 500};
	struct acc_poisson base, poisson;
	assert_int_equal(acc_poisson_make(&base, 2000, 2000), ACC_OK);
	for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
		assert_int_equal(acc_poisson_make_above(&poisson, 2000 + more[i], &base), ACC_OK);
		check_poisson(&poisson);
		acc_poisson_free(&poisson);
	}
	acc_poisson_free(&base);
}

/* Many large weights near each other, as the patterns of a large study have. */
static void
test_bases(void **state)
{
	(void)state;
	enum { MANY = MOST };
	double weight[MANY], draws = 0;
	struct acc_multinomial multinomial;
	for (size_t k = 0; k < MANY; k++)
		draws += weight[k] = k % 10 != 9 ? 12000 + 2 * (double)(k * 7 % MANY) : (double)k;
	assert_int_equal(acc_multinomial_make(&multinomial, weight, MANY, (uint32_t)draws), ACC_OK);
	assert_true(multinomial.bases > 3);
	assert_true(multinomial.runs > multinomial.stages);
	acc_multinomial_free(&multinomial);
	check_moments(weight, MANY, (uint32_t)draws);
}

/* Normal numbers against the distribution function, in 60 intervals and far out. */
static void
test_normal(void **state)
{
	(void)state;
	enum { NORMALS = 400000, CELLS = 60 };
	struct acc_normal normal;
	struct acc_stream stream = stream_of(5);
	double seen[CELLS] = {0}, chi_square = 0, far = 0;
	acc_normal_make(&normal);
	for (int i = 0; i < NORMALS; i++) {
		double x = acc_normal_draw(&normal, &stream);
		double at = (x + 3) / 6 * CELLS;
		far += fabs(x) > 3.5;
		if (at >= 0 && at < CELLS)
			seen[(size_t)at]++;
	}
	for (size_t i = 0; i < CELLS; i++) {
		double low = -3 + 6. * (double)i / CELLS, high = low + 6. / CELLS;
		double expected = NORMALS * (erfc(low / sqrt(2)) - erfc(high / sqrt(2))) / 2;
		chi_square += pow(seen[i] - expected, 2) / expected;
	}
	assert_true(tail(chi_square, CELLS) > 0.001);
	double expected = NORMALS * erfc(3.5 / sqrt(2));
	assert_true(fabs(far - expected) < 4 * sqrt(expected));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_moments),        cmocka_unit_test(test_whole_distribution),
	    cmocka_unit_test(test_sums_of_stages), cmocka_unit_test(test_poisson),
	    cmocka_unit_test(test_poisson_above),  cmocka_unit_test(test_bases),
	    cmocka_unit_test(test_normal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
