/* sheet: the table for people, and intervals drawn beside it where a terminal has room. */
#include "pipeline/write/sheet.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct acc_field fields[] = {
    {"theme", ACC_FIELD_SCOPE, true},
    {"value", ACC_FIELD_BOUNDED, true},
    {"ci_low", ACC_FIELD_BOUNDED, true},
    {"ci_high", ACC_FIELD_BOUNDED, true},
};

static void
put(struct acc_sheet *sheet, const char *theme, double value, double low, double high)
{
	acc_sheet_text(sheet, 0, theme);
	acc_sheet_number(sheet, 1, value);
	acc_sheet_number(sheet, 2, low);
	acc_sheet_number(sheet, 3, high);
	acc_sheet_row(sheet);
}

/* What a terminal of so many columns gets; 0: no terminal. */
static void
expect(size_t columns, double lowest, const char *table)
{
	struct acc_sheet sheet;
	struct acc_text text = {0};
	acc_sheet_begin(&sheet, fields, 4);
	put(&sheet, "joy", 0.5, 0.25, 0.75);
	put(&sheet, "fear", lowest, lowest, 1);
	put(&sheet, "", (double)NAN, (double)NAN, (double)NAN);
	acc_sheet_people(&text, &sheet, columns);
	assert_string_equal(text.bytes, table);
	acc_text_free(&text);
	acc_sheet_free(&sheet);
}

static void
test_without_a_terminal(void **state)
{
	(void)state;
	expect(0, 0,
	       "theme  value  ci_low  ci_high\n"
	       "joy     .500    .250     .750\n"
	       "fear    .000    .000    1.000\n"
	       "(all)      \xe2\x80\x94       \xe2\x80\x94        \xe2\x80\x94\n");
	expect(40, 0,
	       "theme  value  ci_low  ci_high\n"
	       "joy     .500    .250     .750\n"
	       "fear    .000    .000    1.000\n"
	       "(all)      \xe2\x80\x94       \xe2\x80\x94        \xe2\x80\x94\n");
}

static void
test_forest(void **state)
{
	(void)state;
	expect(52, 0,
	       "theme  value  ci_low  ci_high  0                   1\n"
	       "joy     .500    .250     .750  :    [----o----]\n"
	       "fear    .000    .000    1.000  o-------------------]\n"
	       "(all)      \xe2\x80\x94       \xe2\x80\x94        \xe2\x80\x94  :\n");
}

static void
test_forest_below_zero(void **state)
{
	(void)state;
	/* The width of the column grows with the sign; the interval covers the mark of 0. */
	expect(52, -1,
	       "theme   value  ci_low  ci_high  -1.0      0        1\n"
	       "joy      .500    .250     .750            : [-o--]\n"
	       "fear   \xe2\x88\x92"
	       "1.000  \xe2\x88\x92"
	       "1.000    1.000  o------------------]\n"
	       "(all)       \xe2\x80\x94       \xe2\x80\x94        \xe2\x80\x94            :\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_without_a_terminal),
	    cmocka_unit_test(test_forest),
	    cmocka_unit_test(test_forest_below_zero),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
