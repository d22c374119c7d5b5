#include "stats/anova.h"
#include "stats/special.h"

#include <math.h>

enum acc_reason
acc_anova_of(const struct acc_tally *tally, struct acc_anova *anova)
{
	const double *moment = acc_tally_moments(tally), *column = moment + 3;
	double n = moment[0], k = (double)tally->coders, total = 0, columns = 0;
	if (!(n > 1) || k < 2)
		return ACC_REASON_no_complete_units;
	for (size_t j = 0; j < tally->coders; j++)
		total += column[j];
	/* Around the mean of the coders, so that equal coders leave exactly nothing. */
	for (size_t j = 0; j < tally->coders; j++)
		columns += (column[j] - total / k) * (column[j] - total / k);
	double between = moment[2] / k - total * total / (n * k), within = moment[1];
	double of_coders = columns / n, error = within - of_coders;
	/* What rounding leaves of nothing. */
	double noise = 1e-12 * (moment[2] / k + within);
	*anova = (struct acc_anova){
	    .units = n,
	    .coders = k,
	    .between = between > noise ? between / (n - 1) : 0,
	    .within = within / (n * (k - 1)),
	    .of_coders = of_coders / (k - 1),
	    .error = error > noise ? error / ((n - 1) * (k - 1)) : 0,
	};
	return ACC_DEFINED;
}

/* (B - E) / (B + (k - 1) E), B the mean square between units, E within them or, of both ways, the
 * error; the random coders of form 2 add theirs to the total. */
double
acc_icc(const struct acc_anova *a, int form)
{
	double k = a->coders;
	double units = form == 1 ? a->between - a->within : a->between - a->error;
	double all = a->between + (k - 1) * (form == 1 ? a->within : a->error);
	if (form == 2)
		all += k * (a->of_coders - a->error) / a->units;
	return all > 0 ? units / all : NAN;
}

double
acc_icc_mean(const struct acc_anova *a, int form)
{
	double units = form == 1 ? a->between - a->within : a->between - a->error;
	double all = a->between;
	if (form == 2)
		all += (a->of_coders - a->error) / a->units;
	return all > 0 ? units / all : NAN;
}

enum acc_reason
acc_icc_estimate(const struct acc_tally *tally, int form, bool mean, struct acc_disagreement *out)
{
	struct acc_anova anova;
	enum acc_reason reason = acc_anova_of(tally, &anova);
	if (reason != ACC_DEFINED)
		return reason;
	double value = mean ? acc_icc_mean(&anova, form) : acc_icc(&anova, form);
	acc_uncorrected(value, out);
	return isnan(value) ? ACC_REASON_no_variation : ACC_DEFINED;
}

/* ICC(2,1): the interval of Shrout & Fleiss 1979 with Satterthwaite's degrees of freedom. */
static void
two_way_interval(const struct acc_anova *a, double level, struct acc_classical *out)
{
	double n = a->units, k = a->coders, p = (1 + level) / 2, icc = acc_icc(a, 2);
	double ratio = a->of_coders / a->error, rest = n * (1 + (k - 1) * icc) - k * icc;
	double sum = k * icc * ratio + rest;
	double df = (k - 1) * (n - 1) * sum * sum /
		    ((n - 1) * k * k * icc * icc * ratio * ratio + rest * rest);
	double down = acc_f_quantile(p, n - 1, df), up = acc_f_quantile(p, df, n - 1);
	double other = k * a->of_coders + (k * n - k - n) * a->error;
	out->low = n * (a->between - down * a->error) / (down * other + n * a->between);
	out->high = n * (up * a->between - a->error) / (other + n * up * a->between);
}

static void
one_error_interval(const struct acc_anova *a, double level, struct acc_classical *out)
{
	double p = (1 + level) / 2, k = a->coders;
	double low = out->statistic / acc_f_quantile(p, out->df1, out->df2);
	double high = out->statistic * acc_f_quantile(p, out->df2, out->df1);
	out->low = (low - 1) / (low + k - 1);
	out->high = (high - 1) / (high + k - 1);
}

/* From one rating to the mean of k. */
static double
stepped_up(double icc, double k)
{
	return k * icc / (1 + (k - 1) * icc);
}

void
acc_icc_test(const struct acc_tally *tally, int form, bool mean, double level,
	     struct acc_classical *out)
{
	struct acc_anova a;
	if (acc_anova_of(tally, &a) != ACC_DEFINED)
		return;
	double error = form == 1 ? a.within : a.error;
	if (!(error > 0))
		return;
	out->statistic = a.between / error;
	out->df1 = a.units - 1;
	out->df2 = form == 1 ? a.units * (a.coders - 1) : (a.units - 1) * (a.coders - 1);
	out->p = acc_f_tail(out->statistic, out->df1, out->df2);
	out->method = "F distribution, units independent";
	if (form == 2)
		two_way_interval(&a, level, out);
	else
		one_error_interval(&a, level, out);
	if (mean) {
		out->low = stepped_up(out->low, a.coders);
		out->high = stepped_up(out->high, a.coders);
	}
}
