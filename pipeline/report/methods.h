/* methods: the parts of the methods paragraph. Each says its sentences where text goes, ended by a
 * blank, if there are results for it. */
#ifndef ACC_METHODS_H
#define ACC_METHODS_H

#include "pipeline/report/report.h"
#include "plots/names.h"

void acc_say_comparison_methods(struct acc_report *report);
void acc_say_cooccurrence_methods(struct acc_report *report);
void acc_say_theme_methods(struct acc_report *report);

/* Whether groups differ, in numbers. */
void acc_say_group_results(struct acc_report *report);

/* ---- shared ---- */

/* How the intervals of these rows were made, each clause with its sources. */
void acc_say_methods(struct acc_report *report, enum acc_result_kind kind, acc_row_wanted *wanted);

/* What stands before the i-th of `count` things: nothing, a comma, "and". */
void acc_say_joint(struct acc_document *document, size_t i, size_t count);

#endif
