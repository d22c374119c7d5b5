#include "stats/patterns.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 3 }; /* words of a vector before its ratings: group, participant, document */
enum { TAIL = 2 }; /* words behind them, of paired patterns: ACC_NONE, ratings of the unit */

/* Words of a vector behind its ratings. */
static size_t
tail(const struct acc_patterns *patterns)
{
	return patterns->paired ? TAIL : 0;
}

void
acc_patterns_free(struct acc_patterns *patterns)
{
	acc_vocabulary_free(&patterns->coder);
	acc_vocabulary_free(&patterns->theme);
	acc_vocabulary_free(&patterns->code);
	acc_vocabulary_free(&patterns->group);
	acc_vocabulary_free(&patterns->participant);
	acc_vocabulary_free(&patterns->document);
	acc_pool_free(&patterns->value);
	acc_pool_free(&patterns->vector);
	free(patterns->count);
	free(patterns->by_coders);
	*patterns = (struct acc_patterns){0};
}

struct acc_pattern
acc_patterns_get(const struct acc_patterns *patterns, uint32_t number)
{
	size_t length;
	const uint32_t *word = acc_pool_get(&patterns->vector, number, &length);
	size_t ratings = (length - HEAD - tail(patterns)) / 2;
	return (struct acc_pattern){.count = patterns->count[number],
				    .group = word[0],
				    .participant = word[1],
				    .document = word[2],
				    .ratings = ratings,
				    .size = patterns->paired ? word[length - 1] : (uint32_t)ratings,
				    .rating = word + HEAD};
}

enum acc_status
acc_patterns_add(struct acc_patterns *patterns, const uint32_t *word, size_t length, uint64_t count,
		 uint32_t *number)
{
	uint32_t at, before = patterns->vector.count;
	if (!acc_array_reserve((void **)&patterns->count, &patterns->count_capacity,
			       (size_t)before + 1, sizeof *patterns->count))
		return ACC_NO_MEMORY;
	enum acc_status status = acc_pool_add(&patterns->vector, word, length, &at);
	if (status != ACC_OK)
		return status;
	if (patterns->vector.count > before)
		patterns->count[at] = 0;
	if (__builtin_add_overflow(patterns->count[at], count, &patterns->count[at]))
		return ACC_TOO_LARGE;
	if (number)
		*number = at;
	return ACC_OK;
}

static int
compare_pairs(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	if (x[0] != y[0])
		return x[0] < y[0] ? -1 : 1;
	return (x[1] > y[1]) - (x[1] < y[1]);
}

/* Most are in order as they come. */
static void
sort_pairs(uint32_t *pair, size_t pairs)
{
	for (size_t i = 1; i < pairs; i++)
		if (compare_pairs(pair + 2 * i - 2, pair + 2 * i) > 0) {
			qsort(pair, pairs, 2 * sizeof *pair, compare_pairs);
			return;
		}
}

static int
compare_values(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	return (x[1] > y[1]) - (x[1] < y[1]);
}

void
acc_fold_ratings(uint32_t *rating, size_t ratings)
{
	qsort(rating, ratings, 2 * sizeof *rating, compare_values);
	for (size_t i = 0; i < ratings; i++)
		rating[2 * i] = (uint32_t)i;
}

static uint32_t
renumbered(const uint32_t *map, uint32_t number)
{
	return number == ACC_NONE ? ACC_NONE : map[number];
}

/* The new numbers of every kind of label, for acc_patterns_rewrite. */
struct maps {
	uint32_t *coder, *theme, *code, *group, *participant, *document;
};

static void
free_maps(struct maps *maps)
{
	free(maps->coder);
	free(maps->theme);
	free(maps->code);
	free(maps->group);
	free(maps->participant);
	free(maps->document);
}

/* Copy values into `into` with new label numbers. map[old value] = new value, owned by the caller.
 */
static enum acc_status
rewrite_values(const struct acc_pool *from, const struct maps *maps, struct acc_pool *into,
	       uint32_t **map)
{
	enum acc_status status = ACC_NO_MEMORY;
	uint32_t *scratch = NULL;
	size_t capacity = 0;
	*map = acc_array(from->count, sizeof **map);
	if (!*map)
		return ACC_NO_MEMORY;
	for (uint32_t v = 0; v < from->count; v++) {
		size_t length;
		const uint32_t *word = acc_pool_get(from, v, &length);
		if (!acc_array_reserve((void **)&scratch, &capacity, length + 1, sizeof *scratch))
			goto out;
		for (size_t i = 0; i < length; i += 2) {
			scratch[i] = maps->theme[word[i]];
			scratch[i + 1] = maps->code[word[i + 1]];
		}
		sort_pairs(scratch, length / 2);
		status = acc_pool_add(into, scratch, length, *map + v);
		if (status != ACC_OK)
			goto out;
	}
	status = ACC_OK;
out:
	free(scratch);
	return status;
}

/* Put a pool in `order`. map[old] is rewritten to the new numbers. */
static enum acc_status
reorder(struct acc_pool *pool, const uint32_t *order, uint32_t *map, size_t mapped)
{
	struct acc_pool sorted = {0};
	uint32_t *place = acc_array(pool->count, sizeof *place);
	enum acc_status status = order && place ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t i = 0; status == ACC_OK && i < pool->count; i++) {
		size_t length;
		const uint32_t *word = acc_pool_get(pool, order[i], &length);
		status = acc_pool_append(&sorted, word, length, &place[order[i]]);
	}
	for (size_t i = 0; status == ACC_OK && i < mapped; i++)
		map[i] = place[map[i]];
	free(place);
	struct acc_pool old = status == ACC_OK ? *pool : sorted;
	if (status == ACC_OK)
		*pool = sorted;
	acc_pool_free(&old);
	return status;
}

static enum acc_status
sort_values(struct acc_pool *pool, uint32_t *map, size_t mapped)
{
	uint32_t *order = acc_pool_sorted(pool);
	enum acc_status status = reorder(pool, order, map, mapped);
	free(order);
	return status;
}

/* Count a vector that is known to be new. */
static enum acc_status
add_new(struct acc_patterns *patterns, const uint32_t *word, size_t length, uint64_t count,
	uint32_t *number)
{
	uint32_t at;
	if (!acc_array_reserve((void **)&patterns->count, &patterns->count_capacity,
			       (size_t)patterns->vector.count + 1, sizeof *patterns->count))
		return ACC_NO_MEMORY;
	enum acc_status status = acc_pool_append(&patterns->vector, word, length, &at);
	if (status == ACC_OK)
		patterns->count[at] = count;
	if (status == ACC_OK && number)
		*number = at;
	return status;
}

/* Add every vector of `from` to `into`, with new numbers for labels and values. Different labels
 * have different new numbers, so where there were none all are new. */
static enum acc_status
rewrite_vectors(const struct acc_patterns *from, const struct maps *maps, const uint32_t *value,
		struct acc_patterns *into, uint32_t *map)
{
	enum acc_status status = ACC_OK;
	enum acc_status (*put)(struct acc_patterns *, const uint32_t *, size_t, uint64_t,
			       uint32_t *) = into->vector.count ? acc_patterns_add : add_new;
	uint32_t *scratch = NULL;
	size_t capacity = 0;
	for (uint32_t p = 0; status == ACC_OK && p < from->vector.count; p++) {
		size_t length;
		const uint32_t *word = acc_pool_get(&from->vector, p, &length);
		if (!acc_array_reserve((void **)&scratch, &capacity, length, sizeof *scratch)) {
			status = ACC_NO_MEMORY;
			break;
		}
		scratch[0] = renumbered(maps->group, word[0]);
		scratch[1] = renumbered(maps->participant, word[1]);
		scratch[2] = renumbered(maps->document, word[2]);
		size_t end = length - tail(from);
		for (size_t i = HEAD; i < end; i += 2) {
			scratch[i] = maps->coder[word[i]];
			scratch[i + 1] = value[word[i + 1]];
		}
		memcpy(scratch + end, word + end, (length - end) * sizeof *word);
		if (from->folded)
			acc_fold_ratings(scratch + HEAD, (end - HEAD) / 2);
		sort_pairs(scratch + HEAD, (end - HEAD) / 2);
		status = put(into, scratch, length, from->count[p], map ? map + p : NULL);
	}
	free(scratch);
	return status;
}

/* Replace the vectors by their sorted selves. */
static enum acc_status
sort_vectors(struct acc_patterns *patterns, uint32_t *map, size_t mapped)
{
	uint64_t *count = acc_array(patterns->vector.count, sizeof *count);
	uint32_t *order = acc_pool_sorted(&patterns->vector);
	enum acc_status status = ACC_NO_MEMORY;
	if (count && order) {
		for (uint32_t i = 0; i < patterns->vector.count; i++)
			count[i] = patterns->count[order[i]];
		status = reorder(&patterns->vector, order, map, mapped);
	}
	if (status == ACC_OK && patterns->vector.count)
		memcpy(patterns->count, count, patterns->vector.count * sizeof *count);
	free(count);
	free(order);
	return status;
}

static enum acc_status
order_labels(struct acc_patterns *patterns, struct maps *maps)
{
	struct {
		struct acc_vocabulary *vocabulary;
		uint32_t **map;
	} each[] = {{&patterns->coder, &maps->coder},
		    {&patterns->theme, &maps->theme},
		    {&patterns->code, &maps->code},
		    {&patterns->group, &maps->group},
		    {&patterns->participant, &maps->participant},
		    {&patterns->document, &maps->document}};
	enum acc_status status = ACC_OK;
	for (size_t i = 0; status == ACC_OK && i < sizeof each / sizeof *each; i++)
		status = acc_vocabulary_order(each[i].vocabulary, each[i].map);
	return status;
}

enum acc_status
acc_patterns_canonical(struct acc_patterns *patterns, uint32_t **renumber)
{
	struct maps maps = {0};
	struct acc_patterns made = {0};
	uint32_t *value = NULL, *vector = acc_array(patterns->vector.count, sizeof *vector);
	enum acc_status status = vector ? order_labels(patterns, &maps) : ACC_NO_MEMORY;
	if (status == ACC_OK)
		status = rewrite_values(&patterns->value, &maps, &made.value, &value);
	if (status == ACC_OK)
		status = sort_values(&made.value, value, patterns->value.count);
	if (status == ACC_OK)
		status = rewrite_vectors(patterns, &maps, value, &made, vector);
	if (status == ACC_OK)
		status = sort_vectors(&made, vector, patterns->vector.count);
	if (status == ACC_OK) {
		struct acc_patterns old = {
		    .value = patterns->value, .vector = patterns->vector, .count = patterns->count};
		patterns->value = made.value;
		patterns->vector = made.vector;
		patterns->count = made.count;
		patterns->count_capacity = made.count_capacity;
		made = old;
	}
	acc_patterns_free(&made);
	free_maps(&maps);
	free(value);
	if (status != ACC_OK || !renumber)
		free(vector);
	else
		*renumber = vector;
	return status;
}

/* Add the labels of one vocabulary to another. map[old] = new, owned by the caller. An empty one
 * takes over what was declared. */
static enum acc_status
absorb_labels(struct acc_vocabulary *into, const struct acc_vocabulary *from, uint32_t **map)
{
	enum acc_status status = ACC_OK;
	bool empty = into->count == 0;
	*map = acc_array(from->count, sizeof **map);
	if (!*map)
		return ACC_NO_MEMORY;
	for (uint32_t i = 0; status == ACC_OK && i < from->count; i++)
		status = acc_vocabulary_add(into, from->label[i], *map + i);
	if (empty)
		into->declared = from->declared;
	return status;
}

enum acc_status
acc_patterns_absorb(struct acc_patterns *patterns, const struct acc_patterns *other)
{
	struct maps maps = {0};
	uint32_t *value = NULL;
	enum acc_status status = absorb_labels(&patterns->coder, &other->coder, &maps.coder);
	if (status == ACC_OK)
		status = absorb_labels(&patterns->theme, &other->theme, &maps.theme);
	if (status == ACC_OK)
		status = absorb_labels(&patterns->code, &other->code, &maps.code);
	if (status == ACC_OK)
		status = absorb_labels(&patterns->group, &other->group, &maps.group);
	if (status == ACC_OK)
		status =
		    absorb_labels(&patterns->participant, &other->participant, &maps.participant);
	if (status == ACC_OK)
		status = absorb_labels(&patterns->document, &other->document, &maps.document);
	if (status == ACC_OK)
		status = rewrite_values(&other->value, &maps, &patterns->value, &value);
	if (status == ACC_OK)
		status = rewrite_vectors(other, &maps, value, patterns, NULL);
	patterns->repeated += other->repeated;
	free_maps(&maps);
	free(value);
	return status;
}

uint64_t
acc_patterns_units(const struct acc_patterns *patterns)
{
	uint64_t units = 0;
	for (uint32_t p = 0; p < patterns->vector.count; p++)
		if (!patterns->paired || !acc_patterns_get(patterns, p).ratings)
			units += patterns->count[p];
	return units;
}

uint64_t
acc_patterns_absent(const struct acc_patterns *patterns)
{
	uint64_t absent = 0;
	for (uint32_t p = 0; p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		if (!patterns->paired || !pattern.ratings)
			absent += pattern.count * (patterns->coder.count - pattern.size);
	}
	return absent;
}
