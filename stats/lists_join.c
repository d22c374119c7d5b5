/* Lists that several readers made of one study become one. */
#include "stats/lists_settle.h"
#include "stats/parallel.h"

#include <stdlib.h>

struct joining {
	struct acc_lists *list;
	size_t parts;
	struct acc_label_maps *maps;
	uint32_t coders;
	/* Where rows were dealt: */
	const struct acc_deal **deal; /* owned, [parts] */
	size_t threads;
	struct acc_list_tally *tally; /* owned, [threads] */
};

static enum acc_status
settle_one(void *context, size_t index)
{
	const struct joining *joining = context;
	return acc_lists_settle_one(&joining->list[index], &joining->maps[index], joining->coders);
}

/* Add the units of another list, and empty it. */
static enum acc_status
append(struct acc_lists *lists, struct acc_lists *more)
{
	if (!lists->all) {
		struct acc_lists empty = *lists;
		*lists = *more;
		*more = empty;
		return ACC_OK;
	}
	uint32_t *head = acc_array(more->head.count, sizeof *head);
	enum acc_status status = head ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t h = 0; status == ACC_OK && h < more->head.count; h++) {
		size_t three;
		const uint32_t *word = acc_pool_get(&more->head, h, &three);
		status = acc_pool_add(&lists->head, word, three, &head[h]);
	}
	if (status == ACC_OK && !acc_array_reserve((void **)&lists->word, &lists->capacity,
						   lists->words + more->words, sizeof *lists->word))
		status = ACC_NO_MEMORY;
	uint32_t *to = lists->word + lists->words;
	for (size_t i = 0; status == ACC_OK && i < more->words; i++) {
		uint32_t word = more->word[i];
		to[i] = word & ACC_LISTS_END ? head[word & ~ACC_LISTS_END] | ACC_LISTS_END : word;
	}
	lists->words += status == ACC_OK ? more->words : 0;
	lists->all += more->all;
	lists->repeated += more->repeated;
	lists->absent += more->absent;
	acc_lists_free(more);
	free(head);
	return status;
}

/* Parts of what was dealt, tallied by one thread. */
struct dealing {
	struct joining *joining;
	struct acc_list_tally *tally;
};

static void
renumber_rows(void *context, size_t source, uint32_t *row, size_t rows)
{
	const struct dealing *dealing = context;
	const struct acc_label_maps *maps = &dealing->joining->maps[source];
	for (size_t i = 0; i < rows; i++)
		row[i] = row[i] == ACC_NONE ? ACC_NONE : acc_lists_renumber(maps, row[i]);
}

static enum acc_status
tally_rows(void *context, uint32_t *word, size_t words)
{
	return acc_list_tally_take(((struct dealing *)context)->tally, word, words, &words);
}

static enum acc_status
tally_dealt(void *context, size_t index)
{
	struct joining *joining = context;
	struct dealing dealing = {joining, &joining->tally[index]};
	const struct acc_deal_calls calls = {renumber_rows, tally_rows};
	return acc_deal_gather(joining->deal, joining->parts, index, joining->threads,
			       ACC_LISTS_END, &calls, &dealing);
}

/* Tally what was dealt, if it was: rows of a unit may be in all lists. */
static enum acc_status
join_deals(struct joining *joining, unsigned threads)
{
	unsigned layers = joining->list[0].tally.layers;
	joining->threads = threads;
	joining->deal = acc_array(joining->parts, sizeof *joining->deal);
	joining->tally = acc_array(threads, sizeof *joining->tally);
	if (!joining->deal || !joining->tally)
		return ACC_NO_MEMORY;
	for (size_t i = 0; i < joining->parts; i++) {
		joining->deal[i] = joining->list[i].deal;
		if (!joining->deal[i])
			return ACC_OK;
	}
	for (size_t i = 0; i < threads; i++)
		joining->tally[i].layers = layers;
	return acc_parallel(threads, threads, tally_dealt, joining);
}

/* All that was tallied becomes the first list's. */
static enum acc_status
join_tallies(struct joining *joining, const struct acc_patterns *const *from, uint32_t themes)
{
	struct acc_list_tally tally = {.layers = joining->list[0].tally.layers};
	enum acc_status status = acc_list_tally_room(&tally, themes);
	for (size_t i = 0; status == ACC_OK && i < joining->parts; i++)
		acc_list_tally_add(&tally, &joining->list[i].tally, joining->maps[i].theme,
				   from[i]->theme.count);
	for (size_t i = 0; status == ACC_OK && i < joining->threads; i++)
		acc_list_tally_add(&tally, &joining->tally[i], NULL, themes);
	acc_lists_keep_tally(&joining->list[0], &tally, joining->coders);
	return status;
}

static void
end(struct joining *joining)
{
	for (size_t i = 0; joining->maps && i < joining->parts; i++)
		acc_label_maps_free(&joining->maps[i]);
	for (size_t i = 0; joining->tally && i < joining->threads; i++)
		acc_list_tally_free(&joining->tally[i]);
	free(joining->maps);
	free(joining->tally);
	free(joining->deal);
}

enum acc_status
acc_lists_join(struct acc_lists *list, const struct acc_patterns *const *from, size_t parts,
	       struct acc_patterns *patterns, unsigned threads)
{
	struct joining joining = {
	    .list = list, .parts = parts, .maps = acc_array(parts, sizeof *joining.maps)};
	if (!joining.maps)
		return ACC_NO_MEMORY;
	enum acc_status status = acc_labels_merge(patterns, from, parts, joining.maps);
	joining.coders = patterns->coder.count;
	if (status == ACC_OK)
		status = acc_parallel(threads, parts, settle_one, &joining);
	bool tallied = list[0].tally.layers;
	if (status == ACC_OK && tallied)
		status = join_deals(&joining, threads);
	if (status == ACC_OK && tallied)
		status = join_tallies(&joining, from, patterns->theme.count);
	for (size_t i = 1; status == ACC_OK && !tallied && i < parts; i++)
		status = append(&list[0], &list[i]);
	patterns->repeated = list[0].repeated;
	end(&joining);
	return status == ACC_OK && list[0].words > ACC_LISTS_MOST ? ACC_TOO_LARGE : status;
}
