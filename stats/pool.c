#include "stats/pool.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

void
acc_pool_free(struct acc_pool *pool)
{
	free(pool->word);
	free(pool->first);
	free(pool->slot);
	*pool = (struct acc_pool){0};
}

static uint32_t
hash(const uint32_t *word, size_t length)
{
	return length ? (uint32_t)XXH3_64bits(word, length * sizeof *word) : 0;
}

const uint32_t *
acc_pool_get(const struct acc_pool *pool, uint32_t number, size_t *length)
{
	*length = pool->first[number + 1] - pool->first[number];
	return pool->word + pool->first[number];
}

static size_t
probe(const struct acc_pool *pool, uint32_t hash, const uint32_t *word, size_t length)
{
	for (size_t at = hash & (pool->slots - 1);; at = (at + 1) & (pool->slots - 1)) {
		if (pool->slot[at].number == ACC_NONE)
			return at;
		if (pool->slot[at].hash != hash)
			continue;
		size_t other_length;
		const uint32_t *other = acc_pool_get(pool, pool->slot[at].number, &other_length);
		if (other_length == length &&
		    (!length || !memcmp(other, word, length * sizeof *word)))
			return at;
	}
}

static bool
rehash(struct acc_pool *pool, size_t slots)
{
	struct acc_pool_slot *slot = malloc(slots * sizeof *slot);
	if (!slot)
		return false;
	memset(slot, 0xff, slots * sizeof *slot);
	for (uint32_t i = 0; i < pool->count; i++) {
		size_t length;
		const uint32_t *word = acc_pool_get(pool, i, &length);
		uint32_t own = hash(word, length);
		size_t at = own & (slots - 1);
		while (slot[at].number != ACC_NONE)
			at = (at + 1) & (slots - 1);
		slot[at] = (struct acc_pool_slot){own, i};
	}
	free(pool->slot);
	pool->slot = slot;
	pool->slots = slots;
	return true;
}

/* The hash table has twice as many slots as sequences, or more. */
static bool
make_room(struct acc_pool *pool)
{
	size_t slots = pool->slots ? pool->slots : 64;
	while (pool->count * (size_t)2 >= slots)
		slots *= 2;
	return slots == pool->slots || rehash(pool, slots);
}

static enum acc_status
append(struct acc_pool *pool, const uint32_t *word, size_t length)
{
	size_t used = pool->count ? pool->first[pool->count] : 0;
	if (pool->count >= UINT32_MAX / 2)
		return ACC_TOO_LARGE;
	if (!acc_array_reserve((void **)&pool->word, &pool->word_capacity, used + length + 1,
			       sizeof *pool->word) ||
	    !acc_array_reserve((void **)&pool->first, &pool->first_capacity,
			       (size_t)pool->count + 2, sizeof *pool->first))
		return ACC_NO_MEMORY;
	if (length)
		memcpy(pool->word + used, word, length * sizeof *word);
	pool->first[pool->count] = used;
	pool->first[++pool->count] = used + length;
	return ACC_OK;
}

enum acc_status
acc_pool_add(struct acc_pool *pool, const uint32_t *word, size_t length, uint32_t *number)
{
	if (!make_room(pool))
		return ACC_NO_MEMORY;
	uint32_t own = hash(word, length);
	size_t at = probe(pool, own, word, length);
	*number = pool->slot[at].number;
	if (*number != ACC_NONE)
		return ACC_OK;
	enum acc_status status = append(pool, word, length);
	if (status == ACC_OK) {
		*number = pool->count - 1;
		pool->slot[at] = (struct acc_pool_slot){own, *number};
	}
	return status;
}

enum acc_status
acc_pool_append(struct acc_pool *pool, const uint32_t *word, size_t length, uint32_t *number)
{
	free(pool->slot);
	pool->slot = NULL;
	pool->slots = 0;
	*number = pool->count;
	return append(pool, word, length);
}

static int
compare(const void *a, const void *b, void *context)
{
	const struct acc_pool *pool = context;
	size_t la, lb;
	const uint32_t *x = acc_pool_get(pool, *(const uint32_t *)a, &la);
	const uint32_t *y = acc_pool_get(pool, *(const uint32_t *)b, &lb);
	for (size_t i = 0; i < la && i < lb; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return (la > lb) - (la < lb);
}

uint32_t *
acc_pool_sorted(const struct acc_pool *pool)
{
	uint32_t *order = acc_array(pool->count, sizeof *order);
	if (!order)
		return NULL;
	for (uint32_t i = 0; i < pool->count; i++)
		order[i] = i;
	qsort_r(order, pool->count, sizeof *order, compare, (void *)(uintptr_t)pool);
	return order;
}
