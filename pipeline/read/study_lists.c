/* Units that are lists, and when they become patterns. */
#include "pipeline/command/status.h"
#include "pipeline/read/study_ratings.h"

bool
acc_study_tabulate(struct acc_command *command, struct acc_study *study)
{
	bool good =
	    !study->listed ||
	    acc_status_ok(command->messages, acc_lists_tabulate(&study->lists, &study->patterns));
	study->listed = false;
	acc_lists_free(&study->lists);
	return good;
}

bool
acc_study_settle(struct acc_command *command, struct acc_study *study, bool listed)
{
	struct acc_patterns *patterns = &study->patterns;
	acc_ratings_move_labels(&study->ratings, patterns);
	if (!listed)
		return acc_status_ok(command->messages, acc_patterns_canonical(patterns, NULL));
	study->listed = true;
	if (!acc_status_ok(command->messages, acc_lists_settle(&study->lists, patterns)))
		return false;
	bool keep = study->may_list && patterns->seen == ACC_SEEN_LISTED;
	return keep || acc_study_tabulate(command, study);
}
