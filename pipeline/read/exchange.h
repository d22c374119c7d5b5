/* exchange: rows that some threads read and all of them count.
 *
 * Where the rows of a unit may stand anywhere, its pattern can be kept in one place only, and to
 * find that takes longer than to read a row. So units are dealt to shares by their hash, each a
 * table of its own, and one for each reader, who counts it. Rows of other shares are collected in
 * boxes, and those wait until the share's reader looks; nobody waits for anybody unless very many
 * boxes do. A reader's numbers of labels become common ones on the way. */
#ifndef ACC_EXCHANGE_H
#define ACC_EXCHANGE_H

#include "stats/lists.h"
#include "stats/states.h"

struct acc_exchange;

/* For so many readers of one design; lists: of the themes design, units become lists, of which
 * these layers are tallied (0: none). NULL: no memory. */
struct acc_exchange *acc_exchange_make(enum acc_design design, bool lists, unsigned layers,
				       size_t readers);
void acc_exchange_free(struct acc_exchange *exchange);

/* All rows are there: share[acc_exchange_shares()] become what was counted, borrowed.
 * ACC_TOO_LARGE: patterns do not collapse, or rows contradict each other. */
size_t acc_exchange_shares(const struct acc_exchange *exchange);
enum acc_status acc_exchange_finish(struct acc_exchange *exchange, unsigned threads,
				    const struct acc_patterns **share);

/* Then, where units are lists: those of a share, which is left without. */
struct acc_lists acc_exchange_lists(struct acc_exchange *exchange, size_t share);

/* One reader's side of it, freed before it. */
struct acc_sender;

/* The reader of share `own`; `ratings` (borrowed) has its labels. NULL: no memory. */
struct acc_sender *acc_sender_make(struct acc_exchange *exchange, size_t own,
				   const struct acc_ratings *ratings);
void acc_sender_free(struct acc_sender *sender);

/* As acc_states_take; contradictions are told at the end at the latest. */
enum acc_status acc_sender_take(struct acc_sender *sender, const struct acc_unit_name *name,
				const struct acc_unit *about, const struct acc_assignment *row);

/* Send what was collected, and count what has come. */
enum acc_status acc_sender_finish(struct acc_sender *sender);

/* The last that a reader does, whether it finished or not: others may count what comes for it.
 * NULL: nothing. */
void acc_sender_leave(struct acc_sender *sender);

#endif
