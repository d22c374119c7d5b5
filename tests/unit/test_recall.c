/* recall: what is recalled of a study without one unit is to the bit what is worked out anew. */
#include "stats/coefficient.h"
#include "stats/recall.h"
#include "tests/unit/sample.h"

static void
check_without(const char *scheme)
{
	enum { UNITS = 60, CODERS = 4, CODES = 3, TALLIES = 1000 };
	uint64_t bits = 7;
	struct sample sample = sample_make(&bits, UNITS, CODERS, CODES, 0.2);
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	struct acc_weights weights = sample_weights(scheme, CODES);
	struct acc_panel panel;
	struct acc_tally total, unit, plain, recalling;
	struct acc_tally *each[] = {&total, &unit, &plain, &recalling};
	struct acc_recall recall;
	unsigned needs = ACC_NEED_PAIRS | ACC_NEED_COMPLETE;
	size_t compared = 0;
	assert_int_equal(acc_panel_make(&panel, &patterns, 0, NULL, CODERS), ACC_OK);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(acc_tally_make_for(each[i], CODES, CODERS, needs), ACC_OK);
	assert_int_equal(acc_recall_make(&recall, &total, CODES, TALLIES), ACC_OK);
	assert_non_null(recall.pair);
	for (uint32_t p = 0; p < panel.patterns; p++)
		acc_tally_add(&total, &panel, p, (double)patterns.count[p], &weights);
	recalling.recall = &recall;
	/* Twice, so that all is recalled the second time. */
	for (uint32_t p = 0; p < 2 * panel.patterns; p++) {
		uint32_t pattern = p % (uint32_t)panel.patterns;
		acc_tally_zero(&unit);
		acc_tally_add(&unit, &panel, pattern, 1, &weights);
		acc_tally_subtract(&plain, &total, &unit);
		acc_tally_subtract(&recalling, &total, &unit);
		acc_recall_without(&recall, &panel, pattern);
		for (size_t c = 0; c < acc_coefficient_count; c++) {
			struct acc_disagreement at[2];
			double value[2];
			enum acc_reason reason = acc_coefficient_value(acc_coefficients[c], &plain,
								       &weights, &at[0], &value[0]);
			assert_int_equal(acc_coefficient_value(acc_coefficients[c], &recalling,
							       &weights, &at[1], &value[1]),
					 reason);
			if (reason != ACC_DEFINED)
				continue;
			assert_memory_equal(&value[0], &value[1], sizeof *value);
			assert_memory_equal(&at[0], &at[1], sizeof *at);
			compared++;
		}
	}
	assert_true(compared > 10 * panel.patterns);
	acc_recall_free(&recall);
	for (size_t i = 0; i < 4; i++)
		acc_tally_free(each[i]);
	acc_panel_free(&panel);
	acc_weights_free(&weights);
	acc_patterns_free(&patterns);
}

static void
test_without(void **state)
{
	(void)state;
	check_without("identity");
	check_without("linear");
	check_without("radical");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_without)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
