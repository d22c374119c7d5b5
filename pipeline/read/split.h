/* split: a cell that holds several themes, joined by a separator that the names themselves may
 * hold.
 *
 * ATLAS.ti joins codes by ", " and has codes such as "Security, Privacy & Trust": only the codebook
 * can tell them apart. The longest name that fits is taken first, and given back where the rest
 * would not come out. */
#ifndef ACC_SPLIT_H
#define ACC_SPLIT_H

#include "stats/vocabulary.h"

struct acc_split {
	const struct acc_vocabulary *themes; /* borrowed: the codebook; where nothing is declared
						every separator separates */
	const char *separator;               /* borrowed, not empty */
	size_t wanted;                       /* how many themes there must be; 0: any number */
	/* Of the cell split last: */
	char **theme; /* owned, [count] */
	size_t count, capacity;
	size_t stuck; /* bytes of the cell that could be read */
	/* Scratch: */
	char *copy; /* owned */
	size_t copy_capacity;
	unsigned tries;
};

/* False: it cannot be split so (see stuck), or *memory is false: out of memory. */
bool acc_split(struct acc_split *split, const char *cell, bool *memory);
void acc_split_free(struct acc_split *split);

#endif
