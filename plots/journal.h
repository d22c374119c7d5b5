/* journal: what a journal asks of a figure.
 *
 * A line of plots/journals.def each. The sizes reach the scripts as a block of style.gp; widths,
 * formats and resolution are the defaults of the plot stage. */
#ifndef ACC_JOURNAL_H
#define ACC_JOURNAL_H

#include <stddef.h>

struct acc_journal {
	const char *key, *name;
	const char *widths;          /* "85,180": mm */
	double text, smallest, line; /* pt */
	double tallest;              /* mm */
	int dpi;                     /* of TIFF and PNG */
	const char *letters;         /* "A" or "a": how panels are lettered */
	const char *formats;         /* "pdf,svg" */
	const char *about;           /* its sizes in words */
	const char *source;          /* who says so */
};

/* All of them, in the order of journals.def; the first is the default. */
extern const struct acc_journal acc_journals[];
extern const size_t acc_journal_count;

/* The journal of a name; NULL: unknown. */
const struct acc_journal *acc_journal_find(const char *key);

#endif
