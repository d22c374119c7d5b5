#include "stats/patterns_rewrite.h"

#include <stdlib.h>
#include <string.h>

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

static uint32_t
renumbered(const uint32_t *map, uint32_t number)
{
	return number == ACC_NONE ? ACC_NONE : map[number];
}

void
acc_label_maps_free(struct acc_label_maps *maps)
{
	free(maps->coder);
	free(maps->theme);
	free(maps->code);
	free(maps->group);
	free(maps->participant);
	free(maps->document);
}

enum acc_status
acc_values_rewrite(const struct acc_pool *from, const struct acc_label_maps *maps,
		   struct acc_pool *into, uint32_t **map)
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

enum acc_status
acc_values_sort(struct acc_pool *pool, uint32_t *map, size_t mapped)
{
	uint32_t *order = acc_pool_sorted(pool);
	enum acc_status status = reorder(pool, order, map, mapped);
	free(order);
	return status;
}

enum acc_status
acc_vectors_rewrite(const struct acc_patterns *from, const struct acc_label_maps *maps,
		    const uint32_t *value, struct acc_patterns *into, uint32_t *map)
{
	enum acc_status status = ACC_OK;
	/* Different labels have different new numbers: where there were no vectors all are new. */
	enum acc_status (*put)(struct acc_patterns *, const uint32_t *, size_t, uint64_t,
			       uint32_t *) =
	    into->vector.count ? acc_patterns_add : acc_patterns_append;
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
		size_t end = length - acc_vector_tail(from);
		for (size_t i = ACC_VECTOR_HEAD; i < end; i += 2) {
			scratch[i] = maps->coder[word[i]];
			scratch[i + 1] = value[word[i + 1]];
		}
		memcpy(scratch + end, word + end, (length - end) * sizeof *word);
		if (from->folded)
			acc_fold_ratings(scratch + ACC_VECTOR_HEAD, (end - ACC_VECTOR_HEAD) / 2);
		sort_pairs(scratch + ACC_VECTOR_HEAD, (end - ACC_VECTOR_HEAD) / 2);
		status = put(into, scratch, length, from->count[p], map ? map + p : NULL);
	}
	free(scratch);
	return status;
}

enum acc_status
acc_vectors_sort(struct acc_patterns *patterns, uint32_t *map, size_t mapped)
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

enum acc_status
acc_labels_order(struct acc_patterns *patterns, struct acc_label_maps *maps)
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
acc_labels_absorb(struct acc_patterns *patterns, const struct acc_patterns *other,
		  struct acc_label_maps *maps)
{
	enum acc_status status = absorb_labels(&patterns->coder, &other->coder, &maps->coder);
	if (status == ACC_OK)
		status = absorb_labels(&patterns->theme, &other->theme, &maps->theme);
	if (status == ACC_OK)
		status = absorb_labels(&patterns->code, &other->code, &maps->code);
	if (status == ACC_OK)
		status = absorb_labels(&patterns->group, &other->group, &maps->group);
	if (status == ACC_OK)
		status =
		    absorb_labels(&patterns->participant, &other->participant, &maps->participant);
	if (status == ACC_OK)
		status = absorb_labels(&patterns->document, &other->document, &maps->document);
	return status;
}
