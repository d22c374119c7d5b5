#include "stats/group_density.h"
#include "stats/comparison.h"
#include "stats/prevalence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	struct acc_group_density *density;
	uint32_t present;
	const struct acc_layer *layer;
	signed char *state; /* owned, as are the next two: [themes] */
	uint32_t *looked, *applied;
};

void
acc_group_density_free(struct acc_group_density *density)
{
	free(density->with);
	free(density->seen);
	*density = (struct acc_group_density){0};
}

static void
take(void *context, size_t cluster, uint32_t number, double units)
{
	struct reading *reading = context;
	struct acc_group_density *density = reading->density;
	const struct acc_patterns *patterns = density->people->patterns;
	struct acc_pattern pattern = acc_patterns_get(patterns, number);
	acc_layer_read(patterns, reading->present, reading->layer, &pattern, reading->state,
		       reading->looked, reading->applied);
	for (size_t t = 0; t < density->themes; t++) {
		density->seen[cluster * density->themes + t] += reading->state[t] >= 0 ? units : 0;
		density->with[cluster * density->themes + t] += reading->state[t] > 0 ? units : 0;
	}
}

enum acc_status
acc_group_density_make(struct acc_group_density *density, const struct acc_people *people,
		       uint32_t present, const struct acc_layer *layer)
{
	uint32_t themes = acc_layer_themes(people->patterns);
	size_t cells;
	if (__builtin_mul_overflow(people->clusters, (size_t)themes, &cells))
		return ACC_TOO_LARGE;
	*density = (struct acc_group_density){.people = people,
					      .themes = themes,
					      .with = acc_array(cells, sizeof *density->with),
					      .seen = acc_array(cells, sizeof *density->seen)};
	struct reading reading = {density,
				  present,
				  layer,
				  acc_array(themes, sizeof *reading.state),
				  acc_array(themes, sizeof *reading.looked),
				  acc_array(themes, sizeof *reading.applied)};
	bool made =
	    density->with && density->seen && reading.state && reading.looked && reading.applied;
	if (made)
		acc_people_each(people, take, &reading);
	else
		acc_group_density_free(density);
	free(reading.state);
	free(reading.looked);
	free(reading.applied);
	return made ? ACC_OK : ACC_NO_MEMORY;
}

/* What a group has of the theme at hand. */
struct part {
	double with, seen, squares, clusters, variance;
	double having, lacking; /* clusters with a unit that has the theme, that lacks it */
};

static struct acc_arm
arm_of(const struct part *part)
{
	double p = part->with / part->seen, odds = p * (1 - p);
	double se = sqrt(part->variance * (part->clusters - 1) / part->clusters);
	double df = part->seen * part->seen / part->squares - 1;
	return (struct acc_arm){
	    log(p / (1 - p)), se / odds, df < 1 ? 1 : df,
	    acc_density_estimable(part->with, part->seen, part->having, part->lacking)};
}

static double
test(const struct acc_group_density *density, size_t theme, const uint32_t *group,
     struct part *part, struct acc_arm *arm)
{
	size_t groups = density->people->groups, clusters = density->people->clusters;
	memset(part, 0, groups * sizeof *part);
	for (size_t c = 0; c < clusters; c++) {
		double seen = density->seen[c * density->themes + theme];
		double with = density->with[c * density->themes + theme];
		part[group[c]].with += with;
		part[group[c]].having += with > 0;
		part[group[c]].lacking += with < seen;
		part[group[c]].seen += seen;
		part[group[c]].squares += seen * seen;
		part[group[c]].clusters += seen > 0;
	}
	for (size_t c = 0; c < clusters; c++) {
		struct part *of = &part[group[c]];
		double seen = density->seen[c * density->themes + theme];
		double with = density->with[c * density->themes + theme];
		double apart = (of->with - with) / (of->seen - seen) - of->with / of->seen;
		of->variance += seen > 0 ? apart * apart : 0;
	}
	for (size_t g = 0; g < groups; g++)
		arm[g] = arm_of(&part[g]);
	return acc_welch_statistic(arm, groups).statistic;
}

enum {
	PART = sizeof(struct part) / sizeof(double) + 1,
	ARM = sizeof(struct acc_arm) / sizeof(double) + 1
};

static void
statistics_of(const void *context, const uint32_t *group, double *scratch, double *statistic)
{
	const struct acc_group_density *density = context;
	struct part *part = (void *)scratch;
	struct acc_arm *arm = (void *)(scratch + PART * density->people->groups);
	for (size_t t = 0; t < density->themes; t++)
		statistic[t] = test(density, t, group, part, arm);
}

struct acc_statistic
acc_group_density_statistic(const struct acc_group_density *density)
{
	return (struct acc_statistic){.context = density,
				      .statistics = density->themes,
				      .scratch = density->people->groups * (PART + ARM),
				      .of = statistics_of};
}
