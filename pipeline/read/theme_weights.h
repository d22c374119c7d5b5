/* theme_weights: how much each theme counts in pooled values, from --theme-weights. */
#ifndef ACC_THEME_WEIGHTS_H
#define ACC_THEME_WEIGHTS_H

#include "pipeline/command/command.h"
#include "stats/patterns.h"

/* Read the option: a CSV with the columns theme and weight, or a list NAME=WEIGHT,... Themes not
 * named count 1. *weight is [themes], owned by the caller with free(); NULL where the option was
 * not given. False with messages. */
bool acc_theme_weights_read(double **weight, struct acc_command *command,
			    const struct acc_patterns *patterns);

#endif
