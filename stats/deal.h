/* deal: rows of units in any order, dealt to parts by their unit, so that each part fits a cache.
 *
 * To find out of each row of many what was said before of its unit takes longer than to read it.
 * So rows are only put away, 12 bytes each or 20 where the name of the unit is longer than 8, and
 * part after part is put in order when all are there. Names have at most 15 bytes. */
#ifndef ACC_DEAL_H
#define ACC_DEAL_H

#include "stats/base.h"

#include <string.h>

enum {
	ACC_DEAL_BITS = 6,
	ACC_DEAL_PARTS = 1 << ACC_DEAL_BITS,
	ACC_DEAL_NARROW = 12,
	ACC_DEAL_WIDE = 20
};

/* Rows of one part, whose units have names of one width. */
struct acc_deal_stream {
	char *at, *end; /* the next row, and where its chunk ends; borrowed */
	char *chunk;    /* the last one */
	size_t size;
};

struct acc_deal {
	char *room; /* owned, mapped; `used` bytes are chunks */
	size_t used;
	struct acc_deal_stream stream[2][ACC_DEAL_PARTS]; /* narrow, wide */
	bool left;                                        /* there is no room for it here */
};

/* False: there is no room. */
bool acc_deal_begin(struct acc_deal *deal);
void acc_deal_free(struct acc_deal *deal);

/* More room in a stream. False: there is none. */
bool acc_deal_more(struct acc_deal *deal, struct acc_deal_stream *stream);

/* Take a row, any number, of the unit of this short name and its hash (acc_units_mix). False: there
 * is no room. */
static inline __attribute__((always_inline)) bool
acc_deal_put(struct acc_deal *deal, uint64_t low, uint64_t high, uint64_t hash, uint32_t row)
{
	size_t bytes = high ? ACC_DEAL_WIDE : ACC_DEAL_NARROW;
	struct acc_deal_stream *stream = &deal->stream[high != 0][hash >> (64 - ACC_DEAL_BITS)];
	if (__builtin_expect((size_t)(stream->end - stream->at) < ACC_DEAL_WIDE, 0) &&
	    !acc_deal_more(deal, stream))
		return false;
	char *to = stream->at;
	stream->at = to + bytes;
	memcpy(to, &row, sizeof row);
	memcpy(to + sizeof row, &low, sizeof low);
	/* Without asking: what is too much is written over. */
	memcpy(to + sizeof row + sizeof low, &high, sizeof high);
	return true;
}

/* What is done with rows when all are there. */
struct acc_deal_calls {
	/* Rows from deal[source] get the numbers that those of all deals share. NULL: they have
	 * them. */
	void (*renumber)(void *context, size_t source, uint32_t *row, size_t rows);
	/* word[words], which may be changed: the rows of unit after unit but for ACC_NONE, each
	 * unit ended. */
	enum acc_status (*take)(void *context, uint32_t *word, size_t words);
};

/* Of every so many parts one, of which no other call can have units: rows from all of deal[deals]
 * unit by unit, `end` after those of each. The first status that is not ACC_OK is the last. */
enum acc_status acc_deal_gather(const struct acc_deal *const *deal, size_t deals, size_t one,
				size_t of, uint32_t end, const struct acc_deal_calls *calls,
				void *context);

#endif
