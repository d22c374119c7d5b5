/* sets: theme sets as categories, their distances, the multi-valued alpha against the definition
 * that enumerates every set, sums updated from near ones, and themes that count differently. */
#include "stats/label_draw.h"
#include "stats/near.h"
#include "tests/unit/near.h"
#include "tests/unit/sample.h"

#include <math.h>

enum { ROUNDS = 40, LABELS = 5, MORE_LABELS = 8 };

/* ---- studies of sets: code[u][j] is a bit mask of themes ---- */

static void
add_theme_rows(struct acc_ratings *ratings, uint32_t unit, uint32_t coder, uint32_t mask,
	       uint32_t line)
{
	bool codes = ratings->design == ACC_THEME_CODES;
	struct acc_assignment row = {unit, coder, ACC_NONE, 0, line};
	if (!mask && !codes)
		assert_int_equal(acc_ratings_add(ratings, row), ACC_OK);
	for (uint32_t t = 0; t < ratings->theme.count; t++) {
		row.theme = t;
		row.code = codes ? mask >> t & 1 : 0;
		if (codes || mask >> t & 1)
			assert_int_equal(acc_ratings_add(ratings, row), ACC_OK);
	}
}

static struct acc_patterns
set_patterns(const struct sample *sample, enum acc_design design)
{
	struct acc_ratings ratings = {.design = design};
	struct acc_patterns patterns = {0};
	uint64_t conflicts;
	enum acc_status status;
	uint32_t labels = sample->categories > 1u << LABELS ? MORE_LABELS : LABELS;
	for (uint32_t t = 0; t < labels; t++)
		sample_label(&ratings.theme, "theme", t);
	sample_label(&ratings.code, "", 0);
	if (design == ACC_THEME_CODES)
		sample_label(&ratings.code, "", 1);
	for (uint32_t j = 0; j < sample->coders; j++)
		sample_label(&ratings.coder, "coder", j);
	for (uint32_t u = 0; u < sample->units; u++) {
		struct acc_unit about = {
		    ACC_NONE, sample_label(&ratings.participant, "p", sample->participant[u]),
		    ACC_NONE, u + 1};
		uint32_t unit = sample_label(&ratings.unit, "u", u);
		assert_true(acc_ratings_about(&ratings, unit, about, &status));
		for (uint32_t j = 0; j < sample->coders; j++)
			if (sample->code[u][j] != ACC_NONE)
				add_theme_rows(&ratings, unit, j, sample->code[u][j], u + 1);
	}
	assert_int_equal(
	    acc_ratings_tabulate(&ratings, &patterns, NULL, sample_no_conflict, NULL, &conflicts),
	    ACC_OK);
	acc_ratings_free(&ratings);
	return patterns;
}

/* Random sets of `labels` labels. */
static struct sample
sets_of(uint32_t round, uint32_t labels)
{
	uint64_t state = 77 + round;
	return sample_make(&state, 6 + round % 12, 2 + round % 3, 1u << labels, 0.1 * (round % 3));
}

/* A question about sets. The weights borrow the sets: it stays where it was made. */
struct question {
	struct acc_patterns patterns;
	struct acc_sets sets;
	struct acc_weights weights;
};

static void
ask(struct question *question, const struct sample *sample, enum acc_design design,
    const char *distance)
{
	question->patterns = set_patterns(sample, design);
	assert_int_equal(
	    acc_sets_make(&question->sets, &question->patterns, 1, acc_set_distance_find(distance)),
	    ACC_OK);
	assert_int_equal(acc_sets_weights(&question->weights, &question->sets), ACC_OK);
}

static void
end(struct question *question)
{
	acc_patterns_free(&question->patterns);
	acc_weights_free(&question->weights);
	acc_sets_free(&question->sets);
}

static struct acc_estimate
answer(const struct question *question, const char *key, enum acc_ci ci)
{
	const struct acc_coefficient *coefficient = acc_coefficient_find(key);
	struct acc_plan plan = {.coefficient = &coefficient,
				.coefficients = 1,
				.weights = &question->weights,
				.ci = ci,
				.cluster = ACC_CLUSTER_PARTICIPANT,
				.level = 0.95};
	struct acc_scope scope = {.group = ACC_NONE, .coders = question->patterns.coder.count};
	struct acc_estimate *all, last;
	assert_int_equal(acc_plan_questions(&plan, &question->patterns), 1);
	assert_int_equal(acc_agreement(&question->patterns, &plan, &scope, &all), ACC_OK);
	last = all[1];
	assert_near(all[0].value, last.value, 0);
	free(all);
	return last;
}

static struct acc_estimate
answer_of(const struct sample *sample, const char *distance, const char *key, enum acc_ci ci)
{
	struct question question;
	ask(&question, sample, ACC_THEMES, distance);
	struct acc_estimate estimate = answer(&question, key, ci);
	end(&question);
	return estimate;
}

/* ---- distances ---- */

static void
assert_distance(const char *key, double equal, double part, double overlap, double apart,
		double empty)
{
	const struct acc_set_distance *d = acc_set_distance_find(key);
	assert_non_null(d);
	assert_near(acc_set_distance_of(d, 0, 0, 0), 0, 0);
	assert_near(acc_set_distance_of(d, 2, 0, 0), equal, 0);
	assert_near(acc_set_distance_of(d, 1, 0, 1), part, 1e-15);
	assert_near(acc_set_distance_of(d, 1, 1, 0), part, 1e-15);
	assert_near(acc_set_distance_of(d, 1, 1, 1), overlap, 1e-15);
	assert_near(acc_set_distance_of(d, 0, 1, 2), apart, 1e-15);
	assert_near(acc_set_distance_of(d, 0, 2, 0), empty, 1e-15);
}

/* Equal; {a} and {a, b}; {a, b} and {a, c}; {a} and {b, c}; {} and {a, b}. */
static void
test_distances(void **state)
{
	(void)state;
	assert_distance("jaccard", 0, 1.0 / 2, 2.0 / 3, 1, 1);
	assert_distance("dice", 0, 1.0 / 3, 1.0 / 2, 1, 1);
	assert_distance("masi", 0, 2.0 / 3, 8.0 / 9, 1, 1);
	assert_distance("masi_nltk", 0, 1 - .67 / 2, .89, 1, 1);
	assert_distance("masi_dkpro", 0, 1.0 / 6, 4.0 / 9, 1, 1.0 / 3);
	assert_distance("dkpro_masi_distance", 0, 1.0 / 6, 4.0 / 9, 1, 1.0 / 3);
	assert_distance("dkpro_set_distance", 0, 1.0 / 3, 2.0 / 3, 1, 1.0 / 3);
	assert_distance("same_set", 0, 1, 1, 1, 1);
	assert_null(acc_set_distance_find("mas"));
}

static void
test_distances_lie_between_0_and_1(void **state)
{
	(void)state;
	for (size_t i = 0; i < acc_set_distance_count; i++)
		for (double a = 0; a < 5; a++)
			for (double b = 0; b < 5; b++)
				for (double t = 0; t < 5; t++) {
					double one =
					    acc_set_distance_of(acc_set_distances[i], t, a, b);
					double other =
					    acc_set_distance_of(acc_set_distances[i], t, b, a);
					assert_true(one == other);
					assert_true(one >= 0 && one <= 1);
					assert_true((one > 0) == (a + b > 0));
				}
}

/* ---- sets of a study ---- */

static double
mask_distance(const char *key, uint32_t a, uint32_t b)
{
	return acc_set_distance_of(acc_set_distance_find(key), __builtin_popcount(a & b),
				   __builtin_popcount(a & ~b), __builtin_popcount(b & ~a));
}

/* Alpha by its definition, over all pairs of values. */
static double
alpha_long(const struct sample *sample, const char *distance)
{
	double observed = 0, expected = 0, n = 0;
	uint32_t value[SAMPLE_UNITS * SAMPLE_CODERS];
	size_t values = 0;
	for (uint32_t u = 0; u < sample->units; u++) {
		double ratings = 0, sum = 0;
		for (uint32_t j = 0; j < sample->coders; j++)
			ratings += sample->code[u][j] != ACC_NONE;
		for (uint32_t i = 0; ratings > 1 && i < sample->coders; i++) {
			if (sample->code[u][i] == ACC_NONE)
				continue;
			value[values++] = sample->code[u][i];
			for (uint32_t j = 0; j < sample->coders; j++)
				if (sample->code[u][j] != ACC_NONE)
					sum += mask_distance(distance, sample->code[u][i],
							     sample->code[u][j]);
		}
		observed += ratings > 1 ? sum / (ratings - 1) : 0;
		n += ratings > 1 ? ratings : 0;
	}
	for (size_t v = 0; v < values; v++)
		for (size_t w = 0; w < values; w++)
			expected += mask_distance(distance, value[v], value[w]);
	return expected > 0 ? 1 - (n - 1) * observed / expected : NAN;
}

static void
test_alpha_the_long_way(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < acc_set_distance_count; i++) {
			struct sample sample = sets_of(round, 3);
			const char *key = acc_set_distances[i]->key;
			assert_near(answer_of(&sample, key, "alpha", ACC_CI_AUTO).value,
				    alpha_long(&sample, key), 1e-12);
		}
}

/* Themes given 0 or 1 are the same sets as themes applied; a coder who gave nothing to one of them
 * has no set. */
static void
test_theme_codes(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sets_of(round, 3);
		struct question codes;
		ask(&codes, &sample, ACC_THEME_CODES, "masi");
		struct acc_estimate a = answer(&codes, "alpha", ACC_CI_AUTO);
		struct acc_estimate b = answer_of(&sample, "masi", "alpha", ACC_CI_AUTO);
		assert_int_equal(acc_sets_partial(&codes.sets, &codes.patterns), 0);
		assert_near(a.value, b.value, 1e-14);
		assert_near(a.se, b.se, 1e-12);
		end(&codes);
	}
}

static void
test_value_that_is_not_whole(void **state)
{
	(void)state;
	struct acc_patterns patterns = {.design = ACC_THEME_CODES};
	struct acc_sets sets;
	uint32_t number;
	assert_int_equal(acc_vocabulary_declare(&patterns.theme, "joy"), ACC_OK);
	assert_int_equal(acc_vocabulary_declare(&patterns.theme, "care"), ACC_OK);
	assert_int_equal(acc_vocabulary_declare(&patterns.theme, "nobody looked"), ACC_OK);
	acc_pool_add(&patterns.value, (uint32_t[]){0, 0, 1, 1}, 4, &number);
	acc_pool_add(&patterns.value, (uint32_t[]){0, 1}, 2, &number);
	acc_pool_add(&patterns.value, (uint32_t[]){0, 0, 1, 0}, 4, &number);
	assert_int_equal(acc_patterns_add(&patterns,
					  (uint32_t[]){ACC_NONE, ACC_NONE, ACC_NONE, 0, 1, 1, 2}, 7,
					  3, NULL),
			 ACC_OK);
	assert_int_equal(acc_sets_make(&sets, &patterns, 1, acc_set_distances[0]), ACC_OK);
	assert_int_equal(sets.category_of[0], 0);
	assert_int_equal(sets.category_of[1], ACC_NONE);
	assert_int_equal(sets.category_of[2], 1);
	assert_int_equal(sets.set.count, 2);
	assert_int_equal(acc_sets_partial(&sets, &patterns), 3);
	acc_sets_free(&sets);
	acc_patterns_free(&patterns);
}

/* Of single labels every distance is all or nothing: alpha, multi-valued too, is nominal alpha. */
static void
test_single_labels(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		uint64_t seed = round;
		struct sample sample =
		    sample_make(&seed, 8 + round % 9, 2 + round % 3, LABELS, 0.1 * (round % 3));
		struct acc_estimate nominal =
		    sample_estimate(&sample, acc_coefficient_find("alpha"), "identity",
				    ACC_CI_JACKKNIFE, ACC_CLUSTER_PARTICIPANT);
		for (uint32_t u = 0; u < sample.units; u++)
			for (uint32_t j = 0; j < sample.coders; j++)
				if (sample.code[u][j] != ACC_NONE)
					sample.code[u][j] = 1u << sample.code[u][j];
		for (size_t i = 0; i < acc_set_distance_count; i++)
			for (size_t k = 0; k < 2; k++) {
				struct acc_estimate set = answer_of(
				    &sample, acc_set_distances[i]->key,
				    k ? "mv_alpha" : "krippendorff_alpha", ACC_CI_JACKKNIFE);
				assert_int_equal(set.reason, nominal.reason);
				assert_near(set.value, nominal.value, 1e-12);
				assert_near(set.se, nominal.se, 1e-11);
			}
	}
}

/* ---- the multi-valued alpha ---- */

/* Mean distance of two sets of sizes a and b, over all pairs of sets. */
static double
enumerated(const double *n, const char *distance, int a, int b)
{
	double weights = 0, sum = 0;
	for (uint32_t c = 0; c < 1u << LABELS; c++)
		for (uint32_t k = 0; k < 1u << LABELS; k++) {
			double weight = __builtin_popcount(c) == a && __builtin_popcount(k) == b;
			for (uint32_t l = 0; l < LABELS; l++) {
				weight *= c >> l & 1 ? n[l] : 1;
				weight *= k >> l & 1 ? n[l] - (c >> l & 1) : 1;
			}
			weights += weight;
			sum += weight * mask_distance(distance, c, k);
		}
	return weights > 0 ? sum / weights : 0;
}

static double
mv_expected_long(const struct sample *sample, const char *distance)
{
	double n[LABELS] = {0}, size[LABELS + 1] = {0}, values = 0, expected = 0;
	for (uint32_t u = 0; u < sample->units; u++) {
		uint32_t ratings = 0;
		for (uint32_t j = 0; j < sample->coders; j++)
			ratings += sample->code[u][j] != ACC_NONE;
		for (uint32_t j = 0; ratings > 1 && j < sample->coders; j++) {
			uint32_t mask = sample->code[u][j];
			if (mask == ACC_NONE)
				continue;
			values++;
			size[__builtin_popcount(mask)]++;
			for (uint32_t l = 0; l < LABELS; l++)
				n[l] += mask >> l & 1;
		}
	}
	for (int a = 0; a <= LABELS; a++)
		for (int b = 0; b <= LABELS; b++)
			expected +=
			    size[a] / values * size[b] / values * enumerated(n, distance, a, b);
	return expected;
}

static void
test_multi_valued_the_long_way(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < acc_set_distance_count; i++) {
			struct sample sample = sets_of(round, 2 + round % 4);
			const char *key = acc_set_distances[i]->key;
			struct acc_estimate at = answer_of(&sample, key, "mv_alpha", ACC_CI_AUTO);
			assert_near(1 - at.expected, mv_expected_long(&sample, key), 1e-12);
		}
}

/* Many labels that few use: no product underflows, and sizes of which nothing can be drawn are at
 * distance 0. */
static void
test_label_draw_extremes(void **state)
{
	(void)state;
	enum { MANY = 400, SIZE = 60 };
	double share[MANY], size[SIZE + 1] = {0}, distance;
	struct acc_label_draw draw = {acc_set_distance_find("dice"), MANY, SIZE, share, size, 1e-7};
	for (size_t l = 0; l < MANY; l++)
		share[l] = l < 2 ? 0.9 : 1e-6;
	size[SIZE] = 1;
	assert_int_equal(acc_label_draw_distance(&draw, &distance), ACC_OK);
	assert_true(distance > 0 && distance < 1);
	for (size_t l = 0; l < MANY; l++)
		share[l] = l < SIZE ? 1e-7 : 0;
	assert_int_equal(acc_label_draw_distance(&draw, &distance), ACC_OK);
	assert_true(distance == 0);
	draw.most = ACC_LABEL_DRAW_MOST + 1;
	assert_int_equal(acc_label_draw_distance(&draw, &distance), ACC_TOO_LARGE);
}

static double
drawn(struct acc_label_draw *draw)
{
	double distance;
	assert_int_equal(acc_label_draw_distance(draw, &distance), ACC_OK);
	return distance;
}

static double
slope(struct acc_label_draw *draw, double *at)
{
	double was = *at, step = 1e-4;
	*at = was + step;
	double above = drawn(draw);
	*at = was - step;
	double below = drawn(draw);
	*at = was;
	return (above - below) / (2 * step);
}

static void
test_label_draw_gradient(void **state)
{
	(void)state;
	double share[LABELS] = {.5, .3, .2, .45, .1}, size[4] = {.1, .4, .3, .2};
	double by_share[LABELS], by_size[4];
	for (size_t i = 0; i < acc_set_distance_count; i++) {
		struct acc_label_draw draw = {acc_set_distances[i], LABELS, 3, share, size, .02};
		assert_int_equal(acc_label_draw_gradient(&draw, by_share, by_size), ACC_OK);
		for (size_t l = 0; l < LABELS; l++)
			assert_near(by_share[l], slope(&draw, &share[l]), 1e-6);
		for (size_t a = 0; a < 4; a++)
			assert_near(by_size[a], slope(&draw, &size[a]), 1e-8);
	}
}

/* Influences sum to zero: D_o and D_e do not change when all counts double. */
static void
test_influences_sum_to_zero(void **state)
{
	(void)state;
	const struct acc_coefficient *one = acc_coefficient_find("mv_alpha");
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sets_of(round, 3);
		struct question question;
		struct acc_panel panel;
		struct acc_tally tally[3];
		ask(&question, &sample, ACC_THEMES, "dice");
		struct acc_plan plan = {.weights = &question.weights};
		struct acc_scope scope = {
		    .group = ACC_NONE, .coder_of = NULL, .coders = sample.coders};
		acc_plan_panel(&plan, &question.patterns, &scope, 0, &panel);
		for (size_t i = 0; i < 3; i++)
			acc_tally_make(&tally[i], panel.categories, panel.coders);
		for (uint32_t p = 0; p < panel.patterns; p++)
			acc_tally_add(&tally[0], &panel, p, (double)question.patterns.count[p],
				      &question.weights);
		acc_coefficient_gradient(one, &tally[0], &question.weights, &tally[1], &tally[2]);
		assert_near(acc_tally_dot(&tally[1], &tally[0]), 0, 1e-13);
		assert_near(acc_tally_dot(&tally[2], &tally[0]), 0, 1e-13);
		for (size_t i = 0; i < 3; i++)
			acc_tally_free(&tally[i]);
		acc_panel_free(&panel);
		end(&question);
	}
}

/* ---- leaving clusters out ---- */

static double
jackknifed(const struct sample *sample, const char *distance, const char *key)
{
	double value = answer_of(sample, distance, key, ACC_CI_JACKKNIFE).value, sum = 0, g = 0;
	for (uint32_t c = 0; c < sample->participants; c++) {
		struct sample left = *sample;
		left.units = 0;
		for (uint32_t u = 0; u < sample->units; u++)
			if (sample->participant[u] != c) {
				memcpy(left.code[left.units], sample->code[u], sizeof left.code[0]);
				left.participant[left.units++] = sample->participant[u];
			}
		if (left.units == sample->units)
			continue;
		double without = answer_of(&left, distance, key, ACC_CI_JACKKNIFE).value;
		g++;
		sum += (without - value) * (without - value);
	}
	return sqrt((g - 1) / g * sum);
}

static void
test_jackknife_the_long_way(void **state)
{
	(void)state;
	static const char *const keys[] = {"krippendorff_alpha", "fleiss_kappa", "conger_kappa",
					   "mv_alpha"};
	for (uint32_t round = 0; round < ROUNDS; round++)
		for (size_t k = 0; k < 4; k++) {
			/* In every other round so many sets that sums are updated from near ones.
			 */
			uint64_t seed = 900 + round;
			struct sample sample =
			    sample_make(&seed, 60, 2 + round % 3, round % 2 ? 256 : 8, 0);
			sample.participants = 20;
			for (uint32_t u = 0; u < sample.units; u++)
				sample.participant[u] = u % 20;
			double se = answer_of(&sample, "jaccard", keys[k], ACC_CI_JACKKNIFE).se;
			assert_near(se, jackknifed(&sample, "jaccard", keys[k]), 1e-12);
		}
}

/* Sums updated from a near point are the sums; with points enough and too few. */
static void
test_near_forms(void **state)
{
	(void)state;
	enum { MANY = 90 };
	uint64_t seed = 4;
	double score[MANY], p[MANY], q[MANY];
	struct acc_weights weights;
	struct acc_near near;
	for (uint32_t k = 0; k < MANY; k++) {
		score[k] = sample_below(&seed, 50);
		p[k] = sample_below(&seed, 20);
	}
	assert_int_equal(acc_weights_make(&weights, acc_scheme_find("radical"), score, MANY),
			 ACC_OK);
	weights.disagreement[5] = 0.125; /* need not be symmetric */
	weights.directed = true;
	assert_true(acc_near_pays(&weights));
	assert_int_equal(acc_near_make(&near, &weights, 3), ACC_OK);
	assert_near(near.total, acc_weights_total(&weights), 0);
	for (uint32_t round = 0; round < 200; round++) {
		memcpy(q, p, sizeof p);
		for (uint32_t i = 0; i < round % MANY; i++)
			q[sample_below(&seed, MANY)] += sample_below(&seed, 3);
		assert_near(acc_near_form(&near, &weights, q), acc_weights_chance(&weights, q, q),
			    1e-13);
		if (round == 100)
			acc_near_forget(&near);
	}
	assert_int_equal(near.points, 3);
	acc_near_free(&near);
	acc_weights_free(&weights);
}

/* ---- themes that count differently ---- */

/* All estimates of a coefficient over the themes, with weights of themes or without. */
static struct acc_estimate *
pool(const struct acc_patterns *patterns, const char *key, enum acc_ci ci, const double *weight)
{
	const struct acc_coefficient *coefficient = acc_coefficient_find(key);
	struct acc_weights weights = sample_weights("identity", 2);
	struct acc_plan plan = {.coefficient = &coefficient,
				.coefficients = 1,
				.weights = &weights,
				.ci = ci,
				.level = 0.95,
				.theme_weight = weight};
	struct acc_scope scope = {.group = ACC_NONE, .coders = patterns->coder.count};
	struct acc_estimate *all;
	assert_int_equal(acc_agreement(patterns, &plan, &scope, &all), ACC_OK);
	acc_weights_free(&weights);
	return all;
}

/* kappa_pool = sum omega_t kappa_t, omega_t the share of the expected disagreement; both shares sum
 * to 1. */
static void
check_shares(const struct acc_estimate *all, const double *weight)
{
	double kappa = 0, observed = 0, expected = 0, d_o = 0, d_e = 0, sum = 0;
	for (uint32_t t = 0; t < LABELS; t++) {
		observed += all[t].share_observed;
		expected += all[t].share_expected;
		kappa += all[t].share_expected > 0 ? all[t].share_expected * all[t].value : 0;
		d_o += weight[t] * (1 - all[t].observed);
		d_e += weight[t] * (1 - all[t].expected);
		sum += weight[t];
	}
	assert_near(all[LABELS].value, 1 - d_o / d_e, 1e-12);
	assert_near(all[LABELS].value, kappa, 1e-12);
	assert_near(1 - all[LABELS].observed, d_o / sum, 1e-12);
	assert_near(observed, d_o > 0 ? 1 : NAN, 1e-12);
	assert_near(expected, 1, 1e-12);
	assert_true(isnan(all[LABELS].share_observed) && isnan(all[LABELS].share_expected));
}

static void
test_pool_is_a_weighted_mean(void **state)
{
	(void)state;
	static const double even[LABELS] = {1, 1, 1, 1, 1}, uneven[LABELS] = {2, 1, .5, 4, 0};
	static const char *const keys[] = {"fleiss_kappa", "krippendorff_alpha", "gwet_ac",
					   "brennan_prediger"};
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sets_of(round, LABELS);
		struct acc_patterns patterns = set_patterns(&sample, ACC_THEMES);
		for (size_t k = 0; k < 4; k++) {
			struct acc_estimate *plain = pool(&patterns, keys[k], ACC_CI_AUTO, NULL);
			struct acc_estimate *same = pool(&patterns, keys[k], ACC_CI_AUTO, even);
			struct acc_estimate *other = pool(&patterns, keys[k], ACC_CI_AUTO, uneven);
			assert_near(plain[LABELS].value, same[LABELS].value, 0);
			assert_near(plain[LABELS].low, same[LABELS].low, 0);
			check_shares(plain, even);
			check_shares(other, uneven);
			free(plain);
			free(same);
			free(other);
		}
		acc_patterns_free(&patterns);
	}
}

/* Only how weights compare matters, for errors too; and one theme alone is itself. */
static void
test_scale_of_theme_weights(void **state)
{
	(void)state;
	static const double once[LABELS] = {2, 1, 0, 4, 1}, twice[LABELS] = {4, 2, 0, 8, 2};
	static const double alone[LABELS] = {0, 0, 3, 0, 0};
	for (uint32_t round = 0; round < ROUNDS; round++)
		for (int ci = ACC_CI_AUTO; ci <= ACC_CI_LINEAR; ci++) {
			struct sample sample = sets_of(round, LABELS);
			struct acc_patterns patterns = set_patterns(&sample, ACC_THEMES);
			enum acc_ci kind = (enum acc_ci)ci;
			struct acc_estimate *a = pool(&patterns, "fleiss_kappa", kind, once);
			struct acc_estimate *b = pool(&patterns, "fleiss_kappa", kind, twice);
			struct acc_estimate *c = pool(&patterns, "fleiss_kappa", kind, alone);
			assert_near(a[LABELS].value, b[LABELS].value, 1e-14);
			assert_near(a[LABELS].se, b[LABELS].se, 1e-12);
			assert_near(a[LABELS].low, b[LABELS].low, 1e-12);
			assert_near(c[LABELS].value, c[2].value, 1e-14);
			assert_near(c[LABELS].se, c[2].se, 1e-12);
			assert_near(c[LABELS].low, c[2].low, 1e-12);
			free(a);
			free(b);
			free(c);
			acc_patterns_free(&patterns);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_distances),
	    cmocka_unit_test(test_distances_lie_between_0_and_1),
	    cmocka_unit_test(test_alpha_the_long_way),
	    cmocka_unit_test(test_theme_codes),
	    cmocka_unit_test(test_value_that_is_not_whole),
	    cmocka_unit_test(test_single_labels),
	    cmocka_unit_test(test_multi_valued_the_long_way),
	    cmocka_unit_test(test_label_draw_extremes),
	    cmocka_unit_test(test_label_draw_gradient),
	    cmocka_unit_test(test_influences_sum_to_zero),
	    cmocka_unit_test(test_jackknife_the_long_way),
	    cmocka_unit_test(test_near_forms),
	    cmocka_unit_test(test_pool_is_a_weighted_mean),
	    cmocka_unit_test(test_scale_of_theme_weights),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
