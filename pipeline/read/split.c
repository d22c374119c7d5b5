#include "pipeline/read/split.h"

#include <stdlib.h>
#include <string.h>

enum { TRIES_MOST = 100000 };

static void
drop(struct acc_split *split, size_t count)
{
	while (split->count > count)
		free(split->theme[--split->count]);
}

void
acc_split_free(struct acc_split *split)
{
	drop(split, 0);
	free(split->theme);
	free(split->copy);
}

static bool
push(struct acc_split *split, const char *from, size_t length)
{
	if (!acc_array_reserve((void **)&split->theme, &split->capacity, split->count + 1,
			       sizeof *split->theme))
		return false;
	split->theme[split->count] = strndup(from, length);
	return split->theme[split->count] && ++split->count;
}

/* The last separator before `end`, or NULL. */
static const char *
separator_before(const struct acc_split *split, const char *cell, const char *end)
{
	size_t length = strlen(split->separator);
	for (const char *at = end; at-- > cell;)
		if ((size_t)(end - at) >= length && !strncmp(at, split->separator, length))
			return at;
	return NULL;
}

static bool
is_known(struct acc_split *split, const char *from, size_t length)
{
	memcpy(split->copy, from, length);
	split->copy[length] = 0;
	return acc_vocabulary_find(split->themes, split->copy) < split->themes->declared;
}

/* Split the rest of a cell from `at`: names by falling length, each with what can follow. */
static bool
from_codebook(struct acc_split *split, const char *cell, const char *at, bool *memory)
{
	const char *end = at + strlen(at);
	size_t before = split->count;
	if ((size_t)(at - cell) > split->stuck)
		split->stuck = (size_t)(at - cell);
	for (; end && *memory && split->tries < TRIES_MOST;
	     end = separator_before(split, at, end)) {
		split->tries++;
		if (!is_known(split, at, (size_t)(end - at)))
			continue;
		if (!push(split, at, (size_t)(end - at)))
			*memory = false;
		else if (!*end ? !split->wanted || split->count == split->wanted
			       : from_codebook(split, cell, end + strlen(split->separator), memory))
			return true;
		drop(split, before);
	}
	return false;
}

static bool
everywhere(struct acc_split *split, const char *at, bool *memory)
{
	for (const char *end = at; end; at = end + strlen(split->separator)) {
		end = strstr(at, split->separator);
		*memory = push(split, at, end ? (size_t)(end - at) : strlen(at));
		if (!*memory || !end)
			break;
	}
	return *memory && (!split->wanted || split->count == split->wanted);
}

bool
acc_split(struct acc_split *split, const char *cell, bool *memory)
{
	drop(split, 0);
	split->stuck = split->tries = 0;
	*memory =
	    acc_array_reserve((void **)&split->copy, &split->copy_capacity, strlen(cell) + 1, 1);
	if (!*memory)
		return false;
	return split->themes->declared ? from_codebook(split, cell, cell, memory)
				       : everywhere(split, cell, memory);
}
