/* study_ratings: a ratings CSV as patterns, in the lightest way that does.
 *
 * Private to study.c. */
#ifndef ACC_STUDY_RATINGS_H
#define ACC_STUDY_RATINGS_H

#include "pipeline/read/csv_stream.h"
#include "pipeline/read/study.h"

/* Read ratings into study->patterns and, with `units`, keep the units; `head` is how the input
 * begins. Closes the stream. False with messages. */
bool acc_study_ratings(struct acc_command *command, struct acc_csv_stream *stream, const char *head,
		       const char *file, struct acc_study *study, bool units);

#endif
