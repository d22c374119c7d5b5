/* whole: a file taken whole, as bytes. */
#ifndef ACC_WHOLE_H
#define ACC_WHOLE_H

#include "pipeline/command/message.h"

/* Append a file; with a folder, the one of this name in it. False: errno says why. */
bool acc_whole_add(struct acc_text *text, const char *path);
bool acc_whole_add_in(struct acc_text *text, const char *folder, const char *name);

/* The same; false with a message. */
bool acc_whole_read(struct acc_text *text, const char *path, struct acc_messages *messages);

#endif
