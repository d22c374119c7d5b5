/* group_agreement_cells: what is kept of the people of several groups: a row of sums per theme and
 * person, which adds up to that of a group. Internal to group_agreement. */
#ifndef ACC_GROUP_AGREEMENT_CELLS_H
#define ACC_GROUP_AGREEMENT_CELLS_H

#include "stats/coefficient_lanes.h"
#include "stats/people.h"
#include "stats/plan.h"
#include "stats/tally.h"

/* Behind the cells of the tally a row has these; then per category the sum of r_ik / r_i and
 * whether that is more than 0. */
enum acc_group_cell {
	ACC_GROUP_RATED,   /* there is a unit with a rating */
	ACC_GROUP_SQUARED, /* square of the units with two ratings or more */
	ACC_GROUP_ARRAYS
};

struct acc_group_agreement {
	const struct acc_people *people;
	const struct acc_plan *plan;
	struct acc_tally shape; /* of a tally; its cells are scratch while it is made */
	struct acc_panel panel; /* of the theme at hand while it is made */
	size_t themes;
	size_t width;     /* of a row, a multiple of 2 * ACC_LANES */
	size_t together;  /* blocks at once, at most ACC_LANE_BLOCKS: what stays near */
	double *row;      /* owned, [themes * (clusters + 1) * width]; the last cluster is nobody */
	double *pairs;    /* owned, [clusters + 1] units with a pair of ratings on some theme */
	bool *rated;      /* owned, [clusters + 1] has a rating on some theme */
	bool forms;       /* the weights can be had as a matrix, or are none */
	double *distance; /* owned, [categories^2] such a matrix; NULL: the weights' own, or none */
	size_t built;     /* cells of a row that the coefficients read, even */
	double total;     /* acc_weights_total */
	bool formless;    /* some coefficient has no form */
	acc_lane_form **form; /* owned, [coefficients]; NULL: tally by tally */
	/* Scratch while it is made, [patterns]: has a pair of ratings on some theme. */
	bool *paired;
	uint32_t *coder_of; /* owned, [coders of the study]: as in acc_panel_make */
	size_t coders;      /* that rated something of these people */
	size_t theme;
};

static inline double *
acc_group_row(const struct acc_group_agreement *agreement, size_t theme, size_t cluster)
{
	return agreement->row +
	       (theme * (agreement->people->clusters + 1) + cluster) * agreement->width;
}

/* Of a row: what is behind the tally, the sums of r_ik / r_i, and where they are more than 0. */
static inline double *
acc_group_more(const struct acc_group_agreement *agreement, double *row)
{
	return row + agreement->shape.length;
}

static inline double *
acc_group_mass(const struct acc_group_agreement *agreement, double *row)
{
	return acc_group_more(agreement, row) + ACC_GROUP_ARRAYS;
}

static inline double *
acc_group_has(const struct acc_group_agreement *agreement, double *row)
{
	return acc_group_mass(agreement, row) + agreement->plan->weights->categories;
}

/* How much a theme counts in the pool. */
static inline double
acc_group_weight(const struct acc_group_agreement *agreement, size_t theme)
{
	return acc_plan_theme_weight(agreement->plan, (uint32_t)theme);
}

#endif
