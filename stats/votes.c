#include "stats/votes.h"

#include <stdlib.h>

enum acc_status
acc_votes_make(struct acc_votes *votes, const struct acc_panel *panel)
{
	enum acc_status status = ACC_OK;
	*votes = (struct acc_votes){.categories = panel->categories,
				    .coders = panel->coders,
				    .of = acc_array(panel->patterns, sizeof *votes->of)};
	if (!votes->of)
		return ACC_NO_MEMORY;
	for (size_t p = 0; status == ACC_OK && p < panel->patterns; p++)
		status = acc_pool_add(&votes->vote, panel->mark + panel->first[p],
				      panel->first[p + 1] - panel->first[p], &votes->of[p]);
	if (status != ACC_OK)
		acc_votes_free(votes);
	return status;
}

void
acc_votes_free(struct acc_votes *votes)
{
	acc_pool_free(&votes->vote);
	free(votes->of);
	*votes = (struct acc_votes){0};
}
