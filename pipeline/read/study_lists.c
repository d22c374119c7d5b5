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

/* Rows that waited become patterns. */
static bool
tabulate_dealt(struct acc_command *command, struct acc_study *study)
{
	struct acc_patterns labels = study->patterns;
	const struct acc_patterns *from = &labels;
	const struct acc_deal *deal = study->deal;
	study->patterns = (struct acc_patterns){0};
	enum acc_status status = acc_deal_tabulate(&deal, &from, 1, &study->patterns, 1);
	acc_patterns_free(&labels);
	acc_study_free_deal(study);
	return status != ACC_TOO_LARGE && acc_status_ok(command->messages, status);
}

bool
acc_study_settle(struct acc_command *command, struct acc_study *study, bool listed)
{
	struct acc_patterns *patterns = &study->patterns;
	acc_ratings_move_labels(&study->ratings, patterns);
	if (study->deal)
		return tabulate_dealt(command, study);
	if (!listed)
		return acc_status_ok(command->messages, acc_patterns_canonical(patterns, NULL));
	study->listed = true;
	if (!acc_status_ok(command->messages, acc_lists_settle(&study->lists, patterns)))
		return false;
	bool keep = study->may_list && patterns->seen == ACC_SEEN_LISTED;
	return keep || acc_study_tabulate(command, study);
}
