/* plan: options about estimation, as stats/ wants them. */
#ifndef ACC_PIPELINE_PLAN_H
#define ACC_PIPELINE_PLAN_H

#include "pipeline/read/study.h"
#include "stats/plan.h"

/* A plan and what it owns. */
struct acc_plan_made {
	struct acc_plan plan;
	const struct acc_coefficient **coefficient; /* owned */
	bool chosen;                                /* the user named the coefficients */
	struct acc_weights weights;                 /* owned */
	struct acc_sets sets; /* owned: what the weights are distances of, if they are */
	char *weights_name;   /* owned: scheme, distance, or the file's name */
	double *theme_weight; /* owned, or NULL */
	double minimum;       /* NaN: not asked for */
	double *population;   /* owned, as in the plan, or NULL */
	unsigned threads;     /* at least 1 */
};

/* Make the plan of a study from --coefficient, --weights, --theme-weights, --ci, --level, --cluster
 * and what belongs to them. Where the weights are a distance of sets (--weights jaccard) the study
 * is one question about its sets. `made` must not move while its plan is used. False with messages.
 */
bool acc_plan_make(struct acc_plan_made *made, struct acc_command *command,
		   const struct acc_study *study);
void acc_plan_free(struct acc_plan_made *made);

/* --level as a share, 0 with a message when it is not one; --cluster. */
double acc_plan_level(struct acc_command *command);
bool acc_plan_cluster(struct acc_command *command, enum acc_cluster *cluster);

/* --population into made->population. False with messages. */
bool acc_plan_population(struct acc_plan_made *made, struct acc_command *command,
			 const struct acc_study *study);

/* --seed, checked. False with a message. */
bool acc_plan_seed(struct acc_command *command, uint64_t *seed);

/* ---- the parts of acc_plan_make that have files of their own; false with messages ---- */

/* --coefficient. */
bool acc_plan_coefficients(struct acc_plan_made *made, struct acc_command *command);

/* Of folded patterns: only what does not ask who gave what. Others are left out where they were not
 * asked for by name. */
bool acc_plan_anonymous(struct acc_plan_made *made, struct acc_command *command,
			const struct acc_study *study);

/* --weights, or what the coefficients take by themselves. */
bool acc_plan_weights(struct acc_plan_made *made, struct acc_command *command,
		      const struct acc_study *study);

/* What ordered codes are as numbers, for coefficients of scores. Codes without an order have none;
 * of two, either order is the same. */
bool acc_plan_scores(struct acc_plan_made *made, struct acc_command *command,
		     const struct acc_study *study);

#endif
