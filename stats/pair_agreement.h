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

/* The same in steps, where coders look for all themes. pair[] begins zeroed; for each number of
 * coders that units have, ascending, the sums over its units of x, the coders who gave both, and of
 * x (coders - x); then the end: units with a coder, and with two or more. */
void acc_pair_agreement_class(struct acc_pair_agreement *pair, size_t pairs, size_t coders,
			      const double *x, const double *apart);
void acc_pair_agreement_end(struct acc_pair_agreement *pair, size_t pairs, double rated,
			    double paired);

#endif
