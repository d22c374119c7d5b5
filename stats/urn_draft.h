/* urn_draft: which columns of an urn's rows repeat together, and which blocks are alike in them. */
#ifndef ACC_URN_DRAFT_H
#define ACC_URN_DRAFT_H

#include "stats/urn.h"

enum { ACC_URN_GROUPS = 64 }; /* more groups of columns there are not */

/* The groups of a tally's columns: of a coder, of a pair of coders, of codes whoever gave them, and
 * all others. Of many coders several stand together. */
struct acc_urn_groups {
	size_t count, length;
	uint32_t *of; /* owned, [length] */
};

/* `at`: a tally with cells. groups->of is owned by the caller. */
enum acc_status acc_urn_groups_make(struct acc_urn_groups *groups, const struct acc_tally *at);

/* Blocks in classes, and a block of each. */
struct acc_urn_draft {
	size_t classes, filled; /* cells that are not 0, of all classes */
	uint32_t *class_of;     /* owned, [blocks] */
	uint32_t *block;        /* owned, [classes] */
	uint32_t *fill;         /* owned, [classes] cells that are not 0 */
	uint64_t groups;        /* bits: the groups of columns it is of */
};

/* Blocks are compared in some columns, or by the classes of two drafts. */
struct acc_urn_likeness {
	const struct acc_urn *urn;
	size_t theme, columns;
	const uint32_t *column;
	const struct acc_urn_draft *a, *b;
};

/* Like blocks become a class. slot[room] is scratch, room a power of two of at least two per block.
 */
enum acc_status acc_urn_draft_make(struct acc_urn_draft *draft, const struct acc_urn_likeness *like,
				   size_t blocks, uint32_t *slot, size_t room);
void acc_urn_draft_free(struct acc_urn_draft *draft);

#endif
