/* group_labels: what results call the groups, from --group-labels NAME=LABEL,... */
#ifndef ACC_GROUP_LABELS_H
#define ACC_GROUP_LABELS_H

#include "pipeline/command/command.h"
#include "stats/patterns.h"

/* Show the groups of a study that has been read under their labels. Draws and other options go by
 * the names in the data, so that a label changes no number. False with messages. */
bool acc_group_labels(struct acc_command *command, struct acc_patterns *patterns);

#endif
