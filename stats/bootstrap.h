/* bootstrap: what the coefficients would have been with other participants of the same kind.
 *
 * Whole blocks (participants, documents or units) are drawn with replacement, as many as there are.
 * The tally of a replicate is the sum of the tallies of the blocks drawn, so that its cost depends
 * on the number of different blocks and not on the number of units: equal units are one block, and
 * the numbers of times that each is drawn are multinomial. */
#ifndef ACC_BOOTSTRAP_H
#define ACC_BOOTSTRAP_H

#include "stats/plan.h"
#include "stats/random.h"
#include "stats/replicates.h"

/* Replicates of all coefficients of a plan for one theme, or for ACC_NONE of all themes and, when
 * there are several, last of the value pooled over them; with errors where the plan's kind of
 * interval wants them. Blocks without any rating are never drawn. All themes of a group draw the
 * same blocks, so their replicates can be compared one by one. Runs in plan->threads threads; the
 * numbers do not depend on them. More than UINT32_MAX blocks, or more than 2^28 values, are too
 * large. */
enum acc_status acc_bootstrap(const struct acc_patterns *patterns, const struct acc_plan *plan,
			      const struct acc_scope *scope, uint32_t theme,
			      const struct acc_draw *draw, struct acc_replicates *replicates);

#endif
