/* upset_sets: the results of `accord cooccur --sets` as the figure sees them: sets of themes and
 * themes by how many units have them. */
#ifndef ACC_UPSET_SETS_H
#define ACC_UPSET_SETS_H

#include "plots/figure.h"
#include "plots/names.h"

enum { ACC_UPSET_MOST = 40 };

/* Zero-initialise; `table` and `layer` are the caller's. The empty set is the last, number
 * sets.count. */
struct acc_upset {
	const struct acc_table *table;
	const char *layer;
	struct acc_names sets, groups;
	struct acc_names themes; /* names are owned here: see `text` */
	struct acc_text *text;   /* owned, [themes] */
	double *total;           /* owned, [themes]: units with a theme */
	double *count;           /* owned, [sets]: units with a set; the last: with no theme */
	double *drawn_count;     /* owned, [sets]: the same, 0 of sets that are too small */
	size_t *order;           /* owned, [themes]: by total */
	size_t *rank;            /* owned, [sets]: by count */
	double *alone;           /* owned, [themes]: units with that theme only */
	size_t least;            /* themes in the smallest sets that are drawn: 2, or 1 */
	bool over_all;           /* there are rows over all groups */
	double units;            /* of all sets */
};

/* Read all sets. False: out of memory. */
bool acc_upset_make(struct acc_upset *upset);
void acc_upset_free(struct acc_upset *upset);

/* Is this row of the layer? The number of its set. */
bool acc_upset_row(const struct acc_upset *upset, size_t row);
size_t acc_upset_of(const struct acc_upset *upset, size_t row);

/* Call `act` with each theme of a set. */
void acc_upset_each(struct acc_upset *upset, const char *themes,
		    void (*act)(struct acc_upset *, size_t theme, void *context), void *context);

/* How many sets to draw: the most frequent. Of those that a single unit has there are many, and no
 * reason to show one and not another, so they are drawn only where there are no others. */
size_t acc_upset_count(const struct acc_upset *upset);

#endif
