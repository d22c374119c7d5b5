/* Lists of all units: in order, and as patterns. */
#include "stats/lists_settle.h"

#include <stdlib.h>
#include <string.h>

enum {
	SOME = 8, /* numbers that are put in order all at once */
	FEW = 24  /* ... one by one */
};

static int
compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static void
sort(uint32_t *word, size_t words)
{
	if (words > FEW) {
		qsort(word, words, sizeof *word, compare);
		return;
	}
	for (size_t i = 1; i < words; i++) {
		uint32_t moving = word[i];
		size_t at = i;
		for (; at && word[at - 1] > moving; at--)
			word[at] = word[at - 1];
		word[at] = moving;
	}
}

static inline void
put_in_order(uint32_t *a, uint32_t *b)
{
	uint32_t low = *a < *b ? *a : *b, high = *a < *b ? *b : *a;
	*a = low;
	*b = high;
}

/* Few numbers with new numbers, in order: by the network of 19 exchanges for eight (Knuth 1998, The
 * Art of Computer Programming 3, section 5.3.4). No branch asks what nobody can foretell. */
static inline void
renumber_few(const struct acc_label_maps *maps, const uint32_t *from, size_t words, uint32_t *to)
{
	static const unsigned char pair[19][2] = {
	    {0, 2}, {1, 3}, {4, 6}, {5, 7}, {0, 4}, {1, 5}, {2, 6}, {3, 7}, {0, 1}, {2, 3},
	    {4, 5}, {6, 7}, {2, 4}, {3, 5}, {1, 4}, {3, 6}, {1, 2}, {3, 4}, {5, 6}};
#pragma GCC unroll 8
	for (size_t i = 0; i < SOME; i++) {
		uint32_t word = acc_lists_renumber(maps, from[i < words ? i : 0]);
		to[i] = i < words ? word : UINT32_MAX;
	}
#pragma GCC unroll 19
	for (size_t k = 0; k < 19; k++)
		put_in_order(&to[pair[k][0]], &to[pair[k][1]]);
}

/* One unit into `to`, which may begin at or before `from`, in order, each number once; returns how
 * many are left. */
static inline size_t
settle_unit(struct acc_lists *lists, const struct acc_label_maps *maps, const uint32_t *from,
	    size_t words, uint32_t *to, uint32_t coders)
{
	size_t kept = 0;
	uint32_t looked = 0, last = ACC_NONE, few[SOME], *word = to;
	if (words && words <= SOME) {
		renumber_few(maps, from, words, few);
		word = few;
	} else {
		for (size_t i = 0; i < words; i++)
			to[i] = acc_lists_renumber(maps, from[i]);
		sort(to, words);
	}
	for (size_t i = 0; i < words; i++) {
		bool nothing = (word[i] & ACC_LISTS_NOTHING) == ACC_LISTS_NOTHING;
		bool again = kept && word[i] == to[kept - 1];
		uint32_t coder = word[i] >> ACC_LISTS_SHIFT;
		lists->repeated += again && !nothing;
		if (again || (nothing && coder == last))
			continue;
		looked += coder != last;
		last = coder;
		to[kept++] = word[i];
	}
	lists->absent += coders - looked;
	return kept;
}

static void
settle_all(struct acc_lists *lists, const struct acc_label_maps *maps, uint32_t coders)
{
	size_t to = 0;
	for (size_t i = 0, end; i < lists->words; i = end + 1) {
		for (end = i; !(lists->word[end] & ACC_LISTS_END);)
			end++;
		uint32_t head = lists->word[end];
		to += settle_unit(lists, maps, lists->word + i, end - i, lists->word + to, coders);
		lists->word[to++] = head;
		lists->all++;
	}
	lists->words = to;
}

static uint32_t
renumbered(const uint32_t *map, uint32_t number)
{
	return number == ACC_NONE ? ACC_NONE : map[number];
}

/* Number the heads by the reported order too. */
static enum acc_status
settle_heads(struct acc_lists *lists, const struct acc_label_maps *maps)
{
	struct acc_pool head = {0};
	enum acc_status status = ACC_OK;
	for (uint32_t h = 0; status == ACC_OK && h < lists->head.count; h++) {
		size_t three;
		uint32_t number;
		const uint32_t *word = acc_pool_get(&lists->head, h, &three);
		status = acc_pool_append(&head,
					 (uint32_t[]){renumbered(maps->group, word[0]),
						      renumbered(maps->participant, word[1]),
						      renumbered(maps->document, word[2])},
					 3, &number);
	}
	acc_pool_free(&lists->head);
	lists->head = head;
	return status;
}

enum acc_status
acc_lists_settle_one(struct acc_lists *lists, const struct acc_label_maps *maps, uint32_t coders)
{
	size_t used;
	enum acc_status status = settle_heads(lists, maps);
	if (status == ACC_OK && lists->tally.layers)
		return acc_list_tally_take(&lists->tally, lists->word, lists->words, &used);
	if (status == ACC_OK)
		settle_all(lists, maps, coders);
	return status;
}

void
acc_lists_keep_tally(struct acc_lists *lists, struct acc_list_tally *tally, uint32_t coders)
{
	acc_list_tally_free(&lists->tally);
	lists->tally = *tally;
	free(lists->word);
	lists->word = NULL;
	lists->words = lists->capacity = 0;
	lists->all = tally->all;
	lists->repeated = tally->repeated;
	lists->absent = tally->all * coders - tally->looks;
}

enum acc_status
acc_lists_settle(struct acc_lists *lists, struct acc_patterns *patterns)
{
	struct acc_label_maps maps = {0};
	struct acc_list_tally tally = {.layers = lists->tally.layers};
	enum acc_status status = acc_labels_order(patterns, &maps);
	if (status == ACC_OK)
		status = acc_lists_settle_one(lists, &maps, patterns->coder.count);
	if (status == ACC_OK && tally.layers)
		status = acc_list_tally_room(&tally, patterns->theme.count);
	if (status == ACC_OK && tally.layers)
		acc_list_tally_add(&tally, &lists->tally, maps.theme, patterns->theme.count);
	if (tally.layers)
		acc_lists_keep_tally(lists, &tally, patterns->coder.count);
	patterns->repeated = lists->repeated;
	acc_label_maps_free(&maps);
	return status;
}

static struct acc_assignment
row_of(uint32_t word)
{
	uint32_t theme = word & ACC_LISTS_NOTHING;
	return (struct acc_assignment){.coder = word >> ACC_LISTS_SHIFT,
				       .theme = theme == ACC_LISTS_NOTHING ? ACC_NONE : theme};
}

enum acc_status
acc_lists_tabulate(const struct acc_lists *lists, struct acc_patterns *patterns)
{
	struct acc_gather gather = {.design = ACC_THEMES, .patterns = patterns};
	struct acc_assignment *row = NULL;
	size_t rows = 0, capacity = 0, three;
	enum acc_status status = ACC_OK;
	for (size_t i = 0; status == ACC_OK && i < lists->words; i++) {
		uint32_t word = lists->word[i];
		if (!acc_array_reserve((void **)&row, &capacity, rows + 1, sizeof *row))
			status = ACC_NO_MEMORY;
		else if (!(word & ACC_LISTS_END))
			row[rows++] = row_of(word);
		else {
			const uint32_t *head =
			    acc_pool_get(&lists->head, word & ~ACC_LISTS_END, &three);
			struct acc_unit about = {head[0], head[1], head[2], 0};
			status = acc_gather_later(&gather, &about, row, rows);
			rows = 0;
		}
	}
	if (status == ACC_OK)
		status = acc_gather_finish(&gather);
	acc_gather_free(&gather);
	free(row);
	return status == ACC_OK ? acc_patterns_canonical(patterns, NULL) : status;
}
