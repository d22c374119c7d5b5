/* study_parts: a ratings file read by several threads.
 *
 * Where all rows of a unit stand together, each thread reads a part of the file. Otherwise each
 * reads all of it, and counts its share of the units: to find a unit among very many takes longer
 * than to read its row. Either way each has labels of its own, and what they counted is added. */
#ifndef ACC_STUDY_PARTS_H
#define ACC_STUDY_PARTS_H

#include "pipeline/read/reader.h"
#include "pipeline/read/study_ratings.h"

/* Read ratings into study->patterns with two threads or more. Where that cannot be done, or
 * anything is wrong or odd, nothing is said, the study is as it was and false returned. */
bool acc_study_parts(struct acc_command *command, const char *file, struct acc_study *study,
		     enum acc_reading reading, unsigned threads);

#endif
