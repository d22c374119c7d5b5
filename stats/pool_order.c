/* The order of a pool: sequences by their first words, packed into one number each, which a radix
 * sort puts in order; where those are one, word by word. */
#include "stats/pool.h"

#include <stdlib.h>
#include <string.h>

enum { POSITIONS = 32, DIGIT = 11, KEY = 64 };

struct key {
	uint64_t key;
	uint32_t number;
};

/* What stands at one position of the sequences. ACC_NONE comes after all other words, a sequence
 * that has ended before them. */
struct position {
	uint32_t least, most; /* but ACC_NONE */
	bool any, none, ended;
	unsigned bits;
};

/* How sequences become keys: from the positions before `positions`. */
struct packing {
	struct position at[POSITIONS];
	size_t positions;
	unsigned bits;
	bool all; /* they say all there is */
};

static void
look_at(struct packing *packing, const uint32_t *word, size_t length)
{
	for (size_t i = 0; i < POSITIONS; i++) {
		struct position *at = &packing->at[i];
		if (i >= length) {
			at->ended = true;
		} else if (word[i] == ACC_NONE) {
			at->none = true;
		} else {
			at->least = at->any && at->least < word[i] ? at->least : word[i];
			at->most = at->any && at->most > word[i] ? at->most : word[i];
			at->any = true;
		}
	}
	packing->all = packing->all && length <= POSITIONS;
}

static void
find_packing(const struct acc_pool *pool, struct packing *packing)
{
	*packing = (struct packing){.all = true};
	for (uint32_t i = 0; i < pool->count; i++) {
		size_t length;
		const uint32_t *word = acc_pool_get(pool, i, &length);
		look_at(packing, word, length);
	}
	for (size_t i = 0; i < POSITIONS; i++) {
		struct position *at = &packing->at[i];
		uint64_t values = (at->any ? (uint64_t)at->most - at->least + 1 : 0) + at->none;
		if (!values)
			return;
		for (uint64_t last = values + at->ended - 1; last >> at->bits;)
			at->bits++;
		if (packing->bits + at->bits > KEY) {
			packing->all = false;
			return;
		}
		packing->bits += at->bits;
		packing->positions++;
	}
}

static uint64_t
key_of(const struct packing *packing, const uint32_t *word, size_t length)
{
	uint64_t key = 0;
	for (size_t i = 0; i < packing->positions; i++) {
		const struct position *at = &packing->at[i];
		uint64_t value = 0;
		if (i < length)
			value = (word[i] == ACC_NONE
				     ? (at->any ? (uint64_t)at->most - at->least + 1 : 0)
				     : (uint64_t)word[i] - at->least) +
				at->ended;
		/* Shifting by 64 says nothing. */
		key = (at->bits < KEY ? key << at->bits : 0) | value;
	}
	return key;
}

static void
sort_digit(const struct key *from, struct key *to, uint32_t count, unsigned shift)
{
	uint32_t place[1 << DIGIT] = {0}, sum = 0;
	for (uint32_t i = 0; i < count; i++)
		place[from[i].key >> shift & ((1 << DIGIT) - 1)]++;
	for (size_t d = 0; d < 1 << DIGIT; d++) {
		uint32_t here = place[d];
		place[d] = sum;
		sum += here;
	}
	for (uint32_t i = 0; i < count; i++)
		to[place[from[i].key >> shift & ((1 << DIGIT) - 1)]++] = from[i];
}

int
acc_pool_compare(const uint32_t *a, size_t la, const uint32_t *b, size_t lb)
{
	for (size_t i = 0; i < la && i < lb; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return (la > lb) - (la < lb);
}

static int
compare(const void *a, const void *b, void *context)
{
	const struct acc_pool *pool = context;
	size_t la, lb;
	const uint32_t *x = acc_pool_get(pool, *(const uint32_t *)a, &la);
	const uint32_t *y = acc_pool_get(pool, *(const uint32_t *)b, &lb);
	return acc_pool_compare(x, la, y, lb);
}

/* Sequences of one key, word by word. */
static void
sort_ties(const struct acc_pool *pool, const struct key *key, uint32_t *order)
{
	for (uint32_t i = 0, next; i < pool->count; i = next) {
		for (next = i + 1; next < pool->count && key[next].key == key[i].key;)
			next++;
		if (next - i > 1)
			qsort_r(order + i, next - i, sizeof *order, compare,
				(void *)(uintptr_t)pool);
	}
}

uint32_t *
acc_pool_sorted(const struct acc_pool *pool)
{
	struct packing packing;
	uint32_t *order = acc_array(pool->count, sizeof *order);
	struct key *key = acc_array(pool->count, sizeof *key);
	struct key *other = acc_array(pool->count, sizeof *other);
	if (!order || !key || !other) {
		free(order);
		free(key);
		free(other);
		return NULL;
	}
	find_packing(pool, &packing);
	for (uint32_t i = 0; i < pool->count; i++) {
		size_t length;
		const uint32_t *word = acc_pool_get(pool, i, &length);
		key[i] = (struct key){key_of(&packing, word, length), i};
	}
	for (unsigned shift = 0; shift < packing.bits; shift += DIGIT) {
		sort_digit(key, other, pool->count, shift);
		struct key *sorted = other;
		other = key;
		key = sorted;
	}
	for (uint32_t i = 0; i < pool->count; i++)
		order[i] = key[i].number;
	if (!packing.all)
		sort_ties(pool, key, order);
	free(key);
	free(other);
	return order;
}
