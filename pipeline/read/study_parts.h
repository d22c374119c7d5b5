/* study_parts: a ratings file read by several threads.
 *
 * Each reads a part of the file with labels of its own, and what they counted is added. Where all
 * rows of a unit stand together the parts begin with a unit; otherwise rows are dealt and wait for
 * those of all readers (stats/deal.h) or, where they cannot, go through an exchange (exchange.h).
 */
#ifndef ACC_STUDY_PARTS_H
#define ACC_STUDY_PARTS_H

#include "pipeline/read/study_rows.h"

/* A way to keep no units. */
struct acc_way {
	enum acc_reading reading;
	bool lists;
	bool dealt;  /* rows of units in any order wait till all are there, where they are no lists
		      * or those are only tallied */
	bool themes; /* only for the design of themes */
};

/* Read ratings into study->patterns, or into lists (of the themes design), with two threads or
 * more. Where that cannot be done, or anything is wrong or odd, nothing is said, the study is as it
 * was and false returned. */
bool acc_study_parts(struct acc_command *command, const char *file, struct acc_study *study,
		     struct acc_way way, unsigned threads);

#endif
