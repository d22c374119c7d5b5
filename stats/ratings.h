/* ratings: the rows "coder C gave unit U theme T the code K", before they are tabulated.
 *
 * Filled row by row in any order; acc_ratings_tabulate groups them by unit and collapses them to
 * patterns. Keeps the line of each row so that a contradiction can be shown with both its places.
 */
#ifndef ACC_RATINGS_H
#define ACC_RATINGS_H

#include "stats/gather.h"
#include "stats/span.h"

struct acc_ratings {
	enum acc_design design;
	enum acc_seen seen;
	struct acc_vocabulary
	    unit; /* labels "document ACC_UNIT_JOINT unit" where there are documents */
	struct acc_vocabulary coder, theme, code, group, participant, document;
	struct acc_assignment *row; /* owned */
	size_t rows, row_capacity;
	struct acc_unit *about; /* owned, per unit */
	size_t about_capacity;
	double *place; /* owned, per unit: where in its document it stands; NULL: nobody said */
	size_t place_capacity;
	struct acc_span *span; /* owned, per unit: where in its document it is; NULL: nobody said */
	size_t span_capacity;
};

/* Stands between document and unit in the label of a unit: a unit's name need only be unique within
 * its document. */
#define ACC_UNIT_JOINT "\x1f"

void acc_ratings_free(struct acc_ratings *ratings);

enum acc_status acc_ratings_add(struct acc_ratings *ratings, struct acc_assignment assignment);

/* Say what is known of a unit. False when it contradicts what was said before. */
bool acc_ratings_about(struct acc_ratings *ratings, uint32_t unit, struct acc_unit about,
		       enum acc_status *status);

/* Say where in its document a unit stands, for every unit. False when it contradicts what was said
 * before. */
bool acc_ratings_place(struct acc_ratings *ratings, uint32_t unit, double place,
		       enum acc_status *status);

/* The same for where it begins and ends. */
bool acc_ratings_span(struct acc_ratings *ratings, uint32_t unit, struct acc_span span,
		      enum acc_status *status);

/* Group by unit and collapse to canonical patterns. The vocabularies (but not that of units) move
 * from `ratings` to `patterns`; a label's number changes. pattern_of (may be NULL) receives the
 * pattern of each unit, owned by the caller. Contradicting rows are reported through `conflict`
 * (called with `context`, in order of lines within a unit, before the vocabularies move) and
 * counted in *conflicts; then patterns stays empty. */
enum acc_status acc_ratings_tabulate(struct acc_ratings *ratings, struct acc_patterns *patterns,
				     uint32_t **pattern_of,
				     void (*conflict)(void *context, const struct acc_conflict *),
				     void *context, uint64_t *conflicts);

/* The vocabularies, but not that of units, move to the patterns, with design and rule. */
void acc_ratings_move_labels(struct acc_ratings *ratings, struct acc_patterns *patterns);

#endif
