#include "stats/special.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_version.h>
#include <math.h>
#include <stdbool.h>

enum { MANY = 1000000, INFINITE = 1000000000 }; /* degrees of freedom: as good as */

void
acc_special_begin(void)
{
	gsl_set_error_handler_off();
}

const char *
acc_special_version(void)
{
	return gsl_version;
}

static bool
is_probability(double p)
{
	return p > 0 && p < 1;
}

double
acc_normal_quantile(double p)
{
	return is_probability(p) ? gsl_cdf_ugaussian_Pinv(p) : NAN;
}

double
acc_normal_tail(double x)
{
	return isnan(x) ? NAN : gsl_cdf_ugaussian_Q(x);
}

double
acc_t_tail(double x, double df)
{
	if (isnan(x) || !(df > 0))
		return NAN;
	return df > MANY ? gsl_cdf_ugaussian_Q(x) : gsl_cdf_tdist_Q(x, df);
}

/* Bisection on a tail that falls with x; 200 halvings exhaust a double. */
static double
bisect_t(double tail, double df)
{
	double low = 0, high = 1;
	while (acc_t_tail(high, df) > tail && high < 1e300)
		high *= 2;
	for (int i = 0; i < 200; i++) {
		double middle = low + (high - low) / 2;
		if (acc_t_tail(middle, df) > tail)
			low = middle;
		else
			high = middle;
	}
	return high;
}

double
acc_t_quantile(double p, double df)
{
	if (!is_probability(p) || !(df > 0))
		return NAN;
	if (df > MANY)
		return gsl_cdf_ugaussian_Pinv(p);
	double tail = p < 0.5 ? p : 1 - p;
	double x = tail == 0.5 ? 0 : gsl_cdf_tdist_Qinv(tail, df);
	if (!(fabs(acc_t_tail(x, df) - tail) <= 1e-9 * tail))
		x = bisect_t(tail, df);
	return p < 0.5 ? -x : x;
}

/* The cube root of a chi-square over its degrees of freedom is nearly normal, with mean
 * 1 - 2/(9 df) and variance 2/(9 df) (Wilson & Hilferty 1931); a ratio of two likewise. For huge
 * degrees of freedom, where GSL's series do not end. */
double
acc_chi2_tail(double x, double df)
{
	if (isnan(x) || !(df > 0) || isinf(df))
		return NAN;
	if (x <= 0 || isinf(x))
		return x <= 0;
	double part = 2 / (9 * df);
	return df > MANY ? gsl_cdf_ugaussian_Q((cbrt(x / df) - (1 - part)) / sqrt(part))
			 : gsl_cdf_chisq_Q(x, df);
}

double
acc_f_tail(double x, double df1, double df2)
{
	if (isnan(x) || !(df1 > 0) || !(df2 > 0))
		return NAN;
	if (x <= 0 || isinf(x))
		return x <= 0;
	if (fmin(df1, df2) > MANY) {
		double root = cbrt(x), one = 2 / (9 * df1), two = 2 / (9 * df2);
		return gsl_cdf_ugaussian_Q(((1 - two) * root - (1 - one)) /
					   sqrt(two * root * root + one));
	}
	if (df2 > INFINITE)
		return acc_chi2_tail(x * df1, df1);
	if (df1 > INFINITE)
		return 1 - acc_chi2_tail(df2 / x, df2);
	return gsl_cdf_fdist_Q(x, df1, df2);
}

/* Where a tail that falls from 1 to 0 on (0, inf) is 1 - p. Bisection: GSL's inverses do not always
 * return. */
static double
bisect_tail(double p, double (*tail)(double, const double *), const double *about)
{
	double low = 0, high = 1;
	while (tail(high, about) > 1 - p && high < 1e300)
		high *= 2;
	for (int i = 0; i < 200; i++) {
		double middle = low + (high - low) / 2;
		if (tail(middle, about) > 1 - p)
			low = middle;
		else
			high = middle;
	}
	return high;
}

static double
chi2_tail_of(double x, const double *df)
{
	return acc_chi2_tail(x, df[0]);
}

static double
f_tail_of(double x, const double *df)
{
	return acc_f_tail(x, df[0], df[1]);
}

double
acc_chi2_quantile(double p, double df)
{
	if (!is_probability(p) || !(df > 0) || isinf(df))
		return NAN;
	return bisect_tail(p, chi2_tail_of, &df);
}

double
acc_f_quantile(double p, double df1, double df2)
{
	if (!is_probability(p) || !(df1 > 0) || !(df2 > 0))
		return NAN;
	return bisect_tail(p, f_tail_of, (const double[]){df1, df2});
}

/* GSL's beta distribution does not end for large parameters; its F distribution does. */
static double
beta_below(double x, double a, double b)
{
	const double large = 1e5;
	if (fmax(a, b) <= large)
		return gsl_cdf_beta_P(x, a, b);
	return 1 - acc_f_tail(x * b / ((1 - x) * a), 2 * a, 2 * b);
}

double
acc_coins_below(double k, double n)
{
	if (!(n >= 0) || !(k >= 0))
		return k < 0 && n >= 0 ? 0 : NAN;
	/* P(X <= k) = P(B > 1/2), B beta with k + 1 and n - k. */
	return k >= n ? 1 : gsl_cdf_beta_Q(0.5, k + 1, n - k);
}

double
acc_coins_at(double k, double n)
{
	if (!(n >= 0) || !(k >= 0) || k > n)
		return NAN;
	return exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) - n * M_LN2);
}

double
acc_beta_quantile(double p, double a, double b)
{
	if (!is_probability(p) || !(a >= 0) || !(b >= 0) || (a == 0 && b == 0) || isinf(a) ||
	    isinf(b))
		return NAN;
	if (a == 0)
		return 0;
	if (b == 0)
		return 1;
	/* Bisection on the distribution itself: it never hangs. */
	double low = 0, high = 1;
	for (int i = 0; i < 200 && low < high; i++) {
		double middle = low + (high - low) / 2;
		if (beta_below(middle, a, b) < p)
			low = middle;
		else
			high = middle;
	}
	return high;
}
