#include "pipeline/read/exchange_share.h"

#include <stdlib.h>

struct acc_vocabulary *
acc_share_vocabulary(struct acc_patterns *patterns, size_t kind)
{
	struct acc_vocabulary *const each[ACC_KINDS] = {
	    [ACC_KIND_CODER] = &patterns->coder,
	    [ACC_KIND_THEME] = &patterns->theme,
	    [ACC_KIND_CODE] = &patterns->code,
	    [ACC_KIND_GROUP] = &patterns->group,
	    [ACC_KIND_PARTICIPANT] = &patterns->participant,
	    [ACC_KIND_DOCUMENT] = &patterns->document,
	};
	return each[kind];
}

void
acc_boxes_free(struct acc_box *box)
{
	while (box) {
		struct acc_box *next = box->next;
		free(box->text);
		free(box);
		box = next;
	}
}

/* All boxes that wait for a share, in no order that matters. */
static struct acc_box *
take_inbox(struct acc_share *share)
{
	pthread_mutex_lock(&share->door);
	struct acc_box *box = share->inbox;
	share->inbox = NULL;
	atomic_store(&share->waiting, 0);
	pthread_mutex_unlock(&share->door);
	return box;
}

void
acc_share_put(struct acc_share *share, struct acc_box *box)
{
	pthread_mutex_lock(&share->door);
	box->next = share->inbox;
	share->inbox = box;
	atomic_fetch_add(&share->waiting, 1);
	pthread_mutex_unlock(&share->door);
}

enum acc_status
acc_share_count(struct acc_share *share, bool lists, const struct acc_unit_name *name,
		const struct acc_unit *about, const struct acc_assignment *row)
{
	return lists ? acc_lists_take(&share->lists, name, about, row)
		     : acc_states_take(&share->states, name, about, row);
}

static enum acc_status
count_box(struct acc_share *share, bool lists, const struct acc_box *box)
{
	enum acc_status status = ACC_OK;
	for (size_t i = 0; status == ACC_OK && i < box->rows; i++) {
		const struct acc_sent *sent = &box->row[i];
		struct acc_unit about = {sent->group, sent->participant, sent->document, 0};
		struct acc_assignment row = {
		    .coder = sent->coder, .theme = sent->theme, .code = sent->code};
		struct acc_unit_name name;
		if (sent->length)
			name = acc_units_name(box->text + sent->text, sent->length);
		else
			acc_units_short(&name, sent->low, sent->high);
		status = acc_share_count(share, lists, &name, &about, &row);
	}
	return status;
}

enum acc_status
acc_share_count_inbox(struct acc_share *share, bool lists, struct acc_spares *spares)
{
	enum acc_status status = ACC_OK;
	for (struct acc_box *box = take_inbox(share), *next; box; box = next) {
		next = box->next;
		if (status == ACC_OK)
			status = count_box(share, lists, box);
		box->next = NULL;
		box->rows = box->text_used = 0;
		if (spares->count == ACC_SPARES_MOST) {
			acc_boxes_free(box);
			continue;
		}
		box->next = spares->box;
		spares->box = box;
		spares->count++;
	}
	return status;
}
