/* group_agreement_test: Welch's F of one assignment of people to groups. */
#include "stats/group_agreement.h"
#include "stats/group_agreement_desk.h"

#include <math.h>
#include <string.h>

/* ---- estimable ---- */

/* A group under an assignment, on a theme. */
struct members {
	const struct acc_group_agreement *agreement;
	const struct acc_group_desk *desk;
	size_t theme, which;
};

static double
clusters_without(const void *context, size_t category)
{
	const struct members *members = context;
	const struct acc_group_agreement *agreement = members->agreement;
	const struct acc_group_desk *desk = members->desk;
	double clusters = 0;
	for (size_t i = desk->first[members->which] * ACC_LANES;
	     i < desk->first[members->which + 1] * ACC_LANES; i++) {
		double *row = acc_group_row(agreement, members->theme, desk->place[i]);
		const double *mass = acc_group_mass(agreement, row);
		double others = 0;
		for (size_t k = 0; k < agreement->plan->weights->categories; k++)
			others += k == category ? 0 : mass[k];
		clusters += others > 0;
	}
	return clusters;
}

static bool
is_estimable(const struct members *members)
{
	const struct acc_group_agreement *agreement = members->agreement;
	const struct acc_weights *weights = agreement->plan->weights;
	struct acc_presence *presence = members->desk->presence;
	double *row = members->desk->sum + members->which * agreement->width;
	const double *mass = acc_group_mass(agreement, row), *has = acc_group_has(agreement, row);
	for (size_t k = 0; k < weights->categories; k++)
		presence[k] = (struct acc_presence){mass[k], has[k], 0};
	return acc_estimable(weights, presence, weights->categories, clusters_without, members);
}

/* Which groups are good enough to be compared on a theme; are all? */
static bool
find_estimable(const struct acc_group_agreement *agreement, struct acc_group_desk *desk,
	       size_t theme)
{
	bool all = true;
	for (size_t g = 0; g < agreement->people->groups; g++) {
		bool is = is_estimable(&(struct members){agreement, desk, theme, g});
		all = all && is;
		if (acc_group_weight(agreement, theme) > 0)
			desk->estimable[g] = desk->estimable[g] || is;
	}
	return all;
}

/* ---- tests ---- */

static void
test_all(const struct acc_group_agreement *agreement, const struct acc_group_desk *desk, bool all,
	 double *statistic)
{
	for (size_t k = 0; !all && k < agreement->plan->coefficients; k++)
		statistic[k] = NAN;
	if (all)
		acc_group_desk_test(desk, agreement, statistic);
}

static void
test_theme(const struct acc_group_agreement *agreement, size_t theme, struct acc_group_desk *desk,
	   double *statistic)
{
	acc_group_desk_add(desk, agreement, theme);
	bool all = find_estimable(agreement, desk, theme);
	for (size_t g = 0; g < agreement->people->groups; g++) {
		double *sum = desk->sum + g * agreement->width, *units = desk->units + 3 * g;
		units[0] = sum[ACC_TALLY_PAIRED];
		units[1] = acc_group_more(agreement, sum)[ACC_GROUP_SQUARED];
		units[2] = acc_group_more(agreement, sum)[ACC_GROUP_RATED];
	}
	acc_group_desk_theme(desk, agreement, theme, all);
	test_all(agreement, desk, all, statistic);
}

/* Number of clusters, units and squares of units of each group, of all themes together. */
static void
count_units(const struct acc_group_agreement *agreement, const uint32_t *group,
	    struct acc_group_desk *desk)
{
	memset(desk->units, 0, 3 * agreement->people->groups * sizeof *desk->units);
	for (size_t c = 0; c < agreement->people->clusters; c++) {
		double *units = desk->units + 3 * group[c], pairs = agreement->pairs[c];
		units[0] += pairs;
		units[1] += pairs * pairs;
		units[2] += agreement->rated[c];
	}
}

static void
test_pool(const struct acc_group_agreement *agreement, const uint32_t *group,
	  struct acc_group_desk *desk, double *statistic)
{
	bool all = true;
	for (size_t g = 0; g < agreement->people->groups; g++)
		all = all && desk->estimable[g];
	if (all) {
		acc_group_desk_pool(desk, agreement);
		count_units(agreement, group, desk);
	}
	test_all(agreement, desk, all, statistic);
}

static void
statistics_of(const void *context, const uint32_t *group, double *scratch, double *statistic)
{
	const struct acc_group_agreement *agreement = context;
	size_t coefficients = agreement->plan->coefficients, groups = agreement->people->groups;
	double *pooled = statistic + agreement->themes * coefficients;
	struct acc_group_desk desk;
	acc_group_desk_make(&desk, agreement, scratch);
	acc_group_desk_seat(&desk, agreement, group);
	memset(desk.pool, 0, 2 * desk.blocks * coefficients * sizeof *desk.pool);
	memset(desk.estimable, 0, groups * sizeof *desk.estimable);
	for (size_t t = 0; t < agreement->themes; t++)
		test_theme(agreement, t, &desk, statistic + t * coefficients);
	if (agreement->themes == 1)
		memcpy(pooled, statistic, coefficients * sizeof *pooled);
	else
		test_pool(agreement, group, &desk, pooled);
}

struct acc_statistic
acc_group_agreement_statistic(const struct acc_group_agreement *agreement)
{
	struct acc_group_desk desk;
	return (struct acc_statistic){
	    .context = agreement,
	    .statistics = (agreement->themes + 1) * agreement->plan->coefficients,
	    .scratch = acc_group_desk_make(&desk, agreement, NULL),
	    .of = statistics_of,
	};
}
