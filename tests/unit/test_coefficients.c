/* coefficients: those beyond the standard ones, each worked out the long way, unit by unit, on
 * small random studies with missing ratings; and the error of every one with its clusters left out
 * one by one. */
#include "stats/special.h"
#include "tests/unit/near.h"
#include "tests/unit/sample.h"

#include <math.h>

enum { ROUNDS = 80 };

static struct sample
sample_of(uint32_t round, uint32_t coders, double missing)
{
	uint64_t state = 500 + round;
	return sample_make(&state, 6 + round % 30, coders, 2 + round % 3, missing);
}

static struct acc_estimate
estimate_of(const struct sample *sample, const char *key)
{
	return sample_estimate(sample, acc_coefficient_find(key), "identity", ACC_CI_GWET,
			       ACC_CLUSTER_UNIT);
}

static double
value_of(const struct sample *sample, const char *key)
{
	return estimate_of(sample, key).value;
}

/* Two coders' columns. */
static struct sample
two_of(const struct sample *sample, uint32_t i, uint32_t j)
{
	struct sample two = *sample;
	two.coders = 2;
	for (uint32_t u = 0; u < sample->units; u++) {
		two.code[u][0] = sample->code[u][i];
		two.code[u][1] = sample->code[u][j];
	}
	return two;
}

static bool
has(const struct sample *sample, uint32_t u, uint32_t j)
{
	return sample->code[u][j] != ACC_NONE;
}

static bool
is_complete(const struct sample *sample, uint32_t u)
{
	for (uint32_t j = 0; j < sample->coders; j++)
		if (!has(sample, u, j))
			return false;
	return true;
}

static struct sample
complete_of(const struct sample *sample)
{
	struct sample complete = *sample;
	complete.units = 0;
	for (uint32_t u = 0; u < sample->units; u++)
		if (is_complete(sample, u))
			memcpy(complete.code[complete.units++], sample->code[u],
			       sizeof sample->code[u]);
	return complete;
}

static void
test_light_is_the_mean_of_cohens(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round, 2 + round % 4, 0.1 * (round % 3));
		double sum = 0, pairs = 0;
		for (uint32_t j = 1; j < sample.coders; j++)
			for (uint32_t i = 0; i < j; i++) {
				struct sample two = two_of(&sample, i, j);
				sum += value_of(&two, "cohen_kappa");
				pairs++;
			}
		assert_near(value_of(&sample, "light_kappa"), sum / pairs, 1e-12);
	}
}

/* Share of units that both rated. */
static double
overlap(const struct sample *sample, uint32_t i, uint32_t j)
{
	double both = 0;
	for (uint32_t u = 0; u < sample->units; u++)
		both += has(sample, u, i) && has(sample, u, j);
	return both / sample->units;
}

/* Weighted means over pairs of ratings: of one unit (observed), and of any two units (chance), the
 * second coder another one or any. */
static double
weighted_observed(const struct sample *sample)
{
	double sum = 0, weight = 0;
	for (uint32_t j = 1; j < sample->coders; j++)
		for (uint32_t i = 0; i < j; i++)
			for (uint32_t u = 0; u < sample->units; u++) {
				if (!has(sample, u, i) || !has(sample, u, j))
					continue;
				double by = 1 / overlap(sample, i, j);
				sum += by * (sample->code[u][i] != sample->code[u][j]);
				weight += by;
			}
	return sum / weight;
}

static double
weighted_chance(const struct sample *sample, bool any_coder)
{
	double sum = 0, weight = 0;
	for (uint32_t i = 0; i < sample->coders; i++)
		for (uint32_t j = 0; j < sample->coders; j++)
			for (uint32_t u = 0; (any_coder || i != j) && u < sample->units; u++)
				for (uint32_t v = 0; v < sample->units; v++) {
					if (!has(sample, u, i) || !has(sample, v, j))
						continue;
					double by =
					    1 / (overlap(sample, i, i) * overlap(sample, j, j));
					sum += by * (sample->code[u][i] != sample->code[v][j]);
					weight += by;
				}
	return sum / weight;
}

static void
test_inverse_probability_weights(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round, 2 + round % 4, 0.1 * (round % 3));
		double q = sample.categories, apart = weighted_observed(&sample);
		bool meet = true;
		for (uint32_t j = 1; j < sample.coders; j++)
			for (uint32_t i = 0; i < j; i++)
				meet = meet && overlap(&sample, i, j) > 0;
		if (!meet)
			continue;
		assert_near(value_of(&sample, "ipw_conger"),
			    1 - apart / weighted_chance(&sample, false), 1e-12);
		assert_near(value_of(&sample, "ipw_fleiss"),
			    1 - apart / weighted_chance(&sample, true), 1e-12);
		assert_near(value_of(&sample, "ipw_brennan_prediger"), 1 - apart / (1 - 1 / q),
			    1e-12);
	}
}

static void
test_weights_do_nothing_when_complete(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round, 2 + round % 4, 0);
		static const char *const same[][2] = {{"ipw_conger", "conger_kappa"},
						      {"ipw_fleiss", "fleiss_kappa"},
						      {"ipw_brennan_prediger", "brennan_prediger"}};
		for (size_t i = 0; i < 3; i++) {
			struct acc_estimate a = estimate_of(&sample, same[i][0]);
			struct acc_estimate b = estimate_of(&sample, same[i][1]);
			assert_near(a.value, b.value, 1e-12);
			assert_near(a.se, b.se, 1e-12);
		}
	}
}

/* Coders without a unit in common: nothing stands for their agreement. */
static void
test_coders_who_never_meet(void **state)
{
	(void)state;
	struct sample sample = sample_of(20, 3, 0);
	for (uint32_t u = 0; u < sample.units; u++)
		sample.code[u][u % 2] = ACC_NONE;
	assert_int_equal(estimate_of(&sample, "ipw_conger").reason, ACC_REASON_pair_without_units);
	assert_true(isnan(value_of(&sample, "ipw_conger")));
	assert_true(!isnan(value_of(&sample, "light_kappa")));
}

static void
test_all_agree(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round, 2 + round % 3, 0.1 * (round % 3));
		struct sample full = complete_of(&sample);
		double n = full.units, alike = 0, chance = 0;
		for (uint32_t u = 0; u < full.units; u++) {
			bool same = true;
			for (uint32_t j = 1; j < full.coders; j++)
				same = same && full.code[u][j] == full.code[u][0];
			alike += same;
		}
		for (uint32_t k = 0; k < full.categories; k++) {
			double product = 1;
			for (uint32_t j = 0; j < full.coders; j++) {
				double count = 0;
				for (uint32_t u = 0; u < full.units; u++)
					count += full.code[u][j] == k;
				product *= count / n;
			}
			chance += product;
		}
		if (!(n > 0) || 1 - chance < 1e-12)
			continue;
		assert_near(value_of(&sample, "percent_agreement_all"), alike / n, 1e-13);
		assert_near(value_of(&sample, "all_agree_kappa"),
			    (alike / n - chance) / (1 - chance), 1e-12);
		if (full.coders == 2)
			assert_near(value_of(&sample, "all_agree_kappa"),
				    value_of(&full, "cohen_kappa"), 1e-12);
	}
}

static void
test_specific_agreement(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(3 * round, 2 + round % 4, 0.1 * (round % 3));
		double same[2] = {0, 0}, all[2] = {0, 0};
		for (uint32_t u = 0; u < sample.units; u++)
			for (uint32_t i = 0; i < sample.coders; i++)
				for (uint32_t j = 0; j < sample.coders; j++) {
					if (i == j || !has(&sample, u, i) || !has(&sample, u, j))
						continue;
					all[sample.code[u][i]]++;
					same[sample.code[u][i]] +=
					    sample.code[u][i] == sample.code[u][j];
				}
		assert_near(value_of(&sample, "positive_agreement"), same[1] / all[1], 1e-13);
		assert_near(value_of(&sample, "negative_agreement"), same[0] / all[0], 1e-13);
		assert_near(value_of(&sample, "pabak"),
			    2 * value_of(&sample, "percent_agreement") - 1, 1e-13);
		assert_near(value_of(&sample, "pabak"), value_of(&sample, "brennan_prediger"),
			    1e-13);
	}
}

static void
test_tables_of_two_coders(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round, 2, 0), one = sample;
		double n = sample.units, table[4][4] = {{0}}, row[4] = {0}, column[4] = {0};
		double filled = 0, area = 0, most = 0, chance = 0;
		for (uint32_t u = 0; u < sample.units; u++)
			table[sample.code[u][0]][sample.code[u][1]] += 1 / n;
		for (uint32_t k = 0; k < 4; k++)
			for (uint32_t l = 0; l < 4; l++) {
				row[k] += table[k][l];
				column[l] += table[k][l];
			}
		for (uint32_t k = 0; k < 4; k++) {
			filled += table[k][k] * table[k][k];
			area += row[k] * column[k];
			most += fmin(row[k], column[k]);
		}
		chance = area;
		assert_near(value_of(&one, "bangdiwala_b"), filled / area, 1e-12);
		/* The published error (as irrCAC has it) divides by n: v1 + v2 over area^2. */
		double v1 = 0, v2 = 0, b = filled / area;
		for (uint32_t k = 0; k < 4; k++) {
			double mean = (row[k] + column[k]) / 2, along = mean * row[k];
			for (uint32_t j = 0; j < 4; j++)
				along += table[k][j] * row[j];
			v1 += 2 * pow(table[k][k], 2) * (table[k][k] - 2 * b * mean);
			v2 += b * b * column[k] * along;
		}
		double published = 2 * (v1 + v2) / (n * area * area);
		assert_near(pow(estimate_of(&one, "bangdiwala_b").se, 2) * (n - 1) / n, published,
			    1e-8);
		if (1 - chance > 1e-9)
			assert_near(value_of(&one, "cohen_kappa_max"),
				    (most - chance) / (1 - chance), 1e-12);
	}
}

/* ---- intraclass correlations, by projections ---- */

/* A study's scores as a vector, and the part of it in the space of some columns. */
enum { MOST = SAMPLE_UNITS * SAMPLE_CODERS, SPAN = SAMPLE_UNITS + SAMPLE_CODERS + 1 };

struct table {
	uint32_t unit[MOST], coder[MOST];
	double y[MOST], basis[SPAN][MOST];
	size_t ratings, rank;
};

static struct table
table_of(const struct sample *sample)
{
	struct table table = {0};
	for (uint32_t u = 0; u < sample->units; u++)
		for (uint32_t j = 0; j < sample->coders; j++)
			if (has(sample, u, j)) {
				table.unit[table.ratings] = u;
				table.coder[table.ratings] = j;
				table.y[table.ratings++] = sample->code[u][j] + 1;
			}
	return table;
}

/* Gram and Schmidt: the column, twice made orthogonal to the basis, joins it if anything is left;
 * returns the sum of squares of y along it. */
static double
project(struct table *t, const double *column)
{
	double *v = t->basis[t->rank], size = 0, along = 0;
	memcpy(v, column, t->ratings * sizeof *v);
	for (size_t i = 0; i < 2 * t->rank; i++) {
		double inner = 0;
		for (size_t r = 0; r < t->ratings; r++)
			inner += v[r] * t->basis[i % t->rank][r];
		for (size_t r = 0; r < t->ratings; r++)
			v[r] -= inner * t->basis[i % t->rank][r];
	}
	for (size_t r = 0; r < t->ratings; r++)
		size += v[r] * v[r];
	if (size < 1e-8)
		return 0;
	for (size_t r = 0; r < t->ratings; r++) {
		v[r] /= sqrt(size);
		along += v[r] * t->y[r];
	}
	t->rank++;
	return along * along;
}

struct share {
	double squares, df, levels;
};

/* What the units, or the coders, explain beyond the basis. */
static struct share
explain(struct table *t, const uint32_t *level, uint32_t levels)
{
	struct share share = {0};
	size_t before = t->rank;
	for (uint32_t l = 0; l < levels; l++) {
		double column[MOST] = {0}, used = 0;
		for (size_t r = 0; r < t->ratings; r++)
			used += column[r] = level[r] == l;
		share.squares += project(t, column);
		share.levels += used > 0;
	}
	share.df = (double)(t->rank - before);
	return share;
}

/* Variance components by Henderson's third method, and the mean squares of units and error. */
struct components {
	double unit, coder, error, within, alone, per_unit, per_unit_alone, statistic;
	bool enough;
};

static struct components
components_of(const struct sample *sample)
{
	struct components c = {0};
	struct table t = table_of(sample);
	double ones[MOST] = {0}, squares = 0, sizes = 0, n = (double)t.ratings;
	for (size_t r = 0; r < t.ratings; r++) {
		ones[r] = 1;
		squares += t.y[r] * t.y[r];
		for (size_t i = 0; i < t.ratings; i++)
			sizes += t.unit[i] == t.unit[r];
	}
	double mean = project(&t, ones);
	struct share units = explain(&t, t.unit, sample->units);
	struct share coders_after = explain(&t, t.coder, sample->coders);
	t.rank = 0;
	project(&t, ones);
	struct share coders = explain(&t, t.coder, sample->coders);
	struct share units_after = explain(&t, t.unit, sample->units);
	double error = squares - mean - units.squares - coders_after.squares;
	double df = n - (double)t.rank;
	c.enough = df > 0 && units_after.df > 0 && coders_after.df > 0;
	c.error = error / df;
	c.unit = (units_after.squares - units_after.df * c.error) / (n - coders.levels);
	c.coder = (coders_after.squares - coders_after.df * c.error) / (n - units.levels);
	c.within = (squares - mean - units.squares) / (n - units.levels);
	c.per_unit_alone = (n - sizes / n) / units.df;
	c.per_unit = (n - coders.levels) / units_after.df;
	c.alone = (units.squares / units.df - c.within) / c.per_unit_alone;
	c.statistic = units_after.squares / units_after.df / c.error;
	return c;
}

static void
assert_ratio(const struct sample *sample, const char *key, double part, double rest)
{
	double value = value_of(sample, key);
	if (!isnan(value) && fabs(part + rest) > 1e-6)
		assert_near(value, part / (part + rest), 1e-8);
}

static void
test_intraclass_correlations(void **state)
{
	(void)state;
	unsigned checked = 0;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round, 2 + round % 4, 0.15 * (round % 4));
		struct components c = components_of(&sample);
		if (!c.enough) {
			assert_true(isnan(value_of(&sample, "icc2")));
			continue;
		}
		assert_ratio(&sample, "icc1", c.alone, c.within);
		assert_ratio(&sample, "icc2", c.unit, c.coder + c.error);
		assert_ratio(&sample, "icc3", c.unit, c.error);
		assert_ratio(&sample, "icc1k", c.alone, c.within / c.per_unit_alone);
		assert_ratio(&sample, "icc2k", c.unit, (c.coder + c.error) / c.per_unit);
		assert_ratio(&sample, "icc3k", c.unit, c.error / c.per_unit);
		struct acc_estimate two = estimate_of(&sample, "icc2");
		if (c.error < 1e-9)
			continue;
		assert_near(two.test.statistic, c.statistic, 1e-8);
		assert_true(two.test.low <= two.value + 1e-9 && two.value <= two.test.high + 1e-9);
		checked++;
	}
	assert_true(checked > ROUNDS / 2);
}

/* A constant added to all scores changes nothing, however large. */
static void
test_scores_have_no_origin(void **state)
{
	(void)state;
	struct sample sample = sample_of(28, 3, 0);
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	static const char *const keys[] = {"icc1",  "icc2",      "icc3",
					   "icc2k", "kendall_w", "spearman_rho"};
	double score[2][4] = {{1, 2, 3, 4}, {1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4}};
	for (size_t i = 0; i < 6; i++) {
		double value[2];
		for (size_t s = 0; s < 2; s++) {
			const struct acc_coefficient *one = acc_coefficient_find(keys[i]);
			struct acc_weights weights = {.categories = sample.categories};
			assert_int_equal(acc_weights_score(&weights, score[s]), ACC_OK);
			struct acc_plan plan = {.coefficient = &one,
						.coefficients = 1,
						.weights = &weights,
						.level = 0.95};
			struct acc_scope scope = {.group = ACC_NONE, .coders = sample.coders};
			struct acc_estimate *all;
			assert_int_equal(acc_agreement(&patterns, &plan, &scope, &all), ACC_OK);
			value[s] = all[0].value;
			free(all);
			acc_weights_free(&weights);
		}
		assert_true(!isnan(value[0]));
		assert_near(value[0], value[1], 0);
	}
	acc_patterns_free(&patterns);
}

/* Mid-ranks of a coder's codes. */
static void
ranks_of(const struct sample *full, uint32_t j, double *rank, double *ties)
{
	*ties = 0;
	for (uint32_t u = 0; u < full->units; u++) {
		double below = 0, same = 0;
		for (uint32_t v = 0; v < full->units; v++) {
			below += full->code[v][j] < full->code[u][j];
			same += full->code[v][j] == full->code[u][j];
		}
		rank[u] = below + (same + 1) / 2;
		*ties += same * same - 1; /* over the units of a tie: t^3 - t */
	}
}

static void
test_concordance(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct sample sample = sample_of(round, 2 + round % 4, 0.05 * (round % 3));
		struct sample full = complete_of(&sample);
		double n = full.units, m = full.coders, all = 0, spread = 0, rho = 0, pairs = 0;
		double rank[SAMPLE_CODERS][SAMPLE_UNITS], ties[SAMPLE_CODERS];
		bool varies = n >= 2;
		for (uint32_t j = 0; j < full.coders; j++) {
			ranks_of(&full, j, rank[j], &ties[j]);
			all += ties[j];
			varies = varies && ties[j] < n * n * n - n - 0.5;
		}
		if (!varies)
			continue;
		for (uint32_t u = 0; u < full.units; u++) {
			double sum = 0;
			for (uint32_t j = 0; j < full.coders; j++)
				sum += rank[j][u];
			spread += pow(sum - m * (n + 1) / 2, 2);
		}
		double most = m * m * (n * n * n - n);
		assert_near(value_of(&sample, "kendall_w"), 12 * spread / (most - m * all), 1e-11);
		assert_near(value_of(&sample, "kendall_w_uncorrected"), 12 * spread / most, 1e-11);
		assert_near(estimate_of(&sample, "kendall_w").test.df1, n - 1, 0);
		for (uint32_t j = 1; j < full.coders; j++)
			for (uint32_t i = 0; i < j; i++) {
				double both = 0, a = 0, b = 0, middle = (n + 1) / 2;
				for (uint32_t u = 0; u < full.units; u++) {
					both += (rank[i][u] - middle) * (rank[j][u] - middle);
					a += pow(rank[i][u] - middle, 2);
					b += pow(rank[j][u] - middle, 2);
				}
				rho += both / sqrt(a * b);
				pairs++;
			}
		assert_near(value_of(&full, "spearman_rho"), rho / pairs, 1e-11);
	}
}

static void
test_codes_without_order(void **state)
{
	(void)state;
	struct sample sample = sample_of(29, 3, 0);
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	struct acc_weights weights = {.categories = sample.categories};
	for (size_t c = 0; c < acc_coefficient_count; c++) {
		const struct acc_coefficient *one = acc_coefficients[c];
		struct acc_plan plan = {
		    .coefficient = &one, .coefficients = 1, .weights = &weights, .level = 0.95};
		struct acc_scope scope = {.group = ACC_NONE, .coders = sample.coders};
		struct acc_estimate *all;
		assert_int_equal(acc_agreement(&patterns, &plan, &scope, &all), ACC_OK);
		assert_int_equal(all[0].reason == ACC_REASON_no_order, one->scores);
		free(all);
	}
	acc_patterns_free(&patterns);
}

/* The jackknife error of every coefficient, each participant's rows deleted and all done again. */
static void
test_jackknife_of_all(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS / 2; round++) {
		struct sample sample = sample_of(round, 2 + round % 3, 0.1 * (round % 2));
		for (size_t c = 0; c < acc_coefficient_count; c++) {
			const char *key = acc_coefficients[c]->key;
			struct acc_estimate now =
			    sample_estimate(&sample, acc_coefficients[c], "identity",
					    ACC_CI_JACKKNIFE, ACC_CLUSTER_PARTICIPANT);
			double sum = 0, clusters = 0;
			for (uint32_t p = 0; p < sample.participants; p++) {
				struct sample left = sample;
				bool rated = false;
				for (uint32_t u = 0; u < sample.units; u++)
					for (uint32_t j = 0;
					     sample.participant[u] == p && j < sample.coders; j++) {
						rated = rated || has(&sample, u, j);
						left.code[u][j] = ACC_NONE;
					}
				sum += rated ? pow(value_of(&left, key) - now.value, 2) : 0;
				clusters += rated;
			}
			if (now.reason == ACC_DEFINED)
				assert_near(now.se, sqrt((clusters - 1) / clusters * sum), 1e-9);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_light_is_the_mean_of_cohens),
	    cmocka_unit_test(test_inverse_probability_weights),
	    cmocka_unit_test(test_weights_do_nothing_when_complete),
	    cmocka_unit_test(test_coders_who_never_meet),
	    cmocka_unit_test(test_all_agree),
	    cmocka_unit_test(test_specific_agreement),
	    cmocka_unit_test(test_tables_of_two_coders),
	    cmocka_unit_test(test_intraclass_correlations),
	    cmocka_unit_test(test_scores_have_no_origin),
	    cmocka_unit_test(test_concordance),
	    cmocka_unit_test(test_codes_without_order),
	    cmocka_unit_test(test_jackknife_of_all),
	};
	acc_special_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
