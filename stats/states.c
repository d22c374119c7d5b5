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

enum acc_status
acc_states_take(struct acc_states *states, const struct acc_unit_name *name,
		const struct acc_unit *about, const struct acc_assignment *row)
{
	uint32_t number;
	enum acc_status status = find_about(states, about);
	if (status == ACC_OK)
		status = number_row(states, row, &number);
	if (status != ACC_OK)
		return status;
	if (name->text)
		return settle(states, name, number, states->about_head, states->about_state);
	acc_units_prefetch(&states->units, name);
	size_t at = states->lates++ % ACC_STATES_LATE;
	if (states->lates > ACC_STATES_LATE)
		status = settle(states, &states->late[at].name, states->late[at].row,
				states->late[at].head, states->late[at].state);
	if (states->lates > ACC_STATES_LATE)
		foresee(states, (at + ACC_STATES_LATE / 2) % ACC_STATES_LATE);
	states->late[at].name = *name;
	states->late[at].row = number;
	states->late[at].head = states->about_head;
	states->late[at].state = states->about_state;
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
	size_t waiting = states->lates < ACC_STATES_LATE ? states->lates : ACC_STATES_LATE;
	enum acc_status status = ACC_OK;
	for (size_t i = 0; status == ACC_OK && i < waiting; i++)
		status = settle(states, &states->late[i].name, states->late[i].row,
				states->late[i].head, states->late[i].state);
	states->lates = 0;
	for (size_t p = 0; status == ACC_OK && p < ACC_UNITS_PARTS; p++) {
		const struct acc_units_part *part = &states->units.part[p];
		for (uint32_t i = 0; i < part->slots; i++)
			if (!acc_units_free_slot(&part->slot[i]))
				states->patterns->count[part->slot[i].number]++;
	}
	return status;
}

enum acc_status
acc_states_finish(struct acc_states *states)
{
	struct acc_patterns counted = {.repeated = states->patterns->repeated};
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
