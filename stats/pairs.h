/* pairs: how often every theme and every two themes were applied, as one matrix of counts.
 *
 * The matrix is linear in the units: that of a study is the sum of those of its clusters. */
#ifndef ACC_PAIRS_H
#define ACC_PAIRS_H

#include "stats/layer.h"
#include "stats/measure.h"

#include <gsl/gsl_matrix.h>

/* What a unit of a pattern has in a layer, as a short list of marks: mark t is "theme t applied";
 * with theme codes mark themes + t is "seen, but nobody looked at theme t". */
struct acc_marks {
	const struct acc_patterns *patterns; /* borrowed */
	struct acc_layer layer;
	uint32_t present, themes;
	/* Of the pattern read last: */
	bool seen;      /* somebody looked at it */
	bool complete;  /* every coder of the layer looked at all of it */
	uint32_t *mark; /* owned, sorted */
	uint32_t count;
	/* Owned scratch; state is that of acc_layer_read, with theme codes only. */
	signed char *state;
	uint32_t *looked, *applied;
};

enum acc_status acc_marks_make(struct acc_marks *marks, const struct acc_patterns *patterns,
			       struct acc_layer layer, uint32_t present);
void acc_marks_free(struct acc_marks *marks);
void acc_marks_read(struct acc_marks *marks, uint32_t pattern);

/* Units with mark i and mark j; on the diagonal with mark i. */
struct acc_pairs {
	gsl_matrix *count; /* owned; symmetric */
	uint32_t themes;
	double units; /* seen in the layer */
	double parts; /* what one unit counts: more where parts of units are to add up exactly */
};

enum acc_status acc_pairs_make(struct acc_pairs *pairs, const struct acc_patterns *patterns);
void acc_pairs_free(struct acc_pairs *pairs);
void acc_pairs_zero(struct acc_pairs *pairs);

/* Add `units` units like the pattern that was read last. */
void acc_pairs_add(struct acc_pairs *pairs, const struct acc_marks *marks, double units);

/* The 2 x 2 table of two different themes, of the units where somebody looked at both. */
struct acc_pair_table acc_pairs_table(const struct acc_pairs *pairs, uint32_t first,
				      uint32_t second);

#endif
