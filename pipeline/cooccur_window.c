#include "pipeline/cooccur_window.h"
#include "stats/window.h"

bool
acc_window_needs_units(enum acc_window window)
{
	return window == ACC_WINDOW_NEAR || window == ACC_WINDOW_OVERLAP;
}

void
acc_windows_free(struct acc_windows *windows)
{
	acc_patterns_free(&windows->units);
	*windows = (struct acc_windows){0};
}

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

static enum acc_status
overlap(const struct acc_study *study, const struct acc_patterns *units, uint32_t coder,
	struct acc_patterns *made, bool *shared)
{
	struct acc_spans_of_units spans = {study->pattern_of, study->ratings.span,
					   study->ratings.unit.count};
	return acc_window_overlap(made, units, &spans, coder, study->present, shared);
}

bool
acc_cooccur_widen(struct acc_command *command, const struct acc_cooccur_options *options,
		  struct acc_study *study, struct acc_windows *windows)
{
	enum acc_window window = options->window;
	struct acc_patterns made = {0};
	enum acc_status status;
	if (window == ACC_WINDOW_UNIT)
		return true;
	if (!check_window(command, window, &study->patterns))
		return false;
	if (window == ACC_WINDOW_NEAR)
		status = near(study, options->reach, &made);
	else if (window == ACC_WINDOW_OVERLAP)
		status = overlap(study, &study->patterns, ACC_NONE, &made, &windows->shared);
	else
		status = acc_window_whole(&made, &study->patterns, window == ACC_WINDOW_DOCUMENT,
					  study->present);
	windows->by_coder = window == ACC_WINDOW_OVERLAP;
	if (status == ACC_OK) {
		struct acc_patterns units = study->patterns;
		study->patterns = made;
		made = (struct acc_patterns){0};
		if (windows->by_coder)
			windows->units = units;
		else
			acc_patterns_free(&units);
	}
	acc_patterns_free(&made);
	return acc_status_ok(command->messages, status);
}

bool
acc_windows_of_coder(struct acc_command *command, const struct acc_windows *windows,
		     const struct acc_study *study, uint32_t coder, struct acc_patterns *made,
		     bool *shared)
{
	enum acc_status status = overlap(study, &windows->units, coder, made, shared);
	if (status != ACC_OK)
		acc_patterns_free(made);
	return acc_status_ok(command->messages, status);
}

void
acc_windows_say(struct acc_command *command, const struct acc_study *study)
{
	const struct acc_ratings *ratings = &study->ratings;
	struct acc_place place = {command->files ? command->file[0] : "-", 0, 0};
	unsigned long empty = 0;
	if (!study->spans || !ratings->span)
		return;
	for (uint32_t u = 0; u < ratings->unit.count; u++)
		empty += ratings->span[u].begin >= ratings->span[u].end;
	if (empty)
		acc_note(command->messages, place,
			 "%lu of %lu units end where they begin, and so overlap no other; if the "
			 "end is the last paragraph or line of a unit, say --end-included",
			 empty, (unsigned long)ratings->unit.count);
	if (!study->patterns.document.count)
		acc_note(command->messages, place,
			 "no column of the document: all units are taken as of one; name it with "
			 "--document");
}
