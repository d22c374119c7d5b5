/* look: who looked at what. The rule that turns absent rows of the themes design into "looked,
 * applied nothing" where the user says so. */
#include "stats/patterns.h"

#include <stdlib.h>
#include <string.h>

/* The coders that looked at each document: coder numbers, document after document. The last
 * document stands for units without one. */
struct looked {
	struct acc_pool pair; /* words: document, coder */
	uint32_t *coder;      /* owned, grouped by document, ascending */
	size_t *first;        /* owned, [documents + 2] */
};

static void
free_looked(struct looked *looked)
{
	acc_pool_free(&looked->pair);
	free(looked->coder);
	free(looked->first);
}

static uint32_t
place(const struct acc_patterns *patterns, uint32_t document)
{
	if (patterns->seen == ACC_SEEN_ALL)
		return 0;
	return document == ACC_NONE ? patterns->document.count : document;
}

static enum acc_status
collect_pairs(const struct acc_patterns *patterns, struct acc_pool *pair)
{
	uint32_t number;
	enum acc_status status = ACC_OK;
	for (uint32_t c = 0; patterns->seen == ACC_SEEN_ALL && c < patterns->coder.count; c++) {
		status = acc_pool_add(pair, (uint32_t[]){0, c}, 2, &number);
		if (status != ACC_OK)
			return status;
	}
	for (uint32_t p = 0; p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		uint32_t document = place(patterns, pattern.document);
		for (size_t i = 0; i < pattern.ratings; i++) {
			status = acc_pool_add(pair, (uint32_t[]){document, pattern.rating[2 * i]},
					      2, &number);
			if (status != ACC_OK)
				return status;
		}
	}
	return status;
}

static enum acc_status
find_looked(const struct acc_patterns *patterns, struct looked *looked)
{
	enum acc_status status = collect_pairs(patterns, &looked->pair);
	if (status != ACC_OK)
		return status;
	size_t documents = (size_t)patterns->document.count + 1;
	uint32_t *order = acc_pool_sorted(&looked->pair);
	looked->coder = acc_array(looked->pair.count, sizeof *looked->coder);
	looked->first = acc_array(documents + 1, sizeof *looked->first);
	if (!order || !looked->coder || !looked->first) {
		free(order);
		return ACC_NO_MEMORY;
	}
	for (uint32_t i = 0; i < looked->pair.count; i++) {
		size_t length;
		const uint32_t *word = acc_pool_get(&looked->pair, order[i], &length);
		looked->coder[i] = word[1];
		looked->first[word[0] + 1]++;
	}
	for (size_t d = 0; d < documents; d++)
		looked->first[d + 1] += looked->first[d];
	free(order);
	return ACC_OK;
}

/* The vector of a pattern with the empty value for each coder who looked and has no rating. */
static size_t
fill(const struct acc_pattern *pattern, const uint32_t *coder, size_t coders, uint32_t empty,
     uint32_t *word)
{
	size_t length = 0, at = 0;
	word[length++] = pattern->group;
	word[length++] = pattern->participant;
	word[length++] = pattern->document;
	for (size_t i = 0; i < coders; i++) {
		bool rated = at < pattern->ratings && pattern->rating[2 * at] == coder[i];
		word[length++] = coder[i];
		word[length++] = rated ? pattern->rating[2 * at + 1] : empty;
		at += rated;
	}
	return length;
}

static enum acc_status
look_at_all(struct acc_patterns *patterns, const struct looked *looked, uint32_t *map)
{
	uint32_t empty, *word = acc_array(3 + 2 * (size_t)patterns->coder.count, sizeof *word);
	struct acc_patterns made = {0};
	enum acc_status status =
	    word ? acc_pool_add(&patterns->value, NULL, 0, &empty) : ACC_NO_MEMORY;
	for (uint32_t p = 0; status == ACC_OK && p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		size_t first = looked->first[place(patterns, pattern.document)];
		size_t last = looked->first[place(patterns, pattern.document) + 1];
		size_t length = fill(&pattern, looked->coder + first, last - first, empty, word);
		status = acc_patterns_add(&made, word, length, pattern.count, map + p);
	}
	if (status == ACC_OK) {
		struct acc_patterns old = {.vector = patterns->vector, .count = patterns->count};
		patterns->vector = made.vector;
		patterns->count = made.count;
		patterns->count_capacity = made.count_capacity;
		made = old;
	}
	acc_patterns_free(&made);
	free(word);
	return status;
}

enum acc_status
acc_patterns_look(struct acc_patterns *patterns, uint32_t **renumber)
{
	bool needed = patterns->design == ACC_THEMES && patterns->seen != ACC_SEEN_LISTED;
	uint32_t vectors = patterns->vector.count;
	uint32_t *filled = acc_array(vectors, sizeof *filled), *ordered = NULL;
	enum acc_status status = filled ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t p = 0; status == ACC_OK && p < vectors; p++)
		filled[p] = p;
	if (status == ACC_OK && needed) {
		struct looked looked = {0};
		status = find_looked(patterns, &looked);
		if (status == ACC_OK)
			status = look_at_all(patterns, &looked, filled);
		free_looked(&looked);
		if (status == ACC_OK)
			status = acc_patterns_canonical(patterns, &ordered);
		for (uint32_t p = 0; status == ACC_OK && p < vectors; p++)
			filled[p] = ordered[filled[p]];
		free(ordered);
	}
	if (status == ACC_OK && renumber)
		*renumber = filled;
	else
		free(filled);
	return status;
}
