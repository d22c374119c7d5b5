/* lists: the units of a themes design as short lists of numbers, before they are patterns.
 *
 * With many themes nearly every unit is a pattern of its own, and finding that out costs more than
 * all that is counted. So units are kept as they come, 4 bytes a row and 4 a unit, and become
 * patterns only for those who ask for patterns.
 *
 * What numbers say: list_words.h. One with ACC_LISTS_END ends a unit and says its head. */
#ifndef ACC_LISTS_H
#define ACC_LISTS_H

#include "stats/deal.h"
#include "stats/gather.h"
#include "stats/list_tally.h"
#include "stats/list_words.h"
#include "stats/units.h"

enum {
	ACC_LISTS_MOST = 1 << 26,  /* numbers: 256 MB */
	ACC_LISTS_BLOCK = 1 << 13, /* numbers that are tallied at once */
	ACC_LISTS_LATE = 32
};

/* A row of a unit whose rows come in any order. */
struct acc_lists_row {
	uint32_t unit, word;
};

struct acc_lists {
	uint32_t *word; /* owned, [words]: unit after unit */
	size_t words, capacity;
	struct acc_pool head; /* words: group, participant, document */
	struct acc_unit about;
	uint32_t about_head;
	bool full; /* there was more than there is room for: nothing here is to be believed */
	/* Where .layers of it are asked for, units are counted there as they come, and go. */
	struct acc_list_tally tally;
	/* Rows in any order, until acc_lists_gather; all owned. Of units that are tallied and have
	 * short names: */
	struct acc_deal *deal;
	bool shared; /* asked for: other lists have rows of the same units, acc_lists_join finds
			them */
	/* Of all others: */
	struct acc_units units;
	struct acc_lists_row *row;
	size_t rows, row_capacity;
	uint32_t *head_of; /* per unit */
	size_t head_capacity;
	bool contradiction; /* two rows say different things of a unit */
	struct {
		struct acc_unit_name name;
		uint32_t word, head;
	} late[ACC_LISTS_LATE]; /* rows that wait for their unit's place in the table */
	size_t lates;
	/* After acc_lists_settle: */
	uint64_t all;      /* units */
	uint64_t repeated; /* rows that said again what an earlier row had said */
	uint64_t absent;   /* pairs of a coder and a unit that no row speaks of */
};

void acc_lists_free(struct acc_lists *lists);

/* ---- units whose rows stand together ---- */

/* Add a number to the unit at hand. ACC_TOO_LARGE: full. */
enum acc_status acc_lists_more(struct acc_lists *lists);
static inline enum acc_status
acc_lists_put(struct acc_lists *lists, uint32_t word)
{
	enum acc_status status = lists->words < lists->capacity ? ACC_OK : acc_lists_more(lists);
	if (status == ACC_OK && word != ACC_NONE)
		lists->word[lists->words++] = word;
	return status;
}

/* Make room for so many more numbers; *end becomes the one that ends a unit of which this is known.
 */
enum acc_status acc_lists_room(struct acc_lists *lists, const struct acc_unit *about, size_t more,
			       uint32_t *end);

/* Tally whole units, where that is asked for and there are many. */
enum acc_status acc_lists_drain(struct acc_lists *lists);

/* Add these rows too and end the unit. */
enum acc_status acc_lists_close(struct acc_lists *lists, const struct acc_unit *about,
				const struct acc_assignment *row, size_t rows);

/* ---- units whose rows come in any order ---- */

/* Where rows of units with short names can be dealt at once, by acc_deal_put: units are tallied.
 * NULL: they cannot. A row that does not fit makes the lists full. */
struct acc_deal *acc_lists_deal(struct acc_lists *lists);

/* Take a row. Then, when all are there, put those of each unit together. ACC_TOO_LARGE where they
 * are shared: units that cannot be dealt. */
enum acc_status acc_lists_take(struct acc_lists *lists, const struct acc_unit_name *name,
			       const struct acc_unit *about, const struct acc_assignment *row);
enum acc_status acc_lists_gather(struct acc_lists *lists);

/* ---- all units ---- */

/* Bring the labels of `patterns`, which has no units, into reported order and number by them; sort
 * the numbers of each unit, each once, nothing only where nothing else is. Or the tally has all. */
enum acc_status acc_lists_settle(struct acc_lists *lists, struct acc_patterns *patterns);

/* The same for what several readers made of one study, list[parts], whose labels are those of
 * from[parts] (at least one): all become the first list, and get the labels of `patterns`, which is
 * empty before. */
enum acc_status acc_lists_join(struct acc_lists *list, const struct acc_patterns *const *from,
			       size_t parts, struct acc_patterns *patterns, unsigned threads);

/* Then, unless they were tallied: count all units in `patterns`, which is canonical afterwards. */
enum acc_status acc_lists_tabulate(const struct acc_lists *lists, struct acc_patterns *patterns);

#endif
