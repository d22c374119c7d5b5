/* names: the distinct names in a column of results, in order of appearance. */
#ifndef ACC_NAMES_H
#define ACC_NAMES_H

#include <stdbool.h>
#include <stddef.h>

struct acc_names {
	const char **name; /* [count] owned array of borrowed strings */
	size_t count, capacity;
	bool failed; /* out of memory: some names are missing */
};

/* Index of a name, or names->count. */
size_t acc_names_find(const struct acc_names *names, const char *name);

/* The same, but append it when it is new and not empty. */
size_t acc_names_add(struct acc_names *names, const char *name);

void acc_names_free(struct acc_names *names);

#endif
