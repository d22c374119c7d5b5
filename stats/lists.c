#include "stats/lists.h"

#include <stdlib.h>
#include <string.h>

static void
free_rows(struct acc_lists *lists)
{
	if (lists->deal)
		acc_deal_free(lists->deal);
	free(lists->deal);
	lists->deal = NULL;
	acc_units_free(&lists->units);
	free(lists->row);
	free(lists->head_of);
	lists->row = NULL;
	lists->head_of = NULL;
	lists->rows = lists->row_capacity = lists->head_capacity = 0;
}

void
acc_lists_free(struct acc_lists *lists)
{
	free_rows(lists);
	acc_pool_free(&lists->head);
	acc_list_tally_free(&lists->tally);
	free(lists->word);
	*lists = (struct acc_lists){0};
}

static enum acc_status
find_head(struct acc_lists *lists, const struct acc_unit *about)
{
	if (lists->head.count && lists->about.group == about->group &&
	    lists->about.participant == about->participant &&
	    lists->about.document == about->document)
		return ACC_OK;
	lists->about = *about;
	return acc_pool_add(&lists->head,
			    (uint32_t[]){about->group, about->participant, about->document}, 3,
			    &lists->about_head);
}

/* ---- units whose rows stand together ---- */

enum acc_status
acc_lists_more(struct acc_lists *lists)
{
	lists->full = lists->full || lists->words >= ACC_LISTS_MOST;
	if (lists->full)
		return ACC_TOO_LARGE;
	size_t need = lists->words < 1 << 14 ? 1 << 14 : lists->words + 1;
	return acc_array_reserve((void **)&lists->word, &lists->capacity, need, sizeof *lists->word)
		   ? ACC_OK
		   : ACC_NO_MEMORY;
}

enum acc_status
acc_lists_room(struct acc_lists *lists, const struct acc_unit *about, size_t more, uint32_t *end)
{
	enum acc_status status = find_head(lists, about);
	*end = lists->about_head | ACC_LISTS_END;
	if (status == ACC_OK && lists->words + more >= ACC_LISTS_MOST)
		status = ACC_TOO_LARGE;
	if (status == ACC_OK && !acc_array_reserve((void **)&lists->word, &lists->capacity,
						   lists->words + more, sizeof *lists->word))
		status = ACC_NO_MEMORY;
	return status;
}

enum acc_status
acc_lists_drain(struct acc_lists *lists)
{
	size_t used;
	if (!lists->tally.layers || lists->words < ACC_LISTS_BLOCK)
		return ACC_OK;
	enum acc_status status =
	    acc_list_tally_take(&lists->tally, lists->word, lists->words, &used);
	lists->words -= used;
	memmove(lists->word, lists->word + used, lists->words * sizeof *lists->word);
	return status;
}

enum acc_status
acc_lists_close(struct acc_lists *lists, const struct acc_unit *about,
		const struct acc_assignment *row, size_t rows)
{
	enum acc_status status = find_head(lists, about);
	for (size_t i = 0; status == ACC_OK && i < rows; i++)
		status = acc_lists_put(
		    lists, acc_lists_word(row[i].coder, row[i].theme, row[i].code, &lists->full));
	if (status == ACC_OK)
		status = acc_lists_put(lists, lists->about_head | ACC_LISTS_END);
	if (status == ACC_OK)
		status = acc_lists_drain(lists);
	return lists->full ? ACC_TOO_LARGE : status;
}

/* ---- units whose rows come in any order ---- */

static enum acc_status
settle_row(struct acc_lists *lists, const struct acc_unit_name *name, uint32_t word, uint32_t head)
{
	uint64_t known = lists->units.count;
	uint32_t *unit = acc_units_find(&lists->units, name, (uint32_t)known);
	lists->full = lists->full || lists->rows + known >= ACC_LISTS_MOST;
	if (lists->full)
		return ACC_TOO_LARGE;
	if (!unit ||
	    !acc_array_reserve((void **)&lists->row, &lists->row_capacity, lists->rows + 1,
			       sizeof *lists->row) ||
	    !acc_array_reserve((void **)&lists->head_of, &lists->head_capacity, *unit + (size_t)1,
			       sizeof *lists->head_of))
		return ACC_NO_MEMORY;
	if (lists->units.count > known)
		lists->head_of[*unit] = head;
	else if (lists->head.count > 1)
		lists->contradiction = lists->contradiction || lists->head_of[*unit] != head;
	if (word != ACC_NONE)
		lists->row[lists->rows++] = (struct acc_lists_row){*unit, word};
	return ACC_OK;
}

struct acc_deal *
acc_lists_deal(struct acc_lists *lists)
{
	if (!lists->tally.layers)
		return NULL;
	if (!lists->deal && (lists->deal = calloc(1, sizeof *lists->deal)))
		acc_deal_begin(lists->deal);
	return lists->deal && !lists->deal->left ? lists->deal : NULL;
}

static enum acc_status
tally_part(void *context, uint32_t *word, size_t words)
{
	struct acc_lists *lists = context;
	return acc_list_tally_take(&lists->tally, word, words, &words);
}

enum acc_status
acc_lists_take(struct acc_lists *lists, const struct acc_unit_name *name,
	       const struct acc_unit *about, const struct acc_assignment *row)
{
	enum acc_status status = find_head(lists, about);
	uint32_t word = acc_lists_word(row->coder, row->theme, row->code, &lists->full);
	if (status != ACC_OK || name->text)
		return status == ACC_OK ? settle_row(lists, name, word, lists->about_head) : status;
	struct acc_deal *deal = acc_lists_deal(lists);
	if (deal) {
		lists->full =
		    lists->full || !acc_deal_put(deal, name->low, name->high, name->hash, word);
		return lists->full ? ACC_TOO_LARGE : ACC_OK;
	}
	acc_units_prefetch(&lists->units, name);
	size_t at = lists->lates++ % ACC_LISTS_LATE;
	if (lists->lates > ACC_LISTS_LATE)
		status = settle_row(lists, &lists->late[at].name, lists->late[at].word,
				    lists->late[at].head);
	lists->late[at].name.low = name->low;
	lists->late[at].name.high = name->high;
	lists->late[at].name.hash = name->hash;
	lists->late[at].word = word;
	lists->late[at].head = lists->about_head;
	return status;
}

/* Where the numbers of each unit begin; room for its end is counted. */
static void
find_places(const struct acc_lists *lists, uint32_t *place)
{
	uint64_t units = lists->units.count;
	uint32_t sum = 0;
	for (size_t i = 0; i < lists->rows; i++)
		place[lists->row[i].unit]++;
	for (uint64_t u = 0; u < units; u++) {
		uint32_t here = place[u] + 1;
		place[u] = sum;
		sum += here;
	}
}

enum acc_status
acc_lists_gather(struct acc_lists *lists)
{
	size_t waiting = lists->lates < ACC_LISTS_LATE ? lists->lates : ACC_LISTS_LATE;
	enum acc_status status = ACC_OK;
	for (size_t i = 0; status == ACC_OK && i < waiting; i++)
		status = settle_row(lists, &lists->late[i].name, lists->late[i].word,
				    lists->late[i].head);
	const struct acc_deal_calls calls = {NULL, tally_part};
	const struct acc_deal *const deal[] = {lists->deal};
	if (lists->shared)
		return status == ACC_OK && lists->units.count ? ACC_TOO_LARGE : status;
	if (status == ACC_OK && lists->deal)
		status = acc_deal_gather(deal, 1, 0, 1, ACC_LISTS_END, &calls, lists);
	if (status != ACC_OK)
		return status;
	uint64_t units = lists->units.count;
	uint32_t *place = acc_array(units, sizeof *place);
	lists->words = lists->capacity = lists->rows + units;
	lists->word = acc_array(lists->words, sizeof *lists->word);
	if (place && lists->word) {
		find_places(lists, place);
		for (size_t i = 0; i < lists->rows; i++)
			lists->word[place[lists->row[i].unit]++] = lists->row[i].word;
		for (uint64_t u = 0; u < units; u++)
			lists->word[place[u]] = lists->head_of[u] | ACC_LISTS_END;
		free_rows(lists);
	} else
		status = ACC_NO_MEMORY;
	free(place);
	return status;
}
