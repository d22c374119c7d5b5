/* layer_pairs: the units of patterns, as a layer of codings sees them, added to matrices of pairs.
 *
 * In most layers a unit has a theme or not. In two it has it to some degree:
 *   mean         of the coders who looked each says so much: the mean of their tables;
 *   dawid_skene  the probability that the theme is truly there, given what all coders said of that
 *                theme in this unit (dawid_skene.h, groups as strata); of two themes the product.
 */
#ifndef ACC_LAYER_PAIRS_H
#define ACC_LAYER_PAIRS_H

#include "stats/estimate.h"
#include "stats/pairs.h"

struct acc_layer_pairs {
	struct acc_marks marks;
	enum acc_layer_kind kind;
	double parts; /* what a unit counts in the matrices (mean): a multiple of 1 to 20 coders */
	/* Of the pattern added last: */
	bool seen;     /* somebody looked at it */
	bool complete; /* every coder of the layer looked at all of it */
	/* dawid_skene only, owned: */
	double *share;           /* [patterns * themes]: probability of the theme */
	enum acc_reason *reason; /* [themes]: why there are none */
};

/* Does a unit have themes to some degree there? Then counts are not whole. */
bool acc_layer_is_soft(enum acc_layer_kind kind);

/* ACC_TOO_LARGE: dawid_skene with more than ACC_SHARES_MOST probabilities. */
enum { ACC_SHARES_MOST = 1 << 26 };
enum acc_status acc_layer_pairs_make(struct acc_layer_pairs *from,
				     const struct acc_patterns *patterns, struct acc_layer layer,
				     uint32_t present);
void acc_layer_pairs_free(struct acc_layer_pairs *from);

/* Add `units` units like a pattern to each of `count` matrices, and say there what a unit counts.
 */
void acc_layer_pairs_add(struct acc_layer_pairs *from, uint32_t pattern, double units,
			 struct acc_pairs *const *into, size_t count);

/* Why the layer says nothing of a pair of themes, or ACC_DEFINED. */
enum acc_reason acc_layer_pairs_reason(const struct acc_layer_pairs *from, uint32_t first,
				       uint32_t second);

#endif
