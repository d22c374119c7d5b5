/* plan: what is to be estimated, how, and of which ratings. */
#ifndef ACC_PLAN_H
#define ACC_PLAN_H

#include "stats/blocks.h"
#include "stats/coefficient.h"
#include "stats/estimate.h"
#include "stats/sets.h"

struct acc_plan {
	const struct acc_coefficient *const *coefficient; /* borrowed */
	size_t coefficients;
	const struct acc_weights *weights; /* borrowed */
	enum acc_ci ci;
	enum acc_cluster cluster;
	double level;               /* 0.95 */
	const double *theme_weight; /* borrowed, [themes] how much each counts in the pooled value;
				       NULL: all alike */
	uint32_t present; /* theme codes: the category that means "applied", for the prevalence; or
			     ACC_NONE */

	/* Of a bootstrap. */
	size_t replicates;
	uint64_t seed;
	unsigned threads;      /* 0 and 1: one; results do not depend on it */
	const double *minimum; /* borrowed: a value to compare replicates with; NULL: none */

	/* People each group has altogether, NaN where unlimited or unknown, and last of all groups
	 * together: [groups + 1], borrowed; NULL: unlimited. */
	const double *population;
};

/* How many questions the plan asks of a study: one per theme, or one about its sets. */
uint32_t acc_plan_questions(const struct acc_plan *plan, const struct acc_patterns *patterns);

/* How much a question counts in the pooled value. */
double acc_plan_theme_weight(const struct acc_plan *plan, uint32_t question);

/* May a coefficient be defined, as far as the number of coders and the weights say? It is what
 * acc_coefficient_value asks before it looks at ratings or optional arrays. */
bool acc_plan_answers(const struct acc_plan *plan, size_t coefficient, size_t coders);

/* The optional arrays of a tally that the coefficients of a plan need (enum acc_need bits), as long
 * as tables of pairs of coders stay small; coefficients that need more say that there are too many.
 */
unsigned acc_plan_needs(const struct acc_plan *plan, size_t categories, size_t coders);

/* Would evaluating a coefficient once per block take more than some seconds? Then its `auto`
 * interval comes from influence values; with so many blocks both agree. */
bool acc_plan_costly(const struct acc_plan *plan, size_t coefficient, size_t blocks, size_t coders);

/* Which units and ratings to use. */
struct acc_scope {
	uint32_t group;           /* ACC_NONE: all */
	const uint32_t *coder_of; /* as in acc_panel_make; NULL: all coders */
	size_t coders;
	uint32_t category; /* 1 + the category taken against all others, as "others" 0 and "it" 1
			      (the plan's weights are then of two categories); 0: categories as
			      they are */
};

/* The study seen as one of the plan's questions. */
enum acc_status acc_plan_panel(const struct acc_plan *plan, const struct acc_patterns *patterns,
			       const struct acc_scope *scope, uint32_t question,
			       struct acc_panel *panel);

/* The coders with a rating in a group (ACC_NONE: in the study), as a scope wants them:
 * coder_of[coder of the study] = 0, 1, ... or ACC_NONE, owned by the caller, and how many. */
enum acc_status acc_scope_coders(const struct acc_patterns *patterns, uint32_t group,
				 uint32_t **coder_of, size_t *coders);

#endif
