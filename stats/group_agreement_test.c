/* group_agreement_test: Welch's F of one assignment of people to groups. */
#include "stats/comparison.h"
#include "stats/estimable.h"
#include "stats/group_agreement.h"
#include "stats/group_agreement_cells.h"
#include "stats/interval.h"

#include <math.h>
#include <string.h>

/* The scratch of a thread, cut into its arrays. */
struct desk {
	double *sum;       /* [groups * length] tallies of the groups on the theme at hand */
	double *without;   /* [length] */
	double *value;     /* [groups * coefficients] */
	double *variance;  /* [groups * coefficients] sum of squares; NaN once undefined */
	double *units;     /* [groups * 3] units, their squares, clusters */
	double *pool;      /* [clusters * coefficients * 2] D_o and D_e without the cluster */
	double *whole;     /* [groups * coefficients * 2] D_o and D_e */
	double *arms;      /* [groups] of struct acc_arm */
	double *presence;  /* [categories] of struct acc_presence, of the group at hand */
	double *estimable; /* [groups * 2] 1 where the group is: on the theme at hand, on any */
};

static size_t
lay_out(const struct acc_group_agreement *agreement, double *scratch, struct desk *desk)
{
	size_t groups = agreement->people->groups, coefficients = agreement->plan->coefficients;
	size_t length = agreement->shape.length, at = 0, whole = groups * coefficients;
	struct {
		double **array;
		size_t count;
	} part[] = {
	    {&desk->sum, groups * length},
	    {&desk->without, length},
	    {&desk->value, whole},
	    {&desk->variance, whole},
	    {&desk->units, 3 * groups},
	    {&desk->pool, 2 * coefficients * agreement->people->clusters},
	    {&desk->whole, 2 * whole},
	    {&desk->arms, groups * (sizeof(struct acc_arm) / sizeof(double) + 1)},
	    {&desk->presence, agreement->plan->weights->categories *
				  (sizeof(struct acc_presence) / sizeof(double) + 1)},
	    {&desk->estimable, 2 * groups},
	};
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		if (scratch)
			*part[i].array = scratch + at;
		at += part[i].count;
	}
	return at;
}

static void
add(double *into, const double *what, size_t length)
{
	for (size_t i = 0; i < length; i++)
		into[i] += what[i];
}

/* What a theme has of the pool; nothing where it is undefined. */
static void
add_pool(double *into, const struct acc_disagreement *at, double weight)
{
	if (isnan(at->observed))
		return;
	into[0] += weight * at->observed;
	into[1] += weight * at->expected;
}

/* A group under an assignment, on a theme. */
struct members {
	const struct acc_group_agreement *agreement;
	const uint32_t *group;
	size_t theme;
	uint32_t which;
};

static double
clusters_without(const void *context, size_t category)
{
	const struct members *members = context;
	size_t categories = members->agreement->plan->weights->categories;
	double clusters = 0;
	for (size_t c = 0; c < members->agreement->people->clusters; c++) {
		const double *mass = acc_group_mass(members->agreement, members->theme, c);
		double others = 0;
		for (size_t k = 0; k < categories; k++)
			others += k == category ? 0 : mass[k];
		clusters += members->group[c] == members->which && others > 0;
	}
	return clusters;
}

static bool
is_estimable(const struct members *members, struct acc_presence *presence)
{
	const struct acc_weights *weights = members->agreement->plan->weights;
	memset(presence, 0, weights->categories * sizeof *presence);
	for (size_t c = 0; c < members->agreement->people->clusters; c++) {
		const double *mass = acc_group_mass(members->agreement, members->theme, c);
		if (members->group[c] != members->which)
			continue;
		for (size_t k = 0; k < weights->categories; k++) {
			presence[k].mass += mass[k];
			presence[k].clusters += mass[k] > 0;
		}
	}
	return acc_estimable(weights, presence, weights->categories, clusters_without, members);
}

/* Which groups are good enough to be compared on a theme. */
static void
find_estimable(const struct acc_group_agreement *agreement, const uint32_t *group, size_t theme,
	       struct desk *desk)
{
	for (uint32_t g = 0; g < agreement->people->groups; g++) {
		struct members members = {agreement, group, theme, g};
		double is = is_estimable(&members, (void *)desk->presence);
		desk->estimable[2 * g] = is;
		if (acc_group_weight(agreement, theme) > 0)
			desk->estimable[2 * g + 1] = fmax(desk->estimable[2 * g + 1], is);
	}
}

/* Number of clusters, units and squares of units of each group. */
static void
count_units(const struct acc_group_agreement *agreement, const uint32_t *group, size_t theme,
	    struct desk *desk)
{
	bool pooled = theme == agreement->themes;
	memset(desk->units, 0, 3 * agreement->people->groups * sizeof *desk->units);
	for (size_t c = 0; c < agreement->people->clusters; c++) {
		const double *cell = pooled ? NULL : acc_group_cells(agreement, theme, c);
		double pairs = pooled ? agreement->pairs[c] : cell[ACC_TALLY_PAIRED];
		bool rated = pooled ? agreement->rated[c] : cell[ACC_TALLY_RATED] > 0;
		double *units = desk->units + 3 * group[c];
		units[0] += pairs;
		units[1] += pairs * pairs;
		units[2] += rated;
	}
}

static void
deviate(double *variance, double without, double value)
{
	*variance += (without - value) * (without - value);
}

/* Welch's F of one coefficient from values and variances of the groups. */
static double
test(const struct acc_group_agreement *agreement, size_t coefficient, bool pooled,
     const struct desk *desk)
{
	size_t groups = agreement->people->groups;
	struct acc_arm *arm = (void *)desk->arms;
	for (size_t g = 0; g < groups; g++) {
		size_t here = g * agreement->plan->coefficients + coefficient;
		const double *units = desk->units + 3 * g;
		double value = desk->value[here], scale = (units[2] - 1) / units[2];
		double se = acc_standard_error(desk->variance[here] * scale, value);
		double df = units[1] > 0 ? units[0] * units[0] / units[1] - 1 : 0;
		arm[g] = (struct acc_arm){acc_fisher(value), se * acc_fisher_slope(value),
					  df < 1 ? 1 : df, desk->estimable[2 * g + pooled] > 0};
	}
	return acc_welch_statistic(arm, groups).statistic;
}

/* Values of the groups on a theme, and their part of the pool. */
static void
value_groups(const struct acc_group_agreement *agreement, const uint32_t *group, size_t theme,
	     struct desk *desk)
{
	const struct acc_plan *plan = agreement->plan;
	size_t length = agreement->shape.length, groups = agreement->people->groups;
	memset(desk->sum, 0, groups * length * sizeof *desk->sum);
	memset(desk->variance, 0, groups * plan->coefficients * sizeof *desk->variance);
	for (size_t c = 0; c < agreement->people->clusters; c++)
		add(desk->sum + group[c] * length, acc_group_cells(agreement, theme, c), length);
	for (size_t g = 0; g < groups; g++)
		for (size_t k = 0; k < plan->coefficients; k++) {
			struct acc_tally tally = agreement->shape;
			struct acc_disagreement at;
			size_t here = g * plan->coefficients + k;
			tally.cell = desk->sum + g * length;
			acc_coefficient_value(plan->coefficient[k], &tally, plan->weights, &at,
					      &desk->value[here]);
			add_pool(desk->whole + 2 * here, &at, acc_group_weight(agreement, theme));
		}
}

static void
leave_out(const struct acc_group_agreement *agreement, uint32_t group, size_t theme, size_t cluster,
	  struct desk *desk)
{
	const struct acc_plan *plan = agreement->plan;
	const double *cell = acc_group_cells(agreement, theme, cluster);
	const double *sum = desk->sum + group * agreement->shape.length;
	struct acc_tally tally = agreement->shape;
	tally.cell = desk->without;
	for (size_t i = 0; i < agreement->shape.length; i++)
		desk->without[i] = sum[i] - cell[i];
	for (size_t k = 0; k < plan->coefficients; k++) {
		size_t here = group * plan->coefficients + k;
		struct acc_disagreement at;
		double value;
		acc_coefficient_value(plan->coefficient[k], &tally, plan->weights, &at, &value);
		if (cell[ACC_TALLY_RATED] > 0)
			deviate(&desk->variance[here], value, desk->value[here]);
		add_pool(desk->pool + 2 * (cluster * plan->coefficients + k), &at,
			 acc_group_weight(agreement, theme));
	}
}

static void
test_theme(const struct acc_group_agreement *agreement, const uint32_t *group, size_t theme,
	   struct desk *desk, double *statistic)
{
	value_groups(agreement, group, theme, desk);
	for (size_t c = 0; c < agreement->people->clusters; c++)
		leave_out(agreement, group[c], theme, c, desk);
	count_units(agreement, group, theme, desk);
	find_estimable(agreement, group, theme, desk);
	for (size_t k = 0; k < agreement->plan->coefficients; k++)
		statistic[k] = test(agreement, k, false, desk);
}

static void
test_pool(const struct acc_group_agreement *agreement, const uint32_t *group, struct desk *desk,
	  double *statistic)
{
	size_t coefficients = agreement->plan->coefficients, groups = agreement->people->groups;
	memset(desk->variance, 0, groups * coefficients * sizeof *desk->variance);
	for (size_t i = 0; i < groups * coefficients; i++)
		acc_chance_correct(
		    &(struct acc_disagreement){desk->whole[2 * i], desk->whole[2 * i + 1]},
		    &desk->value[i]);
	for (size_t c = 0; c < agreement->people->clusters; c++)
		for (size_t k = 0; agreement->rated[c] && k < coefficients; k++) {
			const double *left = desk->pool + 2 * (c * coefficients + k);
			size_t here = group[c] * coefficients + k;
			double value;
			acc_chance_correct(&(struct acc_disagreement){left[0], left[1]}, &value);
			deviate(&desk->variance[here], value, desk->value[here]);
		}
	count_units(agreement, group, agreement->themes, desk);
	for (size_t k = 0; k < coefficients; k++)
		statistic[k] = test(agreement, k, true, desk);
}

static void
statistics_of(const void *context, const uint32_t *group, double *scratch, double *statistic)
{
	const struct acc_group_agreement *agreement = context;
	size_t coefficients = agreement->plan->coefficients;
	struct desk desk;
	lay_out(agreement, scratch, &desk);
	memset(desk.pool, 0, 2 * coefficients * agreement->people->clusters * sizeof *desk.pool);
	memset(desk.whole, 0, 2 * coefficients * agreement->people->groups * sizeof *desk.whole);
	memset(desk.estimable, 0, 2 * agreement->people->groups * sizeof *desk.estimable);
	for (size_t t = 0; t < agreement->themes; t++)
		test_theme(agreement, group, t, &desk, statistic + t * coefficients);
	double *pooled = statistic + agreement->themes * coefficients;
	if (agreement->themes == 1)
		memcpy(pooled, statistic, coefficients * sizeof *pooled);
	else
		test_pool(agreement, group, &desk, pooled);
}

struct acc_statistic
acc_group_agreement_statistic(const struct acc_group_agreement *agreement)
{
	struct desk desk;
	return (struct acc_statistic){
	    .context = agreement,
	    .statistics = (agreement->themes + 1) * agreement->plan->coefficients,
	    .scratch = lay_out(agreement, NULL, &desk),
	    .of = statistics_of,
	};
}
