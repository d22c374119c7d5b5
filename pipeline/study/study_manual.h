/* study_manual: the man page of study.ini, from the same tables that read it. */
#ifndef ACC_STUDY_MANUAL_H
#define ACC_STUDY_MANUAL_H

#include "pipeline/command/message.h"

void acc_study_manual(struct acc_text *text);

#endif
