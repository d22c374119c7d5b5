/* study_rows: a study, and its rows from one stream. */
#ifndef ACC_STUDY_ROWS_H
#define ACC_STUDY_ROWS_H

#include "pipeline/read/reader.h"

struct acc_study {
	struct acc_patterns patterns;
	struct acc_shard shard; /* which shard of a study it is; parts 0: a whole one */
	bool raw;               /* asked for: absent rows stay absent, whatever --seen says */
	bool spans;             /* asked for: with units, where each begins and ends */
	bool fresh;             /* counted from ratings just now */
	/* Asked for: units of the themes design may stay lists; and whether they did: then patterns
	 * holds the labels only. */
	bool may_list, listed;
	unsigned layers; /* asked for: where these layers of all units are counted as they come,
			  * the lists need not be kept (stats/list_tally.h) */
	struct acc_lists lists;
	struct acc_deal *deal; /* owned, while rows of units in any order are read; or NULL */
	uint32_t present;      /* the category that means "applied"; ACC_NONE when there is none */
	/* Only where units were asked for: */
	struct acc_ratings ratings; /* .unit and .about; its other labels have moved to patterns */
	uint32_t *pattern_of;       /* [units] */
};

void acc_study_free(struct acc_study *study);

/* Read all rows of a stream, which is closed, in the way that reader->reading says. False with
 * messages, or reader->unfit. */
bool acc_study_read_rows(struct acc_command *command, struct acc_csv_stream *stream, bool headed,
			 const char *file, struct acc_study *study, struct acc_reader *reader);

/* Let rows wait in study->deal. False: there is no room for it. */
bool acc_study_deal(struct acc_study *study);
void acc_study_free_deal(struct acc_study *study);

/* All rows were read, into lists or not: labels and units into the order they are reported in; rows
 * that wait, and lists unless they may stay, become patterns. False, without a message where rows
 * contradict each other. */
bool acc_study_settle(struct acc_command *command, struct acc_study *study, bool listed);

/* Note how many rows and columns were not asked for, if any. */
void acc_study_say_left_out(struct acc_command *command, const char *file, uint64_t left_out);

#endif
