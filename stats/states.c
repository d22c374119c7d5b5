#include "stats/states.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 3 };

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

/* As acc_states_settle: the coder and what it gave, + 1. */
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
		status = (states->unpacked ? acc_states_settle : settle_packed)(
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
		enum acc_status status =
		    acc_pool_add(&states->patterns->value, (uint32_t[]){0, given - 1}, 2, &value);
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
	uint32_t *number;
	while ((number = acc_units_next(&slots))) {
		struct acc_packed_count *known = acc_packed_find(counts, *number);
		size_t length;
		if (!known)
			return ACC_NO_MEMORY;
		if (!known->count) {
			enum acc_status status = unpack(states, *number, &length);
			if (status == ACC_OK)
				status =
				    acc_states_number_vector(states, states->word, length,
							     states->about_head, &known->other);
			if (status != ACC_OK)
				return status;
		}
		known->count++;
		*number = known->other;
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
			status = acc_states_find_about(states, &about);
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
	uint32_t *number;
	while (from.bits != states->packed.bits && (number = acc_units_next(&slots)))
		*number = acc_packed_moved(&from, &states->packed, *number);
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
		status = acc_states_find_about(states, about);
	if (status == ACC_OK)
		status = acc_states_number_row(states, row, &number);
	if (status != ACC_OK)
		return status;
	if (name->text)
		return acc_states_settle(states, name, number, states->about_head,
					 states->about_state);
	status = wait_for_slot(states, name, number, states->about_state, acc_states_settle);
	if (states->lates > ACC_STATES_LATE)
		acc_states_foresee(states,
				   (states->lates - 1 + ACC_STATES_LATE / 2) % ACC_STATES_LATE);
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
	uint32_t *number;
	while (status == ACC_OK && (number = acc_units_next(&slots)))
		states->patterns->count[*number]++;
	return status;
}

/* The same where numbers are packed: there are no other vectors than those counted. */
static enum acc_status
count_packed(struct acc_states *states)
{
	struct acc_packed_counts counts = {0};
	enum acc_status status = settle_late(states);
	struct acc_unit_slots slots = acc_units_slots(&states->units);
	uint32_t *number;
	while (status == ACC_OK && (number = acc_units_next(&slots))) {
		struct acc_packed_count *known = acc_packed_find(&counts, *number);
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
