/* figure: what a figure is: results in, gnuplot script and tidy data out.
 *
 * Each figure is one file in plots/ that ends in its descriptor, and one line in plots/figures.def.
 * It reads tables of results (docs/formats.md section 2) and writes text; it opens no file and runs
 * nothing. Files are collected in a bundle, which the plot stage writes to the output folder. */
#ifndef ACC_FIGURE_H
#define ACC_FIGURE_H

#include "plots/table.h"
#include "plots/text.h"
#include <stdbool.h>
#include <stddef.h>

/* The results that were given, each NULL when it was not. Borrowed. */
struct acc_results {
	const struct acc_table *agreement;    /* accord agree */
	const struct acc_table *cooccurrence; /* accord cooccur */
	const struct acc_table *sets;         /* accord cooccur --sets */
	const struct acc_table *comparison;   /* accord compare */
	const struct acc_table *map;          /* accord map */
	const struct acc_table *saturation;   /* accord saturate */
	bool synthetic;                       /* the data are synthetic: every caption says so */
};

struct acc_figure_options {
	const char *coefficient; /* key of the coefficient to draw; NULL: the figure's default */
	const char *layer;       /* layer to draw; NULL: the figure's default */
	const char *measure;     /* co-occurrence measure to draw; NULL: the figure's default */
};

/* The files of one figure: NAME.gp, NAME.dat, NAME.caption.txt, ... */
struct acc_file {
	char *name; /* owned; no folder */
	struct acc_text text;
};

struct acc_bundle {
	struct acc_file *file; /* owned */
	size_t files;
	bool failed; /* out of memory somewhere */
	struct acc_text scratch;
};

/* The text of a new file, to append to until the next call; on failure a scratch text and
 * bundle->failed. */
struct acc_text *acc_bundle_add(struct acc_bundle *bundle, const char *name);

/* Is every file there, whole? Otherwise memory ran out on the way. */
bool acc_bundle_complete(const struct acc_bundle *bundle);
void acc_bundle_free(struct acc_bundle *bundle);

struct acc_figure {
	const char *key;   /* file name without suffix: "forest" */
	const char *title; /* one line for `accord list figures` */
	const char
	    *needs; /* which results it draws: "agree", "agree --by pair", "cooccur", "compare" */
	/* Is there something to draw? Otherwise *why says what is missing (static text). */
	bool (*applies)(const struct acc_results *, const struct acc_figure_options *,
			const char **why);
	void (*draw)(const struct acc_results *, const struct acc_figure_options *,
		     struct acc_bundle *);
};

/* All registered figures, in the order of plots/figures.def. */
extern const struct acc_figure *const acc_figures[];
extern const size_t acc_figure_count;

#endif
