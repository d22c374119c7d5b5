/* pool: distinct short sequences of numbers, each kept once and numbered.
 *
 * Theme sets and rating vectors are such sequences. */
#ifndef ACC_POOL_H
#define ACC_POOL_H

#include "stats/base.h"

/* The hash tells most strangers without a look at their words. */
struct acc_pool_slot {
	uint32_t hash, number; /* number: ACC_NONE where free */
};

struct acc_pool {
	uint32_t count;             /* sequences, numbered 0 .. count - 1 */
	uint32_t *word;             /* owned; all sequences one after the other */
	size_t *first;              /* owned, [count + 1]: where each begins; NULL while empty */
	struct acc_pool_slot *slot; /* owned hash table; made when it is needed */
	size_t slots;               /* a power of two, or 0 */
	size_t word_capacity, first_capacity;
};

void acc_pool_free(struct acc_pool *pool);

/* The number of a sequence, which is copied when it is new. */
enum acc_status acc_pool_add(struct acc_pool *pool, const uint32_t *word, size_t length,
			     uint32_t *number);

/* The same for a sequence that is known to be new: nothing is looked up. */
enum acc_status acc_pool_append(struct acc_pool *pool, const uint32_t *word, size_t length,
				uint32_t *number);

/* The words of a sequence (borrowed) and how many. */
const uint32_t *acc_pool_get(const struct acc_pool *pool, uint32_t number, size_t *length);

/* The order of two sequences, lexicographic: below 0, 0 or above. */
int acc_pool_compare(const uint32_t *a, size_t la, const uint32_t *b, size_t lb);

/* The numbers of all sequences in lexicographic order, [count], owned by the caller; NULL: no
 * memory. */
uint32_t *acc_pool_sorted(const struct acc_pool *pool);

#endif
