/* study_ratings: a study, and how a ratings CSV becomes one in the lightest way that does. */
#ifndef ACC_STUDY_RATINGS_H
#define ACC_STUDY_RATINGS_H

#include "pipeline/command/command.h"
#include "pipeline/read/csv_stream.h"
#include "pipeline/read/shard_head.h"
#include "stats/lists.h"
#include "stats/ratings.h"

struct acc_study {
	struct acc_patterns patterns;
	struct acc_shard shard; /* which shard of a study it is; parts 0: a whole one */
	bool raw;               /* asked for: absent rows stay absent, whatever --seen says */
	bool fresh;             /* counted from ratings just now */
	/* Asked for: units of the themes design may stay lists, of which nothing is known but their
	 * rows. Then, and if they are: patterns holds the labels only. */
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

#endif
