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

static void
refuse(struct acc_estimate *estimate, enum acc_reason reason)
{
	estimate->se = estimate->low = estimate->high = NAN;
	estimate->method = "";
	estimate->reason = reason;
}

/* Limits do not go below what a coefficient can be. With missing ratings, or weights whose chance
 * term knows no margins, the value itself can be less; then there is no such bound. */
static double
bounded(double low, const struct acc_estimate *estimate, const struct acc_spread *spread)
{
	return low < spread->least && estimate->value >= spread->least ? spread->least : low;
}

/* Within-cluster correlation that the rule for samples without disagreement assumes. */
static const double assumed_correlation = 0.1;

/* No disagreement, or the same everywhere: the "rule of three" on as many independent units as the
 * clustering leaves: with n_e of them and none disagreeing, disagreement is below
 * 1 - (alpha/2)^(1/n_e). */
static void
exact_type(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	double independent = estimate->units / (1 + (spread->design - 1) * assumed_correlation);
	double most = 1 - pow((1 - level) / 2, 1 / independent);
	estimate->low = bounded(estimate->value - most / spread->expected, estimate, spread);
	estimate->high = 1;
	estimate->method = "one-sided exact type";
}

static void
fisher_interval(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	double half = acc_half_width(estimate->se, spread->effective, level) *
		      acc_fisher_slope(estimate->value);
	estimate->low = bounded(tanh(acc_fisher(estimate->value) - half), estimate, spread);
	estimate->high = tanh(acc_fisher(estimate->value) + half);
	estimate->method = "cluster jackknife, Fisher z, t(effective clusters - 1)";
	if (estimate->notes & ACC_NOTE_units_as_clusters)
		estimate->method = "unit jackknife, Fisher z, t(units - 1)";
}

static void
symmetric_interval(struct acc_estimate *estimate, const struct acc_spread *spread, enum acc_ci ci,
		   double level)
{
	double half = acc_t_quantile((1 + level) / 2, spread->df) * estimate->se;
	estimate->low = estimate->value - half;
	estimate->high = estimate->value + half > 1 ? 1 : estimate->value + half;
	/* As published, the lower limit of `gwet` is not cut. */
	if (ci != ACC_CI_GWET)
		estimate->low = bounded(estimate->low, estimate, spread);
	estimate->method = ci == ACC_CI_GWET ? "Gwet linearised, units independent, t(units - 1)"
			   : ci == ACC_CI_LINEAR ? "cluster influence, t(clusters - 1)"
						 : "cluster jackknife, t(clusters - 1)";
}

void
acc_interval(struct acc_estimate *estimate, const struct acc_spread *spread, enum acc_ci ci,
	     double level)
{
	estimate->clusters = spread->clusters;
	estimate->effective = spread->effective;
	if (spread->clusters < 2) {
		refuse(estimate, ACC_REASON_one_cluster);
		return;
	}
	if (spread->undefined) {
		refuse(estimate, ACC_REASON_one_cluster_varies);
		return;
	}
	/* Alpha's published error divides by its pairable units less one. */
	if (!isfinite(spread->variance)) {
		refuse(estimate, ACC_REASON_no_interval);
		return;
	}
	if (spread->clusters < 5)
		estimate->notes |= ACC_NOTE_few_clusters;
	estimate->se = acc_standard_error(spread->variance, estimate->value);
	if (ci == ACC_CI_AUTO && (estimate->se == 0 || spread->observed <= 0))
		exact_type(estimate, spread, level);
	else if (ci != ACC_CI_AUTO || estimate->value < -1 || spread->least < -1)
		symmetric_interval(estimate, spread, ci, level);
	else
		fisher_interval(estimate, spread, level);
}
