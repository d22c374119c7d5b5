#include "stats/interval.h"
#include "stats/special.h"

#include <math.h>

static double
clamp(double value)
{
	const double edge = 1 - 1e-9;
	return value > edge ? edge : value < -edge ? -edge : value;
}

double
acc_fisher(double value)
{
	return atanh(clamp(value));
}

double
acc_fisher_slope(double value)
{
	double inside = clamp(value);
	return 1 / (1 - inside * inside);
}

double
acc_standard_error(double variance, double value)
{
	double se = sqrt(variance);
	return se < 1e-12 * fmax(1, fabs(value)) ? 0 : se;
}

double
acc_half_width(double se, double effective, double level)
{
	double df = effective - 1 < 1 ? 1 : effective - 1;
	return acc_t_quantile((1 + level) / 2, df) * se;
}

double
acc_independent_units(double units, double design, double fraction)
{
	/* Correlation within clusters, of which nothing is left where the clusters are all there
	 * are. */
	const double assumed = 0.1;
	return units / (1 + (design - 1) * assumed * (1 - fraction));
}

void
acc_finite_population(struct acc_spread *spread, double units)
{
	double f = spread->fraction, clusters = spread->effective - 1;
	double between = f < 1 ? (1 - f) * spread->variance : 0, within = f * spread->within;
	double inside = units - spread->clusters;
	double df = between * between / (clusters < 1 ? 1 : clusters) +
		    within * within / (inside < 1 ? 1 : inside);
	spread->variance = between + within;
	df = df > 0 ? spread->variance * spread->variance / df : inside;
	spread->df = spread->df_fisher = df < 1 ? 1 : df;
}
