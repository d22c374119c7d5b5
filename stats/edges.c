#include "stats/edges.h"
#include "stats/interval.h"
#include "stats/pairs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- making ---- */

void
acc_edges_free(struct acc_edges *edges)
{
	free(edges->table);
	free(edges->edge);
	free(edges->usable);
	free(edges->strength);
	free(edges->part);
	free(edges->row);
	*edges = (struct acc_edges){0};
}

struct reading {
	struct acc_edges *edges;
	struct acc_marks marks;
	struct acc_pairs pairs;
	size_t cluster; /* that pairs is about */
};

static void
keep(struct reading *reading)
{
	struct acc_edges *edges = reading->edges;
	struct acc_pair_table *table = edges->table + reading->cluster * edges->edges;
	for (uint32_t s = 0; s < edges->themes; s++)
		for (uint32_t t = s + 1; t < edges->themes; t++)
			*table++ = acc_pairs_table(&reading->pairs, s, t);
	acc_pairs_zero(&reading->pairs);
}

static void
take(void *context, size_t cluster, uint32_t pattern, double units)
{
	struct reading *reading = context;
	if (cluster != reading->cluster)
		keep(reading);
	reading->cluster = cluster;
	acc_marks_read(&reading->marks, pattern);
	acc_pairs_add(&reading->pairs, &reading->marks, units);
}

static enum acc_status
count(struct acc_edges *edges, uint32_t present, const struct acc_layer *layer)
{
	const struct acc_patterns *patterns = edges->people->patterns;
	struct reading reading = {.edges = edges};
	enum acc_status status = acc_marks_make(&reading.marks, patterns, *layer, present);
	if (status == ACC_OK)
		status = acc_pairs_make(&reading.pairs, patterns);
	if (status == ACC_OK && edges->people->clusters) {
		acc_people_each(edges->people, take, &reading);
		keep(&reading);
	}
	acc_marks_free(&reading.marks);
	acc_pairs_free(&reading.pairs);
	return status;
}

static struct acc_pair_table
combine(const struct acc_pair_table *a, const struct acc_pair_table *b, double sign)
{
	return (struct acc_pair_table){a->both + sign * b->both, a->first + sign * b->first,
				       a->second + sign * b->second,
				       a->neither + sign * b->neither};
}

void
acc_edges_weigh(const struct acc_edges *edges, size_t edge, const uint32_t *group,
		struct acc_edge *part)
{
	size_t groups = edges->people->groups, clusters = edges->people->clusters;
	const struct acc_pair_table *table = edges->table + edge;
	memset(part, 0, groups * sizeof *part);
	for (size_t c = 0; c < clusters; c++) {
		struct acc_edge *of = &part[group[c]];
		double units = acc_edge_units(&table[c * edges->edges]);
		of->table = combine(&of->table, &table[c * edges->edges], 1);
		of->clusters += units > 0;
		of->df += units * units;
	}
	for (size_t g = 0; g < groups; g++) {
		double units = acc_edge_units(&part[g].table);
		part[g].reason = ACC_REASON_no_units;
		part[g].weight = NAN;
		if (units > 0)
			part[g].reason = edges->measure->weight(&part[g].table, &part[g].weight);
		part[g].df = fmax(units * units / part[g].df - 1, 1);
	}
	for (size_t c = 0; c < clusters; c++) {
		struct acc_edge *of = &part[group[c]];
		struct acc_pair_table rest = combine(&of->table, &table[c * edges->edges], -1);
		double without = NAN;
		if (!(acc_edge_units(&table[c * edges->edges]) > 0))
			continue;
		if (acc_edge_units(&rest) > 0)
			edges->measure->weight(&rest, &without);
		of->se += (without - of->weight) * (without - of->weight);
	}
	for (size_t g = 0; g < groups; g++)
		part[g].se = acc_standard_error(
		    part[g].se * (part[g].clusters - 1) / part[g].clusters, part[g].weight);
}

/* The observed groups: what is printed, and which edges can be tested. */
static void
observe(struct acc_edges *edges, struct acc_edge *part)
{
	size_t groups = edges->people->groups;
	for (size_t e = 0; e < edges->edges; e++) {
		edges->usable[e] = true;
		acc_edges_weigh(edges, e, edges->people->group, part);
		for (size_t g = 0; g < groups; g++) {
			struct acc_edge *edge = &edges->edge[g * edges->edges + e];
			*edge = part[g];
			if (edge->reason != ACC_DEFINED)
				edge->weight = edge->se = NAN;
			else if (edge->clusters < 2)
				edge->reason = ACC_REASON_one_cluster;
			else if (isnan(edge->se))
				edge->reason = ACC_REASON_one_cluster_varies;
			else if (!(edge->se > 0))
				edge->reason = ACC_REASON_no_spread;
			if (edge->reason != ACC_DEFINED)
				edge->se = NAN;
			edges->usable[e] = edges->usable[e] && edge->se > 0;
		}
		for (size_t g = 0; edges->usable[e] && g < groups; g++)
			edges->strength[g] += fabs(part[g].weight);
	}
}

static void
name_edges(struct acc_edges *edges)
{
	size_t at = 0;
	for (size_t g = 0; g < edges->people->groups; g++)
		for (uint32_t s = 0; s < edges->themes; s++)
			for (uint32_t t = s + 1; t < edges->themes; t++, at++) {
				edges->edge[at].first = s;
				edges->edge[at].second = t;
			}
}

enum { UNITS_MAX = 1 << 20 }; /* of a table of what counts are worth */

/* Whole numbers that a table has room for? Sets the most units of an edge. */
static bool
are_counts(const struct acc_edges *edges, double *most)
{
	*most = 0;
	for (size_t e = 0; e < edges->edges; e++) {
		double units = 0;
		for (size_t c = 0; c < edges->people->clusters; c++) {
			const struct acc_pair_table *t = &edges->table[c * edges->edges + e];
			if (t->both != floor(t->both) || t->first != floor(t->first) ||
			    t->second != floor(t->second) || t->neither != floor(t->neither))
				return false;
			units += acc_edge_units(t);
		}
		*most = fmax(*most, units);
	}
	return *most <= UNITS_MAX;
}

/* The tables as counts, edge by edge. */
static enum acc_status
take_counts(struct acc_edges *edges)
{
	size_t clusters = edges->people->clusters;
	double most;
	if (!are_counts(edges, &most))
		return ACC_OK;
	edges->part = acc_array((size_t)most + 1, sizeof *edges->part);
	edges->row = acc_array(clusters * edges->edges, sizeof *edges->row);
	if (!edges->part || !edges->row)
		return ACC_NO_MEMORY;
	for (size_t i = 0; i <= (size_t)most; i++)
		edges->part[i] = edges->measure->part((double)i);
	edges->alike = true;
	for (size_t e = 0; e < edges->edges; e++)
		for (size_t c = 0; c < clusters; c++) {
			const struct acc_pair_table *t = &edges->table[c * edges->edges + e];
			edges->row[e * clusters + c].minus =
			    (acc_edge_counts){-(int32_t)t->both, -(int32_t)t->first,
					      -(int32_t)t->second, -(int32_t)t->neither};
			edges->alike =
			    edges->alike &&
			    acc_edge_units(t) == acc_edge_units(&edges->table[c * edges->edges]);
		}
	return ACC_OK;
}

enum acc_status
acc_edges_make(struct acc_edges *edges, const struct acc_people *people, uint32_t present,
	       const struct acc_layer *layer, const struct acc_edge_measure *measure)
{
	size_t themes = acc_layer_themes(people->patterns), groups = people->groups, cells;
	*edges = (struct acc_edges){.people = people, .measure = measure, .themes = themes};
	edges->edges = themes ? themes * (themes - 1) / 2 : 0;
	if (__builtin_mul_overflow(people->clusters, edges->edges, &cells))
		return ACC_TOO_LARGE;
	edges->table = acc_array(cells, sizeof *edges->table);
	edges->edge = acc_array(groups * edges->edges, sizeof *edges->edge);
	edges->usable = acc_array(edges->edges, sizeof *edges->usable);
	edges->strength = acc_array(groups, sizeof *edges->strength);
	struct acc_edge *part = acc_array(groups, sizeof *part);
	enum acc_status status = ACC_NO_MEMORY;
	if (edges->table && edges->edge && edges->usable && edges->strength && part)
		status = count(edges, present, layer);
	if (status == ACC_OK)
		status = take_counts(edges);
	if (status == ACC_OK) {
		observe(edges, part);
		name_edges(edges);
	} else
		acc_edges_free(edges);
	free(part);
	return status;
}
