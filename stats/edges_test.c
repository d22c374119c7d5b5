/* edges_test: Welch's F of all edges under one assignment of people to groups. */
#include "stats/edges.h"
#include "stats/welch_lanes.h"

#include <math.h>
#include <string.h>

struct sizes {
	double clusters, units, squares;
};

/* The scratch of a thread. */
struct desk {
	struct acc_edge *part;    /* [groups] */
	struct acc_lane_arm *arm; /* [groups] of the edges in the lanes */
	double *strength;         /* [groups] */
	struct sizes *sizes;      /* [groups] */
	uint32_t *place;          /* [clusters] the people, group by group */
	size_t *first, *next;     /* [groups + 1] where each group begins, and ends */
};

static size_t
desk_make(struct desk *desk, const struct acc_edges *edges, double *scratch)
{
	size_t groups = edges->people->groups, at = 0;
	desk->part = acc_statistic_cut(scratch, &at, groups, sizeof *desk->part);
	desk->arm = acc_statistic_cut(scratch, &at, groups, sizeof *desk->arm);
	desk->strength = acc_statistic_cut(scratch, &at, groups, sizeof *desk->strength);
	desk->sizes = acc_statistic_cut(scratch, &at, groups, sizeof *desk->sizes);
	desk->place = acc_statistic_cut(scratch, &at, edges->people->clusters, sizeof *desk->place);
	desk->first = acc_statistic_cut(scratch, &at, groups + 1, sizeof *desk->first);
	desk->next = acc_statistic_cut(scratch, &at, groups, sizeof *desk->next);
	return at;
}

/* Clusters of a group with units, and sums over them of units and their squares. */
static struct sizes
count_units(const struct acc_edge_row *row, const uint32_t *place, size_t people)
{
	struct sizes sizes = {0};
	for (size_t i = 0; i < people; i++) {
		acc_edge_counts minus = row[place[i]].minus;
		double units = -(double)(minus[0] + minus[1] + minus[2] + minus[3]);
		sizes.clusters += units > 0;
		sizes.units += units;
		sizes.squares += units * units;
	}
	return sizes;
}

static void
seat(struct desk *desk, const struct acc_edges *edges, const uint32_t *group)
{
	size_t groups = edges->people->groups, clusters = edges->people->clusters;
	memset(desk->first, 0, (groups + 1) * sizeof *desk->first);
	for (size_t c = 0; c < clusters; c++)
		desk->first[group[c] + 1]++;
	for (size_t g = 0; g < groups; g++) {
		desk->first[g + 1] += desk->first[g];
		desk->next[g] = desk->first[g];
	}
	for (size_t c = 0; c < clusters; c++)
		desk->place[desk->next[group[c]]++] = (uint32_t)c;
	for (size_t g = 0; edges->alike && g < groups; g++)
		desk->sizes[g] = count_units(edges->row, desk->place + desk->first[g],
					     desk->first[g + 1] - desk->first[g]);
}

/* ---- one edge ---- */

static acc_edge_counts
add_up(const struct acc_edge_row *row, const uint32_t *place, size_t people)
{
	acc_edge_counts minus = {0};
	for (size_t i = 0; i < people; i++)
		minus += row[place[i]].minus;
	return minus;
}

/* A group's weight, its error and degrees of freedom into a lane of the arm. Without the only one
 * who has units there is no weight. */
static void
weigh(const struct acc_edges *edges, size_t edge, struct desk *desk, size_t g, size_t lane)
{
	const struct acc_edge_row *row = edges->row + edge * edges->people->clusters;
	const uint32_t *place = desk->place + desk->first[g];
	size_t people = desk->first[g + 1] - desk->first[g];
	acc_edge_counts minus = add_up(row, place, people);
	struct acc_lane_arm *arm = &desk->arm[g];
	double weight;
	if (!edges->alike)
		desk->sizes[g] = count_units(row, place, people);
	const struct sizes *sizes = &desk->sizes[g];
	double variance = edges->measure->spread(row, place, people, edges->part, -minus, &weight);
	double df = sizes->units * sizes->units / sizes->squares - 1, n = sizes->clusters;
	arm->value[lane] = sizes->units > 0 ? weight : NAN;
	arm->weight[lane] = n > 1 ? n / ((n - 1) * variance) : NAN;
	arm->df[lane] = df > 1 ? df : 1;
	desk->strength[g] += fabs(arm->value[lane]);
}

/* The same of any numbers. */
static void
weigh_all(const struct acc_edges *edges, size_t edge, const uint32_t *group, struct desk *desk,
	  size_t lane)
{
	acc_edges_weigh(edges, edge, group, desk->part);
	for (size_t g = 0; g < edges->people->groups; g++) {
		const struct acc_edge *part = &desk->part[g];
		desk->arm[g].value[lane] = part->weight;
		desk->arm[g].weight[lane] = 1 / (part->se * part->se);
		desk->arm[g].df[lane] = part->df;
		desk->strength[g] += fabs(part->weight);
	}
}

/* All groups on an edge, into a lane of their arms. */
static void
weigh_groups(const struct acc_edges *edges, size_t edge, const uint32_t *group, struct desk *desk,
	     size_t lane)
{
	if (!edges->part)
		weigh_all(edges, edge, group, desk, lane);
	for (size_t g = 0; edges->part && g < edges->people->groups; g++)
		weigh(edges, edge, desk, g, lane);
}

/* ---- all edges ---- */

/* Root of the sum of squares about the mean: of two groups |a - b| / sqrt(2). */
static double
apart(const double *strength, size_t groups)
{
	double mean = 0, sum = 0;
	for (size_t g = 0; g < groups; g++)
		mean += strength[g] / (double)groups;
	for (size_t g = 0; g < groups; g++)
		sum += (strength[g] - mean) * (strength[g] - mean);
	return sqrt(sum);
}

/* Tests of the edges in the lanes. */
static void
test(const struct acc_edges *edges, const struct desk *desk, const size_t *edge, size_t lanes,
     double *statistic)
{
	acc_lanes f = acc_welch_lanes(desk->arm, edges->people->groups);
	for (size_t i = 0; i < lanes; i++)
		statistic[edge[i]] = f[i];
}

static void
statistics_of(const void *context, const uint32_t *group, double *scratch, double *statistic)
{
	const struct acc_edges *edges = context;
	size_t groups = edges->people->groups, usable = 0, edge[ACC_LANES] = {0}, lanes = 0;
	struct desk desk;
	desk_make(&desk, edges, scratch);
	seat(&desk, edges, group);
	memset(desk.arm, 0, groups * sizeof *desk.arm);
	memset(desk.strength, 0, groups * sizeof *desk.strength);
	for (size_t e = 0; e < edges->edges; e++) {
		statistic[e] = NAN;
		if (!edges->usable[e])
			continue;
		usable++;
		weigh_groups(edges, e, group, &desk, lanes);
		edge[lanes++] = e;
		if (lanes == ACC_LANES) {
			test(edges, &desk, edge, lanes, statistic);
			lanes = 0;
		}
	}
	test(edges, &desk, edge, lanes, statistic);
	statistic[edges->edges] = usable ? apart(desk.strength, groups) : NAN;
}

struct acc_statistic
acc_edges_statistic(const struct acc_edges *edges)
{
	struct desk desk;
	return (struct acc_statistic){.context = edges,
				      .statistics = edges->edges + 1,
				      .scratch = desk_make(&desk, edges, NULL),
				      .of = statistics_of,
				      .together = edges->edges};
}
