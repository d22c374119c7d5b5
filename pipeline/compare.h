/* compare: what the files of accord compare share: the columns of its results. */
#ifndef ACC_PIPELINE_COMPARE_H
#define ACC_PIPELINE_COMPARE_H

#include "pipeline/plan.h"
#include "pipeline/sheet.h"

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
	FIELD(seen, TEXT, false)

enum {
#define FIELD(name, kind, shown) F_##name,
	FIELDS(FIELD)
#undef FIELD
};

/* Rows that compare the themes with each other, over all groups: per coefficient whether all are
 * equal, and each pair. False with messages. */
bool acc_compare_themes(struct acc_command *command, const struct acc_study *study,
			const struct acc_plan_made *made, struct acc_sheet *sheet);

#endif
