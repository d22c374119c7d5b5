/* cooccur window: the units of a study made as wide as --window says. */
#ifndef ACC_COOCCUR_WINDOW_H
#define ACC_COOCCUR_WINDOW_H

#include "pipeline/cooccur_options.h"
#include "pipeline/read/study.h"

/* Put windows in the place of units. False with a message. */
bool acc_cooccur_widen(struct acc_command *command, const struct acc_cooccur_options *options,
		       struct acc_study *study);

#endif
