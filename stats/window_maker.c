#include "stats/window_maker.h"

#include <stdlib.h>

/* One thing a coder gave a unit; theme ACC_NONE: looked. */
struct acc_given {
	uint32_t coder, theme, code;
};

static enum acc_status
copy_labels(struct acc_vocabulary *into, const struct acc_vocabulary *from)
{
	enum acc_status status = ACC_OK;
	for (uint32_t i = 0; status == ACC_OK && i < from->count; i++)
		status = acc_vocabulary_declare(into, from->label[i]);
	return status;
}

enum acc_status
acc_window_begin(struct acc_window_maker *maker)
{
	const struct acc_patterns *from = maker->patterns;
	struct acc_patterns *made = maker->made;
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

void
acc_window_maker_free(struct acc_window_maker *maker)
{
	free(maker->given);
	free(maker->value);
	free(maker->vector);
}

static bool
give(struct acc_window_maker *maker, struct acc_given given)
{
	if (!acc_array_reserve((void **)&maker->given, &maker->capacity, maker->count + 1,
			       sizeof *maker->given))
		return false;
	maker->given[maker->count++] = given;
	return true;
}

bool
acc_window_take(struct acc_window_maker *maker, const struct acc_pattern *pattern, uint32_t only)
{
	bool codes = maker->patterns->design == ACC_CODES;
	for (size_t i = 0; i < pattern->ratings; i++) {
		size_t length;
		uint32_t coder = pattern->rating[2 * i];
		if (only != ACC_NONE && coder != only)
			continue;
		const uint32_t *word =
		    acc_pool_get(&maker->patterns->value, pattern->rating[2 * i + 1], &length);
		if (!give(maker, (struct acc_given){coder, ACC_NONE, 0}))
			return false;
		for (size_t w = 0; w < length; w += 2) {
			uint32_t theme = word[w + codes], code = codes ? 0 : word[w + 1];
			if (!give(maker, (struct acc_given){coder, theme, code}))
				return false;
		}
	}
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct acc_given *x = a, *y = b;
	if (x->coder != y->coder)
		return x->coder < y->coder ? -1 : 1;
	if (x->theme != y->theme)
		return x->theme < y->theme ? -1 : 1;
	return (x->code > y->code) - (x->code < y->code);
}

/* The value of one coder, from given[from] on: each theme once. *next: where the next coder begins.
 */
static enum acc_status
one_coder(struct acc_window_maker *maker, size_t from, size_t *next, uint32_t *number)
{
	const struct acc_given *given = maker->given;
	size_t length = 0, at = from;
	for (; at < maker->count && given[at].coder == given[from].coder; at++) {
		bool again = at > from && given[at].theme == given[at - 1].theme;
		if (given[at].theme == ACC_NONE)
			continue;
		if (again && given[at].code == maker->present)
			maker->value[length - 1] = maker->present;
		if (again)
			continue;
		maker->value[length++] = given[at].theme;
		maker->value[length++] = given[at].code;
	}
	*next = at;
	return acc_pool_add(&maker->made->value, maker->value, length, number);
}

enum acc_status
acc_window_close(struct acc_window_maker *maker, uint32_t group, uint32_t participant,
		 uint32_t document, uint64_t times)
{
	size_t length = 0, next;
	enum acc_status status = ACC_OK;
	if (!acc_array_reserve((void **)&maker->value, &maker->value_capacity, 2 * maker->count + 1,
			       sizeof *maker->value) ||
	    !acc_array_reserve((void **)&maker->vector, &maker->vector_capacity,
			       3 + 2 * maker->count, sizeof *maker->vector))
		return ACC_NO_MEMORY;
	if (maker->count)
		qsort(maker->given, maker->count, sizeof *maker->given, compare);
	maker->vector[length++] = group;
	maker->vector[length++] = participant;
	maker->vector[length++] = document;
	for (size_t i = 0; status == ACC_OK && i < maker->count; i = next) {
		maker->vector[length++] = maker->given[i].coder;
		status = one_coder(maker, i, &next, &maker->vector[length]);
		length++;
	}
	maker->count = 0;
	return status == ACC_OK ? acc_patterns_add(maker->made, maker->vector, length, times, NULL)
				: status;
}
