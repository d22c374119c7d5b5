/* weights: closed forms against sums over all pairs, moments and sparse tallies against full ones,
 * ranks against coincidences counted by hand, trees, and what no scheme may do. */
#include "stats/moments.h"
#include "tests/unit/sample.h"

#include <math.h>

static void
assert_close(double a, double b, double tolerance)
{
	if (!(fabs(a - b) <= tolerance * fmax(1, fmax(fabs(a), fabs(b)))))
		fail_msg("%.17g is not %.17g", a, b);
}

/* Schemes made from scores. */
static bool
has_scores(const struct acc_scheme *scheme)
{
	return !scheme->tree && !scheme->ranks;
}

/* Each file in stats/weights/ says one value. */
static void
check_values(void **state)
{
	static const struct {
		const char *key;
		uint32_t categories;
		double of_first_two;
	} known[] = {{"identity", 3, 1},     {"linear", 3, 1. / 2},       {"quadratic", 3, 1. / 4},
		     {"radical", 5, 1. / 2}, {"gwet_ordinal", 3, 1. / 3}, {"gwet_ratio", 3, 4. / 9},
		     {"circular", 3, 1},     {"bipolar", 3, 1. / 3}};
	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct acc_weights weights = sample_weights(known[i].key, known[i].categories);
		assert_close(acc_weights_between(&weights, 0, 1), known[i].of_first_two, 1e-15);
		acc_weights_free(&weights);
	}
}

/* Whatever the scores: finite, not negative, 0 for the same score, at most 1 where it has to be. */
static void
check_bounds(void **state)
{
	static const double scales[][5] = {{0, 1, 2, 3, 4},
					   {-2, -1, 0, 1, 2},
					   {1, 1, 2, 5, 5},
					   {7, 7, 7, 7, 7},
					   {0, 1e-300, 1, 1e300, 2e300},
					   {-3, -2.5, -2, -1, -0.5}};
	(void)state;
	for (size_t s = 0; s < acc_scheme_count; s++)
		for (size_t i = 0; has_scores(acc_schemes[s]) && i < 6; i++) {
			struct acc_weights weights;
			assert_int_equal(acc_weights_make(&weights, acc_schemes[s], scales[i], 5),
					 ACC_OK);
			for (size_t k = 0; k < 5; k++)
				for (size_t l = 0; l < 5; l++) {
					double d = acc_weights_between(&weights, k, l);
					bool bounded =
					    !acc_schemes[s]->nonnegative || scales[i][0] >= 0;
					assert_true(isfinite(d) && d >= 0);
					assert_true(!bounded || d <= 1 + 1e-12);
					assert_true(k != l || d == 0);
				}
			assert_true(isfinite(acc_weights_total(&weights)));
			acc_weights_free(&weights);
		}
}

/* A scheme's weights again, as a matrix. */
static struct acc_weights
as_matrix(const struct acc_weights *weights)
{
	struct acc_weights matrix = {.categories = weights->categories};
	matrix.disagreement =
	    acc_array(weights->categories * weights->categories, sizeof *matrix.disagreement);
	assert_non_null(matrix.disagreement);
	for (size_t k = 0; k < weights->categories; k++)
		for (size_t l = 0; l < weights->categories; l++)
			matrix.disagreement[k * weights->categories + l] =
			    acc_weights_between(weights, k, l);
	if (weights->score)
		assert_int_equal(acc_weights_score(&matrix, weights->score), ACC_OK);
	return matrix;
}

static void
compare_sums(const struct acc_weights *weights, const double *p, const double *q)
{
	struct acc_weights matrix = as_matrix(weights);
	size_t categories = weights->categories;
	double *a = acc_array(categories, sizeof *a), *b = acc_array(categories, sizeof *b);
	assert_close(acc_weights_chance(weights, p, q), acc_weights_chance(&matrix, p, q), 1e-12);
	assert_close(acc_weights_chance(weights, p, p), acc_weights_chance(&matrix, p, p), 1e-12);
	assert_close(acc_weights_total(weights), acc_weights_total(&matrix), 1e-12);
	acc_weights_slope(weights, q, 0.5, a);
	acc_weights_slope(&matrix, q, 0.5, b);
	for (size_t k = 0; k < categories; k++)
		assert_close(a[k], b[k], 1e-12);
	free(a);
	free(b);
	acc_weights_free(&matrix);
}

/* Scores in no order, some twice, categories without mass. */
static void
check_closed_forms(void **state)
{
	uint64_t bits = 11;
	enum { CATEGORIES = 40 };
	(void)state;
	for (int round = 0; round < 50; round++) {
		double score[CATEGORIES], p[CATEGORIES], q[CATEGORIES];
		for (size_t k = 0; k < CATEGORIES; k++) {
			score[k] = (double)sample_below(&bits, 60) / 4 - 3;
			p[k] = sample_below(&bits, 3) ? sample_share(&bits) * 9 : 0;
			q[k] = sample_below(&bits, 3) ? sample_share(&bits) : 0;
		}
		for (size_t s = 0; s < acc_scheme_count; s++) {
			struct acc_weights weights;
			if (!has_scores(acc_schemes[s]))
				continue;
			assert_int_equal(
			    acc_weights_make(&weights, acc_schemes[s], score, CATEGORIES), ACC_OK);
			compare_sums(&weights, p, q);
			acc_weights_free(&weights);
		}
	}
}

/* All in one category: no chance disagreement at all, not nearly none. */
static void
check_no_variation(void **state)
{
	double score[9], p[9] = {0};
	(void)state;
	for (size_t k = 0; k < 9; k++)
		score[k] = 0.1 * (double)k;
	p[4] = 7.3;
	for (size_t s = 0; s < acc_scheme_count; s++) {
		struct acc_weights weights, moments;
		if (!has_scores(acc_schemes[s]))
			continue;
		assert_int_equal(acc_weights_make(&weights, acc_schemes[s], score, 9), ACC_OK);
		assert_true(acc_weights_chance(&weights, p, p) == 0);
		if (acc_moments_apply(&weights)) {
			double sums[ACC_MOMENTS];
			assert_int_equal(acc_moments_make(&moments, &weights, 0.17), ACC_OK);
			for (size_t m = 0; m < ACC_MOMENTS; m++)
				sums[m] = p[4] * moments.moment[ACC_MOMENTS * 4 + m];
			assert_true(acc_weights_chance(&moments, sums, sums) == 0);
			acc_moments_free(&moments);
		}
		acc_weights_free(&weights);
	}
}

static struct acc_estimate *
estimate_all(const struct acc_patterns *patterns, const struct acc_weights *weights, enum acc_ci ci)
{
	struct acc_plan plan = {.coefficient = acc_coefficients,
				.coefficients = acc_coefficient_count,
				.weights = weights,
				.ci = ci,
				.cluster = ACC_CLUSTER_PARTICIPANT,
				.level = 0.95,
				.replicates = 40,
				.seed = 3};
	struct acc_scope scope = {.group = ACC_NONE, .coders = patterns->coder.count};
	struct acc_estimate *all;
	assert_int_equal(acc_agreement(patterns, &plan, &scope, &all), ACC_OK);
	return all;
}

/* Values and intervals by closed forms and moments are those of the matrix. */
static void
check_agreement(void **state)
{
	static const char *const keys[] = {"linear", "quadratic"};
	static const enum acc_ci ci[] = {ACC_CI_AUTO, ACC_CI_LINEAR,        ACC_CI_GWET,
					 ACC_CI_NULL, ACC_CI_BOOTSTRAP_BCA, ACC_CI_BOOTSTRAP_T};
	uint64_t bits = 5;
	(void)state;
	for (uint32_t round = 0; round < 72 / SAMPLE_ROUNDS_LESS; round++) {
		struct sample sample = sample_make(&bits, 40, 2 + round % 3, 7, 0.15);
		struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
		struct acc_weights weights = sample_weights(keys[round / 6 % 2], 7);
		struct acc_weights matrix = as_matrix(&weights);
		struct acc_estimate *a = estimate_all(&patterns, &weights, ci[round % 6]);
		struct acc_estimate *b = estimate_all(&patterns, &matrix, ci[round % 6]);
		for (size_t c = 0; c < acc_coefficient_count; c++) {
			assert_int_equal(a[c].reason, b[c].reason);
			if (a[c].reason != ACC_DEFINED)
				continue;
			assert_close(a[c].value, b[c].value, 1e-12);
			assert_close(a[c].expected, b[c].expected, 1e-12);
			assert_close(a[c].se, b[c].se, 1e-11);
			assert_close(a[c].low, b[c].low, 1e-10);
			assert_close(a[c].high, b[c].high, 1e-10);
		}
		free(a);
		free(b);
		acc_weights_free(&weights);
		acc_weights_free(&matrix);
		acc_patterns_free(&patterns);
	}
}

/* A sparse tally is the same tally. */
static void
check_sparse(void **state)
{
	uint64_t bits = 3;
	struct sample sample = sample_make(&bits, 60, 4, 25, 0.3);
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	struct acc_weights weights = sample_weights("linear", 25);
	struct acc_panel panel;
	struct acc_tally full, sparse, total, left;
	unsigned needs = ACC_NEED_COINCIDENCES | ACC_NEED_SPECIFIC | ACC_NEED_CELLS |
			 ACC_NEED_PAIRS;
	(void)state;
	assert_int_equal(acc_panel_make(&panel, &patterns, 0, NULL, 4), ACC_OK);
	struct acc_tally *each[] = {&full, &sparse, &total, &left};
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(acc_tally_make_for(each[i], 25, 4, needs), ACC_OK);
	assert_int_equal(acc_tally_sparse(&sparse), ACC_OK);
	assert_non_null(sparse.touched);
	for (uint32_t p = 0; p < panel.patterns; p++) {
		acc_tally_add(&total, &panel, p, (double)patterns.count[p], &weights);
		acc_tally_add(&left, &panel, p, (double)patterns.count[p], &weights);
	}
	for (uint32_t p = 0; p < panel.patterns; p++) {
		acc_tally_zero(&full);
		acc_tally_zero(&sparse);
		for (uint32_t both = p; both <= (p + 1) % panel.patterns; both++) {
			acc_tally_add(&full, &panel, both, 1, &weights);
			acc_tally_add(&sparse, &panel, both, 1, &weights);
		}
		assert_memory_equal(full.cell, sparse.cell, full.length * sizeof *full.cell);
		assert_close(acc_tally_dot(&total, &full), acc_tally_dot(&total, &sparse), 1e-13);
		acc_tally_subtract(&left, &total, &sparse);
		for (size_t i = 0; i < full.length; i++)
			assert_true(left.cell[i] == total.cell[i] - full.cell[i]);
		acc_tally_restore(&left, &total, &sparse);
		assert_memory_equal(left.cell, total.cell, full.length * sizeof *full.cell);
	}
	for (size_t i = 0; i < 4; i++)
		acc_tally_free(each[i]);
	acc_panel_free(&panel);
	acc_weights_free(&weights);
	acc_patterns_free(&patterns);
}

/* Krippendorff's ordinal alpha as his text has it, by coincidences. `without` is left out. */
static double
ordinal_long(const struct sample *sample, uint32_t without)
{
	double o[8][8] = {{0}}, n[8] = {0}, all = 0, observed = 0, expected = 0;
	for (uint32_t u = 0; u < sample->units; u++) {
		double ratings = 0;
		for (uint32_t j = 0; j < sample->coders; j++)
			ratings += sample->code[u][j] != ACC_NONE;
		for (uint32_t i = 0; sample->participant[u] != without && i < sample->coders; i++)
			for (uint32_t j = 0; j < sample->coders; j++)
				if (i != j && sample->code[u][i] != ACC_NONE &&
				    sample->code[u][j] != ACC_NONE)
					o[sample->code[u][i]][sample->code[u][j]] +=
					    1 / (ratings - 1);
	}
	for (uint32_t k = 0; k < sample->categories; k++)
		for (uint32_t l = 0; l < sample->categories; l++)
			n[k] += o[k][l];
	for (uint32_t k = 0; k < sample->categories; k++)
		all += n[k];
	for (uint32_t k = 0; k < sample->categories; k++)
		for (uint32_t l = k + 1; l < sample->categories; l++) {
			double ranks = -(n[k] + n[l]) / 2;
			for (uint32_t g = k; g <= l; g++)
				ranks += n[g];
			observed += 2 * o[k][l] * ranks * ranks;
			expected += 2 * n[k] * n[l] * ranks * ranks;
		}
	return 1 - (all - 1) * observed / expected;
}

static void
check_ordinal(void **state)
{
	const struct acc_coefficient *alpha = acc_coefficient_find("alpha");
	uint64_t bits = 77;
	(void)state;
	for (int round = 0; round < 20; round++) {
		struct sample sample = sample_make(&bits, 50, 3, 6, 0.2);
		struct acc_estimate now = sample_estimate(
		    &sample, alpha, "ordinal", ACC_CI_JACKKNIFE, ACC_CLUSTER_PARTICIPANT);
		double whole = ordinal_long(&sample, ACC_NONE), squares = 0;
		assert_close(now.value, whole, 1e-12);
		for (uint32_t p = 0; p < sample.participants; p++) {
			double apart = ordinal_long(&sample, p) - whole;
			squares += apart * apart;
		}
		assert_close(now.se, sqrt(squares * 5 / 6), 1e-11);
	}
	struct sample sample = sample_make(&bits, 50, 3, 6, 0.2);
	struct acc_estimate fleiss = sample_estimate(&sample, acc_coefficient_find("fleiss"),
						     "ordinal", ACC_CI_AUTO, ACC_CLUSTER_UNIT);
	assert_int_equal(fleiss.reason, ACC_REASON_alpha_only);
	assert_true(isnan(fleiss.value));
}

/* The gradient of ordinal alpha is the numerical one, but for the factor held fixed. */
static void
check_ordinal_gradient(void **state)
{
	uint64_t bits = 9;
	struct sample sample = sample_make(&bits, 60, 3, 5, 0.2);
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	struct acc_weights weights = sample_weights("ordinal", 5);
	struct acc_panel panel;
	struct acc_tally total, observed, expected;
	struct acc_tally *each[] = {&total, &observed, &expected};
	const struct acc_coefficient *alpha = acc_coefficient_find("alpha");
	(void)state;
	assert_int_equal(acc_panel_make(&panel, &patterns, 0, NULL, 3), ACC_OK);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(acc_tally_make_for(each[i], 5, 3, ACC_NEED_COINCIDENCES), ACC_OK);
	for (uint32_t p = 0; p < panel.patterns; p++)
		acc_tally_add(&total, &panel, p, (double)patterns.count[p], &weights);
	assert_int_equal(acc_coefficient_gradient(alpha, &total, &weights, &observed, &expected),
			 ACC_OK);
	double n = total.cell[ACC_TALLY_RATINGS];
	for (size_t i = 0; i < total.length; i++) {
		struct acc_disagreement up, down;
		double at = total.cell[i], step = 1e-4;
		total.cell[i] = at + step;
		alpha->estimate(&total, &weights, &up);
		total.cell[i] = at - step;
		alpha->estimate(&total, &weights, &down);
		total.cell[i] = at;
		double fixed = observed.cell[i];
		if (i == ACC_TALLY_RATINGS) { /* the slope of (n - 1) / n */
			struct acc_disagreement here;
			alpha->estimate(&total, &weights, &here);
			fixed += here.observed / (n * (n - 1));
		}
		assert_close((up.observed - down.observed) / (2 * step), fixed, 1e-8);
		assert_close((up.expected - down.expected) / (2 * step), expected.cell[i], 1e-8);
	}
	for (size_t i = 0; i < 3; i++)
		acc_tally_free(each[i]);
	acc_panel_free(&panel);
	acc_weights_free(&weights);
	acc_patterns_free(&patterns);
}

/*        (root)
 *       4      3
 *     0   1
 *     2            0, 1, 2, 3 are the categories, 4 is a heading */
static void
check_tree(void **state)
{
	static const uint32_t parent[] = {4, 4, 0, ACC_NONE, ACC_NONE};
	static const double steps[4][4] = {{0, 2, 1, 3}, {2, 0, 3, 3}, {1, 3, 0, 4}, {3, 3, 4, 0}};
	struct acc_weights weights;
	(void)state;
	assert_int_equal(acc_weights_tree(&weights, parent, 5, 4), ACC_OK);
	for (size_t k = 0; k < 4; k++)
		for (size_t l = 0; l < 4; l++)
			assert_close(acc_weights_between(&weights, k, l), steps[k][l] / 4, 1e-15);
	acc_weights_free(&weights);
}

/* Weights with a direction: Cohen's kappa by hand (Cohen 1968 as psych prints it is in
 * tests/golden); the jackknife and the influence agree; no other coefficient has a value. */
static void
check_directed(void **state)
{
	uint64_t bits = 21;
	struct sample sample = sample_make(&bits, 60, 2, 3, 0);
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	double d[9] = {0, .2, 1, .5, 0, .4, .9, .1, 0}, cells[3][3] = {{0}};
	struct acc_weights weights = {.categories = 3, .disagreement = d, .directed = true};
	double observed = 0, expected = 0;
	(void)state;
	for (uint32_t u = 0; u < sample.units; u++)
		cells[sample.code[u][0]][sample.code[u][1]] += 1. / 60;
	for (int k = 0; k < 3; k++)
		for (int l = 0; l < 3; l++) {
			double row = cells[k][0] + cells[k][1] + cells[k][2];
			double column = cells[0][l] + cells[1][l] + cells[2][l];
			observed += d[3 * k + l] * cells[k][l];
			expected += d[3 * k + l] * row * column;
		}
	struct acc_estimate *jackknife = estimate_all(&patterns, &weights, ACC_CI_JACKKNIFE);
	struct acc_estimate *linear = estimate_all(&patterns, &weights, ACC_CI_LINEAR);
	for (size_t c = 0; c < acc_coefficient_count; c++)
		if (acc_coefficients[c]->directed) {
			assert_close(jackknife[c].value, 1 - observed / expected, 1e-13);
			assert_true(fabs(jackknife[c].se / linear[c].se - 1) < 0.1);
		} else {
			assert_true(jackknife[c].reason != ACC_DEFINED);
			assert_true(isnan(jackknife[c].value));
		}
	free(jackknife);
	free(linear);
	acc_patterns_free(&patterns);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(check_values),       cmocka_unit_test(check_bounds),
	    cmocka_unit_test(check_closed_forms), cmocka_unit_test(check_no_variation),
	    cmocka_unit_test(check_agreement),    cmocka_unit_test(check_sparse),
	    cmocka_unit_test(check_ordinal),      cmocka_unit_test(check_ordinal_gradient),
	    cmocka_unit_test(check_tree),         cmocka_unit_test(check_directed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
