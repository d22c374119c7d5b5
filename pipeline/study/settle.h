/* settle: what a value of study.ini means, as the option it is a key of would have it said. */
#ifndef ACC_SETTLE_H
#define ACC_SETTLE_H

#include "pipeline/command/message.h"
#include "pipeline/study/setting.h"

/* Switches become "" or NULL; quotes around a value and blanks in a list go; a file is named from
 * the folder of `path`, the study.ini. False values become messages. */
void acc_settle(struct acc_setting *setting, const char *path, struct acc_messages *messages);

#endif
