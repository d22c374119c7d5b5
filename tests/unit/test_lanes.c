/* lanes: coefficients of tallies side by side against the tallies one by one, Welch's F of tests
 * side by side against each alone. */
#include "stats/coefficient_lanes.h"
#include "stats/comparison.h"
#include "stats/welch_lanes.h"
#include "tests/unit/sample.h"

#include <math.h>

enum { BLOCKS = 4, TALLIES = BLOCKS * ACC_LANES };

static void
near(double a, double b, const char *what)
{
	if (!(isnan(a) && isnan(b)) && !(fabs(a - b) <= 1e-12 * fmax(1, fabs(b))))
		fail_msg("%s: %.17g is not %.17g", what, a, b);
}

/* A tally of some units: the first has no rating, the second all, the third one category. */
static struct acc_tally
tally_of(uint64_t *bits, size_t number, uint32_t coders, const struct acc_weights *weights)
{
	uint32_t categories = (uint32_t)weights->categories, units = 1 + sample_below(bits, 12);
	double missing = number == 0 ? 1 : number == 1 ? 0 : sample_share(bits);
	struct sample sample = sample_make(bits, units, coders, categories, missing);
	for (uint32_t u = 0; number == 2 && u < units; u++)
		for (uint32_t j = 0; j < coders; j++)
			sample.code[u][j] = 0;
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	struct acc_panel panel;
	struct acc_tally tally;
	assert_int_equal(acc_panel_make(&panel, &patterns, 0, NULL, coders), ACC_OK);
	assert_int_equal(acc_tally_make(&tally, categories, coders), ACC_OK);
	for (uint32_t p = 0; p < patterns.vector.count; p++)
		acc_tally_add(&tally, &panel, p, (double)acc_patterns_get(&patterns, p).count,
			      weights);
	acc_panel_free(&panel);
	acc_patterns_free(&patterns);
	return tally;
}

/* The tallies side by side. */
static acc_lanes *
side_by_side(const struct acc_tally *tally)
{
	acc_lanes *cell = acc_array(tally->length * BLOCKS, sizeof *cell);
	assert_non_null(cell);
	for (size_t i = 0; i < TALLIES; i++)
		for (size_t k = 0; k < tally->length; k++)
			cell[i / ACC_LANES * tally->length + k][i % ACC_LANES] = tally[i].cell[k];
	return cell;
}

static void
check_form(const struct acc_coefficient *coefficient, const struct acc_weights *weights,
	   const struct acc_tally *tally, const struct acc_lane_tallies *lanes, size_t *checked)
{
	acc_lane_form *form = acc_coefficient_lanes(coefficient, weights, tally->coders);
	acc_lanes at[2][BLOCKS];
	if (!form)
		return;
	form(lanes, at[0], at[1]);
	for (size_t i = 0; i < TALLIES; i++) {
		struct acc_disagreement one;
		double value;
		size_t b = i / ACC_LANES, lane = i % ACC_LANES;
		acc_lanes observed = acc_lanes_defined(lanes->defined[b], at[0][b]);
		acc_coefficient_value(coefficient, &tally[i], weights, &one, &value);
		near(observed[lane], one.observed, coefficient->key);
		near(acc_lanes_correct(observed, at[1][b])[lane], value, coefficient->key);
		if (!isnan(one.observed))
			near(at[1][b][lane], one.expected, coefficient->key);
	}
	++*checked;
}

static void
check_forms(void **state)
{
	static const struct {
		const char *scheme;
		uint32_t categories;
	} kinds[] = {
	    {"identity", 2}, {"identity", 5}, {"linear", 3}, {"circular", 4}, {"identity", 1}};
	uint64_t bits = 5;
	size_t checked = 0;
	(void)state;
	for (size_t round = 0; round < 60 / SAMPLE_ROUNDS_LESS; round++) {
		uint32_t categories = kinds[round % 5].categories,
			 coders = 1 + (uint32_t)round / 5 % 4;
		struct acc_weights weights = sample_weights(kinds[round % 5].scheme, categories);
		double distance[25];
		struct acc_tally tally[TALLIES];
		for (size_t i = 0; i < TALLIES; i++)
			tally[i] = tally_of(&bits, i, coders, &weights);
		for (size_t i = 0; i < (size_t)categories * categories; i++)
			distance[i] = acc_weights_between(&weights, i / categories, i % categories);
		acc_lanes *cell = side_by_side(tally), scratch[10];
		struct acc_lane_tallies lanes = {
		    .blocks = BLOCKS,
		    .length = tally->length,
		    .cell = cell,
		    .scratch = scratch,
		    .categories = categories,
		    .coders = coders,
		    .distance = acc_weights_identity(&weights) ? NULL : distance,
		    .total = acc_weights_total(&weights)};
		acc_lane_tallies_begin(&lanes);
		for (size_t c = 0; c < acc_coefficient_count; c++)
			check_form(acc_coefficients[c], &weights, tally, &lanes, &checked);
		for (size_t i = 0; i < TALLIES; i++)
			acc_tally_free(&tally[i]);
		free(cell);
		acc_weights_free(&weights);
	}
	assert_true(checked > 200 / SAMPLE_ROUNDS_LESS);
}

/* What the people who compare groups ask for most is fast. */
static void
standard_forms(void **state)
{
	struct acc_weights weights = {.categories = 2};
	(void)state;
	for (size_t c = 0; c < acc_coefficient_count; c++)
		if (acc_coefficients[c]->standard)
			assert_non_null(acc_coefficient_lanes(acc_coefficients[c], &weights, 2));
}

static void
check_welch(void **state)
{
	uint64_t bits = 9;
	(void)state;
	for (int round = 0; round < 100; round++) {
		size_t arms = 2 + sample_below(&bits, 3);
		struct acc_arm arm[ACC_LANES][4];
		struct acc_lane_arm lanes[4];
		for (size_t i = 0; i < ACC_LANES; i++)
			for (size_t g = 0; g < arms; g++) {
				double se = sample_below(&bits, 12) ? sample_share(&bits) : 0;
				double value = sample_below(&bits, 20) ? sample_share(&bits) : NAN;
				double df = 1 + 9 * sample_share(&bits);
				arm[i][g] = (struct acc_arm){value, se, df, true};
				lanes[g].value[i] = value;
				lanes[g].weight[i] = 1 / (se * se);
				lanes[g].df[i] = df;
			}
		acc_lanes statistic = acc_welch_lanes(lanes, arms);
		for (size_t i = 0; i < ACC_LANES; i++)
			near(statistic[i], acc_welch_statistic(arm[i], arms).statistic, "Welch");
	}
}

/* Groups that are alike differ by nothing, whatever rounding says: else the p of a permutation
 * test would hang on it. */
static void
alike(void **state)
{
	struct acc_lane_arm arm[3];
	(void)state;
	for (size_t g = 0; g < 3; g++) {
		double step = (double)g * 1e-16;
		arm[g] = (struct acc_lane_arm){
		    {.1 + step, .7 - step}, acc_lanes_of(7 + 1e3 * (double)g), acc_lanes_of(4)};
	}
	acc_lanes statistic = acc_welch_lanes(arm, 3);
	for (size_t i = 0; i < ACC_LANES; i++)
		assert_true(statistic[i] == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(check_forms),
	    cmocka_unit_test(standard_forms),
	    cmocka_unit_test(check_welch),
	    cmocka_unit_test(alike),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
