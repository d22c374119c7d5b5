/* status: how a function of stats/ ended, said as a message. */
#ifndef ACC_STATUS_H
#define ACC_STATUS_H

#include "pipeline/command/message.h"
#include "stats/base.h"

/* Say a failure; true when there was none. */
bool acc_status_ok(struct acc_messages *messages, enum acc_status status);

#endif
