/* exchange: rows that some threads read and all of them count.
 *
 * Where the rows of a unit may stand anywhere, its pattern can be kept in one place only, and to
 * find that takes longer than to read a row. So units are dealt to shares by their hash, each a
 * table of its own behind a lock. A reader collects rows of each share and takes them there many at
 * a time; its numbers of labels become common ones on the way. */
#ifndef ACC_EXCHANGE_H
#define ACC_EXCHANGE_H

#include "stats/states.h"

struct acc_exchange;

/* For so many readers of one design. NULL: no memory. */
struct acc_exchange *acc_exchange_make(enum acc_design design, size_t readers);
void acc_exchange_free(struct acc_exchange *exchange);

/* All rows are there: add what was counted, with its labels, to patterns of the same design.
 * ACC_TOO_LARGE: patterns do not collapse, or rows contradict each other. */
enum acc_status acc_exchange_finish(struct acc_exchange *exchange, unsigned threads,
				    struct acc_patterns *patterns);

/* One reader's side of it, freed before it. */
struct acc_sender;

/* `ratings` (borrowed) has the reader's labels. NULL: no memory. */
struct acc_sender *acc_sender_make(struct acc_exchange *exchange,
				   const struct acc_ratings *ratings);
void acc_sender_free(struct acc_sender *sender);

/* As acc_states_take; contradictions are told at the end at the latest. */
enum acc_status acc_sender_take(struct acc_sender *sender, const struct acc_unit_name *name,
				const struct acc_unit *about, const struct acc_assignment *row);

/* Send what was collected. */
enum acc_status acc_sender_finish(struct acc_sender *sender);

#endif
