#include "stats/window.h"

#include <stdlib.h>

/* One thing a coder gave a unit; theme ACC_NONE: looked. */
struct given {
	uint32_t coder, theme, code;
};

struct making {
	const struct acc_patterns *patterns;
	struct acc_patterns *made;
	uint32_t present;
	struct given *given; /* owned: of the window at hand */
	size_t count, capacity;
	uint32_t *value, *vector; /* owned scratch */
	size_t value_capacity, vector_capacity;
};

static enum acc_status
copy_labels(struct acc_vocabulary *into, const struct acc_vocabulary *from)
{
	enum acc_status status = ACC_OK;
	for (uint32_t i = 0; status == ACC_OK && i < from->count; i++)
		status = acc_vocabulary_declare(into, from->label[i]);
	return status;
}

static enum acc_status
begin(struct making *making)
{
	const struct acc_patterns *from = making->patterns;
	struct acc_patterns *made = making->made;
	bool codes = from->design == ACC_CODES;
	uint32_t number;
	const struct {
		struct acc_vocabulary *into;
		const struct acc_vocabulary *from;
	} each[] = {{&made->coder, &from->coder},
		    {&made->theme, codes ? &from->code : &from->theme},
		    {&made->group, &from->group},
		    {&made->participant, &from->participant},
		    {&made->document, &from->document}};
	enum acc_status status = ACC_OK;
	made->design = codes ? ACC_THEMES : from->design;
	made->seen = from->seen;
	for (size_t i = 0; status == ACC_OK && i < sizeof each / sizeof *each; i++)
		status = copy_labels(each[i].into, each[i].from);
	if (status == ACC_OK)
		status = codes ? acc_vocabulary_add(&made->code, "", &number)
			       : copy_labels(&made->code, &from->code);
	return status;
}

static void
end(struct making *making)
{
	free(making->given);
	free(making->value);
	free(making->vector);
}

static bool
give(struct making *making, struct given given)
{
	if (!acc_array_reserve((void **)&making->given, &making->capacity, making->count + 1,
			       sizeof *making->given))
		return false;
	making->given[making->count++] = given;
	return true;
}

/* Add the units of a pattern to the window at hand. */
static bool
add_pattern(struct making *making, const struct acc_pattern *pattern)
{
	bool codes = making->patterns->design == ACC_CODES;
	for (size_t i = 0; i < pattern->ratings; i++) {
		size_t length;
		uint32_t coder = pattern->rating[2 * i];
		const uint32_t *word =
		    acc_pool_get(&making->patterns->value, pattern->rating[2 * i + 1], &length);
		if (!give(making, (struct given){coder, ACC_NONE, 0}))
			return false;
		for (size_t w = 0; w < length; w += 2) {
			uint32_t theme = word[w + codes], code = codes ? 0 : word[w + 1];
			if (!give(making, (struct given){coder, theme, code}))
				return false;
		}
	}
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct given *x = a, *y = b;
	if (x->coder != y->coder)
		return x->coder < y->coder ? -1 : 1;
	if (x->theme != y->theme)
		return x->theme < y->theme ? -1 : 1;
	return (x->code > y->code) - (x->code < y->code);
}

/* The value of one coder, from given[from] on: each theme once. *next: where the next coder begins.
 */
static enum acc_status
one_coder(struct making *making, size_t from, size_t *next, uint32_t *number)
{
	const struct given *given = making->given;
	size_t length = 0, at = from;
	for (; at < making->count && given[at].coder == given[from].coder; at++) {
		bool again = at > from && given[at].theme == given[at - 1].theme;
		if (given[at].theme == ACC_NONE)
			continue;
		if (again && given[at].code == making->present)
			making->value[length - 1] = making->present;
		if (again)
			continue;
		making->value[length++] = given[at].theme;
		making->value[length++] = given[at].code;
	}
	*next = at;
	return acc_pool_add(&making->made->value, making->value, length, number);
}

/* End the window at hand: count it, `times`, and start another. */
static enum acc_status
close(struct making *making, uint32_t group, uint32_t participant, uint32_t document,
      uint64_t times)
{
	size_t length = 0, next;
	enum acc_status status = ACC_OK;
	if (!acc_array_reserve((void **)&making->value, &making->value_capacity,
			       2 * making->count + 1, sizeof *making->value) ||
	    !acc_array_reserve((void **)&making->vector, &making->vector_capacity,
			       3 + 2 * making->count, sizeof *making->vector))
		return ACC_NO_MEMORY;
	if (making->count)
		qsort(making->given, making->count, sizeof *making->given, compare);
	making->vector[length++] = group;
	making->vector[length++] = participant;
	making->vector[length++] = document;
	for (size_t i = 0; status == ACC_OK && i < making->count; i = next) {
		making->vector[length++] = making->given[i].coder;
		status = one_coder(making, i, &next, &making->vector[length]);
		length++;
	}
	making->count = 0;
	return status == ACC_OK
		   ? acc_patterns_add(making->made, making->vector, length, times, NULL)
		   : status;
}

/* ---- whole people or documents ---- */

struct member {
	uint32_t whole, group, pattern;
};

static int
compare_members(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	if (x->whole != y->whole)
		return x->whole < y->whole ? -1 : 1;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

static enum acc_status
gather(struct making *making, const struct member *member, size_t count, bool documents)
{
	enum acc_status status = ACC_OK;
	for (size_t i = 0; status == ACC_OK && i < count; i++) {
		struct acc_pattern p = acc_patterns_get(making->patterns, member[i].pattern);
		bool alone = member[i].whole == ACC_NONE;
		bool last = i + 1 == count || member[i + 1].whole != member[i].whole ||
			    member[i + 1].group != member[i].group;
		if (!add_pattern(making, &p))
			return ACC_NO_MEMORY;
		if (alone || last)
			status = close(making, p.group, documents ? ACC_NONE : p.participant,
				       documents ? p.document : ACC_NONE, alone ? p.count : 1);
	}
	return status;
}

enum acc_status
acc_window_whole(struct acc_patterns *made, const struct acc_patterns *patterns, bool documents,
		 uint32_t present)
{
	struct making making = {.patterns = patterns, .made = made, .present = present};
	uint32_t count = patterns->vector.count;
	struct member *member = acc_array(count, sizeof *member);
	enum acc_status status = member ? begin(&making) : ACC_NO_MEMORY;
	for (uint32_t p = 0; status == ACC_OK && p < count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		uint32_t whole = documents ? pattern.document : pattern.participant;
		member[p] = (struct member){whole, pattern.group, p};
	}
	if (status == ACC_OK) {
		qsort(member, count, sizeof *member, compare_members);
		status = gather(&making, member, count, documents);
	}
	if (status == ACC_OK)
		status = acc_patterns_canonical(made, NULL);
	free(member);
	end(&making);
	return status;
}

/* ---- neighbours ---- */

struct placed {
	uint32_t document, unit;
	double rank;
};

static int
compare_placed(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->document != y->document)
		return x->document < y->document ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return (x->unit > y->unit) - (x->unit < y->unit);
}

static enum acc_status
around(struct making *making, const struct acc_order_of_units *order, const struct placed *placed,
       uint32_t at, uint32_t reach)
{
	struct acc_pattern centre =
	    acc_patterns_get(making->patterns, order->pattern_of[placed[at].unit]);
	uint32_t from = at > reach ? at - reach : 0;
	for (uint32_t i = from; i < order->units && i - from <= at - from + reach; i++) {
		if (placed[i].document != placed[at].document)
			continue;
		struct acc_pattern p =
		    acc_patterns_get(making->patterns, order->pattern_of[placed[i].unit]);
		if (!add_pattern(making, &p))
			return ACC_NO_MEMORY;
	}
	return close(making, centre.group, centre.participant, centre.document, 1);
}

enum acc_status
acc_window_near(struct acc_patterns *made, const struct acc_patterns *patterns,
		const struct acc_order_of_units *order, uint32_t reach, uint32_t present)
{
	struct making making = {.patterns = patterns, .made = made, .present = present};
	struct placed *placed = acc_array(order->units, sizeof *placed);
	enum acc_status status = placed ? begin(&making) : ACC_NO_MEMORY;
	for (uint32_t u = 0; status == ACC_OK && u < order->units; u++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, order->pattern_of[u]);
		placed[u] = (struct placed){pattern.document, u, order->rank ? order->rank[u] : 0};
	}
	if (status == ACC_OK)
		qsort(placed, order->units, sizeof *placed, compare_placed);
	for (uint32_t at = 0; status == ACC_OK && at < order->units; at++)
		status = around(&making, order, placed, at, reach);
	if (status == ACC_OK)
		status = acc_patterns_canonical(made, NULL);
	free(placed);
	end(&making);
	return status;
}
