/* cooccurrence: which themes travel together, in one group and layer.
 *
 * A pair of themes is its 2 x 2 table of units. The units of a pair are those that somebody looked
 * at in the layer (with theme codes: looked at for both themes). The tables of all pairs are one
 * matrix of counts; leaving out a cluster is subtracting its matrix. */
#ifndef ACC_COOCCURRENCE_H
#define ACC_COOCCURRENCE_H

#include "stats/blocks.h"
#include "stats/layer.h"
#include "stats/list_counts.h"
#include "stats/measure.h"

/* One measure of one pair. */
struct acc_association {
	double value, low, high; /* NaN where undefined */
	enum acc_reason reason;  /* why value, or interval, is undefined */
};

struct acc_pair {
	uint32_t first, second; /* themes, first < second */
	struct acc_pair_table table;
	double clusters, effective; /* independent pieces with a unit of the pair, and Kish's */
	unsigned notes;             /* enum acc_note bits */
};

/* How intervals are made. */
enum acc_pair_ci {
	ACC_PAIR_CI_AUTO,      /* jackknife; none where that would take too long */
	ACC_PAIR_CI_JACKKNIFE, /* leave out clusters */
	ACC_PAIR_CI_NAIVE,     /* from the table, units independent */
	ACC_PAIR_CI_NONE
};

struct acc_cooccurrence_plan {
	const struct acc_measure *const *measure; /* borrowed */
	size_t measures;
	double level;
	uint32_t present; /* the code that means "applied" (theme codes) */
	enum acc_pair_ci ci;
	bool pieces; /* units are people or documents as wholes: independent pieces by themselves */
};

struct acc_cooccurrence {
	size_t pairs;
	struct acc_pair *pair;               /* owned: (0, 1), (0, 2), ..., (1, 2), ... */
	struct acc_association *association; /* owned, [pairs * measures], pair by pair */
	const char *method;                  /* static: how the intervals are made that are there */
	bool left_out;                       /* it would have taken too long to make intervals */
	size_t room, association_room;       /* of the arrays */
};

/* All pairs of themes over the units of `blocks`. A result begins zeroed; one that is made again
 * takes the memory of the last. Memory is of the order of themes^2, however many
 * clusters there are; time is (pairs applied in each unit) + pairs * measures * clusters. */
enum acc_status acc_cooccurrence_make(struct acc_cooccurrence *result,
				      const struct acc_patterns *patterns,
				      const struct acc_blocks *blocks, struct acc_layer layer,
				      const struct acc_cooccurrence_plan *plan);
void acc_cooccurrence_free(struct acc_cooccurrence *result);

/* The same from counts of units, of which `labels` has the labels only; for a layer that was
 * counted. `kind`: of clusters, as asked for. Only where acc_cooccurrence_countable. */
enum acc_status acc_cooccurrence_counted(struct acc_cooccurrence *result,
					 const struct acc_patterns *labels, enum acc_cluster kind,
					 const struct acc_list_counts *counts,
					 struct acc_layer layer,
					 const struct acc_cooccurrence_plan *plan);

/* Does the plan leave no cluster out that has more units than one? */
bool acc_cooccurrence_countable(const struct acc_cooccurrence_plan *plan,
				const struct acc_list_counts *counts);

/* Set the limits of a measure of a pair, of G clusters with a unit of it, from the sum of the
 * squared changes when each of them is left out. Returns why there are none. */
enum acc_reason acc_association_interval(struct acc_association *association,
					 const struct acc_measure *measure,
					 const struct acc_pair *pair, double squares, double level);

#endif
