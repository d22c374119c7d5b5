/* catalogue: everything that is registered, list by list, for `accord list`, completion and manual.
 */
#ifndef ACC_CATALOGUE_H
#define ACC_CATALOGUE_H

#include <stddef.h>

/* What is said of an entry. Borrowed; NULL where there is nothing to say. */
struct acc_entry {
	const char *key, *alias, *name, *about, *source;
};

struct acc_catalogue {
	const char *name;   /* "coefficients" */
	const char *option; /* the option that takes its keys, without dashes; "" for none */
	const size_t *count;
	struct acc_entry (*entry)(size_t at);
};
extern const struct acc_catalogue acc_catalogues[];
extern const size_t acc_catalogue_count;

#endif
