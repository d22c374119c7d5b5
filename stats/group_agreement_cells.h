/* group_agreement_cells: what is kept of the people of several groups: a tally per theme and
 * person. Internal to group_agreement. */
#ifndef ACC_GROUP_AGREEMENT_CELLS_H
#define ACC_GROUP_AGREEMENT_CELLS_H

#include "stats/people.h"
#include "stats/plan.h"
#include "stats/tally.h"

struct acc_group_agreement {
	const struct acc_people *people;
	const struct acc_plan *plan;
	struct acc_tally shape; /* of a tally; its cells are scratch while it is made */
	struct acc_panel panel; /* of the theme at hand while it is made */
	size_t themes;
	double *cell;  /* owned, [themes * clusters * shape.length] */
	double *mass;  /* owned, [themes * clusters * categories] sums of r_ik / r_i */
	double *pairs; /* owned, [clusters] units with a pair of ratings on some theme */
	bool *rated;   /* owned, [clusters] has a rating on some theme */
	/* Scratch while it is made, [patterns]: has a pair of ratings on some theme. */
	bool *paired;
	uint32_t *coder_of; /* owned, [coders of the study]: as in acc_panel_make */
	size_t coders;      /* that rated something of these people */
	size_t theme;
};

/* Of a theme and cluster: cells of the tally; [categories] sums of r_ik / r_i. */
static inline double *
acc_group_cells(const struct acc_group_agreement *agreement, size_t theme, size_t cluster)
{
	return agreement->cell +
	       (theme * agreement->people->clusters + cluster) * agreement->shape.length;
}

static inline double *
acc_group_mass(const struct acc_group_agreement *agreement, size_t theme, size_t cluster)
{
	return agreement->mass + (theme * agreement->people->clusters + cluster) *
				     agreement->plan->weights->categories;
}

/* How much a theme counts in the pool. */
static inline double
acc_group_weight(const struct acc_group_agreement *agreement, size_t theme)
{
	return acc_plan_theme_weight(agreement->plan, (uint32_t)theme);
}

#endif
