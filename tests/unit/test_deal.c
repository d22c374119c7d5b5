/* deal: rows in any order come back unit by unit, every one of them once. */
#include "stats/deal.h"
#include "stats/units.h"
#include "tests/unit/sample.h"

enum { UNITS = 9000, ROWS = 70000, END = -1 };

struct seen {
	uint64_t rows[UNITS]; /* bits of those that came */
	bool unit[UNITS];
	size_t units;
};

static enum acc_status
see(void *context, uint32_t *word, size_t words)
{
	struct seen *seen = context;
	uint32_t unit = ACC_NONE, rows = 0;
	for (size_t i = 0; i < words; i++) {
		if (word[i] == (uint32_t)END) {
			seen->units++;
			/* A unit of which no row says anything cannot be told apart. */
			assert_true(!rows || !seen->unit[unit]);
			if (rows)
				seen->unit[unit] = true;
			unit = ACC_NONE;
			rows = 0;
			continue;
		}
		uint32_t of = word[i] / 64;
		assert_true(unit == ACC_NONE || unit == of);
		assert_false(seen->rows[of] >> word[i] % 64 & 1);
		seen->rows[of] |= (uint64_t)1 << word[i] % 64;
		unit = of;
		rows++;
	}
	return ACC_OK;
}

static void
rows_come_back_by_unit(void **state)
{
	(void)state;
	static struct acc_deal deal;
	const struct acc_deal *one = &deal;
	static struct seen seen;
	static uint64_t given[UNITS];
	static bool met[UNITS];
	uint64_t random = 5;
	size_t units = 0;
	assert_true(acc_deal_begin(&deal));
	for (int i = 0; i < ROWS; i++) {
		uint32_t unit = sample_below(&random, UNITS), row = sample_below(&random, 64);
		bool nothing = given[unit] >> row & 1 || unit % 50 == 0;
		char text[16] = {0};
		uint64_t part[2];
		struct acc_unit_name name;
		/* Names of one byte, of eight and of all others up to fifteen. */
		if (unit % 3)
			snprintf(text, sizeof text, "%u", (unsigned)unit);
		else
			snprintf(text, sizeof text, "unit %0*u", 1 + (int)unit % 10,
				 (unsigned)unit);
		memcpy(part, text, sizeof part);
		acc_units_short(&name, part[0], part[1]);
		units += !met[unit];
		met[unit] = true;
		given[unit] |= nothing ? 0 : (uint64_t)1 << row;
		assert_true(acc_deal_put(&deal, name.low, name.high, name.hash,
					 nothing ? ACC_NONE : unit * 64 + row));
	}
	const struct acc_deal_calls calls = {NULL, see};
	for (size_t k = 3; k-- > 0;)
		assert_int_equal(acc_deal_gather(&one, 1, k, 3, (uint32_t)END, &calls, &seen),
				 ACC_OK);
	assert_int_equal(seen.units, units);
	for (size_t u = 0; u < UNITS; u++)
		assert_true(seen.rows[u] == given[u]);
	acc_deal_free(&deal);
}

static enum acc_status
refuse(void *context, uint32_t *word, size_t words)
{
	(void)word, (void)words;
	++*(int *)context;
	return ACC_TOO_LARGE;
}

static void
a_refusal_ends_it(void **state)
{
	(void)state;
	static struct acc_deal deal;
	const struct acc_deal *one = &deal;
	int calls = 0;
	const struct acc_deal_calls with = {NULL, refuse};
	assert_true(acc_deal_begin(&deal));
	assert_int_equal(acc_deal_gather(&one, 1, 0, 1, 0, &with, &calls), ACC_OK);
	for (uint64_t u = 1; u < 1000; u++)
		assert_true(acc_deal_put(&deal, u, 0, acc_units_mix(u, 0), 1));
	assert_int_equal(acc_deal_gather(&one, 1, 0, 1, 0, &with, &calls), ACC_TOO_LARGE);
	assert_int_equal(calls, 1);
	acc_deal_free(&deal);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rows_come_back_by_unit),
	    cmocka_unit_test(a_refusal_ends_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
