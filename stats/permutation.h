/* permutation: what would the groups look like if it did not matter who is in which?
 *
 * Whole clusters (people) change groups, group sizes stay. Where there are few ways to do so, all
 * of them are taken, and p = b / m with b of the m statistics at least as large as the observed
 * one, itself included. Otherwise m random ones are drawn, and p = (b + 1) / (m + 1), which is
 * valid and never 0 (Phipson & Smyth 2010). All statistics of a study see the same assignments, so
 * they can be compared, and adding one changes no other. */
#ifndef ACC_PERMUTATION_H
#define ACC_PERMUTATION_H

#include "stats/base.h"

/* So many assignments are enumerated; statistics this close (relatively) are ties. */
enum { ACC_PERMUTATION_ENUMERATE = 100000 };
#define ACC_PERMUTATION_TIE 1e-7

/* Who may change places. */
struct acc_exchange {
	const uint32_t *group; /* borrowed, [clusters]: the observed group, < groups */
	size_t clusters, groups;
	uint64_t seed;
	uint64_t random;  /* permutations where not all are enumerated */
	unsigned threads; /* 0 and 1: one; results do not depend on it */
};

/* What is computed of an assignment. */
struct acc_statistic {
	const void *context; /* read by all threads */
	size_t statistics;
	size_t scratch; /* doubles of working memory, of each thread its own */
	/* statistic[i] >= 0, larger is further from equality; NaN where undefined. */
	void (*of)(const void *context, const uint32_t *group, double *scratch, double *statistic);
	/* The first so many are tested together: p_together. */
	size_t together;
};

/* An array in the scratch of a statistic, which begins at scratch[*at] (scratch NULL: it is only
 * counted); moves *at behind it. */
static inline void *
acc_statistic_cut(double *scratch, size_t *at, size_t count, size_t size)
{
	void *here = scratch ? scratch + *at : NULL;
	*at += (count * size + sizeof(double) - 1) / sizeof(double);
	return here;
}

struct acc_permuted {
	double observed;     /* NaN: no test */
	double p;            /* among the permutations with a statistic */
	double p_together;   /* of the largest of the statistics tested together (Westfall & Young
				1993); NaN without them */
	double p_min;        /* smallest p that these groups could have had */
	double permutations; /* m: with a statistic */
	double undefined;    /* without one */
};

/* permuted[statistics] is the caller's. */
enum acc_status acc_permute(const struct acc_exchange *exchange,
			    const struct acc_statistic *statistic, struct acc_permuted *permuted);

/* How many assignments there are, or infinity when more than ACC_PERMUTATION_ENUMERATE; and how
 * many of them only exchange groups of equal size. */
double acc_permutation_assignments(const struct acc_exchange *exchange);
double acc_permutation_relabellings(const struct acc_exchange *exchange);

#endif
