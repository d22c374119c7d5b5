/* estimable: does a group have enough of two answers, in enough people, to be compared? With less,
 * the error of a small group is itself almost unknown, and tests reject far too often. */
#ifndef ACC_ESTIMABLE_H
#define ACC_ESTIMABLE_H

#include "stats/weights.h"

/* Units and clusters that have a category. */
struct acc_presence {
	double mass;     /* sum of r_ik / r_i */
	double clusters; /* with a rating of it */
	size_t seen;     /* the last cluster that has it, plus 1: scratch of who counts */
};

/* Two categories with a mass of five in three clusters each; on a scale as much outside the most
 * common value, and in it where most ratings are in it. clusters_without(context, k) counts the
 * clusters with a rating that is not k. */
bool acc_estimable(const struct acc_weights *weights, const struct acc_presence *presence,
		   size_t categories,
		   double (*clusters_without)(const void *context, size_t category),
		   const void *context);

#endif
