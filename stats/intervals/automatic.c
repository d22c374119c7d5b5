/* The default: the cluster jackknife on Fisher's z, z -+ t(G* - 1) SE_J / (1 - k^2), with G* Kish's
 * effective number of clusters; where nobody disagrees, or all clusters do so alike, a bound of
 * exact type. It holds its level from about four clusters on (docs/coverage.md). */
#include "stats/method.h"
#include "stats/special.h"

#include <math.h>

/* The "rule of three" on as many independent units as the clustering leaves: with n_e of them and
 * none disagreeing, disagreement is below 1 - (alpha/2)^(1/n_e). */
static void
exact_type(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	double units = acc_independent_units(estimate->units, spread->design, spread->fraction);
	double most = 1 - pow((1 - level) / 2, 1 / units);
	estimate->low =
	    acc_method_bounded(estimate->value - most / spread->expected, estimate, spread);
	estimate->high = 1;
	estimate->method = "one-sided exact type";
}

static const char *
method(const struct acc_estimate *estimate, const struct acc_spread *spread)
{
	if (spread->fraction >= 1)
		return "these people only: influence within clusters, Fisher z";
	if (spread->fraction > 0)
		return "cluster jackknife for a finite population, Fisher z, t(Satterthwaite)";
	bool units = estimate->notes & ACC_NOTE_units_as_clusters;
	if (estimate->notes & ACC_NOTE_by_influence)
		return units ? "unit influence, Fisher z, t(units - 1)"
			     : "cluster influence, Fisher z, t(effective clusters - 1)";
	return units ? "unit jackknife, Fisher z, t(units - 1)"
		     : "cluster jackknife, Fisher z, t(effective clusters - 1)";
}

static void
on_fisher_scale(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	double half = acc_t_quantile((1 + level) / 2, spread->df_fisher) * estimate->se *
		      acc_fisher_slope(estimate->value);
	estimate->low =
	    acc_method_bounded(tanh(acc_fisher(estimate->value) - half), estimate, spread);
	estimate->high = tanh(acc_fisher(estimate->value) + half);
	estimate->method = method(estimate, spread);
}

static enum acc_reason
make(struct acc_estimate *estimate, const struct acc_spread *spread, double level)
{
	enum acc_reason reason = acc_method_obstacle(spread);
	if (reason != ACC_DEFINED)
		return reason;
	estimate->se = acc_standard_error(spread->variance, estimate->value);
	if (estimate->se == 0 || spread->observed <= 0)
		exact_type(estimate, spread, level);
	else if (estimate->value >= -1 && spread->least >= -1)
		on_fisher_scale(estimate, spread, level);
	else
		return acc_method_jackknife.make(estimate, spread, level);
	return ACC_DEFINED;
}

const struct acc_method acc_method_automatic = {
    .key = "auto",
    .name = "cluster jackknife on Fisher's z",
    .formula = "tanh(atanh k -+ t(G* - 1) SE_J / (1 - k^2)); exact type where nothing varies",
    .citation = "MacKinnon, Nielsen & Webb 2023",
    .evidence = ACC_EVIDENCE_JACKKNIFE,
    .population = true,
    .make = make,
};
