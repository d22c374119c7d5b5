/* script: what the scripts, data and captions of all figures have in common.
 *
 * A script is: fingerprint, what an author may want to change, the labels L[1], L[2], ... and the
 * drawing, which knows labels only by number. Coordinates are millimetres on the page. */
#ifndef ACC_SCRIPT_H
#define ACC_SCRIPT_H

#include "plots/alt.h"
#include "plots/array.h"
#include "plots/figure.h"
#include "plots/journal.h"
#include "plots/label.h"
#include "plots/names.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The labels of one script. Zero-initialise. */
struct acc_labels {
	struct acc_text lines; /* L[1] = "...", a line each */
	struct acc_array ems;  /* their widths in em */
	struct acc_text cut;   /* for the caption: the names that were cut, in full */
	size_t count;
};

/* Add a label and return its width in em: the name of a row (two lines if it is long), or any other
 * cut to `columns`. */
double acc_labels_row(struct acc_labels *labels, const char *name);
double acc_labels_add(struct acc_labels *labels, const char *name, unsigned columns);

/* Append the labels to a script, as arrays L (text) and EM (width). */
void acc_labels_put(const struct acc_labels *labels, struct acc_text *script);
void acc_labels_free(struct acc_labels *labels);

/* Add a script to the bundle as FIGURE.gp under its first line, which carries the fingerprint of
 * all lines below. Frees `script`. */
void acc_script_add(struct acc_bundle *bundle, const char *figure, struct acc_text *script);

/* A script under its first line. Frees `script`. */
struct acc_text acc_script_sealed(struct acc_text *script);

/* A number that changes when the bytes do: it has to notice an edit, not to resist an attack. */
uint64_t acc_fingerprint(const char *bytes, size_t length);

/* Does the first line of a script still carry the fingerprint of the rest? False: edited by hand.
 */
bool acc_script_untouched(const char *bytes, size_t length);

/* The lines every script begins with: one sentence, where it stands, style.gp. */
void acc_script_open(struct acc_text *script, const char *figure, const char *sentence);

/* Append pieces of text, NULL last. */
void acc_script_put(struct acc_text *script, const char *const *pieces);

/* Layout of the key of groups, shared by the figures that have one (gnuplot text). */
extern const char acc_script_key[];

/* Pages of a figure that is a list of rows 1..R, each ROW mm high, where ROOM mm hold them: rows R1
 * to R2 are on this page, ON of them (gnuplot text). */
extern const char acc_script_pages[];

/* Rows R1..R2 of a page, ROW mm high, MB mm above its foot, under MT mm: the page, scales X(v) and
 * Y(row,group) in them (gnuplot text); and their names, with the key of the groups. */
extern const char acc_script_rows[];
extern const char acc_script_names[];

/* Values of groups 1..G in rows 1..R with their intervals, arrows where these leave the scale,
 * pooled values, open marks for what is undefined: the beginning of a plot command, for more to
 * follow. isgroup(g) and pooled(row) say whose a row of data is (gnuplot text). */
extern const char acc_script_intervals[];

/* Pages of a figure of panels 1..NP, COLUMNS side by side, PH mm high, over a foot of FOOT mm:
 * panels P1 to P2 are on this page; sets HEIGHT (gnuplot text). */
extern const char acc_script_panels[];

/* How all figures look unless gnuplot is told otherwise. */
struct acc_look {
	const struct acc_journal *journal; /* NULL: the default */
	bool grey;
};

/* Add the files that all scripts load: style.gp (the look) and page.gp (terminal and page). */
void acc_style_add(struct acc_bundle *bundle, const struct acc_look *look);

/* Make every script of a bundle a single file: style.gp, page.gp and the data move into it, and
 * leave the bundle. */
void acc_script_inline(struct acc_bundle *bundle);

/* Append a number to a data file, after a tab; NaN is written NaN. */
void acc_data_number(struct acc_text *data, double value);

/* Are there more names in these columns than a figure can hold? Then *why says so. */
enum { ACC_MOST_THEMES = 150, ACC_MOST_GROUPS = 24, ACC_MOST_PAIRS = 1225 };
bool acc_too_many(const struct acc_table *table, const char *theme, const char *pair,
		  const char **why);

/* How many units there are and how the intervals were made, gathered row by row for the caption;
 * and the values, for the description of a figure. Zero-initialise. */
struct acc_facts {
	const char *column;  /* of the value; NULL: "value" */
	const char *counted; /* what "units" or "total" counts; NULL: "units" */
	struct acc_names methods;
	unsigned notes; /* one bit for each line of stats/notes.def */
	double level, least_clusters, most_clusters, least_units, most_units;
	struct acc_alt values;
};

void acc_facts_row(struct acc_facts *facts, const struct acc_table *table, size_t row);

/* Append to a caption: "95% confidence intervals (METHODS; 8 to 53 clusters; 120 to 162
 * units)". */
void acc_facts_put(const struct acc_facts *facts, struct acc_text *caption);
void acc_facts_free(struct acc_facts *facts);

/* Append the end of every caption: what the results note, the names that were cut, and that the
 * data are synthetic. */
void acc_caption_close(struct acc_text *caption, const struct acc_facts *facts,
		       const struct acc_labels *labels, const struct acc_results *results);

/* Every figure has NAME.alt.txt: what it shows in words, for those who do not see it. Where the
 * figure wrote none, its title and that its caption says the rest. */
void acc_alt_complete(struct acc_bundle *bundle, const struct acc_figure *figure);

/* Add KEY.alt.txt: an opening sentence, then the lowest and the highest value of `facts`. */
void acc_alt_add(struct acc_bundle *bundle, const char *key, const struct acc_text *opening,
		 const struct acc_facts *facts);

/* Append a coefficient or measure in words ("Cohen’s kappa"), or its name as enhanced text with its
 * symbol in italics. A key that is not known here becomes its letters and digits. */
void acc_term_words(struct acc_text *text, const char *key);
void acc_term_name(struct acc_text *text, const char *key);

/* The symbol alone, as enhanced text, or "Value". */
const char *acc_term_symbol(const char *key);

#endif
