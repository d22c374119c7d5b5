#include "stats/minimum.h"
#include "stats/interval.h"
#include "stats/special.h"

#include <math.h>

/* With disagreement as frequent as the minimum allows, n_e units have none, or no more than there
 * is everywhere, with probability (1 - (k - k0) D_e)^n_e: the interval's rule, turned round. */
static double
exact_p(const struct acc_estimate *estimate, double minimum)
{
	double room = (estimate->value - minimum) * (1 - estimate->expected);
	if (room <= 0)
		return 1;
	return room < 1 ? pow(1 - room, estimate->independent) : 0;
}

double
acc_minimum_p(const struct acc_estimate *estimate, double minimum)
{
	if (!(fabs(minimum) < 1) || !(estimate->se >= 0) || !estimate->estimable)
		return NAN;
	if (estimate->se == 0)
		return exact_p(estimate, minimum);
	double above = acc_fisher(estimate->value) - acc_fisher(minimum);
	return acc_t_tail(above / (estimate->se * acc_fisher_slope(estimate->value)), estimate->df);
}

const struct acc_scale acc_scales[] = {
    {"landis-koch",
     "Landis & Koch 1977",
     {{"Almost Perfect", .8},
      {"Substantial", .6},
      {"Moderate", .4},
      {"Fair", .2},
      {"Slight", 0},
      {"Poor", -1}}},
    {"fleiss",
     "Fleiss, Levin & Paik 2003",
     {{"Excellent", .75}, {"Intermediate to Good", .4}, {"Poor", -1}}},
    {"altman",
     "Altman 1991",
     {{"Very Good", .8}, {"Good", .6}, {"Moderate", .4}, {"Fair", .2}, {"Poor", -1}}},
    {"cicchetti",
     "Cicchetti & Sparrow 1981",
     {{"Excellent", .75}, {"Good", .6}, {"Fair", .4}, {"Poor", -1}}},
};
const size_t acc_scale_count = sizeof acc_scales / sizeof *acc_scales;

double
acc_benchmark_cumulative(double value, double se, double df, double low)
{
	if (isnan(value) || !(se >= 0) || isnan(low))
		return NAN;
	if (low <= -1)
		return 1;
	if (se == 0)
		return value >= low;
	double above = acc_t_tail((1 - value) / se, df);
	double all = acc_t_tail((-1 - value) / se, df) - above;
	return (acc_t_tail((low - value) / se, df) - above) / all;
}

const char *
acc_benchmark(const struct acc_scale *scale, const struct acc_estimate *estimate,
	      double *probability)
{
	const double enough = 0.95;
	for (const struct acc_scale_level *level = scale->level; level->name; level++) {
		*probability = acc_benchmark_cumulative(estimate->value, estimate->se, estimate->df,
							level->low);
		if (*probability >= enough)
			return level->name;
	}
	*probability = NAN;
	return NULL;
}
