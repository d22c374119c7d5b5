#include "stats/group_agreement.h"
#include "stats/comparison.h"
#include "stats/estimable.h"
#include "stats/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS_MAX = 100000000 }; /* doubles */

struct acc_group_agreement {
	const struct acc_people *people;
	const struct acc_plan *plan;
	struct acc_tally shape; /* of a tally; its cells are scratch while it is made */
	struct acc_panel panel; /* of the theme at hand while it is made */
	size_t themes;
	double *cell;  /* owned, [themes * clusters * shape.length] */
	double *mass;  /* owned, [themes * clusters * categories] sums of r_ik / r_i */
	double *pairs; /* owned, [clusters] units with a pair of ratings on some theme */
	bool *rated;   /* owned, [clusters] has a rating on some theme */
	/* Scratch while it is made, [patterns]: has a pair of ratings on some theme. */
	bool *paired;
	uint32_t *coder_of; /* owned, [coders of the study]: as in acc_panel_make */
	size_t coders;      /* that rated something of these people */
	size_t theme;
};

void
acc_group_agreement_free(struct acc_group_agreement *agreement)
{
	if (!agreement)
		return;
	acc_tally_free(&agreement->shape);
	acc_panel_free(&agreement->panel);
	free(agreement->cell);
	free(agreement->mass);
	free(agreement->pairs);
	free(agreement->rated);
	free(agreement->paired);
	free(agreement->coder_of);
	free(agreement);
}

static double *
cells_of(const struct acc_group_agreement *agreement, size_t theme, size_t cluster)
{
	return agreement->cell +
	       (theme * agreement->people->clusters + cluster) * agreement->shape.length;
}

static double *
mass_of(const struct acc_group_agreement *agreement, size_t theme, size_t cluster)
{
	return agreement->mass + (theme * agreement->people->clusters + cluster) *
				     agreement->plan->weights->categories;
}

/* How much a theme counts in the pool. */
static double
weight_of(const struct acc_group_agreement *agreement, size_t theme)
{
	return acc_plan_theme_weight(agreement->plan, (uint32_t)theme);
}

/* ---- making ---- */

static void
take_coders(void *context, size_t cluster, uint32_t number, double units)
{
	struct acc_group_agreement *agreement = context;
	struct acc_pattern pattern = acc_patterns_get(agreement->people->patterns, number);
	(void)cluster, (void)units;
	for (size_t i = 0; i < pattern.ratings; i++)
		agreement->coder_of[pattern.rating[2 * i]] = 0;
}

/* A coder of other groups only is not in the panel, as in the estimates. */
static enum acc_status
find_coders(struct acc_group_agreement *agreement)
{
	uint32_t all = agreement->people->patterns->coder.count;
	agreement->coder_of = acc_array(all, sizeof *agreement->coder_of);
	if (!agreement->coder_of)
		return ACC_NO_MEMORY;
	for (uint32_t j = 0; j < all; j++)
		agreement->coder_of[j] = ACC_NONE;
	acc_people_each(agreement->people, take_coders, agreement);
	for (uint32_t j = 0; j < all; j++)
		if (agreement->coder_of[j] != ACC_NONE)
			agreement->coder_of[j] = (uint32_t)agreement->coders++;
	return ACC_OK;
}

static void
take(void *context, size_t cluster, uint32_t pattern, double units)
{
	struct acc_group_agreement *agreement = context;
	struct acc_tally tally = agreement->shape;
	const struct acc_panel *panel = &agreement->panel;
	size_t ratings = acc_panel_ratings(panel, pattern);
	double *mass = mass_of(agreement, agreement->theme, cluster);
	for (size_t i = panel->first[pattern]; i < panel->first[pattern + 1]; i += 2)
		mass[panel->mark[i + 1]] += units / (double)ratings;
	tally.cell = cells_of(agreement, agreement->theme, cluster);
	acc_tally_add(&tally, &agreement->panel, pattern, units, agreement->plan->weights);
	if (!(weight_of(agreement, agreement->theme) > 0))
		return;
	agreement->rated[cluster] = agreement->rated[cluster] || ratings > 0;
	agreement->paired[pattern] = agreement->paired[pattern] || ratings > 1;
}

static void
take_pairs(void *context, size_t cluster, uint32_t pattern, double units)
{
	struct acc_group_agreement *agreement = context;
	agreement->pairs[cluster] += agreement->paired[pattern] ? units : 0;
}

static enum acc_status
fill(struct acc_group_agreement *agreement)
{
	const struct acc_patterns *patterns = agreement->people->patterns;
	struct acc_scope scope = {
	    .group = ACC_NONE, .coder_of = agreement->coder_of, .coders = agreement->coders};
	for (uint32_t t = 0; t < agreement->themes; t++) {
		enum acc_status status =
		    acc_plan_panel(agreement->plan, patterns, &scope, t, &agreement->panel);
		if (status != ACC_OK)
			return status;
		agreement->theme = t;
		acc_people_each(agreement->people, take, agreement);
		acc_panel_free(&agreement->panel);
	}
	acc_people_each(agreement->people, take_pairs, agreement);
	return ACC_OK;
}

static enum acc_status
allocate(struct acc_group_agreement *agreement)
{
	const struct acc_people *people = agreement->people;
	const struct acc_plan *plan = agreement->plan;
	size_t categories = plan->weights->categories, coders = agreement->coders, all, masses;
	size_t rows = people->clusters * agreement->themes;
	enum acc_status status =
	    acc_tally_make_for(&agreement->shape, acc_weights_columns(plan->weights), coders,
			       acc_plan_needs(plan, categories, coders));
	if (status != ACC_OK)
		return status;
	if (__builtin_mul_overflow(rows, agreement->shape.length, &all) || all > CELLS_MAX ||
	    __builtin_mul_overflow(rows, categories, &masses) || masses > CELLS_MAX)
		return ACC_TOO_LARGE;
	agreement->cell = acc_array(all, sizeof *agreement->cell);
	agreement->mass = acc_array(masses, sizeof *agreement->mass);
	agreement->pairs = acc_array(people->clusters, sizeof *agreement->pairs);
	agreement->rated = acc_array(people->clusters, sizeof *agreement->rated);
	agreement->paired = acc_array(people->patterns->vector.count, sizeof *agreement->paired);
	return agreement->cell && agreement->mass && agreement->pairs && agreement->rated &&
		       agreement->paired
		   ? ACC_OK
		   : ACC_NO_MEMORY;
}

struct acc_group_agreement *
acc_group_agreement_make(const struct acc_people *people, const struct acc_plan *plan,
			 enum acc_status *status)
{
	struct acc_group_agreement *agreement = acc_array(1, sizeof *agreement);
	*status = ACC_NO_MEMORY;
	if (!agreement)
		return NULL;
	agreement->people = people;
	agreement->plan = plan;
	agreement->themes = acc_plan_questions(plan, people->patterns);
	*status = find_coders(agreement);
	if (*status == ACC_OK)
		*status = allocate(agreement);
	if (*status == ACC_OK)
		*status = fill(agreement);
	if (*status == ACC_OK)
		return agreement;
	acc_group_agreement_free(agreement);
	return NULL;
}

/* ---- one assignment ---- */

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
		const double *mass = mass_of(members->agreement, members->theme, c);
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
		const double *mass = mass_of(members->agreement, members->theme, c);
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
		if (weight_of(agreement, theme) > 0)
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
		const double *cell = pooled ? NULL : cells_of(agreement, theme, c);
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
		add(desk->sum + group[c] * length, cells_of(agreement, theme, c), length);
	for (size_t g = 0; g < groups; g++)
		for (size_t k = 0; k < plan->coefficients; k++) {
			struct acc_tally tally = agreement->shape;
			struct acc_disagreement at;
			size_t here = g * plan->coefficients + k;
			tally.cell = desk->sum + g * length;
			acc_coefficient_value(plan->coefficient[k], &tally, plan->weights, &at,
					      &desk->value[here]);
			add_pool(desk->whole + 2 * here, &at, weight_of(agreement, theme));
		}
}

static void
leave_out(const struct acc_group_agreement *agreement, uint32_t group, size_t theme, size_t cluster,
	  struct desk *desk)
{
	const struct acc_plan *plan = agreement->plan;
	const double *cell = cells_of(agreement, theme, cluster);
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
			 weight_of(agreement, theme));
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
