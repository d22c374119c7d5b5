/* setting: one line of study.ini. */
#ifndef ACC_SETTING_H
#define ACC_SETTING_H

#include "pipeline/command/command.h"
#include <stdint.h>

struct acc_setting {
	const struct acc_stage *stage; /* of a section [STAGE]; NULL: for all stages */
	size_t option;                 /* place in acc_options */
	char *value; /* owned; "" for a switch that is on, NULL for one that is off */
	uint64_t line;
};

#endif
