#include "pipeline/command/numbers.h"

#include "stats/parallel.h"
#include "stats/special.h"
#include <math.h>

bool
acc_whole(struct acc_command *command, const char *option, const char *given, double least,
	  double most, double *number)
{
	if (!given)
		return true;
	if (acc_number(given, number) && *number >= least && *number <= most &&
	    *number == floor(*number))
		return true;
	acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "--%s '%s' is not a whole number from %.0f to %.0f", option, acc_visible(given),
		  least, most);
	return false;
}

bool
acc_threads(struct acc_command *command, unsigned *threads)
{
	double number = 1;
	if (!acc_whole(command, "threads", command->settings.threads, 0, 256, &number))
		return false;
	*threads = acc_parallel_threads((unsigned)number);
	return true;
}
