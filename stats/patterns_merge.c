/* Studies in the one order that does not depend on how they were built, and some that become one.
 *
 * Of several each is rewritten and sorted by itself; then two sorted ones at a time become one:
 * nothing is looked up. */
#include "stats/parallel.h"
#include "stats/patterns_rewrite.h"

#include <stdlib.h>
#include <string.h>

/* One study on its way. */
struct part {
	const struct acc_patterns *from;
	const struct acc_label_maps *maps;
	uint32_t *value;          /* owned: new numbers of its values */
	struct acc_patterns made; /* its vectors, sorted */
};

struct merging {
	struct part *part;
	size_t left; /* parts that are not merged yet */
};

/* ---- labels and values ---- */

static void
compose(uint32_t *map, const uint32_t *then, uint32_t count)
{
	for (uint32_t i = 0; map && i < count; i++)
		map[i] = then[map[i]];
}

enum acc_status
acc_labels_merge(struct acc_patterns *patterns, const struct acc_patterns *const *from,
		 size_t parts, struct acc_label_maps *maps)
{
	struct acc_label_maps order = {0};
	enum acc_status status = ACC_OK;
	patterns->design = from[0]->design;
	patterns->seen = from[0]->seen;
	patterns->folded = from[0]->folded;
	patterns->paired = from[0]->paired;
	for (size_t i = 0; status == ACC_OK && i < parts; i++)
		status = acc_labels_absorb(patterns, from[i], &maps[i]);
	if (status == ACC_OK)
		status = acc_labels_order(patterns, &order);
	for (size_t i = 0; status == ACC_OK && i < parts; i++) {
		compose(maps[i].coder, order.coder, from[i]->coder.count);
		compose(maps[i].theme, order.theme, from[i]->theme.count);
		compose(maps[i].code, order.code, from[i]->code.count);
		compose(maps[i].group, order.group, from[i]->group.count);
		compose(maps[i].participant, order.participant, from[i]->participant.count);
		compose(maps[i].document, order.document, from[i]->document.count);
	}
	acc_label_maps_free(&order);
	return status;
}

static enum acc_status
number_values(struct acc_patterns *patterns, struct part *part, size_t parts)
{
	enum acc_status status = ACC_OK;
	for (size_t i = 0; status == ACC_OK && i < parts; i++)
		status = acc_values_rewrite(&part[i].from->value, part[i].maps, &patterns->value,
					    &part[i].value);
	uint32_t values = patterns->value.count;
	uint32_t *place = acc_array(values, sizeof *place);
	for (uint32_t v = 0; place && v < values; v++)
		place[v] = v;
	if (status == ACC_OK)
		status = place ? acc_values_sort(&patterns->value, place, values) : ACC_NO_MEMORY;
	for (size_t i = 0; status == ACC_OK && i < parts; i++)
		compose(part[i].value, place, part[i].from->value.count);
	free(place);
	return status;
}

/* ---- vectors ---- */

static enum acc_status
sort_part(void *context, size_t index)
{
	struct part *part = &((struct merging *)context)->part[index];
	enum acc_status status =
	    acc_vectors_rewrite(part->from, part->maps, part->value, &part->made, NULL);
	return status == ACC_OK ? acc_vectors_sort(&part->made, NULL, 0) : status;
}

/* Which of two vectors comes first: below 0, 0 (they are one) or above. */
static int
compare(const struct acc_patterns *a, uint32_t i, const struct acc_patterns *b, uint32_t j)
{
	size_t la, lb;
	if (i == a->vector.count || j == b->vector.count)
		return (i == a->vector.count) - (j == b->vector.count);
	const uint32_t *x = acc_pool_get(&a->vector, i, &la);
	const uint32_t *y = acc_pool_get(&b->vector, j, &lb);
	return acc_pool_compare(x, la, y, lb);
}

/* Two sorted studies become the first. */
static enum acc_status
merge(struct acc_patterns *a, struct acc_patterns *b)
{
	struct acc_patterns sum = {0}, swapped = *a;
	enum acc_status status = ACC_OK;
	if (!a->vector.count) {
		*a = *b;
		*b = swapped;
	}
	if (!b->vector.count)
		return ACC_OK;
	for (uint32_t i = 0, j = 0;
	     status == ACC_OK && (i < a->vector.count || j < b->vector.count);) {
		int order = compare(a, i, b, j);
		uint64_t count = (order <= 0 ? a->count[i] : 0);
		size_t length;
		if (order >= 0 && __builtin_add_overflow(count, b->count[j], &count))
			status = ACC_TOO_LARGE;
		const uint32_t *word = order <= 0 ? acc_pool_get(&a->vector, i, &length)
						  : acc_pool_get(&b->vector, j, &length);
		if (status == ACC_OK)
			status = acc_patterns_append(&sum, word, length, count, NULL);
		i += order <= 0;
		j += order >= 0;
	}
	acc_patterns_free(a);
	acc_patterns_free(b);
	*a = sum;
	return status;
}

/* The first half of those that are left takes the second in. */
static enum acc_status
merge_two(void *context, size_t index)
{
	struct merging *merging = context;
	size_t other = index + (merging->left + 1) / 2;
	return merge(&merging->part[index].made, &merging->part[other].made);
}

static enum acc_status
merge_vectors(struct part *part, size_t parts, unsigned threads)
{
	struct merging merging = {part, parts};
	enum acc_status status = acc_parallel(threads, parts, sort_part, &merging);
	for (; status == ACC_OK && merging.left > 1; merging.left -= merging.left / 2)
		status = acc_parallel(threads, merging.left / 2, merge_two, &merging);
	return status;
}

enum acc_status
acc_patterns_merge(struct acc_patterns *patterns, const struct acc_patterns *const *from,
		   size_t parts, unsigned threads)
{
	struct part *part = acc_array(parts, sizeof *part);
	struct acc_label_maps *maps = acc_array(parts, sizeof *maps);
	enum acc_status status =
	    part && maps ? acc_labels_merge(patterns, from, parts, maps) : ACC_NO_MEMORY;
	for (size_t i = 0; status == ACC_OK && i < parts; i++) {
		part[i].from = from[i];
		part[i].maps = &maps[i];
		patterns->repeated += from[i]->repeated;
	}
	if (status == ACC_OK)
		status = number_values(patterns, part, parts);
	if (status == ACC_OK)
		status = merge_vectors(part, parts, threads);
	if (status == ACC_OK) {
		patterns->vector = part[0].made.vector;
		patterns->count = part[0].made.count;
		patterns->count_capacity = part[0].made.count_capacity;
		part[0].made = (struct acc_patterns){0};
	}
	for (size_t i = 0; part && maps && i < parts; i++) {
		acc_label_maps_free(&maps[i]);
		free(part[i].value);
		acc_patterns_free(&part[i].made);
	}
	free(maps);
	free(part);
	return status;
}

/* ---- in place ---- */

enum acc_status
acc_patterns_canonical(struct acc_patterns *patterns, uint32_t **renumber)
{
	struct acc_label_maps maps = {0};
	struct acc_patterns made = {0};
	uint32_t *value = NULL, *vector = acc_array(patterns->vector.count, sizeof *vector);
	enum acc_status status = vector ? acc_labels_order(patterns, &maps) : ACC_NO_MEMORY;
	if (status == ACC_OK)
		status = acc_values_rewrite(&patterns->value, &maps, &made.value, &value);
	if (status == ACC_OK)
		status = acc_values_sort(&made.value, value, patterns->value.count);
	if (status == ACC_OK)
		status = acc_vectors_rewrite(patterns, &maps, value, &made, vector);
	if (status == ACC_OK)
		status = acc_vectors_sort(&made, vector, patterns->vector.count);
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
	acc_label_maps_free(&maps);
	free(value);
	if (status != ACC_OK || !renumber)
		free(vector);
	else
		*renumber = vector;
	return status;
}

enum acc_status
acc_patterns_absorb(struct acc_patterns *patterns, const struct acc_patterns *other)
{
	struct acc_label_maps maps = {0};
	uint32_t *value = NULL;
	enum acc_status status = acc_labels_absorb(patterns, other, &maps);
	if (status == ACC_OK)
		status = acc_values_rewrite(&other->value, &maps, &patterns->value, &value);
	if (status == ACC_OK)
		status = acc_vectors_rewrite(other, &maps, value, patterns, NULL);
	patterns->repeated += other->repeated;
	acc_label_maps_free(&maps);
	free(value);
	return status;
}
