/* lists settle: what settling and joining lists share.
 *
 * Private to lists_settle.c and lists_join.c. */
#ifndef ACC_LISTS_SETTLE_H
#define ACC_LISTS_SETTLE_H

#include "stats/lists.h"
#include "stats/patterns_rewrite.h"

/* A number of a row by other numbers of labels. */
static inline uint32_t
acc_lists_renumber(const struct acc_label_maps *maps, uint32_t word)
{
	uint32_t theme = word & ACC_LISTS_NOTHING;
	return maps->coder[word >> ACC_LISTS_SHIFT] << ACC_LISTS_SHIFT |
	       (theme == ACC_LISTS_NOTHING ? theme : maps->theme[theme]);
}

/* One list by the numbers that are reported, but what it tallied. */
enum acc_status acc_lists_settle_one(struct acc_lists *lists, const struct acc_label_maps *maps,
				     uint32_t coders);

/* What was tallied is all there is. */
void acc_lists_keep_tally(struct acc_lists *lists, struct acc_list_tally *tally, uint32_t coders);

#endif
