/* sets: everything a coder gave a unit, taken whole, as one category.
 *
 * A set holds the themes applied (themes design), the themes with the code that means "applied"
 * (theme codes design) or the one code (codes design). The distinct sets of a study are the
 * categories of one question, and a distance between sets is its weights; all that takes weights
 * then works on sets. */
#ifndef ACC_SETS_H
#define ACC_SETS_H

#include "stats/patterns.h"
#include "stats/weights.h"

/* A distance: one file in stats/sets/ ending in its descriptor, one line in sets.def. */
struct acc_set_distance {
	const char *key;      /* "jaccard" */
	const char *alias;    /* another accepted key, or NULL */
	const char *formula;  /* one line, for lists and documents */
	const char *citation; /* "Jaccard 1912" */
	/* From 0 to 1, of two sets that differ: labels in both, in the one only, in the other only.
	 * Symmetric. Equal sets, two empty ones too, are at distance 0. */
	double (*distance)(double common, double only_a, double only_b);
};

extern const struct acc_set_distance *const acc_set_distances[];
extern const size_t acc_set_distance_count;

/* The distance of a key or alias, or NULL. */
const struct acc_set_distance *acc_set_distance_find(const char *key);

/* The distance by these counts, 0 for equal sets. */
double acc_set_distance_of(const struct acc_set_distance *distance, double common, double only_a,
			   double only_b);

/* The distinct sets of a study. */
struct acc_sets {
	const struct acc_set_distance *distance; /* borrowed */
	size_t labels;                           /* themes (codes) that a set can hold */
	struct acc_pool set;   /* words: labels, ascending; a set's number is its category */
	uint32_t *category_of; /* owned, per value: its set, or ACC_NONE where it is not whole */
};

/* The sets of a study's values, in the order of the values. `present` is the code that means
 * "applied" (theme codes design). There, a value that gives no code to a theme that others gave one
 * is not whole: the coder did not look at everything, and which set it would be is unknown. Free
 * with acc_sets_free. */
enum acc_status acc_sets_make(struct acc_sets *sets, const struct acc_patterns *patterns,
			      uint32_t present, const struct acc_set_distance *distance);
void acc_sets_free(struct acc_sets *sets);

/* Ratings of a study that are not whole. */
uint64_t acc_sets_partial(const struct acc_sets *sets, const struct acc_patterns *patterns);

/* The weights of the question: distances of all pairs of sets; borrows `sets`. ACC_TOO_LARGE past
 * ACC_WEIGHTS_MAX sets. */
enum acc_status acc_sets_weights(struct acc_weights *weights, const struct acc_sets *sets);

#endif
