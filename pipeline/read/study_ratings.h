/* study_ratings: how a ratings CSV becomes a study in the lightest way that does. */
#ifndef ACC_STUDY_RATINGS_H
#define ACC_STUDY_RATINGS_H

#include "pipeline/read/study_rows.h"

/* Read ratings into study->patterns and, with `units`, keep the units; `head` is how the input
 * begins. Closes the stream. False with messages. */
bool acc_study_ratings(struct acc_command *command, struct acc_csv_stream *stream, const char *head,
		       const char *file, struct acc_study *study, bool units);

/* Lists become patterns. False with a message: no memory. */
bool acc_study_tabulate(struct acc_command *command, struct acc_study *study);

#endif
