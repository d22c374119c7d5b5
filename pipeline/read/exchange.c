#include "pipeline/read/exchange.h"
#include "pipeline/read/exchange_share.h"
#include "stats/parallel.h"

#include <stdlib.h>

struct acc_exchange *
acc_exchange_make(enum acc_design design, bool lists, unsigned layers, size_t readers)
{
	struct acc_exchange *exchange =
	    calloc(1, sizeof *exchange + readers * sizeof *exchange->share);
	if (!exchange)
		return NULL;
	exchange->shares = readers;
	exchange->lists = lists;
	exchange->labels.design = design;
	pthread_mutex_init(&exchange->lock, NULL);
	for (size_t s = 0; s < exchange->shares; s++) {
		pthread_mutex_init(&exchange->share[s].door, NULL);
		exchange->share[s].patterns.design = design;
		exchange->share[s].lists.tally.layers = layers;
		exchange->share[s].states.patterns = &exchange->share[s].patterns;
	}
	return exchange;
}

void
acc_exchange_free(struct acc_exchange *exchange)
{
	if (!exchange)
		return;
	for (size_t s = 0; s < exchange->shares; s++) {
		struct acc_share *share = &exchange->share[s];
		acc_states_free(&share->states);
		acc_lists_free(&share->lists);
		/* Labels are those of the exchange. */
		for (size_t k = 0; k < ACC_KINDS; k++)
			*acc_share_vocabulary(&share->patterns, k) = (struct acc_vocabulary){0};
		acc_patterns_free(&share->patterns);
		acc_boxes_free(share->inbox);
		pthread_mutex_destroy(&share->door);
	}
	acc_patterns_free(&exchange->labels);
	pthread_mutex_destroy(&exchange->lock);
	free(exchange);
}

/* ---- the end ---- */

/* Count what one share was sent. */
static enum acc_status
finish_share(void *context, size_t index)
{
	struct acc_exchange *exchange = context;
	struct acc_share *share = &exchange->share[index];
	struct acc_spares spares = {0};
	enum acc_status status = acc_share_count_inbox(share, exchange->lists, &spares);
	acc_boxes_free(spares.box);
	if (status == ACC_OK)
		status = exchange->lists ? acc_lists_gather(&share->lists)
					 : acc_states_finish(&share->states);
	bool odd = share->lists.full || share->lists.contradiction || share->states.contradiction;
	return status == ACC_OK && odd ? ACC_TOO_LARGE : status;
}

size_t
acc_exchange_shares(const struct acc_exchange *exchange)
{
	return exchange->shares;
}

enum acc_status
acc_exchange_finish(struct acc_exchange *exchange, unsigned threads,
		    const struct acc_patterns **share)
{
	enum acc_status status = acc_parallel(threads, exchange->shares, finish_share, exchange);
	for (size_t s = 0; s < exchange->shares; s++) {
		share[s] = &exchange->share[s].patterns;
		/* All have the same labels, but they are not theirs to free. */
		for (size_t k = 0; k < ACC_KINDS; k++)
			*acc_share_vocabulary(&exchange->share[s].patterns, k) =
			    *acc_share_vocabulary(&exchange->labels, k);
	}
	return status;
}

struct acc_lists
acc_exchange_lists(struct acc_exchange *exchange, size_t share)
{
	struct acc_lists lists = exchange->share[share].lists;
	exchange->share[share].lists = (struct acc_lists){0};
	return lists;
}
