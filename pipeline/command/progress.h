/* progress: how far long work has come, on a terminal's standard error.
 *
 * Nothing is shown before a second has passed, nor when standard error is no terminal (or a dumb
 * one), nor with --quiet. The line is rewritten in place and gone when the work is done. */
#ifndef ACC_PROGRESS_H
#define ACC_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* Once, before the work: of which stage (borrowed), and whether it may be shown at all. */
void acc_progress_begin(const char *stage, bool wanted);
void acc_progress_end(void);

/* A piece of work of so many equal steps begins: "reading". Borrowed. */
void acc_progress_phase(const char *what, uint64_t steps);

/* So many more steps are done. Any thread may say so. */
void acc_progress_step(uint64_t steps);

#endif
