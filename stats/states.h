/* states: units whose rows come in any order, each as the pattern of its rows so far.
 *
 * A unit is one number, that of the vector its rows have made; a further row leads from a vector to
 * the next. Which one is worked out once and remembered: there are few vectors where patterns
 * collapse, however many units. Where they do not, this is not the way (ACC_TOO_LARGE). */
#ifndef ACC_STATES_H
#define ACC_STATES_H

#include "stats/ratings.h"
#include "stats/units.h"

/* From one vector to the next by one row. */
struct acc_step {
	uint32_t state, row, next;
};

enum { ACC_STATES_LATE = 32, ACC_STATES_ROWS = 1024, ACC_STATES_NEXT = 1 << 30 };

struct acc_states {
	struct acc_patterns *patterns; /* borrowed: vectors and values on the way */
	struct acc_units units;        /* the numbers are those of vectors */
	struct acc_pool row;           /* words: coder, theme, code */
	struct acc_pool head;          /* words: group, participant, document */
	uint32_t *head_of;             /* owned, per vector */
	size_t head_capacity;
	struct acc_step *step; /* owned hash table */
	size_t steps, step_slots;
	uint32_t *word, *value; /* owned scratch */
	size_t word_capacity, value_capacity;
	bool contradiction; /* two rows cannot both be right */
	struct {
		uint32_t coder, theme, code, number;
		bool known;
	} rows[ACC_STATES_ROWS]; /* numbers of rows met lately */
	struct acc_unit about;   /* of the last row */
	uint32_t about_state;
	uint32_t about_head;
	bool about_known;
	/* Rows that wait for their place in the table. */
	struct {
		struct acc_unit_name name;
		uint32_t row, head, state;
	} late[ACC_STATES_LATE];
	size_t lates;
};

void acc_states_free(struct acc_states *states);

/* Take a row. ACC_TOO_LARGE: there are too many vectors. */
enum acc_status acc_states_take(struct acc_states *states, const struct acc_unit_name *name,
				const struct acc_unit *about, const struct acc_assignment *row);

/* All rows are there: the vectors that units have come to, counted, take the place of all. */
enum acc_status acc_states_finish(struct acc_states *states);

#endif
