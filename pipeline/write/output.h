/* output: whole files or nothing.
 *
 * A file is written to a temporary beside its final name, synced and renamed over it; an unchanged
 * file keeps its time stamp so that Make rebuilds nothing. A signal or an error removes the
 * temporaries. Standard output is checked when it is closed. A symbolic link at the final name is
 * replaced, never followed; devices and pipes (/dev/full, a FIFO, also behind a link) and open
 * descriptors (/dev/stdout, /dev/fd/N) are written to directly. */
#ifndef ACC_OUTPUT_H
#define ACC_OUTPUT_H

#include "pipeline/command/message.h"
#include <stdbool.h>
#include <stddef.h>

/* Write `length` bytes to `path` ("-" or NULL: standard output). `input` (may be NULL) is the path
 * that was read: writing over it is refused (ACC_EXIT_USAGE). Any other failure is ACC_EXIT_IO. A
 * pipe whose reader has gone fails without a message. */
bool acc_output_write(const char *path, const char *bytes, size_t length, const char *input,
		      struct acc_messages *messages);

/* Make a directory and its parents; an existing one is fine. */
bool acc_output_directory(const char *path, struct acc_messages *messages);

/* Called once at start: closed standard streams are opened on /dev/null (reading standard input
 * that was closed must still fail: see acc_output_stdin_closed), SIGXFSZ is ignored, SIGINT,
 * SIGTERM and SIGHUP remove temporaries and raise again. */
void acc_output_begin(void);
bool acc_output_stdin_closed(void);

/* Called once at the end, before the messages are printed: close standard output, flush standard
 * error; a failure becomes an error. A pipe whose reader has gone sets the code but says nothing.
 */
void acc_output_end(struct acc_messages *messages);

#endif
