/* weights_file: a matrix of weights from CSV. */
#ifndef ACC_WEIGHTS_FILE_H
#define ACC_WEIGHTS_FILE_H

#include "pipeline/command/command.h"
#include "stats/patterns.h"
#include "stats/weights.h"

/* Read weights between the codes of a study: a header with the codes (its first cell is free), then
 * a row per code. Every code of the study must be there, in any order. With 1 where a code meets
 * itself they are agreements from 0 to 1; with 0 there, disagreements from 0 on, which are divided
 * by the largest. The matrix must be symmetric unless `directed`: then rows are the codes of the
 * first coder and columns those of the second. False with messages. */
bool acc_weights_read(struct acc_weights *weights, const char *file,
		      const struct acc_patterns *patterns, struct acc_command *command,
		      bool directed);

#endif
