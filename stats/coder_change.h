/* coder_change: what agreement would be without one of the coders. */
#ifndef ACC_CODER_CHANGE_H
#define ACC_CODER_CHANGE_H

#include "stats/plan.h"

/* The change of a coefficient when a coder is left out: without - with; positive: the others agree
 * better among themselves. Paired: the same clusters are left out of both. */
struct acc_coder_change {
	double with, without, change, se, low, high; /* NaN where undefined */
	double units, clusters, effective;           /* with two ratings or more, of all coders */
	enum acc_reason reason;
	unsigned notes;
	const char *method; /* static */
};

/* One coder and the first coefficient of the plan, over all groups: per theme, and last pooled over
 * themes as in agreement.h. change[themes + 1], owned by the caller with free(). */
enum acc_status acc_coder_change_make(const struct acc_patterns *patterns,
				      const struct acc_plan *plan, uint32_t coder,
				      struct acc_coder_change **change);

#endif
