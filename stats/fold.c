#include "stats/fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The coders "1", "2", ..., as many as the most ratings of a unit. */
static enum acc_status
number_coders(struct acc_vocabulary *coder, size_t most)
{
	enum acc_status status = ACC_OK;
	for (size_t i = 1; status == ACC_OK && i <= most; i++) {
		char label[24];
		uint32_t number;
		snprintf(label, sizeof label, "%zu", i);
		status = acc_vocabulary_add(coder, label, &number);
	}
	return status;
}

/* Count the folded vectors of `from`; *most ratings of a unit. */
static enum acc_status
fold_vectors(const struct acc_patterns *from, struct acc_patterns *into, size_t *most)
{
	enum acc_status status = ACC_OK;
	uint32_t *scratch = NULL;
	size_t capacity = 0;
	for (uint32_t p = 0; status == ACC_OK && p < from->vector.count; p++) {
		size_t length, ratings = acc_patterns_get(from, p).ratings;
		const uint32_t *word = acc_pool_get(&from->vector, p, &length);
		if (!acc_array_reserve((void **)&scratch, &capacity, length, sizeof *scratch)) {
			status = ACC_NO_MEMORY;
			break;
		}
		memcpy(scratch, word, length * sizeof *word);
		acc_fold_ratings(scratch + length - 2 * ratings, ratings);
		*most = ratings > *most ? ratings : *most;
		status = acc_patterns_add(into, scratch, length, from->count[p], NULL);
	}
	free(scratch);
	return status;
}

enum acc_status
acc_patterns_fold(struct acc_patterns *patterns)
{
	struct acc_patterns made = {0};
	size_t most = 0;
	enum acc_status status = fold_vectors(patterns, &made, &most);
	if (status == ACC_OK)
		status = number_coders(&made.coder, most);
	if (status == ACC_OK) {
		struct acc_patterns old = {
		    .coder = patterns->coder, .vector = patterns->vector, .count = patterns->count};
		patterns->folded = true;
		patterns->coder = made.coder;
		patterns->vector = made.vector;
		patterns->count = made.count;
		patterns->count_capacity = made.count_capacity;
		made = old;
	}
	acc_patterns_free(&made);
	return status == ACC_OK ? acc_patterns_canonical(patterns, NULL) : status;
}
