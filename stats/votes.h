/* votes: how the coders answered a question, as the distinct answers of all of them together. */
#ifndef ACC_VOTES_H
#define ACC_VOTES_H

#include "stats/tally.h"

/* The patterns of a question, with equal ratings taken together wherever the units are from. */
struct acc_votes {
	size_t categories, coders;
	struct acc_pool vote; /* words: coder, category, coder, category, ... */
	uint32_t *of;         /* owned, [patterns]: the vote of each pattern */
};

enum acc_status acc_votes_make(struct acc_votes *votes, const struct acc_panel *panel);
void acc_votes_free(struct acc_votes *votes);

#endif
