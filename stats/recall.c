#include "stats/recall.h"

#include <stdlib.h>
#include <string.h>

/* More numbers than this do not stay near the processor. */
static const size_t most = (size_t)1 << 18;

static size_t
pairs_of(size_t coders)
{
	return coders * (coders - (coders > 0)) / 2;
}

static size_t
coder_length(const struct acc_recall *recall)
{
	return recall->coders * recall->states * (ACC_RECALL_CODER + recall->columns);
}

static size_t
pair_length(const struct acc_recall *recall)
{
	return pairs_of(recall->coders) * recall->states * recall->states * ACC_RECALL_PAIR;
}

/* Are numbers of so many states few enough to be kept, and met often enough? */
static bool
fits(size_t length, size_t states, size_t tallies)
{
	return length <= most && states <= tallies / 4;
}

enum acc_status
acc_recall_make(struct acc_recall *recall, const struct acc_tally *shape, size_t categories,
		size_t tallies)
{
	*recall = (struct acc_recall){
	    .coders = shape->coders, .columns = shape->categories, .states = categories + 1};
	/* Sizes below are of numbers that were multiplied to make the tally. */
	recall->sum = acc_array(shape->categories, sizeof *recall->sum);
	bool small = shape->coders <= most && categories < most && shape->length <= most;
	bool coders = small && fits(coder_length(recall), recall->states, tallies);
	bool pairs = coders && shape->needs & ACC_NEED_PAIRS &&
		     fits(pair_length(recall), recall->states * recall->states, tallies);
	if (coders) {
		recall->state = acc_array(shape->coders, sizeof *recall->state);
		recall->coder = acc_array(coder_length(recall), sizeof *recall->coder);
	}
	if (pairs)
		recall->pair = acc_array(pair_length(recall), sizeof *recall->pair);
	acc_recall_begin(recall);
	bool made = recall->sum && (!coders || (recall->state && recall->coder));
	return made && (!pairs || recall->pair) ? ACC_OK : ACC_NO_MEMORY;
}

void
acc_recall_free(struct acc_recall *recall)
{
	free(recall->sum);
	free(recall->state);
	free(recall->coder);
	free(recall->pair);
	*recall = (struct acc_recall){0};
}

void
acc_recall_begin(struct acc_recall *recall)
{
	acc_recall_forget(recall);
	for (size_t i = 0; recall->coder && i < coder_length(recall); i++)
		recall->coder[i] = -1;
	for (size_t i = 0; recall->pair && i < pair_length(recall); i++)
		recall->pair[i] = -1;
}

void
acc_recall_forget(struct acc_recall *recall)
{
	recall->estimates = 0;
	recall->pairs_known = recall->shares_known = false;
	recall->in_state = false;
}

void
acc_recall_without(struct acc_recall *recall, const struct acc_panel *panel, uint32_t pattern)
{
	acc_recall_forget(recall);
	if (!recall->state)
		return;
	memset(recall->state, 0, recall->coders * sizeof *recall->state);
	for (size_t m = panel->first[pattern]; m < panel->first[pattern + 1]; m += 2)
		recall->state[panel->mark[m]] = 1 + panel->mark[m + 1];
	recall->in_state = true;
}
