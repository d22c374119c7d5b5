/* exchange_share: a share of the units, and the boxes of rows that wait for it.
 *
 * Private to exchange*.c. */
#ifndef ACC_EXCHANGE_SHARE_H
#define ACC_EXCHANGE_SHARE_H

#include "stats/lists.h"
#include "stats/states.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
	ACC_BOX_ROWS = 1024, /* that are taken to a share at once */
	ACC_BOXES_MOST = 64, /* that wait for a share */
	ACC_SPARES_MOST = 8  /* empty boxes that a reader keeps */
};
/* Kinds of labels. */
enum {
	ACC_KIND_CODER,
	ACC_KIND_THEME,
	ACC_KIND_CODE,
	ACC_KIND_GROUP,
	ACC_KIND_PARTICIPANT,
	ACC_KIND_DOCUMENT,
	ACC_KINDS
};

/* A row on its way. Numbers of labels are common ones. */
struct acc_sent {
	uint64_t low, high;
	uint32_t text, length; /* of a long name: where in the box's text; length 0: a short one */
	uint32_t coder, theme, code;
	uint32_t group, participant, document;
};

struct acc_box {
	struct acc_box *next;
	size_t rows;
	char *text; /* owned: long names, one after the other */
	size_t text_used, text_capacity;
	struct acc_sent row[ACC_BOX_ROWS];
};

struct acc_share {
	atomic_bool held;      /* somebody counts: its reader while it reads, else who has reason */
	pthread_mutex_t door;  /* of the two below */
	struct acc_box *inbox; /* owned */
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
	struct acc_share share[];
};

/* The vocabulary of a kind. */
struct acc_vocabulary *acc_share_vocabulary(struct acc_patterns *patterns, size_t kind);

/* Empty boxes that are kept. */
struct acc_spares {
	struct acc_box *box; /* owned */
	size_t count;
};

void acc_boxes_free(struct acc_box *box);

/* Let a box, which is the share's from here on, wait for it. */
void acc_share_put(struct acc_share *share, struct acc_box *box);

/* Count a row, or all that waits, by whoever holds the share; empty boxes become spare ones. */
enum acc_status acc_share_count(struct acc_share *share, bool lists,
				const struct acc_unit_name *name, const struct acc_unit *about,
				const struct acc_assignment *row);
enum acc_status acc_share_count_inbox(struct acc_share *share, bool lists,
				      struct acc_spares *spares);

#endif
