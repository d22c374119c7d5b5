#include "pipeline/read/exchange.h"
#include "stats/parallel.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
	SHARES_MAX = 128,
	BOX_ROWS = 1024, /* that are taken to a share at once */
	KINDS = 6        /* of labels */
};

/* ---- what is common ---- */

struct share {
	pthread_mutex_t lock;
	struct acc_patterns patterns;
	struct acc_states states;
};

struct acc_exchange {
	pthread_mutex_t lock;       /* of labels */
	struct acc_patterns labels; /* its vocabularies alone */
	size_t shares; /* a power of two: more than threads, so that few of them meet */
	struct share share[];
};

/* The vocabularies of patterns, and of ratings, in one order. */
static struct acc_vocabulary *
vocabulary_of(struct acc_patterns *patterns, size_t kind)
{
	struct acc_vocabulary *const each[KINDS] = {&patterns->coder,       &patterns->theme,
						    &patterns->code,        &patterns->group,
						    &patterns->participant, &patterns->document};
	return each[kind];
}

static const struct acc_vocabulary *
vocabulary_read(const struct acc_ratings *ratings, size_t kind)
{
	const struct acc_vocabulary *const each[KINDS] = {
	    &ratings->coder, &ratings->theme,       &ratings->code,
	    &ratings->group, &ratings->participant, &ratings->document};
	return each[kind];
}

struct acc_exchange *
acc_exchange_make(enum acc_design design, size_t readers)
{
	size_t shares = 2;
	while (shares < 2 * readers && shares < SHARES_MAX)
		shares *= 2;
	struct acc_exchange *exchange =
	    calloc(1, sizeof *exchange + shares * sizeof *exchange->share);
	if (!exchange)
		return NULL;
	exchange->shares = shares;
	exchange->labels.design = design;
	pthread_mutex_init(&exchange->lock, NULL);
	for (size_t s = 0; s < exchange->shares; s++) {
		pthread_mutex_init(&exchange->share[s].lock, NULL);
		exchange->share[s].patterns.design = design;
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
		acc_states_free(&exchange->share[s].states);
		acc_patterns_free(&exchange->share[s].patterns);
		pthread_mutex_destroy(&exchange->share[s].lock);
	}
	acc_patterns_free(&exchange->labels);
	pthread_mutex_destroy(&exchange->lock);
	free(exchange);
}

/* Count what one share was sent. */
static enum acc_status
finish_share(void *context, size_t index)
{
	struct share *share = &((struct acc_exchange *)context)->share[index];
	enum acc_status status = acc_states_finish(&share->states);
	return status == ACC_OK && share->states.contradiction ? ACC_TOO_LARGE : status;
}

enum acc_status
acc_exchange_finish(struct acc_exchange *exchange, unsigned threads, struct acc_patterns *patterns)
{
	enum acc_status status = acc_parallel(threads, exchange->shares, finish_share, exchange);
	for (size_t s = 0; status == ACC_OK && s < exchange->shares; s++) {
		struct acc_patterns *part = &exchange->share[s].patterns;
		/* All shares have the same labels: each borrows them for a moment. */
		for (size_t k = 0; k < KINDS; k++)
			*vocabulary_of(part, k) = *vocabulary_of(&exchange->labels, k);
		status = acc_patterns_absorb(patterns, part);
		for (size_t k = 0; k < KINDS; k++)
			*vocabulary_of(part, k) = (struct acc_vocabulary){0};
	}
	return status;
}

/* ---- a reader's side ---- */

/* A row on its way, with the reader's numbers. */
struct sent {
	uint64_t low, high;
	uint32_t text, length; /* of a long name: where in the box's text; length 0: a short one */
	uint32_t coder, theme, code, head;
};

struct box {
	struct sent row[BOX_ROWS];
	size_t rows;
	char *text; /* owned: long names, one after the other */
	size_t text_used, text_capacity;
};

/* From the reader's numbers to common ones. */
struct map {
	uint32_t *common; /* owned */
	size_t known, capacity;
};

struct acc_sender {
	struct acc_exchange *exchange;
	const struct acc_ratings *ratings;
	struct map map[KINDS];
	struct acc_pool head;  /* words: group, participant, document */
	struct acc_unit about; /* of the last row */
	uint32_t about_head;
	struct box box[]; /* one for each share */
};

struct acc_sender *
acc_sender_make(struct acc_exchange *exchange, const struct acc_ratings *ratings)
{
	struct acc_sender *sender =
	    calloc(1, sizeof *sender + exchange->shares * sizeof *sender->box);
	if (sender) {
		sender->exchange = exchange;
		sender->ratings = ratings;
	}
	return sender;
}

void
acc_sender_free(struct acc_sender *sender)
{
	if (!sender)
		return;
	for (size_t k = 0; k < KINDS; k++)
		free(sender->map[k].common);
	for (size_t s = 0; s < sender->exchange->shares; s++)
		free(sender->box[s].text);
	acc_pool_free(&sender->head);
	free(sender);
}

/* Learn the common numbers of labels that are new to this reader. */
static enum acc_status
learn_labels(struct acc_sender *sender)
{
	enum acc_status status = ACC_OK;
	for (size_t k = 0; status == ACC_OK && k < KINDS; k++) {
		const struct acc_vocabulary *own = vocabulary_read(sender->ratings, k);
		struct map *map = &sender->map[k];
		if (map->known == own->count)
			continue;
		if (!acc_array_reserve((void **)&map->common, &map->capacity, own->count,
				       sizeof *map->common))
			return ACC_NO_MEMORY;
		pthread_mutex_lock(&sender->exchange->lock);
		for (; status == ACC_OK && map->known < own->count; map->known++)
			status =
			    acc_vocabulary_add(vocabulary_of(&sender->exchange->labels, k),
					       own->label[map->known], &map->common[map->known]);
		pthread_mutex_unlock(&sender->exchange->lock);
	}
	return status;
}

static uint32_t
common(const struct map *map, uint32_t own)
{
	return own == ACC_NONE ? ACC_NONE : map->common[own];
}

/* Let a share take one row. */
static enum acc_status
settle(struct acc_sender *sender, struct share *share, const struct box *box,
       const struct sent *sent)
{
	size_t length;
	const uint32_t *head = acc_pool_get(&sender->head, sent->head, &length);
	const struct map *map = sender->map;
	struct acc_unit about = {.group = common(&map[3], head[0]),
				 .participant = common(&map[4], head[1]),
				 .document = common(&map[5], head[2])};
	struct acc_assignment row = {.coder = common(&map[0], sent->coder),
				     .theme = common(&map[1], sent->theme),
				     .code = common(&map[2], sent->code)};
	struct acc_unit_name name;
	if (sent->length)
		name = acc_units_name(box->text + sent->text, sent->length);
	else
		acc_units_short(&name, sent->low, sent->high);
	return acc_states_take(&share->states, &name, &about, &row);
}

static enum acc_status
send_box(struct acc_sender *sender, size_t index)
{
	struct share *share = &sender->exchange->share[index];
	struct box *box = &sender->box[index];
	enum acc_status status = learn_labels(sender);
	pthread_mutex_lock(&share->lock);
	for (size_t i = 0; status == ACC_OK && i < box->rows; i++)
		status = settle(sender, share, box, &box->row[i]);
	if (share->states.contradiction)
		status = ACC_TOO_LARGE;
	pthread_mutex_unlock(&share->lock);
	box->rows = box->text_used = 0;
	return status;
}

/* Which of the heads that this reader met. */
static enum acc_status
find_head(struct acc_sender *sender, const struct acc_unit *about)
{
	if (sender->head.count && sender->about.group == about->group &&
	    sender->about.participant == about->participant &&
	    sender->about.document == about->document)
		return ACC_OK;
	uint32_t word[] = {about->group, about->participant, about->document};
	sender->about = *about;
	return acc_pool_add(&sender->head, word, 3, &sender->about_head);
}

/* Keep a long name until its box is sent. */
static enum acc_status
keep_text(struct box *box, const struct acc_unit_name *name, struct sent *sent)
{
	if (!acc_array_reserve((void **)&box->text, &box->text_capacity,
			       box->text_used + name->length, 1))
		return ACC_NO_MEMORY;
	memcpy(box->text + box->text_used, name->text, name->length);
	sent->text = (uint32_t)box->text_used;
	sent->length = (uint32_t)name->length;
	box->text_used += name->length;
	return ACC_OK;
}

enum acc_status
acc_sender_take(struct acc_sender *sender, const struct acc_unit_name *name,
		const struct acc_unit *about, const struct acc_assignment *row)
{
	/* Bits of the hash that a place in a share's table is not made of. */
	size_t index = name->hash >> 16 & (sender->exchange->shares - 1);
	struct box *box = &sender->box[index];
	struct sent *sent = &box->row[box->rows];
	enum acc_status status = find_head(sender, about);
	sent->low = name->low;
	sent->length = 0;
	sent->high = name->high;
	sent->coder = row->coder;
	sent->head = sender->about_head;
	sent->theme = row->theme;
	sent->code = row->code;
	if (name->text && status == ACC_OK)
		status = keep_text(box, name, sent);
	if (status == ACC_OK && ++box->rows == BOX_ROWS)
		status = send_box(sender, index);
	return status;
}

enum acc_status
acc_sender_finish(struct acc_sender *sender)
{
	enum acc_status status = learn_labels(sender);
	for (size_t s = 0; status == ACC_OK && s < sender->exchange->shares; s++)
		status = send_box(sender, s);
	return status;
}
