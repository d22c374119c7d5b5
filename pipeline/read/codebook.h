/* codebook: what --categories FILE says beyond the codes and their order: which code is above
 * which.
 */
#ifndef ACC_CODEBOOK_H
#define ACC_CODEBOOK_H

#include "pipeline/command/command.h"
#include "stats/patterns.h"
#include "stats/weights.h"

/* Distances in the tree of a codebook, a CSV with the columns code (or category, label) and parent.
 * An empty parent is the top; parents need no row of their own; every code of the study needs one.
 * False with messages. */
bool acc_codebook_tree(struct acc_weights *weights, const struct acc_patterns *patterns,
		       struct acc_command *command);

#endif
