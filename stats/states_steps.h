/* states_steps: from one vector to the next, by one row.
 *
 * What stats/states.h is made of. */
#ifndef ACC_STATES_STEPS_H
#define ACC_STATES_STEPS_H

#include "stats/packed.h"
#include "stats/ratings.h"
#include "stats/units.h"

/* From one vector to the next by one row. */
struct acc_step {
	uint32_t state, row, next;
};

enum { ACC_STATES_LATE = 32, ACC_STATES_ROWS = 1024, ACC_STATES_NEXT = 1 << 30 };

struct acc_states {
	struct acc_patterns *patterns; /* borrowed: vectors and values on the way */
	struct acc_units units;        /* the numbers are those of vectors, or packed */
	struct acc_packed packed;
	bool unpacked;        /* they are those of vectors */
	struct acc_pool row;  /* words: coder, theme, code */
	struct acc_pool head; /* words: group, participant, document */
	uint32_t *head_of;    /* owned, per vector */
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
	/* Rows that wait for their place in the table. Packed: row is the coder, state the code
	 * + 1.
	 */
	struct {
		struct acc_unit_name name;
		uint32_t row, head, state;
	} late[ACC_STATES_LATE];
	size_t lates;
};

/* The number of what a row says. */
enum acc_status acc_states_number_row(struct acc_states *states, const struct acc_assignment *row,
				      uint32_t *number);

/* The number of a vector. ACC_TOO_LARGE: there are too many. */
enum acc_status acc_states_number_vector(struct acc_states *states, const uint32_t *word,
					 size_t length, uint32_t head, uint32_t *state);

/* The vector without ratings of what is known of a unit: states->about_state. */
enum acc_status acc_states_find_about(struct acc_states *states, const struct acc_unit *about);

/* Lead the unit with a name, a new one being `fresh`, on by a row. */
enum acc_status acc_states_settle(struct acc_states *states, const struct acc_unit_name *name,
				  uint32_t row, uint32_t head, uint32_t fresh);

/* The slot of a row that waits is there by now: begin to fetch the step it will take. */
void acc_states_foresee(const struct acc_states *states, size_t at);

#endif
