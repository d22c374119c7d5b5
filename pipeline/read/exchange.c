#include "pipeline/read/exchange.h"
#include "stats/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
	BOX_ROWS = 1024, /* that are taken to a share at once */
	BOXES_MOST = 64, /* that wait for a share */
	SPARES_MOST = 8  /* empty boxes that a reader keeps */
};
enum { CODER, THEME, CODE, GROUP, PARTICIPANT, DOCUMENT, KINDS }; /* of labels */

/* ---- what is common ---- */

/* A row on its way. Numbers of labels are common ones. */
struct sent {
	uint64_t low, high;
	uint32_t text, length; /* of a long name: where in the box's text; length 0: a short one */
	uint32_t coder, theme, code;
	uint32_t group, participant, document;
};

struct box {
	struct box *next;
	size_t rows;
	char *text; /* owned: long names, one after the other */
	size_t text_used, text_capacity;
	struct sent row[BOX_ROWS];
};

struct share {
	atomic_bool held;     /* somebody counts: its reader while it reads, else who has reason */
	pthread_mutex_t door; /* of the two below */
	struct box *inbox;    /* owned */
	atomic_size_t waiting;
	struct acc_patterns patterns;
	struct acc_states states;
	struct acc_lists lists; /* in their place, if so */
};

struct acc_exchange {
	pthread_mutex_t lock;       /* of labels */
	struct acc_patterns labels; /* its vocabularies alone */
	size_t shares;              /* one for each reader */
	bool lists;
	struct share share[];
};

/* The vocabularies of patterns, and of ratings, in one order. */
static struct acc_vocabulary *
vocabulary_of(struct acc_patterns *patterns, size_t kind)
{
	struct acc_vocabulary *const each[KINDS] = {
	    [CODER] = &patterns->coder,
	    [THEME] = &patterns->theme,
	    [CODE] = &patterns->code,
	    [GROUP] = &patterns->group,
	    [PARTICIPANT] = &patterns->participant,
	    [DOCUMENT] = &patterns->document,
	};
	return each[kind];
}

static const struct acc_vocabulary *
vocabulary_read(const struct acc_ratings *ratings, size_t kind)
{
	const struct acc_vocabulary *const each[KINDS] = {
	    [CODER] = &ratings->coder,
	    [THEME] = &ratings->theme,
	    [CODE] = &ratings->code,
	    [GROUP] = &ratings->group,
	    [PARTICIPANT] = &ratings->participant,
	    [DOCUMENT] = &ratings->document,
	};
	return each[kind];
}

struct acc_exchange *
acc_exchange_make(enum acc_design design, bool lists, size_t readers)
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
		exchange->share[s].states.patterns = &exchange->share[s].patterns;
	}
	return exchange;
}

static void
free_boxes(struct box *box)
{
	while (box) {
		struct box *next = box->next;
		free(box->text);
		free(box);
		box = next;
	}
}

void
acc_exchange_free(struct acc_exchange *exchange)
{
	if (!exchange)
		return;
	for (size_t s = 0; s < exchange->shares; s++) {
		struct share *share = &exchange->share[s];
		acc_states_free(&share->states);
		acc_lists_free(&share->lists);
		/* Labels are those of the exchange. */
		for (size_t k = 0; k < KINDS; k++)
			*vocabulary_of(&share->patterns, k) = (struct acc_vocabulary){0};
		acc_patterns_free(&share->patterns);
		free_boxes(share->inbox);
		pthread_mutex_destroy(&share->door);
	}
	acc_patterns_free(&exchange->labels);
	pthread_mutex_destroy(&exchange->lock);
	free(exchange);
}

/* ---- boxes ---- */

/* All boxes that wait for a share, in no order that matters. */
static struct box *
take_inbox(struct share *share)
{
	pthread_mutex_lock(&share->door);
	struct box *box = share->inbox;
	share->inbox = NULL;
	atomic_store(&share->waiting, 0);
	pthread_mutex_unlock(&share->door);
	return box;
}

static void
put_box(struct share *share, struct box *box)
{
	pthread_mutex_lock(&share->door);
	box->next = share->inbox;
	share->inbox = box;
	atomic_fetch_add(&share->waiting, 1);
	pthread_mutex_unlock(&share->door);
}

/* Count a row of a share, by whoever holds it. */
static enum acc_status
count_row(struct share *share, bool lists, const struct acc_unit_name *name,
	  const struct acc_unit *about, const struct acc_assignment *row)
{
	return lists ? acc_lists_take(&share->lists, name, about, row)
		     : acc_states_take(&share->states, name, about, row);
}

static enum acc_status
count_box(struct share *share, bool lists, const struct box *box)
{
	enum acc_status status = ACC_OK;
	for (size_t i = 0; status == ACC_OK && i < box->rows; i++) {
		const struct sent *sent = &box->row[i];
		struct acc_unit about = {sent->group, sent->participant, sent->document, 0};
		struct acc_assignment row = {
		    .coder = sent->coder, .theme = sent->theme, .code = sent->code};
		struct acc_unit_name name;
		if (sent->length)
			name = acc_units_name(box->text + sent->text, sent->length);
		else
			acc_units_short(&name, sent->low, sent->high);
		status = count_row(share, lists, &name, &about, &row);
	}
	return status;
}

/* Count all that waits for a share; the empty boxes become `spare` ones. */
static enum acc_status
count_inbox(struct share *share, bool lists, struct box **spare, size_t *spares)
{
	enum acc_status status = ACC_OK;
	for (struct box *box = take_inbox(share), *next; box; box = next) {
		next = box->next;
		if (status == ACC_OK)
			status = count_box(share, lists, box);
		box->next = *spare;
		box->rows = box->text_used = 0;
		*spare = box;
		++*spares;
		if (*spares > SPARES_MOST) {
			*spare = box->next;
			--*spares;
			box->next = NULL;
			free_boxes(box);
		}
	}
	return status;
}

/* ---- the end ---- */

/* Count what one share was sent. */
static enum acc_status
finish_share(void *context, size_t index)
{
	struct acc_exchange *exchange = context;
	struct share *share = &exchange->share[index];
	struct box *spare = NULL;
	size_t spares = 0;
	enum acc_status status = count_inbox(share, exchange->lists, &spare, &spares);
	free_boxes(spare);
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
		for (size_t k = 0; k < KINDS; k++)
			*vocabulary_of(&exchange->share[s].patterns, k) =
			    *vocabulary_of(&exchange->labels, k);
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

/* ---- a reader's side ---- */

/* From the reader's numbers to common ones. */
struct map {
	uint32_t *common; /* owned */
	size_t known, capacity;
};

struct acc_sender {
	struct acc_exchange *exchange;
	size_t own; /* share */
	bool holds; /* it */
	const struct acc_ratings *ratings;
	struct map map[KINDS];
	struct acc_unit about, common_about; /* of the last row */
	bool about_known;
	struct box *spare; /* owned: empty ones */
	size_t spares;
	struct box *box[]; /* owned: one for each share but the own, or NULL */
};

struct acc_sender *
acc_sender_make(struct acc_exchange *exchange, size_t own, const struct acc_ratings *ratings)
{
	struct acc_sender *sender =
	    calloc(1, sizeof *sender + exchange->shares * sizeof *sender->box);
	if (sender) {
		sender->exchange = exchange;
		sender->own = own;
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
		free_boxes(sender->box[s]);
	free_boxes(sender->spare);
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

static bool
knows(const struct map *map, uint32_t own)
{
	return own == ACC_NONE || own < map->known;
}

static uint32_t
common(const struct map *map, uint32_t own)
{
	return own == ACC_NONE ? ACC_NONE : map->common[own];
}

/* Common numbers of what a row says of its unit: sender->common_about. */
static enum acc_status
find_about(struct acc_sender *sender, const struct acc_unit *about)
{
	enum acc_status status = ACC_OK;
	if (sender->about_known && sender->about.group == about->group &&
	    sender->about.participant == about->participant &&
	    sender->about.document == about->document)
		return ACC_OK;
	const struct map *map = sender->map;
	if (!knows(&map[GROUP], about->group) || !knows(&map[PARTICIPANT], about->participant) ||
	    !knows(&map[DOCUMENT], about->document))
		status = learn_labels(sender);
	if (status != ACC_OK)
		return status;
	sender->about = *about;
	sender->about_known = true;
	sender->common_about = (struct acc_unit){common(&map[GROUP], about->group),
						 common(&map[PARTICIPANT], about->participant),
						 common(&map[DOCUMENT], about->document), 0};
	return ACC_OK;
}

/* Hold the own share, which somebody else may hold for a moment. */
static void
hold_own(struct acc_sender *sender)
{
	struct share *share = &sender->exchange->share[sender->own];
	while (!sender->holds && atomic_exchange(&share->held, true))
		sched_yield();
	sender->holds = true;
}

static enum acc_status
count_own(struct acc_sender *sender)
{
	hold_own(sender);
	return count_inbox(&sender->exchange->share[sender->own], sender->exchange->lists,
			   &sender->spare, &sender->spares);
}

/* Send a full box. Where too many wait, and nobody counts them, count them here. Readers that wait
 * for each other go on, for each counts its own meanwhile. */
static enum acc_status
send_box(struct acc_sender *sender, size_t index)
{
	struct share *share = &sender->exchange->share[index];
	enum acc_status status = ACC_OK;
	put_box(share, sender->box[index]);
	sender->box[index] = NULL;
	while (status == ACC_OK && atomic_load(&share->waiting) > BOXES_MOST) {
		if (!atomic_exchange(&share->held, true)) {
			status = count_inbox(share, sender->exchange->lists, &sender->spare,
					     &sender->spares);
			atomic_store(&share->held, false);
		} else {
			status = count_own(sender);
			sched_yield();
		}
	}
	return status;
}

/* An empty box for a share. */
static enum acc_status
open_box(struct acc_sender *sender, size_t index)
{
	enum acc_status status = ACC_OK;
	if (atomic_load(&sender->exchange->share[sender->own].waiting))
		status = count_own(sender);
	struct box *box = sender->spare;
	if (box) {
		sender->spare = box->next;
		sender->spares--;
	} else if ((box = malloc(sizeof *box))) {
		box->rows = 0;
		box->text = NULL;
		box->text_used = box->text_capacity = 0;
	}
	if (box)
		box->next = NULL;
	sender->box[index] = box;
	return box ? status : ACC_NO_MEMORY;
}

/* Keep a long name until its box is counted. */
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

static enum acc_status
send_row(struct acc_sender *sender, size_t index, const struct acc_unit_name *name,
	 const struct acc_assignment *row)
{
	enum acc_status status = sender->box[index] ? ACC_OK : open_box(sender, index);
	struct box *box = sender->box[index];
	if (status != ACC_OK)
		return status;
	struct sent *sent = &box->row[box->rows];
	sent->low = name->low;
	sent->high = name->high;
	sent->length = 0;
	sent->coder = row->coder;
	sent->theme = row->theme;
	sent->code = row->code;
	sent->group = sender->common_about.group;
	sent->participant = sender->common_about.participant;
	sent->document = sender->common_about.document;
	if (name->text)
		status = keep_text(box, name, sent);
	if (status == ACC_OK && ++box->rows == BOX_ROWS)
		status = send_box(sender, index);
	return status;
}

enum acc_status
acc_sender_take(struct acc_sender *sender, const struct acc_unit_name *name,
		const struct acc_unit *about, const struct acc_assignment *row)
{
	const struct map *map = sender->map;
	enum acc_status status = find_about(sender, about);
	bool known = knows(&map[CODER], row->coder) && knows(&map[THEME], row->theme) &&
		     knows(&map[CODE], row->code);
	if (status == ACC_OK && !known)
		status = learn_labels(sender);
	if (status != ACC_OK)
		return status;
	struct acc_assignment own = {.coder = common(&map[CODER], row->coder),
				     .theme = common(&map[THEME], row->theme),
				     .code = common(&map[CODE], row->code)};
	/* Bits of the hash that a place in a share's table is not made of. */
	size_t index = (name->hash & 0xffff) * sender->exchange->shares >> 16;
	if (index != sender->own)
		return send_row(sender, index, name, &own);
	struct share *share = &sender->exchange->share[index];
	if (!sender->holds)
		hold_own(sender);
	/* Also where nothing is sent elsewhere for long. */
	if (atomic_load_explicit(&share->waiting, memory_order_relaxed) > BOXES_MOST / 2)
		status = count_own(sender);
	if (status == ACC_OK)
		status =
		    count_row(share, sender->exchange->lists, name, &sender->common_about, &own);
	return share->states.contradiction || share->lists.contradiction ? ACC_TOO_LARGE : status;
}

enum acc_status
acc_sender_finish(struct acc_sender *sender)
{
	enum acc_status status = learn_labels(sender);
	for (size_t s = 0; status == ACC_OK && s < sender->exchange->shares; s++)
		if (sender->box[s])
			status = send_box(sender, s);
	return status == ACC_OK ? count_own(sender) : status;
}

void
acc_sender_leave(struct acc_sender *sender)
{
	if (sender && sender->holds)
		atomic_store(&sender->exchange->share[sender->own].held, false);
}
