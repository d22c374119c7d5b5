/* output_parts: many files written side by side, all of them or none.
 *
 * Each part grows in a temporary beside its final name. When all are complete they are synced and
 * renamed, one after the other; a part that would not change keeps its time stamp. An error or a
 * signal before that removes the temporaries and leaves what was there. */
#ifndef ACC_OUTPUT_PARTS_H
#define ACC_OUTPUT_PARTS_H

#include "pipeline/command/message.h"
#include <stdbool.h>
#include <stddef.h>

struct acc_parts;

/* Begin `count` files; path[count] stays borrowed. `input` files must not be among them
 * (ACC_EXIT_USAGE). NULL with a message: also when a program may not have so many files open. One
 * set at a time. */
struct acc_parts *acc_parts_new(char *const *path, size_t count, const char *const *input,
				size_t inputs, struct acc_messages *messages);

/* Append to a part; overwrite its beginning. False with a message. */
bool acc_parts_put(struct acc_parts *parts, size_t part, const char *bytes, size_t length);
bool acc_parts_head(struct acc_parts *parts, size_t part, const char *bytes, size_t length);

/* Give all parts their names. False with a message; parts renamed before stay. */
bool acc_parts_finish(struct acc_parts *parts);

/* Remove what is not finished and free. */
void acc_parts_free(struct acc_parts *parts);

/* Remove the temporaries. Safe in a signal handler. */
void acc_output_parts_drop(void);

#endif
