/* coders: what the files of accord coders share: its columns and how a row is filled. */
#ifndef ACC_PIPELINE_CODERS_H
#define ACC_PIPELINE_CODERS_H

#include "pipeline/command/plan.h"
#include "pipeline/write/sheet.h"
#include "stats/coding_error.h"

#define FIELDS(FIELD)                                                                              \
	FIELD(what, TEXT, true)                                                                    \
	FIELD(quantity, TEXT, true)                                                                \
	FIELD(coder, TEXT, true)                                                                   \
	FIELD(theme, SCOPE, true)                                                                  \
	FIELD(layer, TEXT, true)                                                                   \
	FIELD(group, SCOPE, true)                                                                  \
	FIELD(versus, TEXT, true)                                                                  \
	FIELD(count, NUMBER, false)                                                                \
	FIELD(total, NUMBER, false)                                                                \
	FIELD(value, NUMBER, true)                                                                 \
	FIELD(se, NUMBER, false)                                                                   \
	FIELD(ci_low, NUMBER, true)                                                                \
	FIELD(ci_high, NUMBER, true)                                                               \
	FIELD(level, NUMBER, false)                                                                \
	FIELD(clusters, COUNT, true)                                                               \
	FIELD(method, TEXT, false)                                                                 \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)                                                                    \
	FIELD(seen, TEXT, false)

ACC_FIELD_PLACES(FIELDS)

struct acc_coders {
	struct acc_command *command;
	struct acc_study study;
	struct acc_plan_made made;
	struct acc_sheet sheet;
	unsigned layers; /* bits, in the order of enum acc_layer_kind */
	/* [themes of the patterns], filled as far as they are needed */
	struct acc_coding_error *error;
};

/* What a row is about. Empty strings where a column does not apply. */
struct acc_coders_subject {
	const char *what, *quantity, *coder, *theme, *layer, *group, *versus;
};

/* Start a row; fill its columns; end it. acc_coders_put does all of it for a share. */
void acc_coders_start(struct acc_coders *run, const struct acc_coders_subject *subject);
void acc_coders_end(struct acc_coders *run, const char *method, enum acc_reason reason,
		    unsigned notes);
void acc_coders_put(struct acc_coders *run, const struct acc_coders_subject *subject,
		    const struct acc_share *share);

/* The question that a theme is asked in, and its category there. */
uint32_t acc_coders_question(const struct acc_coders *run, uint32_t theme);
uint32_t acc_coders_category(const struct acc_coders *run, uint32_t theme);

/* A share of the model of Dawid and Skene, or why there is none; the name of its layer. */
struct acc_share acc_coders_of_model(const struct acc_coding_error *error,
				     const struct acc_share *all, size_t at);
extern const char acc_coders_model[];

/* The rows of prevalence by every layer, coder and the model. False with messages. */
bool acc_coders_put_prevalence(struct acc_coders *run);

#endif
