/* agree_rows: the table of accord agree. */
#ifndef ACC_AGREE_ROWS_H
#define ACC_AGREE_ROWS_H

#include "pipeline/command/plan.h"
#include "pipeline/read/study.h"
#include "pipeline/write/sheet.h"
#include "stats/agreement.h"
#include "stats/minimum.h"

enum { ACC_BY_THEME = 1, ACC_BY_GROUP = 2, ACC_BY_PAIR = 4, ACC_BY_CATEGORY = 8 };

/* One call of the stage. All is borrowed but the sheet. */
struct acc_agree {
	struct acc_command *command;
	const struct acc_study *study;
	const struct acc_plan_made *made;
	struct acc_plan one;           /* of a category against the others */
	unsigned by;                   /* ACC_BY_ bits: what there are rows of */
	const struct acc_scale *scale; /* asked for with --benchmark, or NULL */
	struct acc_sheet sheet;
};

/* Two coders by name, or nobody when a row is about all of them. Borrowed. */
struct acc_agree_pair {
	const char *both, *first, *second;
};

/* Begin the sheet. */
void acc_agree_begin(struct acc_agree *run);

/* All rows of one group and some coders, and all categories or one: estimate[questions of the plan,
 * coefficients]. */
void acc_agree_rows(struct acc_agree *run, const struct acc_scope *scope,
		    const struct acc_agree_pair *pair, const struct acc_estimate *estimate);

#endif
