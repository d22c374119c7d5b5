#include "pipeline/cooccur_window.h"
#include "stats/window.h"

/* Where the units have no such label, or no order. */
static bool
check_window(struct acc_command *command, enum acc_window window,
	     const struct acc_patterns *patterns)
{
	struct acc_place place = {command->files ? command->file[0] : "-", 0, 0};
	const char *lacks =
	    window == ACC_WINDOW_PARTICIPANT && !patterns->participant.count ? "participant"
	    : window == ACC_WINDOW_DOCUMENT && !patterns->document.count     ? "document"
									     : NULL;
	if (lacks)
		acc_error(command->messages, ACC_EXIT_USAGE, place,
			  "--window %s needs a column of the %s; name it with --%s", lacks, lacks,
			  lacks);
	return !lacks;
}

static enum acc_status
near(const struct acc_study *study, uint32_t reach, struct acc_patterns *made)
{
	struct acc_order_of_units order = {study->pattern_of, study->ratings.place,
					   study->ratings.unit.count};
	return acc_window_near(made, &study->patterns, &order, reach, study->present);
}

bool
acc_cooccur_widen(struct acc_command *command, const struct acc_cooccur_options *options,
		  struct acc_study *study)
{
	enum acc_window window = options->window;
	struct acc_patterns made = {0};
	if (window == ACC_WINDOW_UNIT)
		return true;
	if (!check_window(command, window, &study->patterns))
		return false;
	enum acc_status status =
	    window == ACC_WINDOW_NEAR
		? near(study, options->reach, &made)
		: acc_window_whole(&made, &study->patterns, window == ACC_WINDOW_DOCUMENT,
				   study->present);
	if (status == ACC_OK) {
		acc_patterns_free(&study->patterns);
		study->patterns = made;
	} else
		acc_patterns_free(&made);
	return acc_status_ok(command->messages, status);
}
