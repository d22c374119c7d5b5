/* special: arguments that make GSL's own functions hang, abort or lie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/special.h"
#include <math.h>
#include <time.h>

static double
seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static const double odd[] = {-INFINITY, -1, -1e-300, 0,   1e-300, 1e-5, .025,  .5,       .975, 1,
			     1.5,       3,  1e5,     1e6, 1e9,    1e12, 1e300, INFINITY, NAN};
enum { ODD = sizeof odd / sizeof *odd };

/* Every result within 10 ms, a number in its range or NaN. */
static void
check(double got, double low, double high, double began)
{
	assert_true(seconds() - began <= 0.01);
	assert_true(isnan(got) || (got >= low && got <= high));
}

static void
test_any_argument(void **state)
{
	(void)state;
	double all = (double)INFINITY;
	for (int i = 0; i < ODD; i++) {
		check(acc_normal_quantile(odd[i]), -all, all, seconds());
		check(acc_normal_tail(odd[i]), 0, 1, seconds());
		for (int j = 0; j < ODD; j++) {
			check(acc_t_quantile(odd[i], odd[j]), -all, all, seconds());
			check(acc_t_tail(odd[i], odd[j]), 0, 1, seconds());
			check(acc_chi2_tail(odd[i], odd[j]), 0, 1, seconds());
			check(acc_chi2_quantile(odd[i], odd[j]), 0, all, seconds());
			for (int k = 0; k < ODD; k++) {
				check(acc_beta_quantile(odd[i], odd[j], odd[k]), 0, 1, seconds());
				check(acc_f_tail(odd[i], odd[j], odd[k]), 0, 1, seconds());
				check(acc_f_quantile(odd[i], odd[j], odd[k]), 0, all, seconds());
			}
		}
	}
}

/* The table of calls that GSL answers badly, and what the answer is. */
static void
test_table(void **state)
{
	(void)state;
	double nan = (double)NAN, inf = (double)INFINITY;
	assert_true(acc_beta_quantile(.975, 0, 5) == 0);
	assert_true(acc_beta_quantile(.975, 5, 0) == 1);
	assert_true(isnan(acc_beta_quantile(nan, 1, 1)));
	assert_true(isnan(acc_beta_quantile(.5, nan, 1)));
	assert_true(isnan(acc_beta_quantile(.5, inf, 1)));
	/* Normal approximations of the exact values. */
	assert_true(fabs(acc_beta_quantile(.975, 1e6, 1e6) - .5006929537) < 1e-8);
	assert_true(fabs(acc_beta_quantile(.975, 1e5, 1e6) - .0914467) < 1e-5);
	assert_true(acc_beta_quantile(.025, 1e-5, 1) < 1e-50);
	assert_true(fabs(acc_f_quantile(.975, 1e9, 1e9) - 1.0001239668) < 1e-9);
	assert_true(isnan(acc_f_quantile(.975, nan, 1)));
	assert_true(fabs(acc_chi2_quantile(.975, 1e12) / (1e12 + 1.959964 * sqrt(2e12)) - 1) <
		    1e-11);
	assert_true(isnan(acc_chi2_quantile(.975, nan)));
	assert_true(isnan(acc_t_quantile(nan, 3)) && isnan(acc_t_quantile(.5, nan)));
	assert_true(isnan(acc_t_tail(nan, 3)) && isnan(acc_t_tail(1, nan)));
	assert_true(isnan(acc_f_tail(nan, 1, 1)) && isnan(acc_f_tail(1, nan, 1)));
	assert_true(isnan(acc_chi2_tail(nan, 1)) && isnan(acc_chi2_tail(1, nan)));
}

/* Known quantiles (tables of Student, chi-square, F, beta). */
static void
test_values(void **state)
{
	(void)state;
	assert_true(fabs(acc_normal_quantile(.975) - 1.959963984540054) < 1e-14);
	assert_true(fabs(acc_t_quantile(.975, 1) - 12.706204736174698) < 1e-10);
	assert_true(fabs(acc_t_quantile(.975, 29) - 2.045229642132703) < 1e-12);
	assert_true(fabs(acc_t_quantile(.025, 29) + 2.045229642132703) < 1e-12);
	assert_true(acc_t_quantile(.5, 7) == 0);
	assert_true(fabs(acc_chi2_quantile(.95, 1) - 3.841458820694124) < 1e-10);
	assert_true(fabs(acc_chi2_tail(3.841458820694124, 1) - .05) < 1e-14);
	assert_true(fabs(acc_f_quantile(.95, 2, 12) - 3.885293834652391) < 1e-9);
	assert_true(fabs(acc_f_tail(3.885293834652391, 2, 12) - .05) < 1e-12);
	assert_true(fabs(acc_beta_quantile(.975, 1, 1) - .975) < 1e-14);
	assert_true(fabs(acc_beta_quantile(.025, 2, 3) - .06758598683) < 1e-9);
}

/* Quantiles and tails undo each other. */
static void
test_inverse(void **state)
{
	(void)state;
	static const double shares[] = {1e-6, .025, .3, .5, .9, .999}, df[] = {.5, 1, 4.7, 30, 1e4};
	for (int i = 0; i < 6; i++)
		for (int j = 0; j < 5; j++) {
			double tail = 1 - shares[i];
			assert_true(fabs(acc_t_tail(acc_t_quantile(shares[i], df[j]), df[j]) -
					 tail) < 1e-9);
			assert_true(fabs(acc_chi2_tail(acc_chi2_quantile(shares[i], df[j]), df[j]) -
					 tail) < 1e-9);
			for (int k = 0; k < 5; k++)
				assert_true(fabs(acc_f_tail(acc_f_quantile(shares[i], df[j], df[k]),
							    df[j], df[k]) -
						 tail) < 1e-9);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_any_argument),
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_inverse),
	};
	acc_special_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
