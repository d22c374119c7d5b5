#include "stats/classical.h"
#include "stats/special.h"

#include <math.h>

static struct acc_equality
refuse(enum acc_reason reason)
{
	return (struct acc_equality){NAN, NAN, NAN, NAN, NAN, reason};
}

struct acc_equality
acc_fleiss_homogeneity(const double *value, const double *se, size_t groups)
{
	double weights = 0, mean = 0;
	if (groups < 2)
		return refuse(ACC_REASON_one_group);
	for (size_t h = 0; h < groups; h++) {
		if (!isfinite(value[h]) || !isfinite(se[h]) || !(se[h] > 0))
			return refuse(ACC_REASON_not_estimable);
		weights += 1 / (se[h] * se[h]);
		mean += value[h] / (se[h] * se[h]);
	}
	struct acc_equality test = {
	    .df = (double)groups - 1, .common = mean / weights, .se = sqrt(1 / weights)};
	for (size_t h = 0; h < groups; h++)
		test.chi2 += pow((value[h] - test.common) / se[h], 2);
	test.p = acc_chi2_tail(test.chi2, test.df);
	return test;
}

static double
units_of(const struct acc_two_coders *group)
{
	return group->both + group->one + group->neither;
}

static double
share_of(const struct acc_two_coders *group)
{
	return (2 * group->both + group->one) / (2 * units_of(group));
}

double
acc_intraclass_kappa(const struct acc_two_coders *group)
{
	double p = share_of(group);
	return p > 0 && p < 1 ? 1 - group->one / (2 * units_of(group) * p * (1 - p)) : NAN;
}

/* Chi-square of a group's cells against those that its share of yes and a kappa make. */
static double
misfit(const struct acc_two_coders *group, double kappa)
{
	double n = units_of(group), p = share_of(group), q = 1 - p, sum = 0;
	const double seen[] = {group->both, group->one, group->neither};
	const double fit[] = {n * (p * p + p * q * kappa), 2 * n * p * q * (1 - kappa),
			      n * (q * q + p * q * kappa)};
	/* Complete agreement everywhere: no disagreement is expected and none is there. */
	for (size_t i = 0; i < 3; i++)
		sum += seen[i] == fit[i] ? 0 : pow(seen[i] - fit[i], 2) / fit[i];
	return sum;
}

/* The kappa between one that fits and one that need not where the misfit reaches the limit. */
static double
reach(const struct acc_two_coders *group, double fits, double far, double limit)
{
	if (misfit(group, far) <= limit)
		return far;
	for (int i = 0; i < 200; i++) {
		double middle = fits + (far - fits) / 2;
		*(misfit(group, middle) <= limit ? &fits : &far) = middle;
	}
	return fits;
}

void
acc_intraclass_interval(const struct acc_two_coders *group, double level, double *low, double *high)
{
	double kappa = acc_intraclass_kappa(group), p = share_of(group);
	double limit = pow(acc_normal_quantile((1 + level) / 2), 2);
	*low = *high = NAN;
	if (isnan(kappa))
		return;
	*low = reach(group, kappa, -fmin(p / (1 - p), (1 - p) / p), limit);
	*high = reach(group, kappa, 1, limit);
}

struct acc_equality
acc_donner_eliasziw_klar(const struct acc_two_coders *group, size_t groups)
{
	double weights = 0, mean = 0;
	if (groups < 2)
		return refuse(ACC_REASON_one_group);
	for (size_t h = 0; h < groups; h++) {
		double p = share_of(&group[h]), weight = units_of(&group[h]) * p * (1 - p);
		if (!(weight > 0))
			return refuse(ACC_REASON_not_estimable);
		weights += weight;
		mean += weight * acc_intraclass_kappa(&group[h]);
	}
	struct acc_equality test = {.df = (double)groups - 1, .common = mean / weights, .se = NAN};
	for (size_t h = 0; h < groups; h++)
		test.chi2 += misfit(&group[h], test.common);
	if (!isfinite(test.chi2))
		return refuse(ACC_REASON_not_estimable);
	test.p = acc_chi2_tail(test.chi2, test.df);
	return test;
}
