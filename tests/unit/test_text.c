/* plots/text, plots/array, plots/utf8 and plots/table: text in, the same text out. */
#include "plots/array.h"
#include "plots/table.h"
#include "plots/text.h"
#include "plots/utf8.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
texts_grow(void **state)
{
	(void)state;
	struct acc_text text = {0};
	for (int k = 0; k < 1000; k++)
		acc_text_printf(&text, "%03d", k);
	acc_text_bytes(&text, NULL, 0);
	acc_text_put(&text, "");
	assert_int_equal(text.length, 3000);
	assert_int_equal(strlen(text.bytes), 3000);
	assert_string_equal(text.bytes + 2997, "999");
	assert_false(text.failed);
	acc_text_free(&text);
	assert_null(text.bytes);
}

static void
sizes_that_wrap_fail(void **state)
{
	(void)state;
	struct acc_text text = {0};
	acc_text_put(&text, "a");
	acc_text_bytes(&text, "", SIZE_MAX);
	assert_true(text.failed);
	acc_text_put(&text, "b");
	assert_string_equal(text.bytes, "a");
	acc_text_free(&text);
	assert_false(text.failed);
}

static void
expect_number(double value, const char *digits)
{
	struct acc_text text = {0};
	acc_text_number(&text, value);
	assert_string_equal(text.bytes ? text.bytes : "", digits);
	acc_text_free(&text);
}

static void
numbers_are_short(void **state)
{
	(void)state;
	expect_number(0.1, "0.1");
	expect_number(1, "1");
	expect_number(-0.0, "0");
	expect_number(1.0 / 3, "0.3333333333333333");
	expect_number(0.1 + 0.2, "0.30000000000000004");
	expect_number(1e300, "1e+300");
	expect_number(NAN, "");
}

/* The first of %.15g, %.16g, %.17g that rereads. */
static void
expect_as_printed(double value)
{
	char digits[40];
	for (int precision = 15; precision <= 17; precision++) {
		snprintf(digits, sizeof digits, "%.*g", precision, value);
		if (strtod(digits, NULL) == value)
			break;
	}
	expect_number(value, digits);
}

static void
numbers_are_the_shortest_of_printf(void **state)
{
	(void)state;
	static const double odd[] = {1e-4,
				     9.999999999999999e-5,
				     0.1,
				     0.01,
				     0.001,
				     99.99999999999999,
				     0.09999999999999999,
				     0.9999999999999999,
				     99999999999999.98,
				     0.5,
				     1e14 + 0.5,
				     5e-324,
				     4503599627370495.5,
				     0.3,
				     1.1,
				     2.5e-3};
	uint64_t bits = 88172645463325252u;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		expect_as_printed(odd[i]);
		expect_as_printed(-nextafter(odd[i], 1));
		expect_as_printed(nextafter(odd[i], 0));
	}
	for (int k = 0; k < 60000; k++) {
		bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
		double share = (double)(bits >> 11) / 9007199254740992.0;
		double few = (double)(1 + bits % 3001) / (double)(1 + (bits >> 32) % 997);
		expect_as_printed(ldexp(share + 0.5, (int)(bits % 64) - 15));
		if (few != trunc(few))
			expect_as_printed(few);
	}
}

static void
numbers_reread_exactly(void **state)
{
	(void)state;
	uint64_t bits = 88172645463325252u;
	for (int k = 0; k < 20000; k++) {
		bits ^= bits << 13;
		bits ^= bits >> 7;
		bits ^= bits << 17;
		double value;
		memcpy(&value, &bits, sizeof value);
		if (!isfinite(value))
			continue;
		struct acc_text text = {0};
		acc_text_number(&text, value);
		assert_true(strtod(text.bytes, NULL) == value);
		acc_text_free(&text);
	}
	expect_number(DBL_MAX, "1.7976931348623157e+308");
}

static void
expect_csv(const char *field, const char *written)
{
	struct acc_text text = {0};
	acc_text_csv(&text, field);
	assert_string_equal(text.bytes ? text.bytes : "", written);
	acc_text_free(&text);
}

static void
fields_are_quoted_where_they_must_be(void **state)
{
	(void)state;
	expect_csv("", "");
	expect_csv("théme one", "théme one");
	expect_csv("a,b", "\"a,b\"");
	expect_csv("say \"x\"", "\"say \"\"x\"\"\"");
	expect_csv("\"", "\"\"\"\"");
	expect_csv("a\nb\r", "\"a\nb\r\"");
	expect_csv(" a", "\" a\"");
	expect_csv("a\t", "\"a\t\"");
	expect_csv("=1+1", "=1+1");
}

/* Every code point comes back; everything else is refused. */
static void
characters_come_back(void **state)
{
	(void)state;
	size_t length;
	for (uint32_t code = 1; code <= 0x10ffff; code++) {
		char bytes[5] = {0};
		if (code < 0x80)
			bytes[0] = (char)code;
		else if (code < 0x800)
			bytes[0] = (char)(0xc0 | code >> 6);
		else if (code < 0x10000)
			bytes[0] = (char)(0xe0 | code >> 12);
		else
			bytes[0] = (char)(0xf0 | code >> 18);
		size_t want = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
		for (size_t k = 1; k < want; k++)
			bytes[k] = (char)(0x80 | ((code >> 6 * (want - 1 - k)) & 0x3f));
		bool surrogate = code >= 0xd800 && code <= 0xdfff;
		assert_int_equal(acc_utf8_next(bytes, &length), surrogate ? UINT32_MAX : code);
		assert_int_equal(length, surrogate ? 1 : want);
	}
}

static void
bad_bytes_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"\x80",
					  "\xbf",
					  "\xc0\x80",
					  "\xc1\xbf",
					  "\xe0\x9f\xbf",
					  "\xf0\x8f\xbf\xbf",
					  "\xed\xa0\x80",
					  "\xf4\x90\x80\x80",
					  "\xf5\x80\x80\x80",
					  "\xff",
					  "\xc3",
					  "\xe2\x82",
					  "\xf0\x9f\x98",
					  "\xc3\xc3"};
	for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
		size_t length;
		assert_int_equal(acc_utf8_next(bad[k], &length), UINT32_MAX);
		assert_int_equal(length, 1);
	}
}

static void
tables_find_by_name(void **state)
{
	(void)state;
	struct acc_table table = {0};
	const char *const header[] = {"theme", "value", "reason"};
	assert_true(acc_table_header(&table, header, 3));
	const char *row[] = {"trust", "0.25", ""};
	for (size_t k = 0; k < 1000; k++)
		assert_true(acc_table_row(&table, row));
	row[1] = "";
	row[2] = "no_pairs";
	assert_true(acc_table_row(&table, row));
	assert_int_equal(table.rows, 1001);
	assert_int_equal(acc_table_column(&table, "reason"), 2);
	assert_int_equal(acc_table_column(&table, "Reason"), 3);
	assert_string_equal(acc_table_text(&table, 999, "theme"), "trust");
	assert_string_equal(acc_table_text(&table, 1000, "reason"), "no_pairs");
	assert_string_equal(acc_table_text(&table, 0, "none"), "");
	assert_true(acc_table_number(&table, 999, "value") == 0.25);
	assert_true(isnan(acc_table_number(&table, 1000, "value")));
	assert_true(isnan(acc_table_number(&table, 0, "theme")));
	assert_true(isnan(acc_table_number(&table, 0, "none")));
	acc_table_free(&table);
	assert_int_equal(table.rows, 0);
	acc_table_free(&table);
}

static void
cells_that_are_no_numbers(void **state)
{
	(void)state;
	static const char *const texts[] = {"NA", "0x1f", "1,5", "1.5 ", " 1", "inf", "nan", "1-"};
	const char *const header[] = {"value"};
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
		struct acc_table table = {0};
		assert_true(acc_table_header(&table, header, 1));
		assert_true(acc_table_row(&table, &texts[k]));
		assert_true(isnan(acc_table_number(&table, 0, "value")));
		acc_table_free(&table);
	}
}

/* Items are wrapped after each `line` of them; gnuplot has no array of nothing. */
static void
arrays_of_scripts(void **state)
{
	(void)state;
	struct acc_array array = {.line = 2};
	struct acc_text script = {0};
	acc_array_put(&array, "NONE", "", &script);
	acc_array_number(&array, 0.5);
	acc_text_put(acc_array_next(&array), "\"two\"");
	acc_array_number(&array, NAN);
	acc_array_put(&array, "A", "   # three", &script);
	acc_array_free(&array);
	assert_string_equal(script.bytes, "array NONE[1] = [0]\n"
					  "array A[3] = [0.5, \"two\", \\\n  NaN]   # three\n");
	acc_text_free(&script);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(texts_grow),
	    cmocka_unit_test(sizes_that_wrap_fail),
	    cmocka_unit_test(numbers_are_short),
	    cmocka_unit_test(numbers_are_the_shortest_of_printf),
	    cmocka_unit_test(numbers_reread_exactly),
	    cmocka_unit_test(fields_are_quoted_where_they_must_be),
	    cmocka_unit_test(characters_come_back),
	    cmocka_unit_test(bad_bytes_are_refused),
	    cmocka_unit_test(tables_find_by_name),
	    cmocka_unit_test(cells_that_are_no_numbers),
	    cmocka_unit_test(arrays_of_scripts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
