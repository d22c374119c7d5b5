/* group_agreement_desk: what one thread works with while people change groups. Internal to
 * group_agreement.
 *
 * The people of an assignment are laid out group by group, in blocks of two lanes. Each group
 * begins with nobody, so that its first "value without a person" is that of the whole group, and
 * its last block is filled up with nobody. */
#ifndef ACC_GROUP_AGREEMENT_DESK_H
#define ACC_GROUP_AGREEMENT_DESK_H

#include "stats/estimable.h"
#include "stats/group_agreement_cells.h"
#include "stats/permutation.h"
#include "stats/welch_lanes.h"

/* Arrays in the scratch of a thread. */
struct acc_group_desk {
	size_t blocks;            /* at most */
	size_t *first;            /* [groups + 1] block where each group begins */
	size_t *next;             /* [groups] seat behind its last person */
	uint32_t *place;          /* [blocks * 2] clusters; as many as there are: nobody */
	double *sum;              /* [groups * width] rows of the groups on the theme at hand */
	acc_lanes *whole;         /* [width] the group at hand, in all lanes */
	acc_lanes *built;         /* [agreement->together * width] tallies */
	acc_lanes *at;            /* [coefficients * 2 * ACC_LANE_BLOCKS] their D_o and D_e */
	acc_lanes *scratch;       /* [2 * categories] of the forms */
	acc_lanes *variance;      /* [groups * coefficients] sums of squares; NaN once undefined */
	acc_lanes *pool;          /* [coefficients * blocks * 2] D_o and D_e, summed over themes */
	acc_lane_mask *rated;     /* [blocks] has a rating on some theme */
	double *without;          /* [length] one tally, for what has no form */
	double *value;            /* [groups * coefficients] */
	double *units;            /* [groups * 3] units, their squares, clusters */
	struct acc_lane_arm *arm; /* [groups] of the tests at hand */
	bool *estimable;          /* [groups] on some theme */
	struct acc_presence *presence; /* [categories], of the group at hand */
};

/* Cut the scratch into its arrays (scratch NULL: only count); returns how many doubles it takes. */
size_t acc_group_desk_make(struct acc_group_desk *desk, const struct acc_group_agreement *agreement,
			   double *scratch);

/* Lay out an assignment: desk->first and desk->place. */
void acc_group_desk_seat(struct acc_group_desk *desk, const struct acc_group_agreement *agreement,
			 const uint32_t *group);

/* Add up the rows of the people seated: desk->sum. */
void acc_group_desk_add(struct acc_group_desk *desk, const struct acc_group_agreement *agreement,
			size_t theme);

/* Leave out the people of all groups one by one, desk->sum being there: what the theme adds to
 * desk->pool and, when tested, desk->value and desk->variance. */
void acc_group_desk_theme(struct acc_group_desk *desk, const struct acc_group_agreement *agreement,
			  size_t theme, bool tested);

/* The same of what is pooled. */
void acc_group_desk_pool(struct acc_group_desk *desk, const struct acc_group_agreement *agreement);

/* Welch's F of every coefficient from desk->value, desk->variance and desk->units, all groups being
 * estimable: statistic[coefficients], NaN where a group does not vary. */
void acc_group_desk_test(const struct acc_group_desk *desk,
			 const struct acc_group_agreement *agreement, double *statistic);

#endif
