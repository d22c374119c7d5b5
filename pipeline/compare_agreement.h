/* compare_agreement: what the files about agreement by group share. */
#ifndef ACC_PIPELINE_COMPARE_AGREEMENT_H
#define ACC_PIPELINE_COMPARE_AGREEMENT_H

#include "pipeline/comparison.h"
#include "stats/estimate.h"

struct acc_compared {
	struct acc_comparison *comparison;
	uint32_t themes, groups;
	size_t coefficients;
	struct acc_estimate **estimate; /* owned, [groups] */
	struct acc_estimate **naive;    /* owned, [groups], units independent; NULL: not asked */
	/* The coefficients that some test is about, and where they are among all. */
	struct acc_plan permuted_plan;
	const struct acc_coefficient **chosen; /* owned */
	size_t *place;                         /* owned, [coefficients]; SIZE_MAX: not permuted */
	struct acc_permuted *all;              /* owned, [(themes + 1) * chosen] */
	struct acc_permuted *pair; /* owned, [pairs * (themes + 1) * chosen]; NULL: none */
};

/* Did the group take part as a whole, or a known share of it? */
bool acc_compared_is_finite(const struct acc_compared *compared, uint32_t group);

/* Permute all groups, and each pair; where it is too much that is said, and is no error. False with
 * messages. */
bool acc_compared_permute(struct acc_compared *compared);

/* The permutation tests of a theme (compared->themes: pooled) and coefficient, to where the tests
 * by distribution are. */
void acc_compared_put_permutations(const struct acc_compared *compared, struct acc_subject *subject,
				   uint32_t theme, size_t coefficient);

/* --classical: the tests that take units as independent. Donner's is about the theme, so it stands
 * with the first coefficient. */
enum acc_status acc_compared_put_classical(const struct acc_compared *compared,
					   struct acc_subject *subject, uint32_t theme,
					   size_t coefficient);

#endif
