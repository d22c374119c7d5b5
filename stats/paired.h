/* paired: patterns that keep what every two coders gave, and no whole units.
 *
 * With many coders who rate some units each, vectors of who gave what do not collapse; the tables
 * of two coders do, to at most V^2 cells for V values. A unit of r ratings is counted in 1 + r +
 * r (r - 1) / 2 vectors: one without ratings, one for each of its ratings, one for each two of
 * them; each ends in the two words ACC_NONE, r. Counts of the same vector add up, so that shards
 * merge as any others.
 *
 * That is enough
 *   - for any two coders: their units are projected exactly, those that one of them or both left
 *     out with them, so that every coefficient and interval is that of the whole study;
 *   - for the tally of all coders: each of its sums is one over ratings or over two ratings of a
 *     unit, at a weight that depends on r only. So coefficients of several coders have their
 *     value. Only the largest disagreement within a unit is not such a sum.
 *     There is no interval: no unit can be left out.
 *
 * r must not depend on the theme: designs codes and themes. */
#ifndef ACC_PAIRED_H
#define ACC_PAIRED_H

#include "stats/plan.h"

/* Replace canonical patterns of a panel by paired ones; canonical again. On failure the patterns
 * are as they were. */
enum acc_status acc_patterns_pair(struct acc_patterns *patterns);

/* Order the vectors of paired patterns by coders, so that those of two coders are found quickly;
 * into .by_coders. */
enum acc_status acc_paired_index(struct acc_patterns *patterns);

/* The units as two coders i < j rated them, or one or neither of them. Labels and values are
 * borrowed from `patterns`: give back with acc_paired_release. ACC_CONTRADICTION where the counts
 * are of no study. */
enum acc_status acc_paired_of(const struct acc_patterns *patterns, uint32_t i, uint32_t j,
			      struct acc_patterns *made);
void acc_paired_release(struct acc_patterns *made);

/* acc_agreement of paired patterns; the scope is of two coders or of all that rated in its group.
 */
enum acc_status acc_paired_agreement(const struct acc_patterns *patterns,
				     const struct acc_plan *plan, const struct acc_scope *scope,
				     struct acc_estimate **estimate);

#endif
