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

/* A form as the ratio of two sums of the mean squares: what each is multiplied by. */
struct form {
	struct {
		double between, within, of_coders, error;
	} units, all;
};

static struct form
form_of(const struct acc_anova *a, int form, bool mean)
{
	double rest = mean ? 0 : a->coders - 1, coders = (mean ? 1 : a->coders) / a->units;
	if (form == 1)
		return (struct form){{1, -1, 0, 0}, {1, rest, 0, 0}};
	if (form == 2)
		return (struct form){{1, 0, 0, -1}, {1, 0, coders, rest - coders}};
	return (struct form){{1, 0, 0, -1}, {1, 0, 0, rest}};
}

/* The ratio, unless the whole is what rounding leaves of nothing; and the whole. */
static double
ratio(const struct acc_anova *a, const struct form *f, double *all)
{
	double size = a->between + a->coders * (a->within + a->of_coders + a->error);
	double units =
	    f->units.between * a->between + f->units.within * a->within + f->units.error * a->error;
	*all = f->all.between * a->between + f->all.within * a->within +
	       f->all.of_coders * a->of_coders + f->all.error * a->error;
	return *all > 1e-9 * size ? units / *all : NAN;
}

double
acc_icc(const struct acc_anova *a, int form, bool mean)
{
	struct form f = form_of(a, form, mean);
	double all;
	return ratio(a, &f, &all);
}

/* Degrees of freedom are held: the mean squares are functions of means over units, with
 * V = sum over coders of (mean of j - grand mean)^2. */
void
acc_icc_gradient(const struct acc_tally *tally, int form, bool mean, struct acc_tally *observed)
{
	struct acc_anova a;
	const double *moment = acc_tally_moments(tally);
	double *slope = acc_tally_moments(observed), all, total = 0, n = moment[0];
	if (acc_anova_of(tally, &a) != ACC_DEFINED)
		return;
	struct form f = form_of(&a, form, mean);
	double value = ratio(&a, &f, &all), k = a.coders, lost = n / (n - 1);
	double between = (f.units.between - value * f.all.between) / all;
	double within = (f.units.within - value * f.all.within) / all;
	double coders = (f.units.of_coders - value * f.all.of_coders) / all;
	double error = (f.units.error - value * f.all.error) / all;
	double of_spread = (coders * n - error * lost) / (k - 1);
	for (size_t j = 0; j < tally->coders; j++)
		total += moment[3 + j] / n;
	slope[1] -= (within + error * lost) / (k - 1) / n;
	slope[2] -= between * lost / k / n;
	for (size_t j = 0; j < tally->coders; j++)
		slope[3 + j] -= (-2 * total * between * lost / k +
				 2 * of_spread * (moment[3 + j] / n - total / k)) /
				n;
	for (size_t i = 1; i < tally->coders + 3; i++)
		slope[0] -= slope[i] * moment[i] / n;
}

enum acc_reason
acc_icc_estimate(const struct acc_tally *tally, int form, bool mean, struct acc_disagreement *out)
{
	struct acc_anova anova;
	enum acc_reason reason = acc_anova_of(tally, &anova);
	if (reason != ACC_DEFINED)
		return reason;
	double value = acc_icc(&anova, form, mean);
	acc_uncorrected(value, out);
	return isnan(value) ? ACC_REASON_no_variation : ACC_DEFINED;
}

/* ICC(2,1): the interval of Shrout & Fleiss 1979 with Satterthwaite's degrees of freedom. */
static void
two_way_interval(const struct acc_anova *a, double level, struct acc_classical *out)
{
	double n = a->units, k = a->coders, p = (1 + level) / 2, icc = acc_icc(a, 2, false);
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
