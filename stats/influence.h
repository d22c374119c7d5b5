/* influence: what each participant adds to each of several values of the same study, so that values
 * of the same segments can be compared with each other. */
#ifndef ACC_INFLUENCE_H
#define ACC_INFLUENCE_H

#include "stats/plan.h"

/* Values and their influences. Columns are added scope by scope; the blocks are those of the first
 * scope's group and do not depend on its coders. */
struct acc_influences {
	size_t count, capacity; /* values */
	size_t blocks;
	double *times;           /* owned, [blocks] how many such blocks there are */
	double *value;           /* owned, [count] NaN where undefined */
	enum acc_reason *reason; /* owned, [count] */
	double *psi;             /* owned, [count * blocks] of one such block; they sum to 0 */
	bool *rated;             /* owned, [count * blocks] the block has a rating in it */
};

void acc_influences_free(struct acc_influences *influences);

/* Add the values of all coefficients of a plan for each theme and, where there are several, pooled
 * over them: themes * coefficients more, then coefficients more. All scopes added to one object are
 * of one group. On failure the object is still to be freed. */
enum acc_status acc_influences_add(struct acc_influences *influences,
				   const struct acc_patterns *patterns, const struct acc_plan *plan,
				   const struct acc_scope *scope);

#endif
