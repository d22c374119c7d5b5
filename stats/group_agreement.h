/* group_agreement: Welch's F on agreement for any assignment of people to groups.
 *
 * Each person is one tally per theme. The tally of a group is their sum, leaving a person out is a
 * subtraction, so an assignment costs (people * themes * coefficients) whatever the number of
 * units. */
#ifndef ACC_GROUP_AGREEMENT_H
#define ACC_GROUP_AGREEMENT_H

#include "stats/people.h"
#include "stats/permutation.h"
#include "stats/plan.h"

struct acc_group_agreement;

/* The statistics of a plan, in the order of acc_agreement: themes, then pooled; undefined where a
 * group is not estimable. `people` is
 * borrowed. NULL with a status when memory runs out. */
struct acc_group_agreement *acc_group_agreement_make(const struct acc_people *people,
						     const struct acc_plan *plan,
						     enum acc_status *status);
void acc_group_agreement_free(struct acc_group_agreement *agreement);

/* As a statistic to permute. Borrows `agreement`. */
struct acc_statistic acc_group_agreement_statistic(const struct acc_group_agreement *agreement);

#endif
