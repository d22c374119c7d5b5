/* coding_error: how often each coder errs and how common the categories truly are, with intervals.
 *
 * The model of dawid_skene.h with the groups as strata: prevalences differ by group, the errors of
 * a coder do not. Standard errors come from leaving out whole clusters and fitting again. */
#ifndef ACC_CODING_ERROR_H
#define ACC_CODING_ERROR_H

#include "stats/dawid_skene.h"
#include "stats/prevalence.h"

/* For each of the following, count and total are expected units. All arrays are owned and end with
 * the categories: array[i * categories + category]. */
struct acc_coding_error {
	size_t categories, coders, groups;
	struct acc_share *sensitivity, *specificity; /* [coders] */
	struct acc_share *prevalence;                /* [groups + 1]; the last: all units */
	struct acc_share *difference; /* [groups * (groups - 1) / 2]: first - second, in the order
					 (0, 1), (0, 2), ..., (1, 2), ...; no count, no total */
	enum acc_reason reason;       /* why nothing is defined */
};

/* One question (a theme, or theme 0 of the codes design). */
enum acc_status acc_coding_error_make(struct acc_coding_error *result,
				      const struct acc_patterns *patterns, uint32_t theme,
				      enum acc_cluster cluster, double level);
void acc_coding_error_free(struct acc_coding_error *result);

#endif
