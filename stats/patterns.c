#include "stats/patterns.h"

#include <stdlib.h>
#include <string.h>

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
	size_t ratings = (length - ACC_VECTOR_HEAD - acc_vector_tail(patterns)) / 2;
	return (struct acc_pattern){.count = patterns->count[number],
				    .group = word[0],
				    .participant = word[1],
				    .document = word[2],
				    .ratings = ratings,
				    .size = patterns->paired ? word[length - 1] : (uint32_t)ratings,
				    .rating = word + ACC_VECTOR_HEAD};
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

enum acc_status
acc_patterns_append(struct acc_patterns *patterns, const uint32_t *word, size_t length,
		    uint64_t count, uint32_t *number)
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
