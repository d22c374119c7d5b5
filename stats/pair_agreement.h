/* pair agreement: do the coders agree about where two themes meet?
 *
 * Each coder says of a unit whether it has both themes; Fleiss' kappa of that yes or no, a pair of
 * themes at a time, for any number of coders per unit. Coders may agree well about each theme and
 * badly about their meeting. */
#ifndef ACC_PAIR_AGREEMENT_H
#define ACC_PAIR_AGREEMENT_H

#include "stats/blocks.h"

struct acc_pair_agreement {
	double units;    /* that two coders or more looked at for both themes */
	double observed; /* disagreement, as is the next: shares of pairs of ratings */
	double expected;
	double value; /* 1 - observed / expected; NaN where undefined */
	enum acc_reason reason;
};

/* All pairs of themes (0, 1), (0, 2), ... over the units of `blocks`; pair[] is the caller's. */
enum acc_status acc_pair_agreement_make(struct acc_pair_agreement *pair,
					const struct acc_patterns *patterns,
					const struct acc_blocks *blocks, uint32_t present);

#endif
