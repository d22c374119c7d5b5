/* numbers: what options say as a number. */
#ifndef ACC_NUMBERS_H
#define ACC_NUMBERS_H

#include "pipeline/command/command.h"

/* A whole number of an option; where it was not given (NULL) *number stays. False with a message.
 */
bool acc_whole(struct acc_command *command, const char *option, const char *given, double least,
	       double most, double *number);

/* --threads: 1 where it was not given, as many as there are processors for 0. False with a message.
 */
bool acc_threads(struct acc_command *command, unsigned *threads);

#endif
