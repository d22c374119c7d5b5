/* alt: what a figure shows, in words, for those who do not see it.
 *
 * One or two sentences: the kind of figure, what is in it, and its lowest and highest value; the
 * caption says what the marks mean. */
#ifndef ACC_ALT_H
#define ACC_ALT_H

#include "plots/text.h"
#include <stddef.h>

struct acc_alt_point {
	const char *theme, *group; /* borrowed; "" none */
	double value;
};

/* The values of a figure, gathered one by one. Zero-initialise. */
struct acc_alt {
	struct acc_alt_point low, high;
	size_t points, undefined;
};

/* Count a value in; NaN is undefined. */
void acc_alt_point(struct acc_alt *alt, const char *theme, const char *group, double value);

/* Append "from LOWEST (theme, group) to HIGHEST (theme, group); N not defined". */
void acc_alt_range(const struct acc_alt *alt, struct acc_text *text);

/* Append "1 theme" or "12 themes". */
void acc_alt_count(struct acc_text *text, size_t count, const char *one, const char *many);

/* Append "12 themes by 3 groups", as far as there are any. */
void acc_alt_themes(struct acc_text *text, size_t themes, size_t groups);

#endif
