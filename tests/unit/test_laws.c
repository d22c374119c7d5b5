/* laws: what must hold between numbers whatever the data, on small random studies; and each number
 * against the same formula worked out unit by unit, the long way. */
#include "tests/unit/near.h"
#include "tests/unit/sample.h"

#include <math.h>

enum { ROUNDS = 60 / SAMPLE_ROUNDS_LESS };

static const char *const schemes[] = {"identity",   "linear",   "quadratic", "gwet_ordinal",
				      "gwet_ratio", "circular", "bipolar",   "radical"};
enum { SCHEMES = sizeof schemes / sizeof *schemes };

/* Samples of many shapes: round r of ROUNDS. */
static struct sample
sample_of(uint32_t round)
{
	uint64_t state = 1000 + round;
	uint32_t coders = 2 + round % 4, categories = 2 + round % 3;
	double missing = round % 5 == 0 ? 0 : 0.1 * (round % 5);
	return sample_make(&state, 5 + round % 30, coders, categories, missing);
}

static bool
applies(const struct acc_coefficient *coefficient, const struct sample *sample)
{
	return !coefficient->sets && (!coefficient->two_coders || sample->coders == 2);
}

static bool
is(const struct acc_coefficient *coefficient, const char *key)
{
	return !strcmp(coefficient->key, key);
}

/* ---- the long way: methods, unit by unit, in agreement weights ---- */

/* A sample counted: r[i][k] ratings of unit i in category k, and so on. */
struct counted {
	const struct sample *sample;
	const struct acc_weights *weights;
	double r[SAMPLE_UNITS][8], ratings[SAMPLE_UNITS];
	double pi[8];                       /* mean over rated units of r_ik / r_i */
	double used[8], all_used;           /* ratings in units with two or more */
	double shares[SAMPLE_CODERS][8];    /* p_gk */
	double rated_by[SAMPLE_CODERS];     /* units that coder g rated */
	double rated, paired, total_weight; /* n, n', T_w */
};

static double
w(const struct counted *c, uint32_t k, uint32_t l)
{
	return 1 - acc_weights_between(c->weights, k, l);
}

static void
count_unit(struct counted *c, uint32_t u)
{
	for (uint32_t j = 0; j < c->sample->coders; j++) {
		uint32_t k = c->sample->code[u][j];
		if (k == ACC_NONE)
			continue;
		c->r[u][k]++;
		c->ratings[u]++;
		c->shares[j][k]++;
		c->rated_by[j]++;
	}
	c->rated += c->ratings[u] >= 1;
	c->paired += c->ratings[u] >= 2;
}

static struct counted
count_all(const struct sample *sample, const struct acc_weights *weights)
{
	struct counted c = {.sample = sample, .weights = weights};
	for (uint32_t u = 0; u < sample->units; u++)
		count_unit(&c, u);
	for (uint32_t k = 0; k < sample->categories; k++) {
		for (uint32_t u = 0; u < sample->units; u++) {
			c.pi[k] += c.ratings[u] > 0 ? c.r[u][k] / c.ratings[u] / c.rated : 0;
			c.used[k] += c.ratings[u] >= 2 ? c.r[u][k] : 0;
		}
		c.all_used += c.used[k];
		for (uint32_t j = 0; j < sample->coders; j++)
			c.shares[j][k] /= c.rated_by[j];
		for (uint32_t l = 0; l < sample->categories; l++)
			c.total_weight += w(&c, k, l);
	}
	return c;
}

/* Sum over k of r_ik (r*_ik - 1). */
static double
agreeing(const struct counted *c, uint32_t u)
{
	double sum = 0;
	for (uint32_t k = 0; k < c->sample->categories; k++) {
		double starred = 0;
		for (uint32_t l = 0; l < c->sample->categories; l++)
			starred += w(c, k, l) * c->r[u][l];
		sum += c->r[u][k] * (starred - 1);
	}
	return sum;
}

static double
observed_long(const struct counted *c, const struct acc_coefficient *coefficient)
{
	double sum = 0, mean = c->all_used / c->paired, epsilon = 1 / c->all_used;
	bool alpha = is(coefficient, "krippendorff_alpha");
	for (uint32_t u = 0; u < c->sample->units; u++)
		if (c->ratings[u] >= 2)
			sum += agreeing(c, u) / (alpha ? mean : c->ratings[u]) /
			       (c->ratings[u] - 1) / c->paired;
	return alpha ? (1 - epsilon) * sum + epsilon : sum;
}

static double
expected_from(const struct counted *c, const double *p, const double *q)
{
	double sum = 0;
	for (uint32_t k = 0; k < c->sample->categories; k++)
		for (uint32_t l = 0; l < c->sample->categories; l++)
			sum += w(c, k, l) * p[k] * q[l];
	return sum;
}

/* Mean over ordered pairs of coders with ratings. */
static double
expected_of_pairs(const struct counted *c)
{
	double sum = 0, pairs = 0;
	for (uint32_t g = 0; g < c->sample->coders; g++)
		for (uint32_t h = 0; h < c->sample->coders; h++)
			if (g != h && c->rated_by[g] > 0 && c->rated_by[h] > 0) {
				sum += expected_from(c, c->shares[g], c->shares[h]);
				pairs++;
			}
	return sum / pairs;
}

/* One rating of each category is added to all ratings. */
static double
expected_of_prior(const struct counted *c)
{
	double share[8], all = c->sample->categories;
	for (uint32_t u = 0; u < c->sample->units; u++)
		all += c->ratings[u];
	for (uint32_t k = 0; k < c->sample->categories; k++) {
		share[k] = 1 / all;
		for (uint32_t u = 0; u < c->sample->units; u++)
			share[k] += c->r[u][k] / all;
	}
	return expected_from(c, share, share);
}

static double
expected_long(const struct counted *c, const struct acc_coefficient *coefficient)
{
	double q = c->sample->categories, hard = 0, used[8];
	for (uint32_t k = 0; k < c->sample->categories; k++) {
		hard += c->pi[k] * (1 - c->pi[k]);
		used[k] = c->used[k] / c->all_used;
	}
	if (is(coefficient, "percent_agreement"))
		return 0;
	if (is(coefficient, "cohen_kappa") || is(coefficient, "conger_kappa"))
		return expected_of_pairs(c);
	if (is(coefficient, "scott_pi") || is(coefficient, "fleiss_kappa"))
		return expected_from(c, c->pi, c->pi);
	if (is(coefficient, "brennan_prediger"))
		return c->total_weight / (q * q);
	if (is(coefficient, "gwet_ac"))
		return c->total_weight / (q * (q - 1)) * hard;
	if (is(coefficient, "krippendorff_alpha"))
		return expected_from(c, used, used);
	if (is(coefficient, "vanoest_ir2"))
		return expected_of_prior(c);
	return NAN; /* not written here */
}

/* Is a coefficient written above, so that it can be compared? */
static bool
is_written(const struct acc_coefficient *coefficient)
{
	uint64_t state = 1;
	struct sample sample = sample_make(&state, 9, 2, 2, 0);
	struct acc_weights weights = sample_weights("identity", 2);
	struct counted c = count_all(&sample, &weights);
	acc_weights_free(&weights);
	return !isnan(expected_long(&c, coefficient));
}

static double
value_long(const struct sample *sample, const struct acc_coefficient *coefficient,
	   const char *scheme)
{
	struct acc_weights weights = sample_weights(scheme, sample->categories);
	struct counted c = count_all(sample, &weights);
	double pa = observed_long(&c, coefficient), pe = expected_long(&c, coefficient);
	acc_weights_free(&weights);
	if (!(c.paired > 0) || 1 - pe < 1e-12)
		return NAN;
	return (pa - pe) / (1 - pe);
}

static void
test_values_the_long_way(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < 4 * ROUNDS; round++) {
		struct sample sample = sample_of(round);
		for (size_t c = 0; c < acc_coefficient_count; c++) {
			const struct acc_coefficient *one = acc_coefficients[c];
			if (!applies(one, &sample) || !is_written(one))
				continue;
			for (size_t s = 0; s < SCHEMES; s++) {
				struct acc_estimate is_now = sample_estimate(
				    &sample, one, schemes[s], ACC_CI_GWET, ACC_CLUSTER_UNIT);
				assert_near(is_now.value, value_long(&sample, one, schemes[s]),
					    1e-12);
			}
		}
	}
}

/* ---- what must not matter ---- */

static void
shuffle(uint64_t *state, uint32_t *order, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		order[i] = i;
	for (uint32_t i = count; i > 1; i--) {
		uint32_t j = sample_below(state, i), other = order[i - 1];
		order[i - 1] = order[j];
		order[j] = other;
	}
}

static void
assert_same_of(const struct sample *a, const struct sample *b, const char *scheme, double tolerance,
	       bool (*among)(const struct acc_coefficient *))
{
	static const enum acc_ci ways[] = {ACC_CI_AUTO, ACC_CI_JACKKNIFE, ACC_CI_LINEAR,
					   ACC_CI_GWET};
	for (size_t c = 0; c < acc_coefficient_count; c++)
		for (size_t i = 0;
		     applies(acc_coefficients[c], a) && among(acc_coefficients[c]) && i < 4; i++) {
			struct acc_estimate x = sample_estimate(a, acc_coefficients[c], scheme,
								ways[i], ACC_CLUSTER_AUTO);
			struct acc_estimate y = sample_estimate(b, acc_coefficients[c], scheme,
								ways[i], ACC_CLUSTER_AUTO);
			/* Numeric slopes have nine digits; the same study has the same bits. */
			bool numeric = tolerance > 0 && !acc_coefficients[c]->gradient;
			double close = numeric ? 1e-7 : tolerance;
			assert_int_equal(x.reason, y.reason);
			assert_near(x.value, y.value, tolerance);
			assert_near(x.se, y.se, close);
			assert_near(x.low, y.low, close);
			assert_near(x.high, y.high, close);
			assert_near(x.units, y.units, 0);
			assert_near(x.clusters, y.clusters, 0);
		}
}

static bool
any(const struct acc_coefficient *coefficient)
{
	(void)coefficient;
	return true;
}

/* Is it blind to which category is which, to which of two is "present", to coders without ratings?
 */
static bool
knows_no_names(const struct acc_coefficient *coefficient)
{
	return !coefficient->scores && !coefficient->binary;
}

static bool
knows_no_presence(const struct acc_coefficient *coefficient)
{
	return !coefficient->binary;
}

static bool
takes_incomplete_units(const struct acc_coefficient *coefficient)
{
	return !(coefficient->needs & ACC_NEED_COMPLETE);
}

static void
assert_same_estimates(const struct sample *a, const struct sample *b, const char *scheme,
		      double tolerance)
{
	assert_same_of(a, b, scheme, tolerance, any);
}

static void
test_names_of_categories_do_not_matter(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		uint64_t seed = round;
		uint32_t order[8];
		struct sample sample = sample_of(round), other = sample;
		shuffle(&seed, order, sample.categories);
		for (uint32_t u = 0; u < sample.units; u++)
			for (uint32_t j = 0; j < sample.coders; j++)
				if (sample.code[u][j] != ACC_NONE)
					other.code[u][j] = order[sample.code[u][j]];
		assert_same_of(&sample, &other, "identity", 1e-10, knows_no_names);
	}
}

static void
test_reversed_categories_do_not_matter(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round), other = sample;
		for (uint32_t u = 0; u < sample.units; u++)
			for (uint32_t j = 0; j < sample.coders; j++)
				if (sample.code[u][j] != ACC_NONE)
					other.code[u][j] =
					    sample.categories - 1 - sample.code[u][j];
		assert_same_of(&sample, &other, "linear", 1e-10, knows_no_presence);
		assert_same_of(&sample, &other, "quadratic", 1e-10, knows_no_presence);
	}
}

static void
test_names_of_coders_do_not_matter(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		uint64_t seed = round;
		struct sample sample = sample_of(round), other = sample;
		shuffle(&seed, other.coder_label, sample.coders);
		assert_same_estimates(&sample, &other, schemes[round % SCHEMES], 1e-10);
	}
}

static void
test_order_of_units_does_not_matter(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		uint64_t seed = round;
		uint32_t order[SAMPLE_UNITS];
		struct sample sample = sample_of(round), other = sample;
		shuffle(&seed, order, sample.units);
		for (uint32_t u = 0; u < sample.units; u++) {
			memcpy(other.code[u], sample.code[order[u]], sizeof other.code[u]);
			other.participant[u] = sample.participant[order[u]];
		}
		struct acc_patterns a = sample_patterns(&sample, ACC_CODES);
		struct acc_patterns b = sample_patterns(&other, ACC_CODES);
		sample_same_patterns(&a, &b);
		acc_patterns_free(&a);
		acc_patterns_free(&b);
		assert_same_estimates(&sample, &other, schemes[round % SCHEMES], 0);
	}
}

/* The units of `sample` with u % 3 == part. */
static struct sample
part_of(const struct sample *sample, uint32_t part)
{
	struct sample some = *sample;
	some.units = 0;
	for (uint32_t u = part; u < sample->units; u += 3) {
		memcpy(some.code[some.units], sample->code[u], sizeof some.code[u]);
		some.participant[some.units++] = sample->participant[u];
	}
	return some;
}

static void
test_merged_parts_are_the_whole(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++)
		for (int design = ACC_CODES; design <= ACC_THEME_CODES; design++) {
			struct sample sample = sample_of(round);
			struct acc_patterns whole =
			    sample_patterns(&sample, (enum acc_design)design);
			struct acc_patterns merged = {0};
			for (uint32_t part = 0; part < 3; part++) {
				struct sample some = part_of(&sample, (part + round) % 3);
				struct acc_patterns more =
				    sample_patterns(&some, (enum acc_design)design);
				if (part == 0)
					merged = more;
				else {
					assert_int_equal(acc_patterns_absorb(&merged, &more),
							 ACC_OK);
					acc_patterns_free(&more);
				}
			}
			assert_int_equal(acc_patterns_canonical(&merged, NULL), ACC_OK);
			sample_same_patterns(&whole, &merged);
			acc_patterns_free(&whole);
			acc_patterns_free(&merged);
		}
}

/* ---- identities between coefficients ---- */

static double
value_of(const struct sample *sample, const char *key, const char *scheme)
{
	return sample_estimate(sample, acc_coefficient_find(key), scheme, ACC_CI_GWET,
			       ACC_CLUSTER_UNIT)
	    .value;
}

static void
test_alpha_is_fleiss_corrected_when_balanced(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		uint64_t seed = round;
		struct sample sample = sample_make(&seed, 12 + round % 9, 2 + round % 4, 3, 0);
		double n = sample.units * sample.coders;
		for (size_t s = 0; s < SCHEMES; s++)
			assert_near(value_of(&sample, "krippendorff_alpha", schemes[s]),
				    (1 - 1 / n) * value_of(&sample, "fleiss_kappa", schemes[s]) +
					1 / n,
				    1e-13);
	}
}

static void
test_two_coders_make_coefficients_meet(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		uint64_t seed = round;
		struct sample sample =
		    sample_make(&seed, 12 + round % 9, 2, 2 + round % 3, 0.1 * (round % 3));
		for (size_t s = 0; s < SCHEMES; s++) {
			assert_near(value_of(&sample, "cohen_kappa", schemes[s]),
				    value_of(&sample, "conger_kappa", schemes[s]), 1e-13);
			assert_near(value_of(&sample, "scott_pi", schemes[s]),
				    value_of(&sample, "fleiss_kappa", schemes[s]), 0);
		}
	}
}

/* Single labels told as themes: the pool over themes is Fleiss' kappa of the labels, with its
 * error. */
static void
test_pool_of_single_labels_is_fleiss(void **state)
{
	(void)state;
	static const enum acc_ci ways[] = {ACC_CI_AUTO, ACC_CI_JACKKNIFE, ACC_CI_LINEAR};
	const struct acc_coefficient *fleiss = acc_coefficient_find("fleiss_kappa");
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round);
		struct acc_patterns themes = sample_patterns(&sample, ACC_THEMES);
		for (size_t i = 0; i < 3; i++) {
			struct acc_estimate pool = sample_estimate_patterns(
			    &themes, fleiss, "identity", ways[i], ACC_CLUSTER_AUTO);
			struct acc_estimate code =
			    sample_estimate(&sample, fleiss, "identity", ways[i], ACC_CLUSTER_AUTO);
			assert_int_equal(pool.reason, code.reason);
			assert_near(pool.value, code.value, 1e-12);
			assert_near(pool.se, code.se, 1e-10);
			assert_near(pool.low, code.low, 1e-10);
			assert_near(pool.high, code.high, 1e-10);
			assert_near(pool.units, code.units, 0);
		}
		acc_patterns_free(&themes);
	}
}

/* A theme that only one coder looked at does not enter the pool, nor its error. */
static void
test_pool_goes_without_undefined_themes(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round);
		struct acc_patterns themes = sample_patterns(&sample, ACC_THEME_CODES);
		for (size_t c = 0; c < acc_coefficient_count; c++)
			for (int ci = ACC_CI_AUTO; ci <= ACC_CI_LINEAR; ci++) {
				const struct acc_coefficient *one = acc_coefficients[c];
				struct acc_estimate pool = sample_estimate_patterns(
				    &themes, one, "linear", (enum acc_ci)ci, ACC_CLUSTER_AUTO);
				struct acc_estimate code = sample_estimate(
				    &sample, one, "linear", (enum acc_ci)ci, ACC_CLUSTER_AUTO);
				assert_int_equal(pool.reason, code.reason);
				assert_near(pool.value, code.value, 0);
				assert_near(pool.se, code.se, 1e-13);
				assert_near(pool.low, code.low, 1e-13);
				assert_near(pool.high, code.high, 1e-13);
			}
		acc_patterns_free(&themes);
	}
}

/* ---- errors ---- */

static struct sample
without_participant(const struct sample *sample, uint32_t participant)
{
	struct sample left = *sample;
	left.units = 0;
	for (uint32_t u = 0; u < sample->units; u++)
		if (sample->participant[u] != participant) {
			memcpy(left.code[left.units], sample->code[u], sizeof left.code[u]);
			left.participant[left.units++] = sample->participant[u];
		}
	return left;
}

static bool
has_rating(const struct sample *sample, uint32_t participant)
{
	for (uint32_t u = 0; u < sample->units; u++)
		for (uint32_t j = 0; j < sample->coders; j++)
			if (sample->participant[u] == participant && sample->code[u][j] != ACC_NONE)
				return true;
	return false;
}

/* The jackknife error, each cluster's rows deleted and all of it computed again. */
static double
jackknife_long(const struct sample *sample, const struct acc_coefficient *coefficient,
	       const char *scheme)
{
	double whole = value_long(sample, coefficient, scheme), sum = 0, clusters = 0;
	for (uint32_t p = 0; p < sample->participants; p++) {
		struct sample left = without_participant(sample, p);
		if (!has_rating(sample, p))
			continue;
		double value = value_long(&left, coefficient, scheme);
		sum += (value - whole) * (value - whole);
		clusters++;
	}
	return sqrt((clusters - 1) / clusters * sum);
}

static void
test_jackknife_the_long_way(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < 2 * ROUNDS; round++) {
		struct sample sample = sample_of(round);
		const char *scheme = schemes[round % SCHEMES];
		for (size_t c = 0; c < acc_coefficient_count; c++) {
			const struct acc_coefficient *one = acc_coefficients[c];
			if (!applies(one, &sample) || !is_written(one))
				continue;
			struct acc_estimate now = sample_estimate(
			    &sample, one, scheme, ACC_CI_JACKKNIFE, ACC_CLUSTER_PARTICIPANT);
			if (isnan(now.value))
				continue;
			assert_near(now.se, jackknife_long(&sample, one, scheme), 1e-10);
		}
	}
}

/* Units as clusters: the same as each unit a participant. */
static void
test_units_are_their_own_clusters(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round), other = sample;
		other.participants = other.units;
		for (uint32_t u = 0; u < other.units; u++)
			other.participant[u] = u;
		for (size_t c = 0; c < acc_coefficient_count; c++) {
			const struct acc_coefficient *one = acc_coefficients[c];
			if (!applies(one, &sample))
				continue;
			for (int ci = ACC_CI_JACKKNIFE; ci <= ACC_CI_LINEAR; ci++) {
				struct acc_estimate a = sample_estimate(
				    &sample, one, "linear", (enum acc_ci)ci, ACC_CLUSTER_UNIT);
				struct acc_estimate b =
				    sample_estimate(&other, one, "linear", (enum acc_ci)ci,
						    ACC_CLUSTER_PARTICIPANT);
				assert_near(a.se, b.se, 1e-10);
				assert_near(a.clusters, b.clusters, 0);
			}
		}
	}
}

/* The published error is the exact one where nothing is missing, but for alpha's factor 1 - 1/N. */
static void
test_published_error_is_exact_when_complete(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		uint64_t seed = round;
		struct sample sample = sample_make(&seed, 12 + round % 9, 2 + round % 4, 3, 0);
		for (size_t c = 0; c < acc_coefficient_count; c++) {
			const struct acc_coefficient *one = acc_coefficients[c];
			if (!applies(one, &sample))
				continue;
			struct acc_estimate exact = sample_estimate(
			    &sample, one, "quadratic", ACC_CI_LINEAR, ACC_CLUSTER_UNIT);
			struct acc_estimate gwet = sample_estimate(&sample, one, "quadratic",
								   ACC_CI_GWET, ACC_CLUSTER_UNIT);
			double factor =
			    one->pairs_only ? 1 - 1.0 / (sample.units * sample.coders) : 1;
			assert_near(exact.se, factor * gwet.se, 1e-12);
		}
	}
}

/* Has a study twice as large the same value? Not with a small-sample term, such as alpha's. */
static bool
scales(const struct acc_coefficient *coefficient)
{
	uint64_t state = 1;
	uint32_t coders = coefficient->two_coders ? 2 : 3;
	struct sample sample = sample_make(&state, 9, coders, 2, 0.2), twice = sample;
	for (uint32_t u = 0; u < sample.units; u++)
		memcpy(twice.code[twice.units++], sample.code[u], sizeof sample.code[u]);
	double once = value_of(&sample, coefficient->key, "identity");
	return fabs(value_of(&twice, coefficient->key, "identity") - once) < 1e-12;
}

/* Every cluster twice: the value stays but for alpha's correction, the variance is (G - 1) / (2G -
 * 1) of itself. */
static void
test_doubled_clusters(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round), twice = sample;
		if (2 * sample.units > SAMPLE_UNITS)
			continue;
		for (uint32_t u = 0; u < sample.units; u++) {
			memcpy(twice.code[twice.units], sample.code[u], sizeof sample.code[u]);
			twice.participant[twice.units++] =
			    sample.participant[u] + sample.participants;
		}
		for (size_t c = 0; c < acc_coefficient_count; c++) {
			const struct acc_coefficient *one = acc_coefficients[c];
			if (!applies(one, &sample) || !(scales(one) || one->pairs_only))
				continue;
			struct acc_estimate a = sample_estimate(
			    &sample, one, "linear", ACC_CI_LINEAR, ACC_CLUSTER_PARTICIPANT);
			struct acc_estimate b = sample_estimate(
			    &twice, one, "linear", ACC_CI_LINEAR, ACC_CLUSTER_PARTICIPANT);
			double n = a.ratings, g = a.clusters;
			double factor = one->pairs_only ? (1 - 1 / (2 * n)) / (1 - 1 / n) : 1;
			assert_near(1 - b.value, factor * (1 - a.value), 1e-12);
			assert_near(b.se, factor * a.se * sqrt((g - 1) / (2 * g - 1)),
				    one->gradient ? 1e-12 : 1e-7);
		}
	}
}

/* ---- gradients ---- */

/* The question of a sample: its panel, all units' tally and weights. */
struct asked {
	struct acc_patterns patterns;
	struct acc_weights weights;
	struct acc_panel panel;
	struct acc_tally total;
};

static const unsigned everything = ACC_NEED_COINCIDENCES | ACC_NEED_SPECIFIC | ACC_NEED_CELLS |
				   ACC_NEED_COMPLETE | ACC_NEED_MOMENTS | ACC_NEED_ANOVA |
				   ACC_NEED_PAIRS;

static struct asked
ask(const struct sample *sample, const char *scheme)
{
	struct asked asked = {.patterns = sample_patterns(sample, ACC_CODES),
			      .weights = sample_weights(scheme, sample->categories)};
	assert_int_equal(acc_panel_make(&asked.panel, &asked.patterns, 0, NULL, sample->coders),
			 ACC_OK);
	assert_int_equal(
	    acc_tally_make_for(&asked.total, sample->categories, sample->coders, everything),
	    ACC_OK);
	for (uint32_t p = 0; p < asked.patterns.vector.count; p++)
		acc_tally_add(&asked.total, &asked.panel, p, (double)asked.patterns.count[p],
			      &asked.weights);
	return asked;
}

static void
end(struct asked *asked)
{
	acc_patterns_free(&asked->patterns);
	acc_weights_free(&asked->weights);
	acc_panel_free(&asked->panel);
	acc_tally_free(&asked->total);
}

/* A coefficient that does not say that it goes by coder does not read who gave which code. */
static void
test_margins_matter_to_those_that_say_so(void **state)
{
	(void)state;
	size_t by_coder = 0;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round);
		struct asked asked = ask(&sample, "linear");
		for (size_t c = 0; c < acc_coefficient_count; c++) {
			const struct acc_coefficient *one = acc_coefficients[c];
			struct acc_disagreement with, without;
			double value, blind;
			if (!applies(one, &sample))
				continue;
			acc_coefficient_value(one, &asked.total, &asked.weights, &with, &value);
			double *margin = acc_tally_margin(&asked.total);
			size_t size = sample.coders * sample.categories * sizeof *margin;
			double *kept = malloc(size);
			assert_non_null(kept);
			memcpy(kept, margin, size);
			memset(margin, 0, size);
			acc_coefficient_value(one, &asked.total, &asked.weights, &without, &blind);
			memcpy(margin, kept, size);
			free(kept);
			if (one->by_coder)
				by_coder += value != blind;
			else
				assert_memory_equal(&value, &blind, sizeof value);
		}
		end(&asked);
	}
	assert_true(by_coder > 0);
}

static struct acc_tally
like(const struct acc_tally *tally)
{
	struct acc_tally same;
	assert_int_equal(acc_tally_make_for(&same, tally->categories, tally->coders, tally->needs),
			 ACC_OK);
	return same;
}

/* Mean squares are no function of single cells: which coders meet is told by several together. */
static bool
has_single_cells(const struct acc_coefficient *coefficient)
{
	return !(coefficient->needs & ACC_NEED_ANOVA);
}

static void
check_gradient(const struct asked *asked, const struct acc_coefficient *coefficient)
{
	struct acc_coefficient plain = *coefficient;
	plain.gradient = NULL;
	struct acc_tally slope[4];
	for (size_t i = 0; i < 4; i++)
		slope[i] = like(&asked->total);
	acc_coefficient_gradient(coefficient, &asked->total, &asked->weights, &slope[0], &slope[1]);
	acc_coefficient_gradient(&plain, &asked->total, &asked->weights, &slope[2], &slope[3]);
	/* Alpha's factor 1 - 1/N is held fixed with the ratings; the numeric slope moves it and
	 * holds it with the units. */
	const double *cell = asked->total.cell;
	double factor = cell[ACC_TALLY_WEIGHTED] / pow(cell[ACC_TALLY_RATINGS], 2);
	if (is(coefficient, "krippendorff_alpha")) {
		slope[2].cell[ACC_TALLY_RATINGS] -= factor / cell[ACC_TALLY_RATINGS];
		slope[2].cell[ACC_TALLY_RATED] += factor / cell[ACC_TALLY_RATED];
	}
	bool held = !has_single_cells(coefficient) ||
		    (!scales(coefficient) && !is(coefficient, "krippendorff_alpha"));
	for (size_t i = 0; !held && i < asked->total.length; i++) {
		/* No unit fills it: its slope is never asked for. */
		if (cell[i] == 0)
			continue;
		assert_near(slope[0].cell[i], slope[2].cell[i], 1e-8);
		assert_near(slope[1].cell[i], slope[3].cell[i], 1e-8);
	}
	/* Influence values sum to zero: shares do not change with the size of a study. */
	assert_near(acc_tally_dot(&slope[0], &asked->total), 0, 1e-13);
	assert_near(acc_tally_dot(&slope[1], &asked->total), 0, 1e-13);
	for (size_t i = 0; i < 4; i++)
		acc_tally_free(&slope[i]);
}

static void
test_gradients_are_slopes(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < 2 * ROUNDS; round++) {
		struct sample sample = sample_of(round);
		struct asked asked = ask(&sample, schemes[round % SCHEMES]);
		for (size_t c = 0; c < acc_coefficient_count; c++) {
			struct acc_disagreement at;
			double value;
			if (acc_coefficient_value(acc_coefficients[c], &asked.total, &asked.weights,
						  &at, &value) == ACC_DEFINED)
				check_gradient(&asked, acc_coefficients[c]);
		}
		end(&asked);
	}
}

/* Influence is the slope of the value along one more unit, in a study so large that what a study
 * of twice the size has more does not count. */
static void
check_along_units(const struct asked *asked, const struct acc_coefficient *coefficient)
{
	enum { TIMES = 100000 };
	struct acc_tally large = like(&asked->total), unit = like(&asked->total);
	struct acc_tally slope[2] = {like(&asked->total), like(&asked->total)};
	struct acc_disagreement at, moved;
	double value, side[2];
	acc_tally_accumulate(&large, TIMES, &asked->total);
	acc_coefficient_value(coefficient, &large, &asked->weights, &at, &value);
	acc_coefficient_gradient(coefficient, &large, &asked->weights, &slope[0], &slope[1]);
	for (uint32_t p = 0; !isnan(value) && p < asked->patterns.vector.count; p++) {
		acc_tally_zero(&unit);
		acc_tally_add(&unit, &asked->panel, p, 1, &asked->weights);
		double psi = (-acc_tally_dot(&slope[0], &unit) +
			      (1 - value) * acc_tally_dot(&slope[1], &unit)) /
			     at.expected;
		for (int i = 0; i < 2; i++) {
			double step = i ? -1e-3 * TIMES : 1e-3 * TIMES;
			acc_tally_accumulate(&large, step, &unit);
			acc_coefficient_value(coefficient, &large, &asked->weights, &moved,
					      &side[i]);
			acc_tally_accumulate(&large, -step, &unit);
		}
		if (!isnan(side[0]) && !isnan(side[1]))
			assert_near(psi * TIMES, (side[0] - side[1]) / 2e-3, 1e-4);
	}
	acc_tally_free(&large);
	acc_tally_free(&unit);
	acc_tally_free(&slope[0]);
	acc_tally_free(&slope[1]);
}

static void
test_influences_are_slopes_along_units(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round);
		struct asked asked = ask(&sample, schemes[round % SCHEMES]);
		for (size_t c = 0; c < acc_coefficient_count; c++)
			if (applies(acc_coefficients[c], &sample) &&
			    !acc_coefficients[c]->diagnostic)
				check_along_units(&asked, acc_coefficients[c]);
		end(&asked);
	}
}

/* A coefficient without a closed form gets the same error. */
static void
test_coefficient_without_gradient(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round);
		for (size_t c = 0; c < acc_coefficient_count; c++) {
			struct acc_coefficient plain = *acc_coefficients[c];
			plain.gradient = NULL;
			if (!applies(&plain, &sample) || !scales(&plain) ||
			    !has_single_cells(&plain))
				continue;
			struct acc_estimate a =
			    sample_estimate(&sample, acc_coefficients[c], "linear", ACC_CI_LINEAR,
					    ACC_CLUSTER_AUTO);
			struct acc_estimate b = sample_estimate(&sample, &plain, "linear",
								ACC_CI_LINEAR, ACC_CLUSTER_AUTO);
			assert_near(a.se, b.se, 1e-7);
		}
	}
}

/* ---- degenerate studies ---- */

static struct sample
constant(uint32_t units, uint32_t coders, uint32_t categories)
{
	struct sample sample = {
	    .units = units, .coders = coders, .categories = categories, .participants = units};
	for (uint32_t u = 0; u < units; u++)
		sample.participant[u] = u;
	for (uint32_t j = 0; j < coders; j++)
		sample.coder_label[j] = j;
	return sample;
}

static struct acc_estimate
auto_of(const struct sample *sample, const char *key)
{
	return sample_estimate(sample, acc_coefficient_find(key), "identity", ACC_CI_AUTO,
			       ACC_CLUSTER_AUTO);
}

static void
assert_undefined(const struct sample *sample, const char *key, enum acc_reason reason)
{
	struct acc_estimate estimate = auto_of(sample, key);
	assert_int_equal(estimate.reason, reason);
	assert_true(isnan(estimate.value));
	assert_true(isnan(estimate.se) && isnan(estimate.low) && isnan(estimate.high));
	assert_string_equal(estimate.method, "");
}

/* Ties keep the uncorrected W below 1. */
static bool
reaches_one(const struct acc_coefficient *coefficient)
{
	return !coefficient->diagnostic && !is(coefficient, "kendall_w_uncorrected");
}

static void
test_perfect_agreement(void **state)
{
	(void)state;
	struct sample sample = constant(8, 2, 3);
	for (uint32_t u = 0; u < sample.units; u++)
		for (uint32_t j = 0; j < sample.coders; j++)
			sample.code[u][j] = u % 3;
	for (size_t c = 0; c < acc_coefficient_count; c++) {
		struct acc_estimate estimate = auto_of(&sample, acc_coefficients[c]->key);
		if (acc_coefficients[c]->binary || !reaches_one(acc_coefficients[c]))
			continue;
		assert_int_equal(estimate.reason, ACC_DEFINED);
		assert_near(estimate.value, 1, 0);
		assert_near(estimate.se, 0, 0);
		assert_near(estimate.high, 1, 0);
		assert_true(estimate.low < 1 && estimate.low >= acc_coefficients[c]->least);
	}
}

/* Two themes that say the same are one, also where nobody disagrees. */
static void
test_perfect_pool(void **state)
{
	(void)state;
	struct sample sample = constant(8, 2, 2);
	for (uint32_t u = 0; u < sample.units; u++)
		sample.code[u][0] = sample.code[u][1] = u % 2;
	struct acc_patterns themes = sample_patterns(&sample, ACC_THEMES);
	for (size_t c = 0; c < acc_coefficient_count; c++) {
		struct acc_estimate pool = sample_estimate_patterns(
		    &themes, acc_coefficients[c], "identity", ACC_CI_AUTO, ACC_CLUSTER_AUTO);
		struct acc_estimate code = auto_of(&sample, acc_coefficients[c]->key);
		if (!reaches_one(acc_coefficients[c]))
			continue;
		assert_int_equal(pool.reason, ACC_DEFINED);
		assert_near(pool.low, code.low, 1e-15);
		assert_near(pool.high, 1, 0);
	}
	acc_patterns_free(&themes);
}

static void
test_one_category_used(void **state)
{
	(void)state;
	struct sample sample = constant(8, 2, 3);
	static const char *const undefined[] = {"cohen_kappa", "conger_kappa", "scott_pi",
						"fleiss_kappa", "krippendorff_alpha"};
	static const char *const defined[] = {"percent_agreement", "brennan_prediger", "gwet_ac"};
	for (size_t i = 0; i < 5; i++)
		assert_undefined(&sample, undefined[i], ACC_REASON_no_variation);
	for (size_t i = 0; i < 3; i++)
		assert_near(auto_of(&sample, defined[i]).value, 1, 0);
}

static void
test_one_category_declared(void **state)
{
	(void)state;
	struct sample sample = constant(8, 2, 1);
	assert_undefined(&sample, "brennan_prediger", ACC_REASON_one_category);
	assert_undefined(&sample, "gwet_ac", ACC_REASON_one_category);
	assert_undefined(&sample, "fleiss_kappa", ACC_REASON_no_variation);
	assert_near(auto_of(&sample, "percent_agreement").value, 1, 0);
}

static void
test_one_coder(void **state)
{
	(void)state;
	struct sample sample = constant(8, 1, 2);
	assert_undefined(&sample, "cohen_kappa", ACC_REASON_one_coder);
	assert_undefined(&sample, "scott_pi", ACC_REASON_one_coder);
	assert_undefined(&sample, "fleiss_kappa", ACC_REASON_no_pairs);
	assert_undefined(&sample, "krippendorff_alpha", ACC_REASON_no_pairs);
}

static void
test_three_coders_for_two(void **state)
{
	(void)state;
	struct sample sample = constant(8, 3, 2);
	assert_undefined(&sample, "cohen_kappa", ACC_REASON_not_two_coders);
}

static void
test_one_unit(void **state)
{
	(void)state;
	struct sample sample = constant(1, 2, 2);
	sample.code[0][1] = 1;
	struct acc_estimate estimate = auto_of(&sample, "fleiss_kappa");
	assert_near(estimate.value, -1, 1e-15);
	assert_int_equal(estimate.reason, ACC_REASON_one_cluster);
	assert_true(isnan(estimate.low) && isnan(estimate.high));
}

static void
test_no_rating_at_all(void **state)
{
	(void)state;
	struct sample sample = constant(4, 2, 2);
	for (uint32_t u = 0; u < sample.units; u++)
		sample.code[u][0] = sample.code[u][1] = ACC_NONE;
	for (size_t c = 0; c < acc_coefficient_count; c++)
		assert_undefined(&sample, acc_coefficients[c]->key, ACC_REASON_no_units);
}

/* Taking one cluster out may leave nothing to estimate: that is said, not averaged away. */
static void
test_variation_in_one_cluster(void **state)
{
	(void)state;
	struct sample sample = constant(8, 2, 2);
	sample.code[3][0] = sample.code[3][1] = 1;
	struct acc_estimate estimate = auto_of(&sample, "fleiss_kappa");
	assert_near(estimate.value, 1, 0);
	assert_int_equal(estimate.reason, ACC_REASON_one_cluster_varies);
	assert_true(isnan(estimate.se) && isnan(estimate.low));
}

static void
test_those_who_say_nothing(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		uint64_t seed = round;
		struct sample sample = sample_make(&seed, 12, 3, 3, 0.2), other = sample;
		/* A coder who rated nothing, units that nobody rated. */
		other.coder_label[other.coders++] = 7;
		other.units += 3;
		for (uint32_t u = 0; u < other.units; u++)
			for (uint32_t j = 0; j < other.coders; j++)
				if (u >= sample.units || j >= sample.coders)
					other.code[u][j] = ACC_NONE;
		assert_same_of(&sample, &other, schemes[round % SCHEMES], 1e-12,
			       takes_incomplete_units);
	}
}

static void
test_a_number_or_a_reason(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < 3 * ROUNDS; round++) {
		uint64_t seed = round;
		struct sample sample = sample_make(&seed, 1 + round % 5, 1 + round % 4,
						   1 + round % 3, 0.3 * (round % 3));
		for (size_t c = 0; c < acc_coefficient_count; c++)
			for (int ci = ACC_CI_AUTO; ci <= ACC_CI_GWET; ci++) {
				struct acc_estimate estimate =
				    sample_estimate(&sample, acc_coefficients[c], "linear",
						    (enum acc_ci)ci, ACC_CLUSTER_AUTO);
				bool defined = estimate.reason == ACC_DEFINED;
				assert_int_equal(defined, isfinite(estimate.se));
				assert_int_equal(defined, isfinite(estimate.low));
				assert_int_equal(defined, isfinite(estimate.high));
				assert_true(!defined || isfinite(estimate.value));
				assert_int_equal(defined, *estimate.method != 0);
				assert_true(!defined || (estimate.low <= estimate.value + 1e-12 &&
							 estimate.value <= estimate.high + 1e-12));
			}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_values_the_long_way),
	    cmocka_unit_test(test_names_of_categories_do_not_matter),
	    cmocka_unit_test(test_reversed_categories_do_not_matter),
	    cmocka_unit_test(test_names_of_coders_do_not_matter),
	    cmocka_unit_test(test_order_of_units_does_not_matter),
	    cmocka_unit_test(test_merged_parts_are_the_whole),
	    cmocka_unit_test(test_alpha_is_fleiss_corrected_when_balanced),
	    cmocka_unit_test(test_two_coders_make_coefficients_meet),
	    cmocka_unit_test(test_pool_of_single_labels_is_fleiss),
	    cmocka_unit_test(test_pool_goes_without_undefined_themes),
	    cmocka_unit_test(test_jackknife_the_long_way),
	    cmocka_unit_test(test_units_are_their_own_clusters),
	    cmocka_unit_test(test_published_error_is_exact_when_complete),
	    cmocka_unit_test(test_doubled_clusters),
	    cmocka_unit_test(test_margins_matter_to_those_that_say_so),
	    cmocka_unit_test(test_gradients_are_slopes),
	    cmocka_unit_test(test_influences_are_slopes_along_units),
	    cmocka_unit_test(test_coefficient_without_gradient),
	    cmocka_unit_test(test_perfect_agreement),
	    cmocka_unit_test(test_perfect_pool),
	    cmocka_unit_test(test_one_category_used),
	    cmocka_unit_test(test_one_category_declared),
	    cmocka_unit_test(test_one_coder),
	    cmocka_unit_test(test_three_coders_for_two),
	    cmocka_unit_test(test_one_unit),
	    cmocka_unit_test(test_no_rating_at_all),
	    cmocka_unit_test(test_variation_in_one_cluster),
	    cmocka_unit_test(test_those_who_say_nothing),
	    cmocka_unit_test(test_a_number_or_a_reason),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
