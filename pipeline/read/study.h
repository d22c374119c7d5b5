/* study: a stage's input, whatever its shape, as patterns.
 *
 * Reads a ratings CSV (long, wide or matrix form) or a patterns file, told apart by their first
 * line, and applies the options that say what labels there are. */
#ifndef ACC_STUDY_H
#define ACC_STUDY_H

#include "pipeline/command/command.h"
#include "pipeline/command/status.h"
#include "pipeline/read/study_ratings.h"

/* Read the stage's one input (file[0], or standard input). The rule for absent rows (--seen) is
 * applied. With `units`, a patterns file is refused and the units are kept. False with messages. */
bool acc_study_read(struct acc_command *command, struct acc_study *study, bool units);

/* The same, without applying the rule for absent rows: for writing patterns. The shard is told also
 * where a patterns file is found broken after its first lines. */
bool acc_study_read_raw(struct acc_command *command, const char *file,
			struct acc_patterns *patterns, struct acc_shard *shard);

/* Are there more patterns than --max-patterns? Then it says so, and what collapses. */
bool acc_study_collapsed(struct acc_command *command, const struct acc_patterns *patterns);

/* Write patterns, of a shard or (NULL) of a whole study, to --output. */
void acc_study_write(struct acc_command *command, const struct acc_patterns *patterns,
		     const struct acc_shard *shard);

#endif
