/* weights_file: a matrix of weights from CSV. */
#ifndef ACC_WEIGHTS_FILE_H
#define ACC_WEIGHTS_FILE_H

#include "pipeline/command.h"
#include "stats/patterns.h"
#include "stats/weights.h"

/* Read weights of agreement between the codes of a study: a header with the codes (its first cell
 * is free), then a row per code. Every code of the study must be there, in any order; the matrix
 * must be symmetric, between 0 and 1, and 1 on the diagonal. False with messages. */
bool acc_weights_read(struct acc_weights *weights, const char *file,
		      const struct acc_patterns *patterns, struct acc_command *command);

#endif
