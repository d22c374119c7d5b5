/* icc: the intraclass correlations of a two-way table, by its mean squares. */
#include "stats/anova.h"
#include "stats/special.h"

#include <math.h>

/* ---- the six forms ---- */

/* A form as the ratio of two sums of mean squares, the part between units and the whole: what each
 * is multiplied by. */
struct parts {
	double between, within, of_coders, error;
};

struct form {
	struct parts units, all;
	double between; /* the mean square between units that it is about */
	double per_unit;
};

static struct form
form_of(const struct acc_anova *a, int form, bool mean)
{
	double per_unit = form == 1 ? a->per_unit_alone : a->per_unit;
	double rest = mean ? 0 : per_unit - 1, coders = (mean ? 1 : per_unit) / a->per_coder;
	double between = acc_mean_of(form == 1 ? &a->units_alone : &a->of_units);
	if (form == 1)
		return (struct form){{1, -1, 0, 0}, {1, rest, 0, 0}, between, per_unit};
	if (form == 2)
		return (struct form){
		    {1, 0, 0, -1}, {1, 0, coders, rest - coders}, between, per_unit};
	return (struct form){{1, 0, 0, -1}, {1, 0, 0, rest}, between, per_unit};
}

/* The ratio, unless the whole is what rounding leaves of nothing; and the whole. */
static double
ratio(const struct acc_anova *a, const struct form *f, double *all)
{
	double within = acc_mean_of(&a->within), coders = acc_mean_of(&a->of_coders);
	double error = acc_mean_of(&a->error), size = f->between + f->per_unit * (within + error);
	double units =
	    f->units.between * f->between + f->units.within * within + f->units.error * error;
	*all = f->all.between * f->between + f->all.within * within + f->all.of_coders * coders +
	       f->all.error * error;
	return *all > 1e-9 * (size + coders / a->per_coder) ? units / *all : NAN;
}

double
acc_icc(const struct acc_anova *a, int form, bool mean)
{
	struct form f = form_of(a, form, mean);
	double all;
	return ratio(a, &f, &all);
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

/* ---- gradient ---- */

/* Slopes of D_o in the sums of squares, in the units and in the ratings. */
struct slopes {
	double alone, within, of_units, of_coders, error, units, ratings;
};

/* Mean squares scale as their sums of squares do per unit; what each is multiplied by changes with
 * the ratings per unit, but for the small part of E in what coders add. */
static struct slopes
slopes_of(const struct acc_anova *a, int form, bool mean)
{
	struct form f = form_of(a, form, mean);
	double all, value = ratio(a, &f, &all), spare = a->ratings - a->units;
	struct parts by = {-(f.units.between - value * f.all.between) / all,
			   -(f.units.within - value * f.all.within) / all,
			   value * f.all.of_coders / all,
			   -(f.units.error - value * f.all.error) / all};
	struct slopes s = {.within = by.within / a->within.df,
			   .of_coders = by.of_coders * a->per_coder / spare,
			   .error = by.error / a->error.df};
	double *own = form == 1 ? &s.alone : &s.of_units;
	*own = by.between / (form == 1 ? a->units_alone.df : a->of_units.df);
	double error = acc_mean_of(&a->error), coders = acc_mean_of(&a->of_coders);
	double per_spare = -by.within * acc_mean_of(&a->within) / spare - by.error * error / spare -
			   by.of_coders * coders / spare;
	/* Ratings per unit stand before the error of one rating, and before coders. */
	double rest = form == 1 ? acc_mean_of(&a->within) : error;
	double per_unit =
	    mean ? 0 : value / all * (rest + (form == 2 ? coders / a->per_coder : 0)) * f.per_unit;
	s.units = -by.between * f.between / a->units - per_spare - per_unit / a->units;
	s.ratings = per_spare + per_unit / a->ratings;
	return s;
}

void
acc_icc_gradient(const struct acc_tally *tally, int form, bool mean, struct acc_tally *observed)
{
	struct acc_anova a;
	struct acc_scratch scratch;
	size_t rank;
	if (acc_anova_of(tally, &a) != ACC_DEFINED)
		return;
	double *b = acc_anova_deviations(tally, &scratch, &rank), total = 0;
	if (!b)
		return;
	struct acc_anova_sums sums = acc_anova_sums_of(tally), slope = acc_anova_sums_of(observed);
	struct slopes s = slopes_of(&a, form, mean);
	double adjusted = s.of_coders + s.of_units - s.error;
	for (size_t j = 0; j < tally->coders; j++)
		total += sums.scores[j] / a.ratings;
	slope.cell[ACC_ANOVA_UNITS] += s.units;
	slope.cell[ACC_ANOVA_SQUARES] += s.alone + s.of_units;
	slope.cell[ACC_ANOVA_WITHIN] += s.within + s.error;
	for (size_t j = 0; j < tally->coders; j++) {
		double mean_of_coder = sums.ratings[j] > 0 ? sums.scores[j] / sums.ratings[j] : 0;
		slope.scores[j] += -2 * total * s.alone - 2 * mean_of_coder * s.of_units;
		slope.ratings[j] += total * total * s.alone +
				    mean_of_coder * mean_of_coder * s.of_units + s.ratings;
		slope.apart[j] += 2 * b[j] * adjusted;
		for (size_t l = 0; l <= j; l++)
			slope.pairs[j * (j + 1) / 2 + l] -=
			    (l < j ? 2 : 1) * b[j] * b[l] * adjusted;
	}
	acc_scratch_free(&scratch);
}

/* ---- test and interval ---- */

/* ICC(2,1): the interval of Shrout & Fleiss 1979 with Satterthwaite's degrees of freedom. */
static void
two_way_interval(const struct acc_anova *a, double level, struct acc_classical *out)
{
	double n = a->per_coder, k = a->per_unit, p = (1 + level) / 2, icc = acc_icc(a, 2, false);
	double between = acc_mean_of(&a->of_units), error = acc_mean_of(&a->error);
	double coders = acc_mean_of(&a->of_coders);
	double of_coders = k * icc * coders, rest = (n * (1 + (k - 1) * icc) - k * icc) * error;
	double sum = of_coders + rest;
	double df =
	    sum * sum / (of_coders * of_coders / a->of_coders.df + rest * rest / a->error.df);
	double down = acc_f_quantile(p, a->of_units.df, df);
	double up = acc_f_quantile(p, df, a->of_units.df);
	double other = k * coders + (k * n - k - n) * error;
	out->low = n * (between - down * error) / (down * other + n * between);
	out->high = n * (up * between - error) / (other + n * up * between);
}

static void
one_error_interval(double per_unit, double level, struct acc_classical *out)
{
	double p = (1 + level) / 2;
	double low = out->statistic / acc_f_quantile(p, out->df1, out->df2);
	double high = out->statistic * acc_f_quantile(p, out->df2, out->df1);
	out->low = (low - 1) / (low + per_unit - 1);
	out->high = (high - 1) / (high + per_unit - 1);
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
	const struct acc_mean_square *units = form == 1 ? &a.units_alone : &a.of_units;
	const struct acc_mean_square *error = form == 1 ? &a.within : &a.error;
	double per_unit = form == 1 ? a.per_unit_alone : a.per_unit;
	bool errs = acc_mean_of(error) > 0;
	/* Consistent coders who differ leave the interval of agreement defined. */
	if (!errs && !(form == 2 && acc_mean_of(&a.of_coders) > 0))
		return;
	if (errs) {
		out->statistic = acc_mean_of(units) / acc_mean_of(error);
		out->df1 = units->df;
		out->df2 = error->df;
		out->p = acc_f_tail(out->statistic, out->df1, out->df2);
	}
	out->method = "F distribution, units independent";
	if (form == 2)
		two_way_interval(&a, level, out);
	else
		one_error_interval(per_unit, level, out);
	if (mean) {
		out->low = stepped_up(out->low, per_unit);
		out->high = stepped_up(out->high, per_unit);
	}
}
