/* output_file: one file by way of a temporary beside it.
 *
 * Private to output. */
#ifndef ACC_OUTPUT_FILE_H
#define ACC_OUTPUT_FILE_H

#include "pipeline/command/message.h"
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Write everything, whatever signals and short writes do. False: errno says why. */
bool acc_output_put(int fd, const char *bytes, size_t length);

/* Close. A signal does not count: Linux has closed the descriptor by then. */
bool acc_output_close(int fd);

/* Write a temporary, sync it, rename it to `path`, sync the directory. Returns NULL, or what could
 * not be done, with errno; then nothing is left behind. */
const char *acc_output_file(const char *path, mode_t mode, const char *bytes, size_t length,
			    struct acc_messages *messages);

/* Remove the open temporary if there is one. Safe in a signal handler. */
void acc_output_file_drop(void);

#endif
