/* Distance in a codebook with levels: d(k, l) = steps between k and l along parents and children,
 * divided by the longest such path between two codes. Codes without a parent hang below a common
 * root.
 * Check: two children of one parent in a codebook of that parent and them: 1 apart, each 1/2 from
 * the parent. */
#include "stats/weights.h"

#include <stdlib.h>

static size_t
depth_of(const uint32_t *parent, uint32_t node)
{
	size_t depth = 1;
	while ((node = parent[node]) != ACC_NONE)
		depth++;
	return depth;
}

/* Climb from the deeper until both meet; ACC_NONE is the root. */
static size_t
steps_between(const uint32_t *parent, const size_t *depth, uint32_t a, uint32_t b)
{
	size_t steps = 0;
	for (; a != b; steps++) {
		size_t depth_a = a == ACC_NONE ? 0 : depth[a],
		       depth_b = b == ACC_NONE ? 0 : depth[b];
		if (depth_a >= depth_b)
			a = parent[a];
		else
			b = parent[b];
	}
	return steps;
}

enum acc_status
acc_weights_tree(struct acc_weights *weights, const uint32_t *parent, size_t nodes,
		 size_t categories)
{
	double most = 0;
	*weights = (struct acc_weights){.categories = categories};
	if (categories > ACC_WEIGHTS_MAX)
		return ACC_TOO_LARGE;
	double *d = acc_array(categories * categories, sizeof *d);
	size_t *depth = acc_array(nodes, sizeof *depth);
	if (!d || !depth) {
		free(d);
		free(depth);
		return ACC_NO_MEMORY;
	}
	for (uint32_t node = 0; node < nodes; node++)
		depth[node] = depth_of(parent, node);
	for (uint32_t k = 0; k < categories; k++)
		for (uint32_t l = 0; l < categories; l++) {
			double steps = (double)steps_between(parent, depth, k, l);
			d[k * categories + l] = steps;
			most = steps > most ? steps : most;
		}
	for (size_t i = 0; most > 0 && i < categories * categories; i++)
		d[i] /= most;
	free(depth);
	weights->disagreement = d;
	return ACC_OK;
}

const struct acc_scheme acc_scheme_tree = {
    .key = "tree",
    .formula = "w = 1 - path / longest path, in the codebook's tree (--categories with parents)",
    .citation = "Rada et al. 1989",
    .tree = true,
};
