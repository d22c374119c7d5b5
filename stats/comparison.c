#include "stats/comparison.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>

static struct acc_test
refuse(enum acc_reason reason)
{
	return (struct acc_test){NAN, NAN, NAN, NAN, reason};
}

static bool
usable(const struct acc_arm *arm)
{
	return arm->estimable && isfinite(arm->value) && arm->se > 0 && isfinite(arm->se);
}

/* F = [sum w (t - tbar)^2 / (J - 1)] / [1 + 2 (J - 2) L / (J^2 - 1)], w = 1/V, W = sum w,
 * L = sum (1 - w/W)^2 / nu, df1 = J - 1, df2 = (J^2 - 1) / (3 L). */
struct acc_test
acc_welch_statistic(const struct acc_arm *arm, size_t arms)
{
	double weights = 0, mean = 0, between = 0, lambda = 0, groups = (double)arms;
	if (arms < 2)
		return refuse(ACC_REASON_one_group);
	for (size_t h = 0; h < arms; h++) {
		if (!usable(&arm[h]))
			return refuse(ACC_REASON_not_estimable);
		weights += 1 / (arm[h].se * arm[h].se);
	}
	for (size_t h = 0; h < arms; h++)
		mean += arm[h].value / (arm[h].se * arm[h].se * weights);
	for (size_t h = 0; h < arms; h++) {
		double weight = 1 / (arm[h].se * arm[h].se), rest = 1 - weight / weights;
		between += weight * (arm[h].value - mean) * (arm[h].value - mean);
		lambda += rest * rest / arm[h].df;
	}
	double squares = groups * groups - 1;
	struct acc_test test = {.df1 = groups - 1, .df2 = squares / (3 * lambda), .p = NAN};
	test.statistic = between / (groups - 1) / (1 + 2 * (groups - 2) * lambda / squares);
	return test;
}

struct acc_test
acc_welch(const struct acc_arm *arm, size_t arms)
{
	struct acc_test test = acc_welch_statistic(arm, arms);
	if (test.reason == ACC_DEFINED)
		test.p = acc_f_tail(test.statistic, test.df1, test.df2);
	return test;
}

struct acc_test
acc_welch_pair(const struct acc_arm *a, const struct acc_arm *b)
{
	if (!usable(a) || !usable(b))
		return refuse(ACC_REASON_not_estimable);
	double va = a->se * a->se, vb = b->se * b->se;
	struct acc_test test = {.df1 = 1};
	test.statistic = (a->value - b->value) / sqrt(va + vb);
	test.df2 = (va + vb) * (va + vb) / (va * va / a->df + vb * vb / b->df);
	test.p = 2 * acc_t_tail(fabs(test.statistic), test.df2);
	return test;
}

double
acc_equivalence(const struct acc_arm *a, const struct acc_arm *b, double margin)
{
	double se = hypot(a->se, b->se), va = a->se * a->se, vb = b->se * b->se;
	double difference = a->value - b->value;
	if (!usable(a) || !usable(b))
		return NAN;
	double df = (va + vb) * (va + vb) / (va * va / a->df + vb * vb / b->df);
	return acc_t_tail((margin - fabs(difference)) / se, df);
}

/* ---- several tests ---- */

struct ranked {
	double p;
	size_t at;
};

static int
compare(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	if (x->p != y->p)
		return x->p < y->p ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

/* The most significant first; each is at least what the one before it is. */
static void
step_down(const struct ranked *ranked, size_t tests, double *adjusted)
{
	double least = 0;
	for (size_t i = 0; i < tests; i++) {
		least = fmax(least, (double)(tests - i) * ranked[i].p);
		adjusted[ranked[i].at] = fmin(least, 1);
	}
}

/* The least significant first; each is at most what the one before it is. */
static void
step_up(const struct ranked *ranked, size_t tests, double factor, double *adjusted)
{
	double most = 1;
	for (size_t i = tests; i-- > 0;) {
		most = fmin(most, factor * (double)tests / (double)(i + 1) * ranked[i].p);
		adjusted[ranked[i].at] = most;
	}
}

enum acc_status
acc_adjust(enum acc_adjustment how, const double *p, size_t count, double *adjusted)
{
	struct ranked *ranked = acc_array(count, sizeof *ranked);
	size_t tests = 0;
	double harmonic = 0;
	if (!ranked)
		return ACC_NO_MEMORY;
	for (size_t i = 0; i < count; i++) {
		adjusted[i] = NAN;
		if (isnan(p[i]))
			continue;
		ranked[tests++] = (struct ranked){p[i], i};
		harmonic += 1 / (double)tests;
	}
	qsort(ranked, tests, sizeof *ranked, compare);
	if (how == ACC_ADJUST_HOLM)
		step_down(ranked, tests, adjusted);
	else
		step_up(ranked, tests, how == ACC_ADJUST_BY ? harmonic : 1, adjusted);
	free(ranked);
	return ACC_OK;
}
