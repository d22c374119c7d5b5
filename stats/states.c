#include "stats/states.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 3, FEW_STATES = 1 << 17 };
#define AGAIN 0x80000000u /* of a step: the row said again what was known */

void
acc_states_free(struct acc_states *states)
{
	acc_units_free(&states->units);
	acc_pool_free(&states->row);
	acc_pool_free(&states->head);
	free(states->head_of);
	free(states->step);
	free(states->word);
	free(states->value);
	*states = (struct acc_states){0};
}

/* ---- numbers of rows, heads and vectors ---- */

static enum acc_status
number_row(struct acc_states *states, const struct acc_assignment *row, uint32_t *number)
{
	uint32_t at = (row->coder * 31u + row->theme * 131u + row->code) % ACC_STATES_ROWS;
	if (states->rows[at].known && states->rows[at].coder == row->coder &&
	    states->rows[at].theme == row->theme && states->rows[at].code == row->code) {
		*number = states->rows[at].number;
		return ACC_OK;
	}
	uint32_t word[] = {row->coder, row->theme, row->code};
	enum acc_status status = acc_pool_add(&states->row, word, 3, number);
	states->rows[at].coder = row->coder;
	states->rows[at].theme = row->theme;
	states->rows[at].code = row->code;
	states->rows[at].number = *number;
	states->rows[at].known = status == ACC_OK;
	return status;
}

static enum acc_status
number_vector(struct acc_states *states, const uint32_t *word, size_t length, uint32_t head,
	      uint32_t *state)
{
	struct acc_patterns *patterns = states->patterns;
	enum acc_status status = acc_patterns_add(patterns, word, length, 0, state);
	size_t vectors = patterns->vector.count;
	if (status == ACC_OK && vectors > FEW_STATES && vectors > states->units.count / 2)
		return ACC_TOO_LARGE;
	if (status == ACC_OK &&
	    !acc_array_reserve((void **)&states->head_of, &states->head_capacity, vectors,
			       sizeof *states->head_of))
		return ACC_NO_MEMORY;
	if (status == ACC_OK)
		states->head_of[*state] = head;
	return status;
}

/* The vector without ratings of what is known of a unit. */
static enum acc_status
find_about(struct acc_states *states, const struct acc_unit *about)
{
	if (states->about_known && states->about.group == about->group &&
	    states->about.participant == about->participant &&
	    states->about.document == about->document)
		return ACC_OK;
	uint32_t word[HEAD] = {about->group, about->participant, about->document};
	enum acc_status status = acc_pool_add(&states->head, word, HEAD, &states->about_head);
	if (status == ACC_OK)
		status =
		    number_vector(states, word, HEAD, states->about_head, &states->about_state);
	states->about = *about;
	states->about_known = status == ACC_OK;
	return status;
}

/* ---- steps ---- */

/* The value with one more (theme, code). Sets *again where it has it. */
static enum acc_status
extend_value(struct acc_states *states, uint32_t old, const uint32_t *row, uint32_t *value,
	     bool *again)
{
	size_t length, at = 0;
	const uint32_t *word = acc_pool_get(&states->patterns->value, old, &length);
	while (at < length && word[at] < row[1])
		at += 2;
	*again = at < length && word[at] == row[1];
	*value = old;
	if (*again) {
		states->contradiction = states->contradiction || word[at + 1] != row[2];
		return ACC_OK;
	}
	if (!acc_array_reserve((void **)&states->value, &states->value_capacity, length + 2,
			       sizeof *states->value))
		return ACC_NO_MEMORY;
	memcpy(states->value, word, at * sizeof *word);
	states->value[at] = row[1];
	states->value[at + 1] = row[2];
	memcpy(states->value + at + 2, word + at, (length - at) * sizeof *word);
	return acc_pool_add(&states->patterns->value, states->value, length + 2, value);
}

/* What a coder has given once this row is there too. */
static enum acc_status
value_after(struct acc_states *states, bool had, uint32_t old, const uint32_t *row, uint32_t *value,
	    bool *again)
{
	enum acc_status status = ACC_OK;
	*again = false;
	*value = old;
	if (!had)
		status = acc_pool_add(&states->patterns->value, NULL, 0, value);
	if (status != ACC_OK || row[1] == ACC_NONE)
		return status;
	return extend_value(states, *value, row, value, again);
}

static enum acc_status
work_out(struct acc_states *states, uint32_t state, uint32_t number, uint32_t *next)
{
	size_t length, three, at = HEAD;
	uint32_t row[3], value;
	bool again;
	memcpy(row, acc_pool_get(&states->row, number, &three), sizeof row);
	const uint32_t *word = acc_pool_get(&states->patterns->vector, state, &length);
	*next = state;
	if (row[2] == ACC_NONE)
		return ACC_OK;
	while (at < length && word[at] < row[0])
		at += 2;
	bool had = at < length && word[at] == row[0];
	enum acc_status status =
	    value_after(states, had, had ? word[at + 1] : 0, row, &value, &again);
	if (status != ACC_OK)
		return status;
	if (!acc_array_reserve((void **)&states->word, &states->word_capacity, length + 2,
			       sizeof *states->word))
		return ACC_NO_MEMORY;
	memcpy(states->word, word, at * sizeof *word);
	states->word[at] = row[0];
	states->word[at + 1] = value;
	size_t rest = at + (had ? 2 : 0);
	memcpy(states->word + at + 2, word + rest, (length - rest) * sizeof *word);
	status = number_vector(states, states->word, length + (had ? 0 : 2), states->head_of[state],
			       next);
	*next |= again ? AGAIN : 0;
	return status;
}

static size_t
step_home(const struct acc_states *states, uint32_t state, uint32_t row)
{
	uint64_t mixed = ((uint64_t)state << 32 | row) * 0x9e3779b97f4a7c15u;
	return (size_t)((mixed ^ mixed >> 29) >> 16) & (states->step_slots - 1);
}

static struct acc_step *
find_step(const struct acc_states *states, uint32_t state, uint32_t row)
{
	size_t at = step_home(states, state, row);
	while (states->step[at].state != ACC_NONE &&
	       (states->step[at].state != state || states->step[at].row != row))
		at = (at + 1) & (states->step_slots - 1);
	return &states->step[at];
}

static bool
grow_steps(struct acc_states *states)
{
	struct acc_step *old = states->step;
	size_t slots = states->step_slots;
	size_t wanted = slots ? slots * 2 : 1024;
	struct acc_step *step = malloc(wanted * sizeof *step);
	if (!step)
		return false;
	memset(step, 0xff, wanted * sizeof *step);
	states->step = step;
	states->step_slots = wanted;
	for (size_t i = 0; i < slots; i++)
		if (old[i].state != ACC_NONE)
			*find_step(states, old[i].state, old[i].row) = old[i];
	free(old);
	return true;
}

static enum acc_status
take_step(struct acc_states *states, uint32_t *state, uint32_t row)
{
	if (states->steps * 3 >= states->step_slots * 2 && !grow_steps(states))
		return ACC_NO_MEMORY;
	struct acc_step *step = find_step(states, *state, row);
	if (step->state == ACC_NONE) {
		uint32_t next;
		enum acc_status status = work_out(states, *state, row, &next);
		if (status != ACC_OK)
			return status;
		*step = (struct acc_step){*state, row, next};
		states->steps++;
	}
	states->patterns->repeated += step->next >> 31;
	*state = step->next & ~AGAIN;
	return ACC_OK;
}

/* ---- rows ---- */

static enum acc_status
settle(struct acc_states *states, const struct acc_unit_name *name, uint32_t row, uint32_t head,
       uint32_t fresh)
{
	uint32_t *state = acc_units_find(&states->units, name, fresh);
	if (!state)
		return ACC_NO_MEMORY;
	if (states->head.count > 1 && states->head_of[*state] != head)
		states->contradiction = true;
	return take_step(states, state, row);
}

/* The slot of a row is there by now: begin to fetch the step it will take. */
static void
foresee(const struct acc_states *states, size_t at)
{
	uint32_t state = acc_units_peek(&states->units, &states->late[at].name);
	if (state == ACC_NONE)
		state = states->late[at].state;
	__builtin_prefetch(&states->step[step_home(states, state, states->late[at].row)]);
}

/* Let a row wait for its slot; the one that has waited longest is settled. */
static enum acc_status
wait_for_slot(struct acc_states *states, const struct acc_unit_name *name, uint32_t row,
	      uint32_t state,
	      enum acc_status (*settle_row)(struct acc_states *, const struct acc_unit_name *,
					    uint32_t, uint32_t, uint32_t))
{
	enum acc_status status = ACC_OK;
	acc_units_prefetch(&states->units, name);
	size_t at = states->lates++ % ACC_STATES_LATE;
	if (states->lates > ACC_STATES_LATE)
		status = settle_row(states, &states->late[at].name, states->late[at].row,
				    states->late[at].head, states->late[at].state);
	states->late[at].name.low = name->low;
	states->late[at].name.high = name->high;
	states->late[at].name.hash = name->hash;
	states->late[at].row = row;
	states->late[at].head = states->about_head;
	states->late[at].state = state;
	return status;
}

/* ---- packed ---- */

/* As settle: the coder and what it gave, + 1. */
static enum acc_status
settle_packed(struct acc_states *states, const struct acc_unit_name *name, uint32_t coder,
	      uint32_t head, uint32_t given)
{
	(void)head;
	uint32_t *state = acc_units_find(&states->units, name, 0);
	if (!state)
		return ACC_NO_MEMORY;
	uint32_t before = acc_packed_get(&states->packed, *state, coder);
	*state |= (before ? 0 : given) << coder * states->packed.bits;
	states->patterns->repeated += given && before == given;
	states->contradiction = states->contradiction || (given && before && before != given);
	return ACC_OK;
}

/* Settle all that wait. */
static enum acc_status
settle_late(struct acc_states *states)
{
	size_t waiting = states->lates < ACC_STATES_LATE ? states->lates : ACC_STATES_LATE;
	enum acc_status status = ACC_OK;
	for (size_t i = 0; status == ACC_OK && i < waiting; i++)
		status = (states->unpacked ? settle : settle_packed)(
		    states, &states->late[i].name, states->late[i].row, states->late[i].head,
		    states->late[i].state);
	states->lates = 0;
	return status;
}

/* The words of the vector that a packed number says: states->word[*length]. */
static enum acc_status
unpack(struct acc_states *states, uint32_t state, size_t *length)
{
	uint32_t coders = states->packed.coders;
	if (!acc_array_reserve((void **)&states->word, &states->word_capacity, HEAD + 2 * coders,
			       sizeof *states->word))
		return ACC_NO_MEMORY;
	states->word[0] = states->about.group;
	states->word[1] = states->about.participant;
	states->word[2] = states->about.document;
	*length = HEAD;
	for (uint32_t i = 0; i < coders; i++) {
		uint32_t given = acc_packed_get(&states->packed, state, i), value;
		if (!given)
			continue;
		enum acc_status status = acc_pool_add(&states->patterns->value,
						      (uint32_t[]){0, given - 1}, 2, &value);
		if (status != ACC_OK)
			return status;
		states->word[(*length)++] = i;
		states->word[(*length)++] = value;
	}
	return ACC_OK;
}

/* Each unit has the number of its vector from here on. `counts` remembers them. */
static enum acc_status
unpack_units(struct acc_states *states, struct acc_packed_counts *counts)
{
	struct acc_unit_slots slots = acc_units_slots(&states->units);
	struct acc_units_slot *slot;
	while ((slot = acc_units_next(&slots))) {
		struct acc_packed_count *known = acc_packed_find(counts, slot->number);
		size_t length;
		if (!known)
			return ACC_NO_MEMORY;
		if (!known->count) {
			enum acc_status status = unpack(states, slot->number, &length);
			if (status == ACC_OK)
				status = number_vector(states, states->word, length,
						       states->about_head, &known->other);
			if (status != ACC_OK)
				return status;
		}
		known->count++;
		slot->number = known->other;
	}
	return ACC_OK;
}

/* Go on with vectors. */
static enum acc_status
leave_packed(struct acc_states *states)
{
	struct acc_packed_counts counts = {0};
	enum acc_status status = settle_late(states);
	states->unpacked = true;
	if (states->units.count) {
		struct acc_unit about = states->about;
		states->about_known = false;
		if (status == ACC_OK)
			status = find_about(states, &about);
		if (status == ACC_OK)
			status = unpack_units(states, &counts);
	}
	states->about_known = states->about_known && states->units.count;
	acc_packed_counts_free(&counts);
	return status;
}

/* More bits for each coder. */
static enum acc_status
widen(struct acc_states *states, uint32_t coder, uint32_t code)
{
	struct acc_packed from = states->packed;
	enum acc_status status = settle_late(states);
	if (status != ACC_OK || !acc_packed_widen(&states->packed, coder, code))
		return status;
	struct acc_unit_slots slots = acc_units_slots(&states->units);
	struct acc_units_slot *slot;
	while (from.bits != states->packed.bits && (slot = acc_units_next(&slots)))
		slot->number = acc_packed_moved(&from, &states->packed, slot->number);
	return ACC_OK;
}

static bool
same_about(const struct acc_states *states, const struct acc_unit *about)
{
	return states->about_known && states->about.group == about->group &&
	       states->about.participant == about->participant &&
	       states->about.document == about->document;
}

/* Take a row so. Sets *taken to false where it cannot be. */
static enum acc_status
take_packed(struct acc_states *states, const struct acc_unit_name *name,
	    const struct acc_unit *about, const struct acc_assignment *row, bool *taken)
{
	uint32_t given = row->code == ACC_NONE ? 0 : row->code + 1;
	uint32_t code = given ? row->code : 0;
	enum acc_status status = ACC_OK;
	*taken = false;
	if (!states->about_known && !states->units.count) {
		states->about = *about;
		states->about_known = true;
	}
	if (row->theme || !same_about(states, about))
		return ACC_OK;
	if (!acc_packed_fits(&states->packed, row->coder, code))
		status = widen(states, row->coder, code);
	if (status != ACC_OK || !acc_packed_fits(&states->packed, row->coder, code))
		return status;
	*taken = true;
	if (name->text)
		return settle_packed(states, name, row->coder, 0, given);
	return wait_for_slot(states, name, row->coder, given, settle_packed);
}

/* ---- rows, either way ---- */

enum acc_status
acc_states_take(struct acc_states *states, const struct acc_unit_name *name,
		const struct acc_unit *about, const struct acc_assignment *row)
{
	uint32_t number;
	enum acc_status status = ACC_OK;
	if (!states->unpacked) {
		bool taken;
		status = take_packed(states, name, about, row, &taken);
		if (status != ACC_OK || taken)
			return status;
		status = leave_packed(states);
	}
	if (status == ACC_OK)
		status = find_about(states, about);
	if (status == ACC_OK)
		status = number_row(states, row, &number);
	if (status != ACC_OK)
		return status;
	if (name->text)
		return settle(states, name, number, states->about_head, states->about_state);
	status = wait_for_slot(states, name, number, states->about_state, settle);
	if (states->lates > ACC_STATES_LATE)
		foresee(states, (states->lates - 1 + ACC_STATES_LATE / 2) % ACC_STATES_LATE);
	return status;
}

/* ---- the end ---- */

/* One vector with its values, into patterns that hold only what is counted. */
static enum acc_status
carry_over(struct acc_states *states, uint32_t vector, struct acc_patterns *into)
{
	const struct acc_patterns *from = states->patterns;
	size_t length, pairs;
	const uint32_t *word = acc_pool_get(&from->vector, vector, &length);
	enum acc_status status = ACC_OK;
	if (!acc_array_reserve((void **)&states->word, &states->word_capacity, length,
			       sizeof *states->word))
		return ACC_NO_MEMORY;
	memcpy(states->word, word, length * sizeof *word);
	for (size_t i = HEAD; status == ACC_OK && i < length; i += 2) {
		const uint32_t *value = acc_pool_get(&from->value, word[i + 1], &pairs);
		status = acc_pool_add(&into->value, value, pairs, &states->word[i + 1]);
	}
	if (status == ACC_OK)
		status = acc_patterns_add(into, states->word, length, from->count[vector], NULL);
	return status;
}

static enum acc_status
count_units(struct acc_states *states)
{
	enum acc_status status = settle_late(states);
	struct acc_unit_slots slots = acc_units_slots(&states->units);
	struct acc_units_slot *slot;
	while (status == ACC_OK && (slot = acc_units_next(&slots)))
		states->patterns->count[slot->number]++;
	return status;
}

/* The same where numbers are packed: there are no other vectors than those counted. */
static enum acc_status
count_packed(struct acc_states *states)
{
	struct acc_packed_counts counts = {0};
	enum acc_status status = settle_late(states);
	struct acc_unit_slots slots = acc_units_slots(&states->units);
	struct acc_units_slot *slot;
	while (status == ACC_OK && (slot = acc_units_next(&slots))) {
		struct acc_packed_count *known = acc_packed_find(&counts, slot->number);
		if (known)
			known->count++;
		else
			status = ACC_NO_MEMORY;
	}
	for (size_t i = 0; status == ACC_OK && i < counts.slots; i++) {
		size_t length;
		if (!counts.slot[i].count)
			continue;
		status = unpack(states, counts.slot[i].state, &length);
		if (status == ACC_OK)
			status = acc_patterns_add(states->patterns, states->word, length,
						  counts.slot[i].count, NULL);
	}
	acc_packed_counts_free(&counts);
	return status;
}

enum acc_status
acc_states_finish(struct acc_states *states)
{
	struct acc_patterns counted = {0};
	if (!states->unpacked)
		return count_packed(states);
	enum acc_status status = count_units(states);
	counted.repeated = states->patterns->repeated;
	for (uint32_t v = 0; status == ACC_OK && v < states->patterns->vector.count; v++)
		if (states->patterns->count[v])
			status = carry_over(states, v, &counted);
	acc_patterns_free(status == ACC_OK ? states->patterns : &counted);
	if (status == ACC_OK)
		*states->patterns = counted;
	return status;
}
