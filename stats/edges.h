/* edges: how strongly every two themes go together in each group, and whether groups differ in
 * that.
 *
 * The weight of an edge is a measure of the pair's 2 x 2 table. For any assignment of people to
 * groups an edge has Welch's statistic on its weights with the cluster jackknife; all edges are
 * tested together by the largest. */
#ifndef ACC_EDGES_H
#define ACC_EDGES_H

#include "stats/layer.h"
#include "stats/measure.h"
#include "stats/people.h"
#include "stats/permutation.h"

/* A table of whole numbers (both, first, second, neither) with the opposite sign, so that leaving
 * it out of a sum is adding. */
typedef int32_t acc_edge_counts __attribute__((vector_size(16), aligned(4)));
struct acc_edge_row {
	acc_edge_counts minus;
};

/* What an edge weighs. */
struct acc_edge_measure {
	const char *key;     /* "log_odds_ratio" */
	const char *formula; /* in a, b, c, d, n as in acc_measure */
	const char *citation;
	enum acc_reason (*weight)(const struct acc_pair_table *, double *weight);
	/* The same of counts, from part[count] = part(count): the weight of the table `all`, and
	 * the sum of squares of what leaving out each of some people changes. All have units, and
	 * more than one of them. */
	double (*part)(double count);
	double (*spread)(const struct acc_edge_row *row, const uint32_t *place, size_t people,
			 const double *part, acc_edge_counts all, double *weight);
};
extern const struct acc_edge_measure acc_edge_measures[];
extern const size_t acc_edge_measure_count;

/* One edge of one group. */
struct acc_edge {
	uint32_t first, second; /* themes */
	struct acc_pair_table table;
	double weight, se, clusters, df; /* NaN where undefined */
	enum acc_reason reason;
};

struct acc_edges {
	const struct acc_people *people;        /* borrowed */
	const struct acc_edge_measure *measure; /* borrowed */
	size_t themes, edges;
	struct acc_pair_table *table; /* owned, [clusters * edges] */
	struct acc_edge *edge;        /* owned, [groups * edges], of the observed groups */
	bool *usable;                 /* owned, [edges] has a weight and an error in each group */
	double *strength;             /* owned, [groups] sum of |weight| over the usable edges */
	/* Where all counts are whole, and not too many: */
	double *part;             /* owned, [units + 1] what a count is worth; NULL: they are not */
	struct acc_edge_row *row; /* owned, [edges * clusters] */
	bool alike;               /* each cluster has as many units on all edges */
};

enum acc_status acc_edges_make(struct acc_edges *edges, const struct acc_people *people,
			       uint32_t present, const struct acc_layer *layer,
			       const struct acc_edge_measure *measure);
void acc_edges_free(struct acc_edges *edges);

static inline double
acc_edge_units(const struct acc_pair_table *t)
{
	return t->both + t->first + t->second + t->neither;
}

/* An edge of every group under an assignment of people: part[groups] is filled. */
void acc_edges_weigh(const struct acc_edges *edges, size_t edge, const uint32_t *group,
		     struct acc_edge *part);

/* [edges] Welch's statistics, tested together; then how far the strengths are apart, once with the
 * usable edges. Borrows `edges`. */
struct acc_statistic acc_edges_statistic(const struct acc_edges *edges);

#endif
