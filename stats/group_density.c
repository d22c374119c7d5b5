#include "stats/group_density.h"
#include "stats/prevalence.h"
#include "stats/welch_lanes.h"

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
		density->seen[cluster * density->stride + t] += reading->state[t] >= 0 ? units : 0;
		density->with[cluster * density->stride + t] += reading->state[t] > 0 ? units : 0;
	}
}

enum acc_status
acc_group_density_make(struct acc_group_density *density, const struct acc_people *people,
		       uint32_t present, const struct acc_layer *layer)
{
	uint32_t themes = acc_layer_themes(people->patterns);
	size_t stride = ((size_t)themes + ACC_LANES - 1) / ACC_LANES * ACC_LANES, cells;
	if (__builtin_mul_overflow(people->clusters, stride, &cells))
		return ACC_TOO_LARGE;
	*density = (struct acc_group_density){.people = people,
					      .themes = themes,
					      .stride = stride,
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

/* What a group has of the themes at hand. */
struct part {
	acc_lanes with, seen, squares, clusters, variance, ratio;
	acc_lanes having, lacking; /* clusters with a unit that has the theme, that lacks it */
};

ACC_LANES_INLINE acc_lanes
one_where(acc_lane_mask mask)
{
	return acc_lanes_where(mask, acc_lanes_of(1));
}

ACC_LANES_INLINE acc_lane_mask
estimable(const struct part *part)
{
	const acc_lanes units = acc_lanes_of(ACC_DENSITY_UNITS);
	const acc_lanes clusters = acc_lanes_of(ACC_DENSITY_CLUSTERS);
	return acc_lanes_reach(part->with, units) &
	       acc_lanes_reach(part->seen - part->with, units) &
	       acc_lanes_reach(part->having, clusters) & acc_lanes_reach(part->lacking, clusters);
}

ACC_LANES_INLINE struct acc_lane_arm
arm_of(const struct part *part)
{
	acc_lane_mask usable = estimable(part);
	acc_lanes odds = part->ratio * (1 - part->ratio), value = part->ratio / (1 - part->ratio);
	acc_lanes variance = part->variance * (part->clusters - 1) / part->clusters;
	acc_lanes df = part->seen * part->seen / part->squares - 1;
	acc_lane_mask few = acc_lanes_above(acc_lanes_of(1), df);
	for (size_t lane = 0; lane < ACC_LANES; lane++)
		value[lane] = usable[lane] ? log(value[lane]) : NAN;
	return (struct acc_lane_arm){value, odds * odds / variance,
				     acc_lanes_where(~few, df) + one_where(few)};
}

static void
add_up(const struct acc_group_density *density, size_t first, const uint32_t *group,
       struct part *part)
{
	for (size_t c = 0; c < density->people->clusters; c++) {
		struct part *of = &part[group[c]];
		acc_lanes seen = *(const acc_lanes *)(density->seen + c * density->stride + first);
		acc_lanes with = *(const acc_lanes *)(density->with + c * density->stride + first);
		of->with += with;
		of->having += one_where(acc_lanes_positive(with));
		of->lacking += one_where(acc_lanes_above(seen, with));
		of->seen += seen;
		of->squares += seen * seen;
		of->clusters += one_where(acc_lanes_positive(seen));
	}
}

static void
leave_out(const struct acc_group_density *density, size_t first, const uint32_t *group,
	  struct part *part)
{
	for (size_t c = 0; c < density->people->clusters; c++) {
		struct part *of = &part[group[c]];
		acc_lanes seen = *(const acc_lanes *)(density->seen + c * density->stride + first);
		acc_lanes with = *(const acc_lanes *)(density->with + c * density->stride + first);
		acc_lanes apart = (of->with - with) / (of->seen - seen) - of->ratio;
		of->variance += acc_lanes_where(acc_lanes_positive(seen), apart * apart);
	}
}

/* The themes from `first` on. */
static void
test(const struct acc_group_density *density, size_t first, const uint32_t *group,
     struct part *part, struct acc_lane_arm *arm, double *statistic)
{
	size_t groups = density->people->groups;
	memset(part, 0, groups * sizeof *part);
	add_up(density, first, group, part);
	for (size_t g = 0; g < groups; g++)
		part[g].ratio = part[g].with / part[g].seen;
	leave_out(density, first, group, part);
	for (size_t g = 0; g < groups; g++)
		arm[g] = arm_of(&part[g]);
	acc_lanes f = acc_welch_lanes(arm, groups);
	for (size_t i = 0; i < ACC_LANES && first + i < density->themes; i++)
		statistic[first + i] = f[i];
}

enum { PART = sizeof(struct part) / sizeof(double) };

static void
statistics_of(const void *context, const uint32_t *group, double *scratch, double *statistic)
{
	const struct acc_group_density *density = context;
	struct part *part = (void *)scratch;
	struct acc_lane_arm *arm = (void *)(scratch + PART * density->people->groups);
	for (size_t first = 0; first < density->themes; first += ACC_LANES)
		test(density, first, group, part, arm, statistic);
}

struct acc_statistic
acc_group_density_statistic(const struct acc_group_density *density)
{
	size_t arm = sizeof(struct acc_lane_arm) / sizeof(double);
	return (struct acc_statistic){.context = density,
				      .statistics = density->themes,
				      .scratch = density->people->groups * (PART + arm),
				      .of = statistics_of};
}
