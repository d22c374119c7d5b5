/* pair votes: of each unit, how many of its coders gave both themes of a pair; for the agreement
 * about pairs, from units that come one by one and have few pairs each.
 *
 * Units of as many coders are a class, and what is summed of a class are whole numbers: the order
 * of units does not show. */
#ifndef ACC_PAIR_VOTES_H
#define ACC_PAIR_VOTES_H

#include "stats/pair_agreement.h"

enum { ACC_VOTES_CLASSES = 64 };

struct acc_votes_class {
	uint32_t coders;
	double units;
	double *x, *apart; /* owned, [pairs]: sum of x, of x (coders - x) */
};

struct acc_pair_votes {
	size_t pairs;
	struct acc_votes_class class[ACC_VOTES_CLASSES];
	size_t classes;
	uint32_t *both;  /* owned, [pairs]: x of the unit at hand */
	size_t *touched; /* owned, [pairs]: where it is not 0 */
	size_t touches;
};

/* False: no memory. */
bool acc_pair_votes_make(struct acc_pair_votes *votes, size_t pairs);
void acc_pair_votes_free(struct acc_pair_votes *votes);

/* A coder of the unit at hand who gave these themes, ascending; pair (a, b) is row[a] + b. */
void acc_pair_votes_add(struct acc_pair_votes *votes, const size_t *row, const uint32_t *theme,
			size_t count);

/* The unit is over; so many coders looked at it. False: too many classes, or no memory. */
bool acc_pair_votes_close(struct acc_pair_votes *votes, uint32_t looked);

/* Add those of other units. False: too many classes, or no memory. */
bool acc_pair_votes_absorb(struct acc_pair_votes *votes, const struct acc_pair_votes *other);

/* The agreement about each pair; pair[] begins zeroed. */
void acc_pair_votes_finish(struct acc_pair_votes *votes, struct acc_pair_agreement *pair);

#endif
