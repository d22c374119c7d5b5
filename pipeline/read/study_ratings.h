/* study_ratings: a study, and how a ratings CSV becomes one in the lightest way that does. */
#ifndef ACC_STUDY_RATINGS_H
#define ACC_STUDY_RATINGS_H

#include "pipeline/command/command.h"
#include "pipeline/read/csv_stream.h"
#include "pipeline/read/shard_head.h"
#include "stats/lists.h"
#include "stats/ratings.h"

struct acc_reader;

struct acc_study {
	struct acc_patterns patterns;
	struct acc_shard shard; /* which shard of a study it is; parts 0: a whole one */
	bool raw;               /* asked for: absent rows stay absent, whatever --seen says */
	bool fresh;             /* counted from ratings just now */
	/* Asked for: units of the themes design may stay lists; and whether they did: then patterns
	 * holds the labels only. */
	bool may_list, listed;
	struct acc_lists lists;
	uint32_t present; /* the category that means "applied"; ACC_NONE when there is none */
	/* Only where units were asked for: */
	struct acc_ratings ratings; /* .unit and .about; its other labels have moved to patterns */
	uint32_t *pattern_of;       /* [units] */
};

/* Read ratings into study->patterns and, with `units`, keep the units; `head` is how the input
 * begins. Closes the stream. False with messages. */
bool acc_study_ratings(struct acc_command *command, struct acc_csv_stream *stream, const char *head,
		       const char *file, struct acc_study *study, bool units);

/* Lists become patterns. False with a message: no memory. */
bool acc_study_tabulate(struct acc_command *command, struct acc_study *study);

/* ---- for study_parts.c ---- */

/* Read all rows of a stream, which is closed, in the way that reader->reading says. False with
 * messages, or reader->unfit. */
bool acc_study_read_rows(struct acc_command *command, struct acc_csv_stream *stream, bool headed,
			 const char *file, struct acc_study *study, struct acc_reader *reader);

/* All rows were read, into lists or not: labels and units into the order they are reported in;
 * lists become patterns unless they may stay. False with a message: no memory. */
bool acc_study_settle(struct acc_command *command, struct acc_study *study, bool listed);

/* Note how many rows and columns were not asked for, if any. */
void acc_study_say_left_out(struct acc_command *command, const char *file, uint64_t left_out);

#endif
