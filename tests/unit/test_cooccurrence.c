/* cooccurrence: measures against published values, counts and intervals against a count unit by
 * unit, the long way. */
#include "tests/unit/near.h"
#include "tests/unit/sample.h"

#include "stats/coding_error.h"
#include "stats/cooccurrence.h"
#include "stats/hypergeometric.h"
#include "stats/special.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- measures ---- */

/* What a key of the golden rows stands for. */
static double
of_table(const char *key, const struct acc_pair_table *t, const struct acc_measure **measure)
{
	struct acc_hypergeometric h = acc_hypergeometric(t, 0);
	char stem[64] = "";
	double low = NAN, high = NAN, value = NAN;
	size_t end = strlen(key);
	if (!strcmp(key, "fisher"))
		return h.likely;
	if (!strcmp(key, "attraction"))
		return h.upper;
	if (!strcmp(key, "attraction_midp"))
		return h.upper - h.point / 2;
	bool lower = end > 4 && !strcmp(key + end - 4, "_low");
	bool upper = end > 5 && !strcmp(key + end - 5, "_high");
	snprintf(stem, sizeof stem, "%.*s", (int)(end - (lower ? 4 : upper ? 5 : 0)), key);
	*measure = acc_measure_find(stem);
	assert_non_null(*measure);
	assert_int_equal(acc_measure_value(*measure, t, &value), ACC_DEFINED);
	if (lower || upper)
		assert_int_equal((*measure)->limits(t, 0.95, &low, &high), ACC_DEFINED);
	return lower ? low : upper ? high : value;
}

static void
golden_values(void **state)
{
	(void)state;
	FILE *file = fopen("tests/golden/cooccurrence.csv", "r");
	size_t rows = 0, *of = acc_array(acc_measure_count, sizeof *of);
	char line[512], key[32];
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	while (fgets(line, sizeof line, file)) {
		struct acc_pair_table t;
		const struct acc_measure *measure = NULL;
		double expected, digits;
		assert_int_equal(sscanf(line, "%lf,%lf,%lf,%lf,%31[^,],%lf,%lf,", &t.both, &t.first,
					&t.second, &t.neither, key, &expected, &digits),
				 7);
		double got = of_table(key, &t, &measure);
		if (!(fabs(got - expected) <= pow(10, -digits)))
			fail_msg("%s: %.17g", line, got);
		for (size_t m = 0; m < acc_measure_count; m++)
			of[m] += acc_measures[m] == measure;
		rows++;
	}
	fclose(file);
	assert_int_equal(rows, 22);
	for (size_t m = 0; m < acc_measure_count; m++)
		if (!of[m] || !*acc_measures[m]->formula || !*acc_measures[m]->citation)
			fail_msg("%s owes a golden value, a formula, a citation",
				 acc_measures[m]->key);
	free(of);
}

/* The noncentral hypergeometric against its definition, term by term. */
static void
hypergeometric(void **state)
{
	(void)state;
	uint64_t bits = 9;
	for (int round = 0; round < 200; round++) {
		struct acc_pair_table t = {sample_below(&bits, 9), sample_below(&bits, 9),
					   sample_below(&bits, 9), sample_below(&bits, 40)};
		double n1 = t.both + t.first, n2 = t.both + t.second, n = n1 + t.second + t.neither;
		double log_odds = sample_share(&bits) * 4 - 2, all = 0, mean = 0, upper = 0,
		       lower = 0;
		for (double x = fmax(0, n1 + n2 - n); x <= fmin(n1, n2); x++) {
			double w = exp(x * log_odds - lgamma(x + 1) - lgamma(n1 - x + 1) -
				       lgamma(n2 - x + 1) - lgamma(n - n1 - n2 + x + 1));
			all += w;
			mean += w * x;
			upper += x >= t.both ? w : 0;
			lower += x <= t.both ? w : 0;
		}
		struct acc_hypergeometric h = acc_hypergeometric(&t, log_odds);
		near(h.mean, mean / all, 1e-12, "mean");
		near(h.upper, upper / all, 1e-12, "upper tail");
		near(h.lower, lower / all, 1e-12, "lower tail");
		near(h.upper + h.lower, 1 + h.point, 1e-12, "tails and point");
	}
	/* A hundred thousand units: the tail is there, not 0. */
	struct acc_pair_table many = {20000, 5000, 5000, 70000};
	struct acc_hypergeometric h = acc_hypergeometric(&many, 0);
	assert_true(h.upper > 0 && h.upper < 1e-300 && h.lower == 1);
	near(acc_hypergeometric_odds(&many), log(20000. * 70000 / 5000 / 5000), 1e-4, "large");
}

/* Where a measure is undefined, and its value where a cell or a margin is empty. By hand. */
static const struct {
	const char *key;
	double a, b, c, d;
	double expected;        /* NaN: undefined */
	enum acc_reason reason; /* why; an empty margin unless said */
} edge[] = {
    {"jaccard", 0, 0, 0, 9, NAN, ACC_DEFINED},
    {"jaccard", 0, 0, 3, 9, 0, ACC_DEFINED},
    {"jaccard", 4, 0, 0, 9, 1, ACC_DEFINED},
    {"phi", 0, 0, 3, 9, NAN, ACC_DEFINED},
    {"phi", 4, 3, 0, 0, NAN, ACC_DEFINED},
    {"phi", 4, 0, 0, 9, 1, ACC_DEFINED},
    {"phi", 0, 4, 9, 0, -1, ACC_DEFINED},
    {"lift", 0, 2, 0, 9, NAN, ACC_DEFINED},
    {"lift", 0, 2, 3, 9, 0, ACC_DEFINED},
    {"lift", 2, 2, 2, 2, 1, ACC_DEFINED},
    {"npmi", 0, 2, 3, 9, -1, ACC_DEFINED},
    {"npmi", 0, 2, 0, 9, NAN, ACC_DEFINED},
    {"npmi", 5, 0, 0, 0, NAN, ACC_DEFINED},
    {"npmi", 5, 0, 0, 9, 1, ACC_DEFINED},
    {"npmi", 2, 2, 2, 2, 0, ACC_DEFINED},
    {"odds_ratio", 0, 0, 3, 9, NAN, ACC_DEFINED},
    {"odds_ratio", 2, 0, 3, 0, NAN, ACC_DEFINED}, /* the first theme sometimes, the second always */
    {"odds_ratio", 0, 5, 3, 30, 0.5 * 30.5 / (5.5 * 3.5), ACC_DEFINED},
    {"conditional_odds_ratio", 0, 5, 3, 30, 0, ACC_DEFINED},
    {"conditional_odds_ratio", 5, 0, 3, 30, NAN, ACC_REASON_infinite},
    {"conditional_odds_ratio", 5, 3, 0, 0, NAN, ACC_DEFINED},
    {"expected", 0, 0, 3, 9, 0, ACC_DEFINED},
    {"dice", 0, 0, 0, 9, NAN, ACC_DEFINED},
    {"dice", 0, 0, 3, 9, 0, ACC_DEFINED},
    {"ochiai", 0, 0, 3, 9, NAN, ACC_DEFINED},
    {"ochiai", 4, 0, 0, 9, 1, ACC_DEFINED},
    {"overlap", 0, 0, 3, 9, NAN, ACC_DEFINED},
    {"overlap", 4, 0, 3, 9, 1, ACC_DEFINED},
    {"pmi", 0, 2, 3, 9, NAN, ACC_REASON_never_together},
    {"pmi", 2, 2, 2, 2, 0, ACC_DEFINED},
    {"pmi", 0, 0, 2, 2, NAN, ACC_DEFINED},
    {"yule_q", 0, 2, 3, 9, -1, ACC_DEFINED},
    {"yule_q", 4, 0, 3, 9, 1, ACC_DEFINED},
    {"yule_q", 4, 3, 0, 0, NAN, ACC_DEFINED},
    {"yule_y", 4, 4, 4, 4, 0, ACC_DEFINED},
    {"yule_y", 0, 0, 4, 4, NAN, ACC_DEFINED},
};

static void
edges(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof edge / sizeof *edge; i++) {
		struct acc_pair_table t = {edge[i].a, edge[i].b, edge[i].c, edge[i].d};
		double value;
		enum acc_reason reason =
		    acc_measure_value(acc_measure_find(edge[i].key), &t, &value);
		near(value, edge[i].expected, 1e-15, edge[i].key);
		enum acc_reason why = edge[i].reason ? edge[i].reason : ACC_REASON_empty_margin;
		assert_int_equal(reason, isnan(edge[i].expected) ? why : ACC_DEFINED);
	}
}

static void
no_units_no_measure(void **state)
{
	(void)state;
	for (size_t m = 0; m < acc_measure_count; m++) {
		double value;
		assert_int_equal(
		    acc_measure_value(acc_measures[m], &(struct acc_pair_table){0}, &value),
		    ACC_REASON_no_units);
		assert_true(isnan(value));
	}
}

/* The scale, its slope and the way back belong together. */
static void
scales(void **state)
{
	(void)state;
	for (size_t m = 0; m < acc_measure_count; m++) {
		const struct acc_measure *measure = acc_measures[m];
		double at = 0.3, step = 1e-6;
		if (!measure->transform)
			continue;
		near(measure->back(measure->transform(at)), at, 1e-12, measure->key);
		near(measure->slope(at),
		     (measure->transform(at + step) - measure->transform(at - step)) / (2 * step),
		     1e-6, measure->key);
	}
}

/* ---- studies, as plain tables ---- */

enum { UNITS = 40, CODERS = 3, THEMES = 4, CLUSTERS = 7, NOBODY = CLUSTERS };

/* What coders gave: per theme 1 applied, 0 not, -1 did not look. */
struct study {
	enum acc_design design;
	uint32_t units;
	bool alone; /* no participants */
	signed char gave[UNITS][CODERS][THEMES];
	uint32_t participant[UNITS]; /* NOBODY: not known */
	uint32_t group[UNITS];
};

static void
declare(struct acc_vocabulary *vocabulary, char letter, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		char label[3] = {letter, (char)('0' + i), 0};
		assert_int_equal(acc_vocabulary_declare(vocabulary, label), ACC_OK);
	}
}

static void
add(struct acc_ratings *ratings, uint32_t unit, uint32_t coder, uint32_t theme, uint32_t code)
{
	struct acc_assignment row = {unit, coder, theme, code, unit + 1};
	assert_int_equal(acc_ratings_add(ratings, row), ACC_OK);
}

static void
add_value(struct acc_ratings *ratings, uint32_t unit, uint32_t coder, const signed char *gave)
{
	bool looked = false, some = false;
	for (uint32_t t = 0; t < THEMES; t++) {
		looked = looked || gave[t] >= 0;
		some = some || gave[t] == 1;
		if (ratings->design == ACC_THEMES && gave[t] == 1)
			add(ratings, unit, coder, t, 0);
		else if (ratings->design == ACC_CODES && gave[t] == 1)
			add(ratings, unit, coder, 0, t);
		else if (ratings->design == ACC_THEME_CODES && gave[t] >= 0)
			add(ratings, unit, coder, t, (uint32_t)gave[t]);
	}
	if (ratings->design == ACC_THEMES && looked && !some)
		add(ratings, unit, coder, ACC_NONE, 0);
}

static struct acc_patterns
tabulate(const struct study *study)
{
	struct acc_ratings ratings = {.design = study->design};
	struct acc_patterns patterns = {0};
	enum acc_status status;
	uint64_t conflicts;
	declare(&ratings.coder, 'C', CODERS);
	declare(&ratings.theme, 'T', study->design == ACC_CODES ? 1 : THEMES);
	declare(&ratings.code, 'K', study->design == ACC_CODES ? THEMES : 2);
	declare(&ratings.group, 'G', 2);
	if (!study->alone)
		declare(&ratings.participant, 'P', CLUSTERS);
	for (uint32_t u = 0; u < study->units; u++) {
		uint32_t unit = sample_label(&ratings.unit, "u", u);
		uint32_t whose = study->participant[u];
		if (study->alone || whose == NOBODY)
			whose = ACC_NONE;
		struct acc_unit about = {study->group[u], whose, ACC_NONE, u + 1};
		assert_true(acc_ratings_about(&ratings, unit, about, &status));
		for (uint32_t j = 0; j < CODERS; j++)
			add_value(&ratings, unit, j, study->gave[u][j]);
	}
	assert_int_equal(
	    acc_ratings_tabulate(&ratings, &patterns, NULL, sample_no_conflict, NULL, &conflicts),
	    ACC_OK);
	acc_ratings_free(&ratings);
	return patterns;
}

/* ---- the long way ---- */

static int
state_of(const struct study *study, uint32_t u, uint32_t t, struct acc_layer layer)
{
	int looked = 0, applied = 0;
	for (uint32_t j = 0; j < CODERS; j++)
		if (layer.kind != ACC_LAYER_CODER || j == layer.coder) {
			looked += study->gave[u][j][t] >= 0;
			applied += study->gave[u][j][t] == 1;
		}
	if (!looked)
		return -1;
	if (layer.kind == ACC_LAYER_ALL)
		return applied == looked;
	return layer.kind == ACC_LAYER_MAJORITY ? 2 * applied > looked : applied > 0;
}

/* The cluster of a unit: its participant, or the unit itself. */
static uint32_t
cluster_of(const struct study *study, uint32_t u)
{
	bool alone = study->alone || study->participant[u] == NOBODY;
	return alone ? 100 + u : study->participant[u];
}

/* The mean of the coders' tables of one unit. */
static void
count_mean(const signed char gave[CODERS][THEMES], const struct acc_pair *pair,
	   struct acc_pair_table *t)
{
	double looked = 0;
	for (uint32_t j = 0; j < CODERS; j++) {
		bool some = false;
		for (uint32_t k = 0; k < THEMES; k++)
			some = some || gave[j][k] >= 0;
		looked += some;
	}
	for (uint32_t j = 0; j < CODERS; j++) {
		int a = gave[j][pair->first], b = gave[j][pair->second];
		if (a >= 0 && b >= 0)
			*(a && b ? &t->both
			  : a    ? &t->first
			  : b    ? &t->second
				 : &t->neither) += 1 / looked;
	}
}

/* The table of a pair in a group, of one cluster (`inside`) or of all others, or of all for
 * ACC_NONE. */
static struct acc_pair_table
count(const struct study *study, const struct acc_pair *pair, uint32_t group,
      struct acc_layer layer, uint32_t cluster, bool inside)
{
	struct acc_pair_table t = {0};
	for (uint32_t u = 0; u < study->units; u++) {
		int a = state_of(study, u, pair->first, layer);
		int b = state_of(study, u, pair->second, layer);
		if (group != ACC_NONE && study->group[u] != group)
			continue;
		if (cluster != ACC_NONE && (cluster_of(study, u) == cluster) != inside)
			continue;
		if (layer.kind == ACC_LAYER_MEAN)
			count_mean(study->gave[u], pair, &t);
		if (layer.kind == ACC_LAYER_MEAN || a < 0 || b < 0)
			continue;
		*(a && b ? &t.both : a ? &t.first : b ? &t.second : &t.neither) += 1;
	}
	return t;
}

static double
total(struct acc_pair_table t)
{
	return t.both + t.first + t.second + t.neither;
}

static double
scaled(const struct acc_measure *measure, double value)
{
	return measure->compared_on_scale ? log(value) : value;
}

static double
same(double value)
{
	return value;
}

/* Check one measure of one pair whose value is defined. */
static void
check_interval(const struct study *study, const struct acc_pair *pair, uint32_t group,
	       struct acc_layer layer, const struct acc_measure *measure,
	       const struct acc_association *got)
{
	double clusters = 0, squares = 0, sum = 0, units = total(pair->table);
	if (acc_measure_is_closed(measure)) {
		double low = NAN, high = NAN;
		assert_int_equal(got->reason, measure->limits(&pair->table, 0.9, &low, &high));
		near(got->low, low, 0, "closed low");
		near(got->high, high, 0, "closed high");
		return;
	}
	for (uint32_t c = 0; c < 100 + UNITS; c++) {
		double size = total(count(study, pair, group, layer, c, true)), value;
		struct acc_pair_table rest = count(study, pair, group, layer, c, false);
		if (size == 0)
			continue;
		clusters++;
		squares += size * size;
		acc_measure_value(measure, &rest, &value);
		sum += pow(scaled(measure, value) - scaled(measure, got->value), 2);
	}
	near(pair->clusters, clusters, 0, "clusters");
	near(pair->effective, units * units / squares, 1e-12, "effective clusters");
	if (got->reason != ACC_DEFINED) {
		assert_true(isnan(got->low) && isnan(got->high));
		assert_int_equal(got->reason == ACC_REASON_one_cluster, clusters < 2);
		if (got->reason == ACC_REASON_one_cluster_varies)
			assert_true(isnan(sum));
		return;
	}
	double df = fmax(1, units * units / squares - 1);
	double half = acc_t_quantile(0.95, df) * sqrt(sum * (clusters - 1) / clusters);
	half *= measure->compared_on_scale || !measure->slope ? 1 : measure->slope(got->value);
	double (*there)(double) = measure->transform ? measure->transform : same;
	double (*back)(double) = measure->back ? measure->back : same;
	near(got->low, back(there(got->value) - half), 1e-6, "low");
	near(got->high, back(there(got->value) + half), 1e-6, "high");
	assert_true(got->low < got->value && got->value < got->high);
}

static void
check_study(const struct study *study, uint32_t group, struct acc_layer layer)
{
	struct acc_patterns patterns = tabulate(study);
	struct acc_cooccurrence_plan plan = {
	    acc_measures, acc_measure_count, 0.9, 1, ACC_PAIR_CI_AUTO, false};
	struct acc_cooccurrence made = {0};
	struct acc_blocks blocks;
	assert_int_equal(acc_blocks_make(&blocks, &patterns, group, ACC_CLUSTER_AUTO), ACC_OK);
	assert_int_equal(acc_cooccurrence_make(&made, &patterns, &blocks, layer, &plan), ACC_OK);
	assert_int_equal(made.pairs, THEMES * (THEMES - 1) / 2);
	for (size_t p = 0; p < made.pairs; p++) {
		const struct acc_pair *pair = &made.pair[p];
		struct acc_pair_table t = count(study, pair, group, layer, ACC_NONE, true);
		assert_memory_equal(&t, &pair->table, sizeof t);
		for (size_t m = 0; m < acc_measure_count; m++) {
			const struct acc_association *got =
			    &made.association[p * acc_measure_count + m];
			double value;
			enum acc_reason reason = acc_measure_value(acc_measures[m], &t, &value);
			near(got->value, value, 0, acc_measures[m]->key);
			if (reason == ACC_DEFINED)
				check_interval(study, pair, group, layer, acc_measures[m], got);
			else
				assert_int_equal(got->reason, reason);
		}
	}
	acc_cooccurrence_free(&made);
	acc_blocks_free(&blocks);
	acc_patterns_free(&patterns);
}

/* The same for layers that count parts of units: sums of parts are equal but for rounding. */
static void
check_parts(const struct study *study, uint32_t group)
{
	static const struct acc_measure *const measures[] = {&acc_measure_phi,
							     &acc_measure_conditional_odds_ratio};
	struct acc_layer layer = {.kind = ACC_LAYER_MEAN};
	struct acc_patterns patterns = tabulate(study);
	struct acc_cooccurrence_plan plan = {measures, 2, 0.9, 1, ACC_PAIR_CI_AUTO, false};
	struct acc_cooccurrence made = {0};
	struct acc_blocks blocks;
	assert_int_equal(acc_blocks_make(&blocks, &patterns, group, ACC_CLUSTER_AUTO), ACC_OK);
	assert_int_equal(acc_cooccurrence_make(&made, &patterns, &blocks, layer, &plan), ACC_OK);
	for (size_t p = 0; p < made.pairs; p++) {
		const struct acc_pair *pair = &made.pair[p];
		struct acc_pair_table t = count(study, pair, group, layer, ACC_NONE, true);
		near(pair->table.both, t.both, 1e-12, "both");
		near(pair->table.first, t.first, 1e-12, "first");
		near(pair->table.second, t.second, 1e-12, "second");
		near(pair->table.neither, t.neither, 1e-12, "neither");
		if (made.association[2 * p].reason == ACC_DEFINED)
			check_interval(study, pair, group, layer, measures[0],
				       &made.association[2 * p]);
		assert_true(isnan(made.association[2 * p + 1].value));
		assert_int_equal(made.association[2 * p + 1].reason, ACC_REASON_fractional_counts);
	}
	acc_cooccurrence_free(&made);
	acc_blocks_free(&blocks);
	acc_patterns_free(&patterns);
}

/* A coder's value of a unit: themes lean on the one before; in the codes design exactly one. */
static void
give(uint64_t *state, struct study *study, uint32_t u, uint32_t j)
{
	bool looked = sample_share(state) < 0.85;
	uint32_t code = sample_below(state, THEMES);
	for (uint32_t t = 0; t < THEMES; t++) {
		signed char *gave = &study->gave[u][j][t];
		double chance = t && gave[-1] == 1 ? 0.6 : 0.25;
		bool rated = sample_share(state) < 0.9, applied = sample_share(state) < chance;
		*gave = study->design == ACC_CODES ? t == code : applied;
		if (!looked || (study->design == ACC_THEME_CODES && !rated))
			*gave = -1;
	}
}

static void
random_studies(void **state)
{
	(void)state;
	static const enum acc_design designs[] = {ACC_THEMES, ACC_THEME_CODES, ACC_CODES};
	uint64_t bits = 5;
	for (uint32_t round = 0; round < 36; round++) {
		struct study study = {.design = designs[round % 3],
				      .units = round % 4 ? UNITS : 6,
				      .alone = round % 5 == 4};
		for (uint32_t u = 0; u < study.units; u++) {
			study.participant[u] = sample_below(&bits, CLUSTERS + (round % 2));
			study.group[u] = sample_below(&bits, 2);
			for (uint32_t j = 0; j < CODERS; j++)
				give(&bits, &study, u, j);
		}
		for (unsigned kind = 0; kind < ACC_LAYER_CODER; kind++)
			check_study(&study, round % 2 ? ACC_NONE : 1,
				    (struct acc_layer){(enum acc_layer_kind)kind, 0});
		for (uint32_t j = 0; j < CODERS; j++)
			check_study(&study, ACC_NONE, (struct acc_layer){ACC_LAYER_CODER, j});
		check_parts(&study, round % 2 ? ACC_NONE : 1);
	}
}

/* ---- by hand ---- */

/* Four units, three coders, themes 0 and 1. "ab" is both, "-" looked, "" did not look.
 *
 *   unit   C0   C1   C2     any      majority   all    C0
 *   0      ab   ab   a      ab       ab         a      ab
 *   1      a    b    -      ab       neither    -      a
 *   2      ab        a      ab       a          a      ab
 *   3           -           neither  neither    -      did not look */
static void
three_coders(void **state)
{
	(void)state;
	static const char *const gave[4][CODERS] = {
	    {"ab", "ab", "a"}, {"a", "b", "-"}, {"ab", "", "a"}, {"", "-", ""}};
	static const struct {
		struct acc_layer layer;
		struct acc_pair_table expected;
	} row[] = {{{ACC_LAYER_ANY, 0}, {3, 0, 0, 1}},
		   {{ACC_LAYER_MAJORITY, 0}, {1, 1, 0, 2}},
		   {{ACC_LAYER_ALL, 0}, {0, 2, 0, 2}},
		   {{ACC_LAYER_CODER, 0}, {2, 1, 0, 0}},
		   {{ACC_LAYER_CODER, 1}, {1, 0, 1, 1}}};
	static const struct acc_pair_table mean = {7. / 6, 7. / 6, 1. / 3, 4. / 3};
	struct study study = {.design = ACC_THEMES, .units = 4, .alone = true};
	struct acc_cooccurrence_plan plan = {
	    acc_measures, acc_measure_count, 0.95, 1, ACC_PAIR_CI_AUTO, false};
	for (uint32_t u = 0; u < 4; u++)
		for (uint32_t j = 0; j < CODERS; j++)
			for (int t = 0; t < THEMES; t++)
				study.gave[u][j][t] =
				    !*gave[u][j] ? -1 : strchr(gave[u][j], 'a' + t) != NULL;
	struct acc_patterns patterns = tabulate(&study);
	struct acc_blocks blocks;
	assert_int_equal(acc_blocks_make(&blocks, &patterns, ACC_NONE, ACC_CLUSTER_AUTO), ACC_OK);
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct acc_cooccurrence made = {0};
		assert_int_equal(
		    acc_cooccurrence_make(&made, &patterns, &blocks, row[i].layer, &plan), ACC_OK);
		assert_memory_equal(&made.pair[0].table, &row[i].expected, sizeof row[i].expected);
		acc_cooccurrence_free(&made);
	}
	struct acc_cooccurrence made = {0};
	assert_int_equal(acc_cooccurrence_make(&made, &patterns, &blocks,
					       (struct acc_layer){.kind = ACC_LAYER_MEAN}, &plan),
			 ACC_OK);
	near(made.pair[0].table.both, mean.both, 1e-15, "mean both");
	near(made.pair[0].table.first, mean.first, 1e-15, "mean first");
	near(made.pair[0].table.second, mean.second, 1e-15, "mean second");
	near(made.pair[0].table.neither, mean.neither, 1e-15, "mean neither");
	acc_cooccurrence_free(&made);
	acc_blocks_free(&blocks);
	acc_patterns_free(&patterns);
}

/* ---- the model of Dawid and Skene ---- */

static void
model(const struct study *study, struct acc_patterns *patterns, struct acc_cooccurrence *made)
{
	static const struct acc_measure *const measures[] = {&acc_measure_phi};
	struct acc_cooccurrence_plan plan = {measures, 1, 0.9, 1, ACC_PAIR_CI_AUTO, false};
	struct acc_layer layer = {.kind = ACC_LAYER_DAWID_SKENE};
	struct acc_blocks blocks;
	*patterns = tabulate(study);
	assert_int_equal(acc_blocks_make(&blocks, patterns, ACC_NONE, ACC_CLUSTER_AUTO), ACC_OK);
	assert_int_equal(acc_cooccurrence_make(made, patterns, &blocks, layer, &plan), ACC_OK);
	acc_blocks_free(&blocks);
}

/* Where coders agree in all, the truth is what they say. */
static void
agreed_is_true(void **state)
{
	(void)state;
	uint64_t bits = 11;
	struct study study = {.design = ACC_THEMES, .units = UNITS, .alone = true};
	struct acc_patterns patterns;
	struct acc_cooccurrence made = {0};
	for (uint32_t u = 0; u < UNITS; u++)
		for (int t = 0; t < THEMES; t++) {
			signed char has = sample_share(&bits) < 0.4;
			for (uint32_t j = 0; j < CODERS; j++)
				study.gave[u][j][t] = has;
		}
	model(&study, &patterns, &made);
	for (size_t p = 0; p < made.pairs; p++) {
		struct acc_pair_table t = count(&study, &made.pair[p], ACC_NONE,
						(struct acc_layer){ACC_LAYER_ALL, 0}, ACC_NONE, 1);
		near(made.pair[p].table.both, t.both, 1e-9, "both");
		near(made.pair[p].table.neither, t.neither, 1e-9, "neither");
	}
	acc_cooccurrence_free(&made);
	acc_patterns_free(&patterns);
}

/* The units with a theme are what the model of `accord coders` says of its prevalence; two themes
 * of a unit meet by the product of their chances. */
static void
model_is_that_of_the_coders(void **state)
{
	(void)state;
	static const enum acc_design designs[] = {ACC_THEMES, ACC_THEME_CODES};
	uint64_t bits = 12;
	for (int d = 0; d < 2; d++) {
		struct study study = {.design = designs[d], .units = UNITS};
		struct acc_patterns patterns;
		struct acc_cooccurrence made = {0};
		for (uint32_t u = 0; u < UNITS; u++) {
			study.participant[u] = u % CLUSTERS;
			study.group[u] = u % 2;
			for (uint32_t j = 0; j < CODERS; j++)
				for (int t = 0; t < THEMES; t++)
					study.gave[u][j][t] = (sample_share(&bits) < 0.85) ==
							      (u % (uint32_t)(t + 2) == 0);
		}
		model(&study, &patterns, &made);
		for (size_t p = 0; p < made.pairs; p++) {
			const struct acc_pair *pair = &made.pair[p];
			struct acc_coding_error error;
			assert_int_equal(acc_coding_error_make(&error, &patterns, pair->first,
							       ACC_CLUSTER_AUTO, 0.9),
					 ACC_OK);
			size_t groups = error.groups;
			near(pair->table.both + pair->table.first,
			     UNITS * error.prevalence[groups * 2 + 1].value, 1e-4, "units");
			near(total(pair->table), UNITS, 1e-12, "all units");
			acc_coding_error_free(&error);
		}
		acc_cooccurrence_free(&made);
		acc_patterns_free(&patterns);
	}
}

/* Two coders do not tell the truth from their errors. */
static void
two_coders_are_too_few(void **state)
{
	(void)state;
	struct study study = {.design = ACC_THEMES, .units = 6, .alone = true};
	struct acc_patterns patterns;
	struct acc_cooccurrence made = {0};
	for (uint32_t u = 0; u < 6; u++)
		for (int t = 0; t < THEMES; t++) {
			study.gave[u][0][t] = study.gave[u][1][t] = u % 2 == 0;
			study.gave[u][2][t] = -1;
		}
	model(&study, &patterns, &made);
	for (size_t p = 0; p < made.pairs; p++) {
		assert_true(isnan(made.pair[p].table.both));
		assert_true(isnan(made.association[p].value));
		assert_int_equal(made.association[p].reason, ACC_REASON_needs_three_coders);
	}
	acc_cooccurrence_free(&made);
	acc_patterns_free(&patterns);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(golden_values),
	    cmocka_unit_test(hypergeometric),
	    cmocka_unit_test(edges),
	    cmocka_unit_test(no_units_no_measure),
	    cmocka_unit_test(scales),
	    cmocka_unit_test(random_studies),
	    cmocka_unit_test(three_coders),
	    cmocka_unit_test(agreed_is_true),
	    cmocka_unit_test(model_is_that_of_the_coders),
	    cmocka_unit_test(two_coders_are_too_few),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
