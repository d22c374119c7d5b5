/* child: another program is run: no shell, no input, a fixed environment, a time limit.
 *
 * The program is found in PATH, and sees PATH, LC_ALL=C.UTF-8, TZ=UTC and a home that is not there.
 */
#ifndef ACC_CHILD_H
#define ACC_CHILD_H

#include "plots/text.h"
#include <stdbool.h>

struct acc_child {
	int input, output;    /* files to be its standard input and output; 0: nothing, `said` */
	struct acc_text said; /* what it printed on both streams, the first 4096 bytes */
	int status;           /* as waitpid gives it */
	bool late;            /* it was ended because its time was over */
};

/* Run `argument` (NULL last) for at most `seconds`; descriptor 3 of the program is `file`, unless
 * that is -1. Returns 0, or the error number why it did not start. */
int acc_child_run(struct acc_child *child, const char *const *argument, int file, unsigned seconds);

#endif
