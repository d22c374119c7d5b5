/* plan: what is to be estimated, how, and of which ratings. */
#ifndef ACC_PLAN_H
#define ACC_PLAN_H

#include "stats/blocks.h"
#include "stats/coefficient.h"
#include "stats/estimate.h"

struct acc_plan {
	const struct acc_coefficient *const *coefficient; /* borrowed */
	size_t coefficients;
	const struct acc_weights *weights; /* borrowed */
	enum acc_ci ci;
	enum acc_cluster cluster;
	double level; /* 0.95 */
};

/* The optional arrays of a tally that the coefficients of a plan need (enum acc_need bits), as long
 * as tables of pairs of coders stay small; coefficients that need more say that there are too many.
 */
unsigned acc_plan_needs(const struct acc_plan *plan, size_t categories, size_t coders);

/* Would evaluating a coefficient once per block take more than some seconds? Then `auto` intervals
 * come from influence values; with so many blocks both agree. */
bool acc_plan_costly(const struct acc_plan *plan, size_t blocks, size_t coders);

/* Which units and ratings to use. */
struct acc_scope {
	uint32_t group;           /* ACC_NONE: all */
	const uint32_t *coder_of; /* as in acc_panel_make; NULL: all coders */
	size_t coders;
};

#endif
