#include "plots/names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t
acc_names_find(const struct acc_names *names, const char *name)
{
	size_t n = 0;
	while (n < names->count && strcmp(names->name[n], name))
		n++;
	return n;
}

static bool
grow(struct acc_names *names)
{
	if (names->count < names->capacity)
		return true;
	size_t capacity = names->capacity ? 2 * names->capacity : 16;
	const char **name = reallocarray(names->name, capacity, sizeof *name);
	if (!name)
		return false;
	names->name = name;
	names->capacity = capacity;
	return true;
}

size_t
acc_names_add(struct acc_names *names, const char *name)
{
	size_t n = acc_names_find(names, name);
	if (n < names->count || !*name)
		return n;
	if (grow(names))
		names->name[names->count++] = name;
	else
		names->failed = true;
	return n;
}

void
acc_names_free(struct acc_names *names)
{
	free(names->name);
	*names = (struct acc_names){0};
}
