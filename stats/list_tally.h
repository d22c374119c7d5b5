/* list tally: co-occurrence of units that are counted as they come, so that no list is kept.
 *
 * For those who ask for counts of units and nothing else. Themes and coders have the numbers they
 * were met by; reported numbers take their place when all are known. */
#ifndef ACC_LIST_TALLY_H
#define ACC_LIST_TALLY_H

#include "stats/base.h"

#include <stdbool.h>
#include <stdint.h>

/* Layers that need not know which coder is which: any, majority, all (stats/layer.h). */
enum { ACC_TALLY_LAYERS = 3 };

/* What units have in one layer. */
struct acc_tally_layer {
	uint32_t *theme; /* owned, [room]: units with it; NULL: not asked for */
	uint32_t *both;  /* owned, [room][stride]: units with two themes, at [a][b] or [b][a] as
			  * it came; which of them is no news */
};

struct acc_list_tally {
	unsigned layers; /* asked for, a bit each; 0: nothing is counted here */
	struct acc_tally_layer layer[ACC_TALLY_LAYERS];
	uint32_t room;     /* themes */
	size_t stride;     /* of rows: not a power of two, lest columns share lines of a cache */
	uint64_t units;    /* that somebody looked at */
	uint64_t all;      /* and the others */
	uint64_t looks;    /* coders of each, added up */
	uint32_t least;    /* coders of each, at least */
	uint64_t repeated; /* rows that said again what an earlier row had said */
	/* Of the unit at hand, owned, [room]: its themes, those of a layer; the coders of each,
	 * a bit for each coder or, where there are many, how many; 0 between units. */
	uint32_t *own, *kept;
	uint64_t *coders;
};

void acc_list_tally_free(struct acc_list_tally *tally);

/* Count the whole units of word[words] (stats/list_words.h), which may change; *used becomes how
 * many numbers they are. ACC_TOO_LARGE: more themes than there is room for. */
enum acc_status acc_list_tally_take(struct acc_list_tally *tally, uint32_t *word, size_t words,
				    size_t *used);

/* Make room for so many themes. ACC_TOO_LARGE: there is not that much. */
enum acc_status acc_list_tally_room(struct acc_list_tally *tally, size_t themes);

/* Units with two different themes in a layer. */
uint32_t acc_list_tally_both(const struct acc_list_tally *tally, size_t layer, size_t a, size_t b);

/* Add what another one counted, theme t of `themes` of which is theme map[t] here (map NULL:
 * theme t), where there is room for it. */
void acc_list_tally_add(struct acc_list_tally *tally, const struct acc_list_tally *from,
			const uint32_t *map, uint32_t themes);

#endif
