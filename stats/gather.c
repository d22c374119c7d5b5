#include "stats/gather.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 24 }; /* rows that are put in order one by one */

void
acc_gather_free(struct acc_gather *gather)
{
	acc_pool_free(&gather->head);
	free(gather->known);
	gather->known = NULL;
	free(gather->pair);
	gather->pair = NULL;
	free(gather->vector);
	free(gather->word);
	gather->vector = gather->word = NULL;
	gather->vector_capacity = gather->word_capacity = 0;
}

/* ---- rows in order: coder, theme, line ---- */

static int
compare_rows(const void *a, const void *b)
{
	const struct acc_assignment *x = a, *y = b;
	if (x->coder != y->coder)
		return x->coder < y->coder ? -1 : 1;
	if (x->theme != y->theme)
		return x->theme < y->theme ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

static void
sort_rows(struct acc_assignment *row, size_t rows)
{
	if (rows > FEW) {
		qsort(row, rows, sizeof *row, compare_rows);
		return;
	}
	for (size_t i = 1; i < rows; i++) {
		if (compare_rows(&row[i - 1], &row[i]) <= 0)
			continue;
		struct acc_assignment moved = row[i];
		size_t to = i;
		for (; to && compare_rows(&row[to - 1], &moved) > 0; to--)
			row[to] = row[to - 1];
		row[to] = moved;
	}
}

/* ---- values ---- */

/* A coder's only row that says something. */
static enum acc_status
single_value(struct acc_gather *gather, const struct acc_assignment *row, uint32_t *value)
{
	uint32_t at = (row->theme * 31u + row->code) % ACC_GATHER_VALUES;
	struct acc_gather_value *known = &gather->value[at];
	if (!known->known || known->theme != row->theme || known->code != row->code) {
		enum acc_status status =
		    acc_pool_add(&gather->patterns->value, (uint32_t[]){row->theme, row->code}, 2,
				 &known->value);
		*known = (struct acc_gather_value){row->theme, row->code, known->value,
						   status == ACC_OK};
		if (status != ACC_OK)
			return status;
	}
	*value = known->value;
	return ACC_OK;
}

/* The value of gather->word[4], two themes. */
static enum acc_status
pair_value(struct acc_gather *gather, uint32_t *value)
{
	const uint32_t *word = gather->word;
	if (!gather->pair && !(gather->pair = acc_array(ACC_GATHER_PAIRS, sizeof *gather->pair)))
		return ACC_NO_MEMORY;
	uint64_t mixed = ((uint64_t)word[0] << 32 | word[2]) * 0x9e3779b97f4a7c15u;
	mixed ^= ((uint64_t)word[1] << 32 | word[3]) * 0xc2b2ae3d27d4eb4fu;
	struct acc_gather_pair *pair = &gather->pair[mixed >> 40 & (ACC_GATHER_PAIRS - 1)];
	if (!pair->known || memcmp(pair->word, word, sizeof pair->word)) {
		enum acc_status status =
		    acc_pool_add(&gather->patterns->value, word, 4, &pair->value);
		memcpy(pair->word, word, sizeof pair->word);
		pair->known = status == ACC_OK;
		if (status != ACC_OK)
			return status;
	}
	*value = pair->value;
	return ACC_OK;
}

/* Of two rows for one theme: said again, or a contradiction. */
static void
take_again(struct acc_gather *gather, const struct acc_assignment *first,
	   const struct acc_assignment *second)
{
	if (first->code == second->code) {
		gather->patterns->repeated++;
		return;
	}
	gather->conflicts++;
	gather->conflict(gather->context, &(struct acc_conflict){*first, *second});
}

/* One coder's rows of one unit become one value. Sets *rated to false when there is none. */
static enum acc_status
take_value(struct acc_gather *gather, const struct acc_assignment *row, size_t rows,
	   uint32_t *value, bool *rated)
{
	size_t length = 0;
	const struct acc_assignment *last = NULL;
	if (!acc_array_reserve((void **)&gather->word, &gather->word_capacity, 2 * rows,
			       sizeof *gather->word))
		return ACC_NO_MEMORY;
	*rated = false;
	for (size_t i = 0; i < rows; i++) {
		bool missing = row[i].code == ACC_NONE;
		bool nothing = row[i].theme == ACC_NONE;
		*rated = *rated || !missing;
		if (missing || nothing)
			continue;
		if (last && last->theme == row[i].theme) {
			take_again(gather, last, &row[i]);
			continue;
		}
		last = &row[i];
		gather->word[length++] = row[i].theme;
		gather->word[length++] = row[i].code;
	}
	if (*rated && length == 4)
		return pair_value(gather, value);
	return *rated ? acc_pool_add(&gather->patterns->value, gather->word, length, value)
		      : ACC_OK;
}

/* ---- units ---- */

enum acc_status
acc_gather_unit(struct acc_gather *gather, const struct acc_unit *about, struct acc_assignment *row,
		size_t rows, uint32_t *pattern)
{
	if (!acc_array_reserve((void **)&gather->vector, &gather->vector_capacity, 3 + 2 * rows,
			       sizeof *gather->vector))
		return ACC_NO_MEMORY;
	sort_rows(row, rows);
	uint32_t *vector = gather->vector;
	size_t length = 0;
	vector[length++] = about->group;
	vector[length++] = about->participant;
	vector[length++] = about->document;
	for (size_t i = 0, next; i < rows; i = next) {
		uint32_t value = 0;
		bool rated = row[i].code != ACC_NONE;
		enum acc_status status;
		for (next = i + 1; next < rows && row[next].coder == row[i].coder; next++)
			;
		if (next == i + 1 && rated && row[i].theme != ACC_NONE)
			status = single_value(gather, &row[i], &value);
		else
			status = take_value(gather, row + i, next - i, &value, &rated);
		if (status != ACC_OK)
			return status;
		if (rated) {
			vector[length++] = row[i].coder;
			vector[length++] = value;
		}
	}
	return acc_patterns_add(gather->patterns, vector, length, 1, pattern);
}

/* ---- units like one before ---- */

/* What the rows say, packed. False: it does not fit. */
static bool
pack(const struct acc_gather *gather, const struct acc_assignment *row, size_t rows, uint64_t *low,
     uint64_t *high)
{
	*low = *high = 0;
	if (!rows || rows > ACC_GATHER_ROWS)
		return false;
	for (size_t i = 0; i < rows; i++) {
		uint32_t packed =
		    acc_gather_pack(gather->design, row[i].coder, row[i].theme, row[i].code);
		if (!packed)
			return false;
		acc_gather_push(low, high, packed);
	}
	return true;
}

size_t
acc_gather_unpack(enum acc_design design, uint64_t low, uint64_t high, struct acc_assignment *row)
{
	bool codes = design == ACC_CODES;
	size_t rows = 0;
	for (; low | high; low = low >> 16 | high << 48, high >>= 16) {
		uint32_t said = low & 0xffff, given = said & 0xff;
		if (!said)
			continue;
		uint32_t other = given == ACC_PACK_MISSING && !codes ? ACC_NONE : 0;
		given = given >= ACC_PACK_NOTHING ? ACC_NONE : given;
		row[rows] = (struct acc_assignment){.coder = (said >> 8) - 1,
						    .theme = codes ? 0 : given,
						    .code = codes ? given : other,
						    .line = (uint32_t)rows};
		rows++;
	}
	return rows;
}

/* Which of the heads that were met. */
static enum acc_status
find_head(struct acc_gather *gather, const struct acc_unit *about, uint32_t *head)
{
	if (!gather->head.count || gather->about.group != about->group ||
	    gather->about.participant != about->participant ||
	    gather->about.document != about->document) {
		uint32_t word[] = {about->group, about->participant, about->document};
		enum acc_status status = acc_pool_add(&gather->head, word, 3, &gather->about_head);
		if (status != ACC_OK)
			return status;
		gather->about = *about;
	}
	*head = gather->about_head;
	return ACC_OK;
}

static void
forget(struct acc_gather *gather, const struct acc_gather_known *known)
{
	if (known->pattern != ACC_NONE)
		gather->patterns->count[known->pattern] += known->more;
}

static uint32_t
hash(uint64_t low, uint64_t high, uint32_t head)
{
	uint64_t mixed = (low ^ head) * 0x9e3779b97f4a7c15u;
	mixed = (mixed ^ mixed >> 32 ^ high) * 0xc2b2ae3d27d4eb4fu;
	return (uint32_t)(mixed >> 32);
}

/* Where a unit is remembered, or the place it takes. */
static struct acc_gather_known *
place_of(const struct acc_gather *gather, uint64_t low, uint64_t high, uint32_t head, uint32_t own)
{
	struct acc_gather_known *known = &gather->known[own & (gather->slots - 1)];
	for (size_t i = 0; i < ACC_GATHER_NEAR; i++)
		if (known[i].pattern == ACC_NONE ||
		    (known[i].low == low && known[i].high == high && known[i].head == head))
			return &known[i];
	return known;
}

static void
remember(struct acc_gather *gather, const struct acc_gather_known *unit)
{
	struct acc_gather_known *known = place_of(gather, unit->low, unit->high, unit->head,
						  hash(unit->low, unit->high, unit->head));
	forget(gather, known);
	gather->used += known->pattern == ACC_NONE;
	*known = *unit;
}

/* Room to remember more, where there may be. Every slot is written to: memory that is read first
 * is given twice. */
static enum acc_status
make_known(struct acc_gather *gather)
{
	size_t before = gather->slots;
	struct acc_gather_known *old = gather->known;
	if (before == ACC_GATHER_KNOWN_MOST || gather->used * 2 < before)
		return ACC_OK;
	gather->slots = before ? 4 * before : ACC_GATHER_KNOWN_LEAST;
	size_t bytes = (gather->slots + ACC_GATHER_NEAR) * sizeof *old;
	gather->known = malloc(bytes);
	gather->used = 0;
	if (gather->known)
		memset(gather->known, 0xff, bytes);
	for (size_t i = 0; gather->known && old && i < before + ACC_GATHER_NEAR; i++)
		if (old[i].pattern != ACC_NONE)
			remember(gather, &old[i]);
	free(old);
	return gather->known ? ACC_OK : ACC_NO_MEMORY;
}

static enum acc_status
settle(struct acc_gather *gather, const struct acc_gather_late *late)
{
	struct acc_gather_known *known =
	    place_of(gather, late->low, late->high, late->head, late->hash);
	struct acc_assignment row[ACC_GATHER_ROWS];
	size_t length;
	uint32_t number;
	if (known->pattern != ACC_NONE && known->low == late->low && known->high == late->high &&
	    known->head == late->head) {
		known->more++;
		return ACC_OK;
	}
	uint64_t odd = gather->conflicts + gather->patterns->repeated;
	const uint32_t *head = acc_pool_get(&gather->head, late->head, &length);
	size_t rows = acc_gather_unpack(gather->design, late->low, late->high, row);
	enum acc_status status = acc_gather_unit(
	    gather, &(struct acc_unit){head[0], head[1], head[2], 0}, row, rows, &number);
	if (status != ACC_OK || gather->conflicts + gather->patterns->repeated != odd)
		return status;
	remember(gather, &(struct acc_gather_known){late->low, late->high, late->head, number, 0});
	return make_known(gather);
}

enum acc_status
acc_gather_packed(struct acc_gather *gather, const struct acc_unit *about, uint64_t low,
		  uint64_t high)
{
	uint32_t head;
	enum acc_status status = find_head(gather, about, &head);
	if (status == ACC_OK && !gather->known)
		status = make_known(gather);
	if (status != ACC_OK)
		return status;
	struct acc_gather_late *late = &gather->late[gather->lates % ACC_GATHER_LATE];
	if (gather->lates++ >= ACC_GATHER_LATE)
		status = settle(gather, late);
	late->low = low;
	late->high = high;
	late->head = head;
	late->hash = hash(low, high, head);
	__builtin_prefetch(&gather->known[late->hash & (gather->slots - 1)], 1);
	return status;
}

enum acc_status
acc_gather_later(struct acc_gather *gather, const struct acc_unit *about,
		 struct acc_assignment *row, size_t rows)
{
	uint64_t low, high;
	if (!pack(gather, row, rows, &low, &high))
		return acc_gather_unit(gather, about, row, rows, NULL);
	return acc_gather_packed(gather, about, low, high);
}

enum acc_status
acc_gather_finish(struct acc_gather *gather)
{
	enum acc_status status = ACC_OK;
	size_t waiting = gather->lates < ACC_GATHER_LATE ? gather->lates : ACC_GATHER_LATE;
	for (size_t i = 0; status == ACC_OK && i < waiting; i++)
		status = settle(gather, &gather->late[i]);
	gather->lates = 0;
	for (size_t i = 0; gather->known && i < gather->slots + ACC_GATHER_NEAR; i++)
		forget(gather, &gather->known[i]);
	free(gather->known);
	gather->known = NULL;
	gather->slots = gather->used = 0;
	return status;
}
