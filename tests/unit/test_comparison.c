/* comparison: tests of groups against golden values, against all tables and all assignments counted
 * the long way, and permutation statistics against the estimates they are about. */
#include "tests/unit/near.h"
#include "tests/unit/sample.h"

#include "stats/classical.h"
#include "stats/comparison.h"
#include "stats/contingency.h"
#include "stats/edges.h"
#include "stats/group_agreement.h"
#include "stats/group_density.h"
#include "stats/interval.h"
#include "stats/mantel.h"
#include "stats/permutation.h"
#include "stats/prevalence.h"
#include "stats/special.h"

#include <math.h>

enum { ROWS = 8, COLUMNS = 8 };

/* ---- differences from two intervals ---- */

/* Within what the two intervals allow: shares never differ by more than 1, coefficients may. */
static void
difference_stays_in_its_bounds(void **state)
{
	uint64_t bits = 11;
	double low, high;
	(void)state;
	for (int round = 0; round < 1000; round++) {
		struct acc_share share[2] = {{0}};
		for (size_t i = 0; i < 2; i++) {
			share[i].value = 2 * sample_share(&bits) - 1;
			share[i].low = share[i].value - (1 + share[i].value) * sample_share(&bits);
			share[i].high = share[i].value + (1 - share[i].value) * sample_share(&bits);
		}
		acc_newcombe(&share[0], &share[1], &low, &high);
		double value = share[0].value - share[1].value;
		assert_true(low >= share[0].low - share[1].high - 1e-12 && low <= value);
		assert_true(high <= share[0].high - share[1].low + 1e-12 && high >= value);
	}
	struct acc_share good = {.value = .9, .low = .7, .high = .97};
	struct acc_share bad = {.value = -.2, .low = -.6, .high = .3};
	acc_newcombe(&good, &bad, &low, &high);
	near(high, 1.1 + sqrt(.07 * .07 + .4 * .4), 1e-12, "a limit beyond 1 stands");
}

/* ---- exact tests, by counting all tables ---- */

struct count {
	const double *row, *column;
	size_t rows, columns;
	double cell[ROWS * COLUMNS], limit, total, reached, tied;
};

static double
log_p(const struct count *count)
{
	double sum = 0;
	for (size_t i = 0; i < count->rows * count->columns; i++)
		sum -= lgamma(count->cell[i] + 1);
	return sum;
}

/* Fill the cells from `at` on in every way that keeps the margins. */
static void
fill(struct count *count, size_t at)
{
	if (at == count->rows * count->columns) {
		double here = log_p(count), p = exp(here);
		count->total += p;
		count->reached += here <= count->limit + 1e-7 ? p : 0;
		count->tied += fabs(here - count->limit) <= 1e-7 ? p : 0;
		return;
	}
	size_t i = at / count->columns, j = at % count->columns;
	double in_row = count->row[i], in_column = count->column[j];
	for (size_t k = 0; k < j; k++)
		in_row -= count->cell[i * count->columns + k];
	for (size_t k = 0; k < i; k++)
		in_column -= count->cell[k * count->columns + j];
	for (double x = 0; x <= in_row && x <= in_column; x++) {
		if ((j + 1 == count->columns && x != in_row) ||
		    (i + 1 == count->rows && x != in_column))
			continue;
		count->cell[at] = x;
		fill(count, at + 1);
	}
	count->cell[at] = 0;
}

static void
exact_by_counting(void **state)
{
	uint64_t bits = 7;
	(void)state;
	for (int round = 0; round < 200; round++) {
		double cell[9], row[3] = {0}, column[3] = {0};
		size_t rows = 2 + sample_below(&bits, 2), columns = 2 + sample_below(&bits, 2);
		struct count count = {
		    .row = row, .column = column, .rows = rows, .columns = columns};
		for (size_t i = 0; i < rows * columns; i++) {
			cell[i] = sample_below(&bits, 5);
			row[i / columns] += cell[i];
			column[i % columns] += cell[i];
		}
		memcpy(count.cell, cell, sizeof cell);
		count.limit = log_p(&count);
		memset(count.cell, 0, sizeof count.cell);
		fill(&count, 0);
		struct acc_exact exact;
		struct acc_contingency table = {cell, rows, columns};
		assert_int_equal(acc_fisher_freeman_halton(&table, &exact), ACC_OK);
		near(exact.p, count.reached / count.total, 1e-9, "exact p");
		near(exact.mid_p, (count.reached - count.tied / 2) / count.total, 1e-9, "mid-p");
	}
}

/* Three groups, 500 people: done, and the probability of all tables is 1. */
static void
exact_of_500(void **state)
{
	const double cell[] = {83, 84, 83, 84, 83, 83}, unlike[] = {100, 20, 60, 80, 120, 120};
	const double turned[] = {100, 60, 120, 20, 80, 120};
	struct acc_exact exact;
	(void)state;
	assert_int_equal(acc_fisher_freeman_halton(&(struct acc_contingency){cell, 3, 2}, &exact),
			 ACC_OK);
	near(exact.p, 1, 1e-9, "the most likely table");
	assert_int_equal(acc_fisher_freeman_halton(&(struct acc_contingency){unlike, 3, 2}, &exact),
			 ACC_OK);
	near(exact.p * 1e12, 2.4212376881769837, 1e-8, "counted in whole numbers");
	assert_int_equal(acc_fisher_freeman_halton(&(struct acc_contingency){turned, 2, 3}, &exact),
			 ACC_OK);
	near(exact.p * 1e12, 2.4212376881769837, 1e-8, "rows for columns");
}

/* ---- permutations, by enumerating ---- */

/* Sum of what is in group 1. */
static void
sum_of_ones(const void *context, const uint32_t *group, double *scratch, double *statistic)
{
	const double *value = context;
	(void)scratch;
	statistic[0] = statistic[1] = 0;
	for (size_t i = 0; i < 7; i++)
		statistic[0] += group[i] == 1 ? value[i] : 0;
	statistic[1] = statistic[0] > 14 ? NAN : statistic[0];
}

static void
all_assignments(void **state)
{
	static const uint32_t group[] = {1, 0, 0, 1, 0, 2, 2};
	static const double value[] = {1, 2, 3, 4, 5, 6, 7};
	struct acc_exchange exchange = {group, 7, 3, 1, 1000, 2};
	struct acc_statistic statistic = {value, 2, 1, sum_of_ones, 2};
	struct acc_permuted permuted[2];
	double reached = 0;
	(void)state;
	/* Two of seven in group 1, ten ways for the others: pairs that sum to 5 or more. */
	for (int i = 0; i < 7; i++)
		for (int j = 0; j < i; j++)
			reached += value[i] + value[j] >= 5 ? 10 : 0;
	assert_int_equal(acc_permute(&exchange, &statistic, permuted), ACC_OK);
	assert_true(permuted[0].permutations == 210);
	near(permuted[0].p, reached / 210, 1e-15, "p");
	near(permuted[0].p_min, 2.0 / 210, 1e-15, "two groups of two change names");
	near(permuted[0].p_together, permuted[0].p, 1e-15, "the second is never larger");
	assert_true(permuted[0].undefined == 0);
	assert_true(acc_permutation_assignments(&exchange) == 210);
	exchange.random = 0;
	assert_int_equal(acc_permute(&exchange, &statistic, permuted), ACC_OK);
	assert_true(isnan(permuted[0].p));
}

/* Random ones: the same with any number of threads, and those
 * without a statistic do not count. */
static void
random_assignments(void **state)
{
	uint32_t group[40];
	double value[40];
	uint64_t bits = 3;
	struct acc_permuted one[2], two[2];
	(void)state;
	for (uint32_t i = 0; i < 40; i++) {
		group[i] = i % 3;
		value[i] = i < 7 ? sample_share(&bits) * 9 : 0;
	}
	struct acc_exchange exchange = {group, 40, 3, 5, 2000, 1};
	struct acc_statistic statistic = {value, 2, 1, sum_of_ones, 0};
	assert_true(isinf(acc_permutation_assignments(&exchange)));
	assert_int_equal(acc_permute(&exchange, &statistic, one), ACC_OK);
	exchange.threads = 3;
	assert_int_equal(acc_permute(&exchange, &statistic, two), ACC_OK);
	assert_memory_equal(one, two, sizeof one);
	near(one[0].p_min, 1.0 / 2001, 1e-15, "smallest p");
	assert_true(one[1].undefined > 0 && one[1].permutations + one[1].undefined == 2000);
	near(one[1].p_min, 1 / (one[1].permutations + 1), 1e-15, "smallest p of those left");
}

/* ---- the statistics that are permuted are those that are printed ---- */

/* A sample with groups. */
static struct acc_patterns
grouped(uint64_t *bits, uint32_t coders, uint32_t themes, double missing, uint32_t people,
	uint32_t groups)
{
	struct acc_patterns patterns = {.design = ACC_THEMES};
	char text[32];
	uint32_t at;
	assert_int_equal(acc_vocabulary_add(&patterns.code, "", &at), ACC_OK);
	for (uint32_t i = 0; i < people || i < coders || i < themes || i < groups; i++) {
		snprintf(text, sizeof text, "%03u", i);
		if (i < themes)
			assert_int_equal(acc_vocabulary_add(&patterns.theme, text, &at), ACC_OK);
		if (i < coders)
			assert_int_equal(acc_vocabulary_add(&patterns.coder, text, &at), ACC_OK);
		if (i < people)
			assert_int_equal(acc_vocabulary_add(&patterns.participant, text, &at),
					 ACC_OK);
		if (i < groups)
			assert_int_equal(acc_vocabulary_add(&patterns.group, text, &at), ACC_OK);
	}
	for (uint32_t p = 0; p < people; p++)
		for (uint32_t u = 0, n = 4 + sample_below(bits, 12); u < n; u++) {
			uint32_t word[3 + 2 * SAMPLE_CODERS] = {p % groups, p, ACC_NONE},
					      length = 3;
			bool truth[4];
			for (uint32_t t = 0; t < themes; t++)
				truth[t] = sample_share(bits) < 0.4;
			for (uint32_t j = 0; j < coders; j++) {
				uint32_t value[8], values = 0;
				if (sample_share(bits) < missing)
					continue;
				for (uint32_t t = 0; t < themes; t++)
					if (truth[t] != (sample_share(bits) < 0.2)) {
						value[values++] = t;
						value[values++] = 0;
					}
				word[length++] = j;
				assert_int_equal(
				    acc_pool_add(&patterns.value, value, values, &word[length++]),
				    ACC_OK);
			}
			assert_int_equal(acc_patterns_add(&patterns, word, length, 1, NULL),
					 ACC_OK);
		}
	return patterns;
}

static double
welch_of(const struct acc_patterns *patterns, const struct acc_plan *plan, uint32_t groups,
	 size_t at)
{
	struct acc_arm arm[4];
	for (uint32_t g = 0; g < groups; g++) {
		struct acc_scope scope = {.group = g, .coders = patterns->coder.count};
		struct acc_estimate *all;
		assert_int_equal(acc_agreement(patterns, plan, &scope, &all), ACC_OK);
		const struct acc_estimate *e = &all[at];
		arm[g] = (struct acc_arm){acc_fisher(e->value), e->se * acc_fisher_slope(e->value),
					  fmax(e->effective - 1, 1),
					  e->estimable && e->reason == ACC_DEFINED};
		free(all);
	}
	return acc_welch(arm, groups).statistic;
}

static void
agreement_as_printed(void **state)
{
	uint64_t bits = 11;
	struct acc_weights identity = {.categories = 2}, scale = sample_weights("quadratic", 2);
	static const uint32_t group[] = {0, 1, 2};
	static const double weight[] = {2, 0, 1};
	(void)state;
	for (int round = 0; round < 12; round++) {
		uint32_t themes = 1 + sample_below(&bits, 3);
		struct acc_patterns patterns =
		    grouped(&bits, 2 + sample_below(&bits, 3), themes, round % 2 ? 0.2 : 0, 14, 3);
		struct acc_plan plan = {.coefficient = acc_coefficients,
					.coefficients = acc_coefficient_count,
					.weights = round % 5 == 4 ? &scale : &identity,
					.cluster = round % 3 ? ACC_CLUSTER_AUTO : ACC_CLUSTER_UNIT,
					.level = .95,
					.theme_weight = round % 4 == 3 ? weight : NULL,
					.present = ACC_NONE};
		struct acc_people people;
		enum acc_status status;
		assert_int_equal(acc_people_make(&people, &patterns, group, 3, plan.cluster),
				 ACC_OK);
		struct acc_group_agreement *agreement =
		    acc_group_agreement_make(&people, &plan, &status);
		assert_non_null(agreement);
		struct acc_statistic statistic = acc_group_agreement_statistic(agreement);
		double *scratch = acc_array(statistic.scratch, sizeof *scratch);
		double *value = acc_array(statistic.statistics, sizeof *value);
		assert_int_equal(statistic.statistics, (themes + 1) * acc_coefficient_count);
		for (int again = 0; again < 2; again++)
			statistic.of(statistic.context, people.group, scratch, value);
		for (size_t i = 0; i < statistic.statistics; i++)
			if (!acc_coefficients[i % acc_coefficient_count]->diagnostic)
				near(value[i], welch_of(&patterns, &plan, 3, i), 1e-9,
				     acc_coefficients[i % acc_coefficient_count]->key);
		free(scratch);
		free(value);
		acc_group_agreement_free(agreement);
		acc_people_free(&people);
		acc_patterns_free(&patterns);
	}
	acc_weights_free(&scale);
}

static void
density_as_printed(void **state)
{
	uint64_t bits = 13;
	static const uint32_t group[] = {0, 1, 2};
	struct acc_layer layer = {.kind = ACC_LAYER_MAJORITY};
	(void)state;
	for (int round = 0; round < 8; round++) {
		struct acc_patterns patterns = grouped(&bits, 3, 3, 0.1, 15, 3);
		enum acc_cluster cluster = round % 2 ? ACC_CLUSTER_AUTO : ACC_CLUSTER_UNIT;
		struct acc_people people;
		struct acc_group_density density;
		struct acc_share *share[3];
		double scratch[256], value[3];
		assert_int_equal(acc_people_make(&people, &patterns, group, 3, cluster), ACC_OK);
		assert_int_equal(acc_group_density_make(&density, &people, ACC_NONE, &layer),
				 ACC_OK);
		struct acc_statistic statistic = acc_group_density_statistic(&density);
		assert_true(statistic.scratch <= 256 && statistic.statistics == 3);
		statistic.of(statistic.context, people.group, scratch, value);
		for (uint32_t g = 0; g < 3; g++)
			assert_int_equal(
			    acc_densities(&patterns, ACC_NONE, &layer, g, cluster, .95, &share[g]),
			    ACC_OK);
		for (uint32_t t = 0; t < 3; t++) {
			struct acc_arm arm[3];
			for (uint32_t g = 0; g < 3; g++) {
				const struct acc_share *s = &share[g][t];
				arm[g] = (struct acc_arm){log(s->value / (1 - s->value)),
							  s->se / (s->value * (1 - s->value)),
							  fmax(s->effective - 1, 1), s->estimable};
				assert_true(s->low_without <= s->value &&
					    s->high_without >= s->value);
			}
			near(value[t], acc_welch(arm, 3).statistic, 1e-9, "density");
		}
		for (uint32_t g = 0; g < 3; g++)
			free(share[g]);
		acc_group_density_free(&density);
		acc_people_free(&people);
		acc_patterns_free(&patterns);
	}
}

/* An edge's weight and error, unit by unit; two groups: Welch's F is t squared. */
static void
edges_by_hand(void **state)
{
	uint64_t bits = 17;
	static const uint32_t group[] = {0, 1};
	struct acc_layer layer = {.kind = ACC_LAYER_ANY};
	struct acc_patterns patterns = grouped(&bits, 2, 3, 0, 10, 2);
	struct acc_people people;
	struct acc_edges edges;
	double scratch[256], value[4], strength[2] = {0};
	(void)state;
	assert_int_equal(acc_people_make(&people, &patterns, group, 2, ACC_CLUSTER_AUTO), ACC_OK);
	assert_int_equal(acc_edges_make(&edges, &people, ACC_NONE, &layer, &acc_edge_measures[0]),
			 ACC_OK);
	assert_int_equal(edges.edges, 3);
	struct acc_statistic statistic = acc_edges_statistic(&edges);
	assert_true(statistic.scratch <= 256 && statistic.statistics == 4);
	statistic.of(statistic.context, people.group, scratch, value);
	for (size_t e = 0; e < 3; e++) {
		double gap = edges.edge[e].weight - edges.edge[3 + e].weight, variance = 0;
		for (size_t g = 0; g < 2; g++) {
			const struct acc_edge *edge = &edges.edge[3 * g + e];
			struct acc_pair_table sum = {0};
			double expected, spread = 0;
			for (size_t c = 0; c < people.clusters; c++)
				if (people.group[c] == g) {
					sum.both += edges.table[3 * c + e].both;
					sum.first += edges.table[3 * c + e].first;
					sum.second += edges.table[3 * c + e].second;
					sum.neither += edges.table[3 * c + e].neither;
				}
			expected = log((sum.both + .5) * (sum.neither + .5) /
				       ((sum.first + .5) * (sum.second + .5)));
			near(edge->weight, expected, 1e-12, "weight");
			for (size_t c = 0; c < people.clusters; c++) {
				const struct acc_pair_table *t = &edges.table[3 * c + e];
				double without = log(
				    (sum.both - t->both + .5) * (sum.neither - t->neither + .5) /
				    ((sum.first - t->first + .5) * (sum.second - t->second + .5)));
				if (people.group[c] == g)
					spread += pow(without - expected, 2);
			}
			near(edge->se, sqrt(spread * 4 / 5), 1e-12, "error");
			variance += edge->se * edge->se;
			strength[g] += fabs(expected);
		}
		near(value[e], gap * gap / variance, 1e-9, "edge");
	}
	near(value[3], fabs(strength[0] - strength[1]) / sqrt(2), 1e-12, "strength");
	acc_edges_free(&edges);
	acc_people_free(&people);
	acc_patterns_free(&patterns);
}

/* Counts that are looked up against numbers that are not, of every measure. */
static void
edges_of_counts(void **state)
{
	uint64_t bits = 19;
	static const uint32_t group[] = {0, 1, 2};
	struct acc_layer layer = {.kind = ACC_LAYER_MAJORITY};
	(void)state;
	for (size_t round = 0; round < 4 * acc_edge_measure_count; round++) {
		struct acc_patterns patterns = grouped(&bits, 3, 4, 0.1, 15, 3);
		enum acc_cluster cluster = round % 4 == 3 ? ACC_CLUSTER_UNIT : ACC_CLUSTER_AUTO;
		struct acc_people people;
		struct acc_edges edges;
		double looked_up[7], worked_out[7];
		assert_int_equal(acc_people_make(&people, &patterns, group, 3, cluster), ACC_OK);
		assert_int_equal(acc_edges_make(&edges, &people, ACC_NONE, &layer,
						&acc_edge_measures[round % acc_edge_measure_count]),
				 ACC_OK);
		struct acc_statistic statistic = acc_edges_statistic(&edges);
		double *scratch = acc_array(statistic.scratch, sizeof *scratch);
		assert_int_equal(statistic.statistics, 7);
		for (size_t c = people.clusters; c > 1; c--) {
			uint32_t other = sample_below(&bits, (uint32_t)c),
				 moved = people.group[c - 1];
			people.group[c - 1] = people.group[other];
			people.group[other] = moved;
		}
		assert_non_null(edges.part);
		statistic.of(statistic.context, people.group, scratch, looked_up);
		free(edges.part);
		edges.part = NULL;
		statistic.of(statistic.context, people.group, scratch, worked_out);
		for (size_t i = 0; i < 7; i++)
			near(looked_up[i], worked_out[i], 1e-9, "looked up");
		free(scratch);
		acc_edges_free(&edges);
		acc_people_free(&people);
		acc_patterns_free(&patterns);
	}
}

/* ---- small ones ---- */

/* By hand: 0.02 / hypot(.03, .04) with margin .1: t = .08 / .05 on Welch's df. */
static void
equivalence(void **state)
{
	struct acc_arm a = {.52, .03, 10, true}, b = {.50, .04, 5, true};
	double df = 0.0025 * 0.0025 / (0.0009 * 0.0009 / 10 + 0.0016 * 0.0016 / 5);
	(void)state;
	near(acc_equivalence(&a, &b, .1), acc_t_tail(1.6, df), 1e-12, "equivalence");
	near(acc_equivalence(&b, &a, .1), acc_t_tail(1.6, df), 1e-12, "either way round");
	assert_true(acc_equivalence(&a, &b, .01) > .5);
	b.estimable = false;
	assert_true(isnan(acc_equivalence(&a, &b, .1)));
}

/* Benjamini & Yekutieli: the harmonic sum of five is 137 / 60; undefined p do not count. */
static void
adjustments(void **state)
{
	const double p[] = {.01, NAN, .02, .03, .04, .05}, some[] = {.04, .001, .03};
	double adjusted[6];
	(void)state;
	assert_int_equal(acc_adjust(ACC_ADJUST_BY, p, 6, adjusted), ACC_OK);
	near(adjusted[0], .05 * 137 / 60, 1e-15, "by");
	assert_true(isnan(adjusted[1]));
	assert_int_equal(acc_adjust(ACC_ADJUST_HOLM, some, 3, adjusted), ACC_OK);
	near(adjusted[0], .06, 1e-15, "holm");
	near(adjusted[1], .003, 1e-15, "holm");
	near(adjusted[2], .06, 1e-15, "holm");
	assert_int_equal(acc_adjust(ACC_ADJUST_BH, some, 3, adjusted), ACC_OK);
	near(adjusted[0], .04, 1e-15, "bh");
	near(adjusted[1], .003, 1e-15, "bh");
	near(adjusted[2], .04, 1e-15, "bh");
}

/* Four people with 1, 2, 3 and 6 units: median 2.5, Gini = (-3 - 2 + 3 + 18) / 48. */
static void
volume(void **state)
{
	static const uint32_t units[] = {3, 1, 6, 2};
	struct sample sample = {
	    .coders = 2, .categories = 2, .participants = 4, .coder_label = {0, 1}};
	struct acc_volume made;
	(void)state;
	for (uint32_t p = 0; p < 4; p++)
		for (uint32_t i = 0; i < units[p]; i++)
			sample.participant[sample.units++] = p;
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	assert_int_equal(acc_volume(&patterns, ACC_NONE, ACC_CLUSTER_AUTO, &made), ACC_OK);
	near(made.median, 2.5, 1e-15, "median");
	near(made.gini, 16.0 / 48, 1e-15, "Gini");
	near(made.largest, .5, 1e-15, "largest share");
	assert_true(made.clusters == 4 && made.units == 12);
	acc_patterns_free(&patterns);
}

/* Complete agreement: nothing to compare by Fleiss, and Donner's fits. */
static void
classical_edges(void **state)
{
	const struct acc_two_coders perfect[] = {{5, 0, 5}, {3, 0, 9}},
				    never[] = {{0, 0, 5}, {1, 2, 3}};
	const double value[] = {.5, .6}, se[] = {.1, 0};
	(void)state;
	struct acc_equality test = acc_donner_eliasziw_klar(perfect, 2);
	near(test.chi2, 0, 1e-12, "perfect agreement");
	near(test.common, 1, 1e-12, "perfect agreement");
	assert_int_equal(acc_donner_eliasziw_klar(never, 2).reason, ACC_REASON_not_estimable);
	assert_int_equal(acc_fleiss_homogeneity(value, se, 2).reason, ACC_REASON_not_estimable);
	assert_int_equal(acc_fleiss_homogeneity(value, se, 1).reason, ACC_REASON_one_group);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(difference_stays_in_its_bounds),
	    cmocka_unit_test(exact_by_counting),
	    cmocka_unit_test(exact_of_500),
	    cmocka_unit_test(all_assignments),
	    cmocka_unit_test(random_assignments),
	    cmocka_unit_test(agreement_as_printed),
	    cmocka_unit_test(density_as_printed),
	    cmocka_unit_test(edges_by_hand),
	    cmocka_unit_test(edges_of_counts),
	    cmocka_unit_test(equivalence),
	    cmocka_unit_test(adjustments),
	    cmocka_unit_test(volume),
	    cmocka_unit_test(classical_edges),
	};
	acc_special_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
