/* compare: what the files of accord compare share: the columns of its results. */
#ifndef ACC_PIPELINE_COMPARE_H
#define ACC_PIPELINE_COMPARE_H

#include "pipeline/command/plan.h"
#include "pipeline/write/sheet.h"

/* New columns come last: readers find them by name, people by habit. */
#define FIELDS(FIELD)                                                                              \
	FIELD(what, TEXT, true)                                                                    \
	FIELD(kind, TEXT, true)                                                                    \
	FIELD(quantity, TEXT, true)                                                                \
	FIELD(weights, TEXT, false)                                                                \
	FIELD(theme, TEXT, true)                                                                   \
	FIELD(layer, TEXT, true)                                                                   \
	FIELD(group, TEXT, true)                                                                   \
	FIELD(versus, TEXT, true)                                                                  \
	FIELD(count, COUNT, true)                                                                  \
	FIELD(total, COUNT, true)                                                                  \
	FIELD(clusters, COUNT, true)                                                               \
	FIELD(value, NUMBER, true)                                                                 \
	FIELD(se, NUMBER, true)                                                                    \
	FIELD(ci_low, NUMBER, true)                                                                \
	FIELD(ci_high, NUMBER, true)                                                               \
	FIELD(level, NUMBER, false)                                                                \
	FIELD(statistic, NUMBER, true)                                                             \
	FIELD(df1, NUMBER, false)                                                                  \
	FIELD(df2, NUMBER, false)                                                                  \
	FIELD(p, BOUNDED, true)                                                                    \
	FIELD(p_holm, BOUNDED, true)                                                               \
	FIELD(method, TEXT, false)                                                                 \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)                                                                    \
	FIELD(seen, TEXT, false)                                                                   \
	FIELD(theme_b, TEXT, true)                                                                 \
	FIELD(p_permutation, BOUNDED, false)                                                       \
	FIELD(p_min, BOUNDED, false)                                                               \
	FIELD(permutations, COUNT, false)                                                          \
	FIELD(p_maxt, BOUNDED, true)                                                               \
	FIELD(p_mid, BOUNDED, false)                                                               \
	FIELD(p_bh, BOUNDED, true)                                                                 \
	FIELD(p_adjusted, BOUNDED, true)                                                           \
	FIELD(adjust, TEXT, false)                                                                 \
	FIELD(family, TEXT, false)                                                                 \
	FIELD(margin, NUMBER, true)                                                                \
	FIELD(p_tost, BOUNDED, true)                                                               \
	FIELD(cramers_v, BOUNDED, false)                                                           \
	FIELD(cramers_v_bergsma, BOUNDED, false)                                                   \
	FIELD(low_without, NUMBER, false)                                                          \
	FIELD(high_without, NUMBER, false)                                                         \
	FIELD(coder_low, NUMBER, false)                                                            \
	FIELD(coder_high, NUMBER, false)                                                           \
	FIELD(gini, BOUNDED, true)                                                                 \
	FIELD(max_share, BOUNDED, true)                                                            \
	FIELD(p_by, TEXT, true)                                                                    \
	FIELD(p_welch, BOUNDED, false)                                                             \
	FIELD(p_exact, BOUNDED, false)                                                             \
	FIELD(coders, TEXT, true)

ACC_FIELD_PLACES(FIELDS)

/* What is about the same segments: values of the themes, of the coefficients for each theme, of the
 * pairs of coders for each theme and coefficient. */
enum acc_dependent_kind {
	ACC_DEPENDENT_THEMES,
	ACC_DEPENDENT_COEFFICIENTS,
	ACC_DEPENDENT_PAIRS,
	ACC_DEPENDENT_KINDS
};

/* Rows that compare them with each other, over all groups: every two, and (but for coefficients)
 * whether all are equal. False with messages. */
bool acc_compare_dependent(enum acc_dependent_kind kind, struct acc_command *command,
			   const struct acc_study *study, const struct acc_plan_made *made,
			   struct acc_sheet *sheet);

#endif
