/* compare_dependent: what the files share that compare values about the same segments. */
#ifndef ACC_PIPELINE_COMPARE_DEPENDENT_H
#define ACC_PIPELINE_COMPARE_DEPENDENT_H

#include "pipeline/compare.h"
#include "stats/dependent.h"

/* Values to be compared with each other. */
struct acc_family {
	const char *what;
	const char *quantity, *theme; /* "" where the values differ in it */
	size_t field;                 /* the column that names a value; `versus` names the other */
	size_t count;
	size_t *column;     /* owned, [count] of the influences */
	const char **label; /* owned, [count] of borrowed names */
	bool all;           /* whether all are equal is a question */
};

struct acc_dependent {
	struct acc_command *command;
	const struct acc_study *study;
	const struct acc_plan_made *made;
	struct acc_sheet *sheet;
	struct acc_influences influences;
	struct acc_family family;
	size_t *defined;               /* owned, [values] columns that have a value */
	struct acc_difference *differ; /* owned, [pairs of values] */
	double *p, *holm;              /* owned, [pairs of values] */
	char **name;                   /* owned, [names] of owned names of pairs */
	size_t names;
};

/* Rows of every two values of the family, adjusted together, and of all. */
enum acc_status acc_dependent_put(struct acc_dependent *run);

#endif
