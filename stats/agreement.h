/* agreement: the coefficients of a study with their intervals: per theme and pooled over themes,
 * for one group or all, for some coders or all. */
#ifndef ACC_AGREEMENT_H
#define ACC_AGREEMENT_H

#include "stats/plan.h"

/* Estimates of all coefficients for each theme and, last, pooled over themes:
 * estimate[theme * coefficients + c], owned by the caller, (themes + 1) * coefficients long. With
 * one theme only the pooled row equals it; so it does where the plan's weights are distances of
 * sets, which are one question in place of the themes (acc_plan_questions). */
enum acc_status acc_agreement(const struct acc_patterns *patterns, const struct acc_plan *plan,
			      const struct acc_scope *scope, struct acc_estimate **estimate);

#endif
