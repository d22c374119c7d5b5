#include "stats/theme_map.h"
#include "stats/random.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void
acc_theme_map_free(struct acc_theme_map *map)
{
	acc_correspondence_free(&map->analysis);
	free(map->theme);
	free(map->group);
	free(map->member);
	*map = (struct acc_theme_map){0};
}

/* The participants of one group that somebody looked at. */
struct urn {
	struct acc_mentions mentions;
	double *share;   /* owned, [blocks] how many such blocks there are; 0: nobody looked */
	unsigned *times; /* owned, [blocks] drawn */
	unsigned members;
};

/* Sums over replicates of a point's moves. */
struct moves {
	double n, x, y, xx, yy, xy;
};

struct run {
	const struct acc_patterns *patterns;
	const struct acc_map_plan *plan;
	struct acc_theme_map *map;
	size_t themes, groups;
	struct urn *urn;     /* owned, [groups] */
	double *count;       /* owned, [themes * groups] */
	struct moves *moves; /* owned, [themes + groups] */
};

/* ---- counting ---- */

static enum acc_status
fill_urn(struct run *run, uint32_t group)
{
	struct urn *urn = &run->urn[group];
	double members = 0;
	enum acc_status status =
	    acc_mentions_make(&urn->mentions, run->patterns, run->plan->present, &run->plan->layer,
			      group, run->plan->cluster);
	if (status != ACC_OK)
		return status;
	urn->share = acc_array(urn->mentions.blocks.count, sizeof *urn->share);
	urn->times = acc_array(urn->mentions.blocks.count, sizeof *urn->times);
	if (!urn->share || !urn->times)
		return ACC_NO_MEMORY;
	for (size_t b = 0; b < urn->mentions.blocks.count; b++)
		if (acc_mentions_looked(&urn->mentions, b))
			members += urn->share[b] = (double)urn->mentions.blocks.times[b];
	if (members > UINT32_MAX)
		return ACC_TOO_LARGE;
	urn->members = (unsigned)members;
	run->map->kind = urn->mentions.blocks.kind;
	return ACC_OK;
}

/* Add `times` times the participants of a block to the table. */
static void
add_block(struct run *run, uint32_t group, size_t block, double times)
{
	const double *with = run->urn[group].mentions.with + block * run->themes;
	for (size_t t = 0; t < run->themes; t++)
		run->count[t * run->groups + group] += times * with[t];
}

static void
count_all(struct run *run)
{
	for (uint32_t g = 0; g < run->groups; g++)
		for (size_t b = 0; b < run->urn[g].mentions.blocks.count; b++)
			add_block(run, g, b, run->urn[g].share[b]);
}

/* ---- replicates ---- */

static void
draw_group(struct run *run, uint32_t group, gsl_rng *rng, uint64_t replicate)
{
	struct urn *urn = &run->urn[group];
	struct acc_address address = {
	    .seed = run->plan->seed,
	    .purpose = ACC_PURPOSE_MAP,
	    .group = acc_address_of(acc_vocabulary_name(&run->patterns->group, group)),
	    .theme = ACC_NONE,
	    .replicate = replicate};
	double scale = 1;
	acc_random_go(rng, &address);
	if (urn->members > 1) {
		gsl_ran_multinomial(rng, urn->mentions.blocks.count, urn->members - 1, urn->share,
				    urn->times);
		scale = urn->members / (urn->members - 1.0);
	} else
		for (size_t b = 0; b < urn->mentions.blocks.count; b++)
			urn->times[b] = (unsigned)urn->share[b];
	for (size_t b = 0; b < urn->mentions.blocks.count; b++)
		add_block(run, group, b, scale * urn->times[b]);
}

static void
add_move(struct moves *moves, const double *now, const double *then, size_t axes)
{
	double x = now[0] - then[0], y = axes > 1 ? now[1] - then[1] : 0;
	if (isnan(x) || isnan(y))
		return;
	moves->n++;
	moves->x += x;
	moves->y += y;
	moves->xx += x * x;
	moves->yy += y * y;
	moves->xy += x * y;
}

static enum acc_status
replicate(struct run *run, gsl_rng *rng, uint64_t number)
{
	const struct acc_correspondence *target = &run->map->analysis;
	struct acc_correspondence here;
	memset(run->count, 0, run->themes * run->groups * sizeof *run->count);
	for (uint32_t g = 0; g < run->groups; g++)
		draw_group(run, g, rng, number);
	enum acc_status status =
	    acc_correspondence_make(&here, run->count, run->themes, run->groups);
	if (status != ACC_OK)
		return status;
	if (here.reason == ACC_DEFINED) {
		status = acc_correspondence_align(&here, target);
		for (size_t t = 0; status == ACC_OK && t < run->themes; t++)
			add_move(&run->moves[t], here.row + t * target->axes,
				 target->row + t * target->axes, target->axes);
		for (size_t g = 0; status == ACC_OK && g < run->groups; g++)
			add_move(&run->moves[run->themes + g], here.column + g * target->axes,
				 target->column + g * target->axes, target->axes);
		run->map->replicates++;
	}
	acc_correspondence_free(&here);
	return status;
}

static enum acc_status
replicate_all(struct run *run)
{
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	enum acc_status status = rng ? ACC_OK : ACC_NO_MEMORY;
	for (size_t b = 0; status == ACC_OK && b < run->plan->replicates; b++)
		status = replicate(run, rng, b);
	if (rng)
		gsl_rng_free(rng);
	return status;
}

/* ---- points ---- */

/* Squared radius of the region of two means with this many degrees of freedom (Hotelling):
 * 2 df / (df - 1) F(2, df - 1), whose quantile has a closed form. NaN below two. */
static double
squared_radius(double df, double level)
{
	if (df < 2)
		return NAN;
	return df * (pow(1 - level, -2 / (df - 1)) - 1);
}

static void
set_ellipse(const struct run *run, struct acc_map_point *point, const struct moves *moves,
	    double df)
{
	double radius = squared_radius(df, run->plan->level);
	double n = moves->n, half, middle;
	if (isnan(radius)) {
		point->reason = ACC_REASON_one_cluster;
		return;
	}
	if (n < 2 || n < 0.95 * (double)run->plan->replicates) {
		point->reason = ACC_REASON_not_estimable;
		return;
	}
	point->var_x = (moves->xx - moves->x * moves->x / n) / (n - 1);
	point->var_y = (moves->yy - moves->y * moves->y / n) / (n - 1);
	point->cov_xy = (moves->xy - moves->x * moves->y / n) / (n - 1);
	middle = (point->var_x + point->var_y) / 2;
	half = hypot((point->var_x - point->var_y) / 2, point->cov_xy);
	point->long_axis = sqrt(radius * (middle + half));
	point->short_axis = sqrt(radius * fmax(0, middle - half));
	point->angle = atan2(2 * point->cov_xy, point->var_x - point->var_y) / 2 * 180 / M_PI;
}

static void
set_point(const struct run *run, struct acc_map_point *point, const double *coordinate,
	  const struct moves *moves, double clusters, double df)
{
	size_t axes = run->map->analysis.axes;
	double count = point->count;
	*point = (struct acc_map_point){.count = count,
					.clusters = clusters,
					.x = NAN,
					.y = NAN,
					.var_x = NAN,
					.var_y = NAN,
					.cov_xy = NAN,
					.long_axis = NAN,
					.short_axis = NAN,
					.angle = NAN,
					.reason = run->map->analysis.reason};
	if (point->reason != ACC_DEFINED)
		return;
	point->x = coordinate[0];
	point->y = axes > 1 ? coordinate[1] : NAN;
	if (run->map->kind == ACC_CLUSTER_UNIT)
		point->notes |= ACC_NOTE_units_as_clusters;
	if (clusters < 5)
		point->notes |= ACC_NOTE_few_clusters;
	if (isnan(point->x))
		point->reason = ACC_REASON_no_units;
	else if (axes < 2)
		point->reason = ACC_REASON_one_axis;
	else
		set_ellipse(run, point, moves, df);
}

/* Participants who have the theme, in all groups. */
static double
clusters_of(const struct run *run, size_t theme)
{
	double clusters = 0;
	for (size_t g = 0; g < run->groups; g++)
		for (size_t b = 0; b < run->urn[g].mentions.blocks.count; b++)
			if (run->urn[g].mentions.with[b * run->themes + theme] > 0)
				clusters += run->urn[g].share[b];
	return clusters;
}

static void
set_points(struct run *run)
{
	const struct acc_correspondence *analysis = &run->map->analysis;
	size_t axes = analysis->axes;
	for (size_t t = 0; t < run->themes; t++) {
		double clusters = clusters_of(run, t);
		set_point(run, &run->map->theme[t], analysis->row + t * axes, &run->moves[t],
			  clusters, clusters - 1);
	}
	for (size_t g = 0; g < run->groups; g++)
		set_point(run, &run->map->group[g], analysis->column + g * axes,
			  &run->moves[run->themes + g], run->urn[g].members,
			  run->urn[g].members - 1.0);
}

static void
count_points(struct run *run)
{
	for (size_t t = 0; t < run->themes; t++)
		for (size_t g = 0; g < run->groups; g++) {
			run->map->theme[t].count += run->count[t * run->groups + g];
			run->map->group[g].count += run->count[t * run->groups + g];
		}
}

static void
add_member(struct run *run, uint32_t group, size_t block, double *coordinate)
{
	const struct urn *urn = &run->urn[group];
	const struct acc_correspondence *analysis = &run->map->analysis;
	const double *with = urn->mentions.with + block * run->themes;
	const char *name = acc_mentions_name(&urn->mentions, run->patterns, block);
	if (!name || !(urn->share[block] > 0))
		return;
	struct acc_map_member *member = &run->map->member[run->map->members++];
	*member = (struct acc_map_member){.group = group, .name = name, .x = NAN, .y = NAN};
	for (size_t t = 0; t < run->themes; t++)
		member->count += with[t];
	if (analysis->reason != ACC_DEFINED)
		return;
	acc_correspondence_project(analysis, with, coordinate);
	member->x = coordinate[0];
	member->y = analysis->axes > 1 ? coordinate[1] : NAN;
}

static enum acc_status
set_members(struct run *run)
{
	size_t most = 0;
	for (size_t g = 0; g < run->groups; g++)
		most += run->urn[g].mentions.blocks.count;
	double *coordinate = acc_array(run->map->analysis.axes, sizeof *coordinate);
	run->map->member = acc_array(most, sizeof *run->map->member);
	enum acc_status status = coordinate && run->map->member ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t g = 0; status == ACC_OK && g < run->groups; g++)
		for (size_t b = 0; b < run->urn[g].mentions.blocks.count; b++)
			add_member(run, g, b, coordinate);
	free(coordinate);
	return status;
}

/* ---- one run ---- */

static enum acc_status
begin(struct run *run)
{
	enum acc_status status = ACC_OK;
	run->themes = acc_layer_themes(run->patterns);
	run->groups = run->patterns->group.count;
	run->urn = acc_array(run->groups, sizeof *run->urn);
	run->count = acc_array(run->themes * run->groups, sizeof *run->count);
	run->moves = acc_array(run->themes + run->groups, sizeof *run->moves);
	run->map->theme = acc_array(run->themes, sizeof *run->map->theme);
	run->map->group = acc_array(run->groups, sizeof *run->map->group);
	if (!run->urn || !run->count || !run->moves || !run->map->theme || !run->map->group)
		return ACC_NO_MEMORY;
	for (uint32_t g = 0; status == ACC_OK && g < run->groups; g++)
		status = fill_urn(run, g);
	return status;
}

static void
end(struct run *run)
{
	for (size_t g = 0; run->urn && g < run->groups; g++) {
		acc_mentions_free(&run->urn[g].mentions);
		free(run->urn[g].share);
		free(run->urn[g].times);
	}
	free(run->urn);
	free(run->count);
	free(run->moves);
}

enum acc_status
acc_theme_map_make(struct acc_theme_map *map, const struct acc_patterns *patterns,
		   const struct acc_map_plan *plan)
{
	struct run run = {.patterns = patterns, .plan = plan, .map = map};
	*map = (struct acc_theme_map){0};
	enum acc_status status = begin(&run);
	if (status == ACC_OK) {
		count_all(&run);
		count_points(&run);
		status = acc_correspondence_make(&map->analysis, run.count, run.themes, run.groups);
	}
	if (status == ACC_OK)
		status = set_members(&run);
	if (status == ACC_OK && map->analysis.axes > 1)
		status = replicate_all(&run);
	if (status == ACC_OK)
		set_points(&run);
	end(&run);
	if (status != ACC_OK)
		acc_theme_map_free(map);
	return status;
}
