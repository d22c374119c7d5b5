#include "pipeline/command/status.h"

bool
acc_status_ok(struct acc_messages *messages, enum acc_status status)
{
	if (status == ACC_NO_MEMORY)
		acc_error_memory(messages);
	else if (status == ACC_TOO_LARGE)
		acc_error(messages, ACC_EXIT_LIMIT, (struct acc_place){0},
			  "more labels, units or categories than can be held");
	else if (status == ACC_CONTRADICTION)
		acc_error(messages, ACC_EXIT_DATA, (struct acc_place){0},
			  "the counts of the patterns file contradict each other; tabulate it "
			  "again");
	return status == ACC_OK;
}
