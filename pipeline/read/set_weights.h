/* set_weights: a distance of sets as --weights. */
#ifndef ACC_SET_WEIGHTS_H
#define ACC_SET_WEIGHTS_H

#include "pipeline/read/study.h"
#include "stats/sets.h"

/* The sets of a study and their distances; the weights borrow the sets. Both are the caller's to
 * free, also when false is returned, with messages. */
bool acc_set_weights_make(struct acc_weights *weights, struct acc_sets *sets,
			  const struct acc_set_distance *distance, struct acc_command *command,
			  const struct acc_study *study);

#endif
