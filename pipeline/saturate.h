/* saturate: what the files of accord saturate share: its columns and one group. */
#ifndef ACC_PIPELINE_SATURATE_H
#define ACC_PIPELINE_SATURATE_H

#include "pipeline/command/plan.h"
#include "pipeline/write/sheet.h"
#include "stats/saturation.h"

#define FIELDS(FIELD)                                                                              \
	FIELD(layer, TEXT, true)                                                                   \
	FIELD(group, SCOPE, true)                                                                  \
	FIELD(quantity, TEXT, true)                                                                \
	FIELD(participants, NUMBER, true)                                                          \
	FIELD(base, COUNT, true)                                                                   \
	FIELD(run, COUNT, true)                                                                    \
	FIELD(threshold, NUMBER, true)                                                             \
	FIELD(value, NUMBER, true)                                                                 \
	FIELD(se, NUMBER, false)                                                                   \
	FIELD(low, NUMBER, true)                                                                   \
	FIELD(high, NUMBER, true)                                                                  \
	FIELD(level, NUMBER, false)                                                                \
	FIELD(sd_over_orders, NUMBER, false)                                                       \
	FIELD(coverage, NUMBER, true)                                                              \
	FIELD(orders, COUNT, false)                                                                \
	FIELD(reached, NUMBER, true)                                                               \
	FIELD(method, TEXT, false)                                                                 \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)                                                                    \
	FIELD(seen, TEXT, false)

ACC_FIELD_PLACES(FIELDS)

/* One group in one layer. */
struct acc_saturate_group {
	uint32_t number; /* ACC_NONE: all */
	struct acc_incidence incidence;
	struct acc_accumulation *accumulation; /* owned, [participants] */
};

struct acc_saturate {
	struct acc_command *command;
	struct acc_study study;
	struct acc_sheet sheet;
	double level;
	uint64_t seed;
	enum acc_cluster cluster;
	unsigned layers;                  /* bits, in the order of enum acc_layer_kind */
	const char *layer, *coder;        /* the one at hand, in two pieces */
	struct acc_saturate_group *group; /* owned, [groups + 1]; the last: all */
};

/* The coverage of a group's participants; NaN where it is not defined. */
double acc_saturate_coverage(const struct acc_saturate_group *group);

/* All rows of a group; `coverage` is the one that all groups reach. False with messages. */
bool acc_saturate_put(struct acc_saturate *run, const struct acc_saturate_group *group,
		      double coverage);

#endif
