/* fold: the rows of one unit become one pattern more.
 *
 * What makes memory independent of the number of units: a unit whose rows are all there is counted
 * and forgotten. */
#ifndef ACC_FOLD_H
#define ACC_FOLD_H

#include "stats/ratings.h"

/* A value of one theme, remembered: few are given again and again. */
struct acc_fold_value {
	uint32_t theme, code, value;
	bool known;
};
enum { ACC_FOLD_VALUES = 256 };

struct acc_fold {
	struct acc_patterns *patterns; /* borrowed: where units are counted */
	/* Called with `context` for rows that contradict each other; counted in `conflicts`. */
	void (*conflict)(void *context, const struct acc_conflict *conflict);
	void *context;
	uint64_t conflicts;
	uint32_t *vector, *word; /* owned scratch */
	size_t vector_capacity, word_capacity;
	struct acc_fold_value value[ACC_FOLD_VALUES];
};

/* Count one unit with these rows, whose order changes; `about` says the rest of it. pattern (may be
 * NULL) receives the number of its vector. */
enum acc_status acc_fold_unit(struct acc_fold *fold, const struct acc_unit *about,
			      struct acc_assignment *row, size_t rows, uint32_t *pattern);

/* Frees the scratch, not the patterns. */
void acc_fold_free(struct acc_fold *fold);

#endif
