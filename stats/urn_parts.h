/* urn_parts: the rows of an urn as sums of fewer different ones.
 *
 * Thousands of blocks share what they say of one coder, of the units' codes, of who agreed with
 * whom. Cut into parts of columns, rows repeat: a replicate counts how often each different part
 * was drawn, a whole number, and only then multiplies. */
#ifndef ACC_URN_PARTS_H
#define ACC_URN_PARTS_H

#include "stats/urn.h"

enum { ACC_URN_ABREAST = 4 }; /* replicates that are counted together */

/* Times of the replicates side by side. */
typedef uint32_t acc_urn_times __attribute__((vector_size(4 * ACC_URN_ABREAST)));

/* Some columns of the rows of one theme. */
struct acc_urn_part {
	size_t at; /* number of its first class among those of all parts */
	size_t classes;
	uint32_t *class_of; /* owned, [blocks] */
	size_t *filled;     /* owned, [classes + 1] into cell and value: what is not 0 */
	uint32_t *cell;     /* owned */
	double *value;      /* owned */
};

struct acc_urn_parts {
	size_t themes;
	size_t *first; /* owned, [themes + 1] into part; a theme without any is added row by
			  row */
	struct acc_urn_part *part; /* owned */
	size_t parts, capacity;
	size_t classes; /* of all of them */
};

/* Cut the rows of an urn where that pays. On failure it is still to be freed. */
enum acc_status acc_urn_parts_make(struct acc_urn_parts *parts, const struct acc_urn *urn);
void acc_urn_parts_free(struct acc_urn_parts *parts);

/* How often each class is drawn: drawn[parts->classes], from times[blocks]. */
void acc_urn_parts_count(const struct acc_urn_parts *parts, size_t blocks,
			 const acc_urn_times *times, acc_urn_times *drawn);

/* Does a theme have parts? */
static inline bool
acc_urn_parts_has(const struct acc_urn_parts *parts, size_t theme)
{
	return parts->parts && parts->first[theme + 1] > parts->first[theme];
}

/* Add the classes drawn of a theme in one of the replicates abreast to the cells of a tally. */
void acc_urn_parts_add(const struct acc_urn_parts *parts, size_t theme, const acc_urn_times *drawn,
		       size_t abreast, double *into);

#endif
