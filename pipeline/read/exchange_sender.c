/* A reader's side of an exchange. */
#include "pipeline/read/exchange.h"
#include "pipeline/read/exchange_share.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

static const struct acc_vocabulary *
vocabulary_read(const struct acc_ratings *ratings, size_t kind)
{
	const struct acc_vocabulary *const each[ACC_KINDS] = {
	    [ACC_KIND_CODER] = &ratings->coder,
	    [ACC_KIND_THEME] = &ratings->theme,
	    [ACC_KIND_CODE] = &ratings->code,
	    [ACC_KIND_GROUP] = &ratings->group,
	    [ACC_KIND_PARTICIPANT] = &ratings->participant,
	    [ACC_KIND_DOCUMENT] = &ratings->document,
	};
	return each[kind];
}

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
	struct map map[ACC_KINDS];
	struct acc_unit about, common_about; /* of the last row */
	bool about_known;
	struct acc_spares spares;
	struct acc_box *box[]; /* owned: one for each share but the own, or NULL */
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
	for (size_t k = 0; k < ACC_KINDS; k++)
		free(sender->map[k].common);
	for (size_t s = 0; s < sender->exchange->shares; s++)
		acc_boxes_free(sender->box[s]);
	acc_boxes_free(sender->spares.box);
	free(sender);
}

/* Learn the common numbers of labels that are new to this reader. */
static enum acc_status
learn_labels(struct acc_sender *sender)
{
	enum acc_status status = ACC_OK;
	for (size_t k = 0; status == ACC_OK && k < ACC_KINDS; k++) {
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
			    acc_vocabulary_add(acc_share_vocabulary(&sender->exchange->labels, k),
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
	if (!knows(&map[ACC_KIND_GROUP], about->group) ||
	    !knows(&map[ACC_KIND_PARTICIPANT], about->participant) ||
	    !knows(&map[ACC_KIND_DOCUMENT], about->document))
		status = learn_labels(sender);
	if (status != ACC_OK)
		return status;
	sender->about = *about;
	sender->about_known = true;
	sender->common_about =
	    (struct acc_unit){common(&map[ACC_KIND_GROUP], about->group),
			      common(&map[ACC_KIND_PARTICIPANT], about->participant),
			      common(&map[ACC_KIND_DOCUMENT], about->document), 0};
	return ACC_OK;
}

/* Hold the own share, which somebody else may hold for a moment. */
static void
hold_own(struct acc_sender *sender)
{
	struct acc_share *share = &sender->exchange->share[sender->own];
	while (!sender->holds && atomic_exchange(&share->held, true))
		sched_yield();
	sender->holds = true;
}

static enum acc_status
count_own(struct acc_sender *sender)
{
	hold_own(sender);
	return acc_share_count_inbox(&sender->exchange->share[sender->own], sender->exchange->lists,
				     &sender->spares);
}

/* Send a full box. Where too many wait, and nobody counts them, count them here. Readers that wait
 * for each other go on, for each counts its own meanwhile. */
static enum acc_status
send_box(struct acc_sender *sender, size_t index)
{
	struct acc_share *share = &sender->exchange->share[index];
	enum acc_status status = ACC_OK;
	acc_share_put(share, sender->box[index]);
	sender->box[index] = NULL;
	while (status == ACC_OK && atomic_load(&share->waiting) > ACC_BOXES_MOST) {
		if (!atomic_exchange(&share->held, true)) {
			status =
			    acc_share_count_inbox(share, sender->exchange->lists, &sender->spares);
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
	struct acc_box *box = sender->spares.box;
	if (box) {
		sender->spares.box = box->next;
		sender->spares.count--;
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
keep_text(struct acc_box *box, const struct acc_unit_name *name, struct acc_sent *sent)
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
	struct acc_box *box = sender->box[index];
	if (status != ACC_OK)
		return status;
	struct acc_sent *sent = &box->row[box->rows];
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
	if (status == ACC_OK && ++box->rows == ACC_BOX_ROWS)
		status = send_box(sender, index);
	return status;
}

enum acc_status
acc_sender_take(struct acc_sender *sender, const struct acc_unit_name *name,
		const struct acc_unit *about, const struct acc_assignment *row)
{
	const struct map *map = sender->map;
	enum acc_status status = find_about(sender, about);
	bool known = knows(&map[ACC_KIND_CODER], row->coder) &&
		     knows(&map[ACC_KIND_THEME], row->theme) &&
		     knows(&map[ACC_KIND_CODE], row->code);
	if (status == ACC_OK && !known)
		status = learn_labels(sender);
	if (status != ACC_OK)
		return status;
	struct acc_assignment own = {.coder = common(&map[ACC_KIND_CODER], row->coder),
				     .theme = common(&map[ACC_KIND_THEME], row->theme),
				     .code = common(&map[ACC_KIND_CODE], row->code)};
	/* Bits of the hash that a place in a share's table is not made of. */
	size_t index = (name->hash & 0xffff) * sender->exchange->shares >> 16;
	if (index != sender->own)
		return send_row(sender, index, name, &own);
	struct acc_share *share = &sender->exchange->share[index];
	if (!sender->holds)
		hold_own(sender);
	/* Also where nothing is sent elsewhere for long. */
	if (atomic_load_explicit(&share->waiting, memory_order_relaxed) > ACC_BOXES_MOST / 2)
		status = count_own(sender);
	if (status == ACC_OK)
		status = acc_share_count(share, sender->exchange->lists, name,
					 &sender->common_about, &own);
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
