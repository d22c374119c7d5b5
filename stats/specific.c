#include "stats/specific.h"

/* Which of two categories is "present", or "absent". */
static size_t
category_of(const struct acc_weights *weights, bool present)
{
	size_t applied = weights->present ? weights->present - 1 : 1;
	return present ? applied : 1 - applied;
}

void
acc_specific_gradient(const struct acc_tally *tally, const struct acc_weights *weights,
		      bool present, struct acc_tally *observed)
{
	size_t k = category_of(weights, present);
	const double *same = acc_tally_specific(tally), *all = same + tally->categories;
	double *slope = acc_tally_specific(observed);
	slope[k] -= 1 / all[k];
	slope[tally->categories + k] += same[k] / all[k] / all[k];
}

enum acc_reason
acc_specific_disagreement(const struct acc_tally *tally, const struct acc_weights *weights,
			  bool present, struct acc_disagreement *out)
{
	size_t k = category_of(weights, present);
	const double *same = acc_tally_specific(tally), *all = same + tally->categories;
	if (!(all[k] > 0))
		return ACC_REASON_unused_category;
	*out = (struct acc_disagreement){(all[k] - same[k]) / all[k], 1};
	return ACC_DEFINED;
}
