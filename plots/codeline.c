#include "plots/drawing.h"
#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Themes along each transcript: a row per theme, in it a lane per coder, units from left to right
 * in their order. Where there are many units, several in a row are one cell. */

enum { MOST_DOCUMENTS = 60, MOST_CODERS = 20, MOST_CELLS = 2400, MOST_CELLS_EACH = 600 };

struct codeline {
	const struct acc_table *table;
	struct acc_names documents, themes, coders;
	size_t *units; /* owned, [documents or 1]: the last place */
	size_t bundle; /* units in a cell */
	/* Of the document at hand, [cells * themes * coders] each: */
	uint32_t *applied, *seen;
	size_t cells;
};

static size_t
document_count(const struct codeline *codeline)
{
	return codeline->documents.count ? codeline->documents.count : 1;
}

static void
free_codeline(struct codeline *codeline)
{
	acc_names_free(&codeline->documents);
	acc_names_free(&codeline->themes);
	acc_names_free(&codeline->coders);
	free(codeline->units);
	free(codeline->applied);
	free(codeline->seen);
}

static bool
more_names(const struct acc_table *table, const char *column, size_t most)
{
	struct acc_names names = {0};
	for (size_t r = 0; r < table->rows && names.count <= most; r++)
		acc_names_add(&names, acc_table_text(table, r, column));
	bool more = names.count > most;
	acc_names_free(&names);
	return more;
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	const struct acc_table *table = results->codeline;
	(void)options;
	*why = "it needs the results of `accord codeline`";
	if (!table || !table->rows)
		return false;
	*why = "a figure holds at most 60 documents and 20 coders; choose some with --documents, "
	       "--coders";
	if (more_names(table, "document", MOST_DOCUMENTS) ||
	    more_names(table, "coder", MOST_CODERS))
		return false;
	return !acc_too_many(table, "theme", NULL, why);
}

/* The smallest bundle of units with which all documents fit. */
static size_t
choose_bundle(const struct codeline *codeline)
{
	for (size_t bundle = 1;; bundle++) {
		size_t all = 0, longest = 0;
		for (size_t d = 0; d < document_count(codeline); d++) {
			size_t cells = (codeline->units[d] + bundle - 1) / bundle;
			all += cells;
			longest = cells > longest ? cells : longest;
		}
		if (longest <= MOST_CELLS_EACH && all <= MOST_CELLS)
			return bundle;
	}
}

static size_t
place_of(const struct acc_table *table, size_t row)
{
	double place = acc_table_number(table, row, "place");
	return place >= 1 && place < 1e9 ? (size_t)place : 1;
}

static size_t
document_of(const struct codeline *codeline, size_t row)
{
	const char *name = acc_table_text(codeline->table, row, "document");
	return *name ? acc_names_find(&codeline->documents, name) : 0;
}

static bool
gather(struct codeline *codeline)
{
	const struct acc_table *table = codeline->table;
	for (size_t r = 0; r < table->rows; r++) {
		acc_names_add(&codeline->documents, acc_table_text(table, r, "document"));
		acc_names_add(&codeline->themes, acc_table_text(table, r, "theme"));
		acc_names_add(&codeline->coders, acc_table_text(table, r, "coder"));
	}
	codeline->units = calloc(document_count(codeline), sizeof *codeline->units);
	if (!codeline->units || codeline->documents.failed || codeline->themes.failed ||
	    codeline->coders.failed)
		return false;
	for (size_t r = 0; r < table->rows; r++) {
		size_t d = document_of(codeline, r), place = place_of(table, r);
		if (place > codeline->units[d])
			codeline->units[d] = place;
	}
	codeline->bundle = choose_bundle(codeline);
	codeline->cells = MOST_CELLS_EACH;
	size_t counts = codeline->cells * codeline->themes.count * codeline->coders.count;
	codeline->applied = calloc(counts + 1, sizeof *codeline->applied);
	codeline->seen = calloc(counts + 1, sizeof *codeline->seen);
	return codeline->applied && codeline->seen;
}

/* ---- data ---- */

static void
count_document(struct codeline *codeline, size_t document)
{
	const struct acc_table *table = codeline->table;
	size_t themes = codeline->themes.count, coders = codeline->coders.count;
	size_t counts = codeline->cells * themes * coders;
	memset(codeline->applied, 0, counts * sizeof *codeline->applied);
	memset(codeline->seen, 0, counts * sizeof *codeline->seen);
	for (size_t r = 0; r < table->rows; r++) {
		const char *state = acc_table_text(table, r, "state");
		if (document_of(codeline, r) != document || !strcmp(state, "not_seen"))
			continue;
		size_t cell = (place_of(table, r) - 1) / codeline->bundle;
		size_t t = acc_names_find(&codeline->themes, acc_table_text(table, r, "theme"));
		size_t c = acc_names_find(&codeline->coders, acc_table_text(table, r, "coder"));
		size_t at = (t * coders + c) * codeline->cells + cell;
		codeline->seen[at]++;
		codeline->applied[at] += !strcmp(state, "applied");
	}
}

/* A run of cells from `first` to `last`, of a share of 0 where it only says that they were seen. */
static void
put_run(struct acc_text *data, size_t document, size_t lane, size_t coders, size_t first,
	size_t last, double share)
{
	acc_text_printf(data, "%zu\t%zu\t%zu\t%zu\t%zu", document + 1, lane / coders + 1,
			lane % coders + 1, first + 1, last + 1);
	acc_data_number(data, share);
	acc_text_put(data, "\n");
}

static double
share_of(const struct codeline *codeline, size_t at)
{
	return codeline->seen[at] ? (double)codeline->applied[at] / codeline->seen[at] : 0;
}

static void
put_lane(const struct codeline *codeline, size_t document, size_t lane, struct acc_text *data)
{
	size_t coders = codeline->coders.count, base = lane * codeline->cells;
	size_t cells = (codeline->units[document] + codeline->bundle - 1) / codeline->bundle;
	for (size_t k = 0; k < cells;) {
		size_t end = k;
		while (end < cells && codeline->seen[base + end])
			end++;
		if (end > k)
			put_run(data, document, lane, coders, k, end - 1, 0);
		k = end > k ? end : k + 1;
	}
	for (size_t k = 0; k < cells; k++)
		if (codeline->applied[base + k])
			put_run(data, document, lane, coders, k, k, share_of(codeline, base + k));
}

/* The share of the units seen that a theme was applied to, by all coders together. */
static void
count_shares(const struct codeline *codeline, double *applied, double *seen)
{
	size_t coders = codeline->coders.count;
	for (size_t lane = 0; lane < codeline->themes.count * coders; lane++)
		for (size_t k = 0; k < codeline->cells; k++) {
			applied[lane / coders] += codeline->applied[lane * codeline->cells + k];
			seen[lane / coders] += codeline->seen[lane * codeline->cells + k];
		}
}

static bool
put_data(struct codeline *codeline, struct acc_text *data, struct acc_alt *values)
{
	size_t themes = codeline->themes.count;
	double *applied = calloc(2 * themes + 1, sizeof *applied);
	acc_text_put(data, "# document, theme and coder: their numbers, labels in codeline.gp; "
			   "cells from first to last; share: of the units of a cell that the "
			   "coder saw, those with the theme; 0: seen only\n"
			   "document\ttheme\tcoder\tfirst\tlast\tshare\n");
	for (size_t d = 0; applied && d < document_count(codeline); d++) {
		count_document(codeline, d);
		for (size_t lane = 0; lane < themes * codeline->coders.count; lane++)
			put_lane(codeline, d, lane, data);
		count_shares(codeline, applied, applied + themes);
	}
	for (size_t t = 0; applied && t < themes; t++)
		acc_alt_point(values, codeline->themes.name[t], "",
			      applied[themes + t] > 0 ? applied[t] / applied[themes + t] : NAN);
	bool ready = applied != NULL;
	free(applied);
	return ready;
}

/* ---- script and words ---- */

static void
put_script(const struct codeline *codeline, const struct acc_labels *labels, struct acc_text *gp)
{
	size_t documents = document_count(codeline);
	acc_script_open(gp, "codeline", "Themes along each transcript, coder by coder.");
	acc_text_put(gp, "# ---- what an author may want to change\n"
			 "LANE = 1.3                              # height of a coder's lane, mm\n"
			 "NARROWEST = 0.75; WIDEST = 4            # width of a cell, mm\n"
			 "BACKGROUND = 0xE4E4E4                   # seen, and nothing applied\n\n");
	acc_text_printf(gp,
			"R = %zu; G = %zu; ND = %zu                # themes, coders, documents\n"
			"NAMED = 1; DOCUMENTS = %d               # documents have names\n"
			"BUNDLE = %zu                            # units in a cell\n"
			"# cells and units of each document\n"
			"array CELLS[ND]; array UNITS[ND]\n",
			codeline->themes.count, codeline->coders.count, documents,
			codeline->documents.count > 0, codeline->bundle);
	for (size_t d = 0; d < documents; d++)
		acc_text_printf(gp, "CELLS[%zu] = %zu; UNITS[%zu] = %zu\n", d + 1,
				(codeline->units[d] + codeline->bundle - 1) / codeline->bundle,
				d + 1, codeline->units[d]);
	acc_text_put(gp, "\n");
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_codeline);
}

static size_t
all_units(const struct codeline *codeline)
{
	size_t units = 0;
	for (size_t d = 0; d < document_count(codeline); d++)
		units += codeline->units[d];
	return units;
}

static void
put_caption(const struct codeline *codeline, struct acc_text *caption)
{
	acc_text_put(caption, "Themes along ");
	acc_alt_count(caption, document_count(codeline), "transcript", "transcripts");
	acc_text_put(caption, " (");
	acc_alt_count(caption, all_units(codeline), "unit", "units");
	acc_text_put(caption,
		     "), from left to right in the order of the transcript; a long one "
		     "goes on in a further panel. In the row of each theme every coder has "
		     "a lane, in the order of the key from above: coloured where the coder "
		     "applied the theme, grey where the coder looked and did not, empty "
		     "where the coder did not look. Colours one above the other are "
		     "agreement; a lane coloured alone is a coder on one’s own.");
	if (codeline->bundle > 1)
		acc_text_printf(caption,
				" A cell stands for %zu units in a row; the darker it is, the more "
				"of them have the theme.",
				codeline->bundle);
}

static void
put_alt(const struct codeline *codeline, const struct acc_alt *values, struct acc_bundle *bundle)
{
	struct acc_text *alt = acc_bundle_add(bundle, "codeline.alt.txt");
	acc_text_put(alt, "Lanes of ");
	acc_alt_count(alt, codeline->coders.count, "coder", "coders");
	acc_text_put(alt, " for ");
	acc_alt_count(alt, codeline->themes.count, "theme", "themes");
	acc_text_put(alt, " along ");
	acc_alt_count(alt, document_count(codeline), "transcript", "transcripts");
	acc_text_put(alt,
		     ", coloured at the units a coder applied the theme to. Share of the units "
		     "looked at that are coloured: ");
	acc_alt_range(values, alt);
	acc_text_put(alt, ".\n");
}

static void
put_labels(const struct codeline *codeline, struct acc_labels *labels)
{
	for (size_t t = 0; t < codeline->themes.count; t++)
		acc_labels_row(labels, codeline->themes.name[t]);
	for (size_t c = 0; c < codeline->coders.count; c++)
		acc_labels_add(labels, codeline->coders.name[c], ACC_LABEL_ROW);
	for (size_t d = 0; d < codeline->documents.count; d++)
		acc_labels_row(labels, codeline->documents.name[d]);
	if (!codeline->documents.count)
		acc_labels_row(labels, "All units");
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	struct codeline codeline = {.table = results->codeline};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_alt values = {0};
	struct acc_text script = {0};
	(void)options;
	bool ready = gather(&codeline);
	struct acc_text *data = acc_bundle_add(bundle, "codeline.dat");
	ready = ready && put_data(&codeline, data, &values);
	if (ready) {
		put_labels(&codeline, &labels);
		put_script(&codeline, &labels, &script);
	}
	acc_script_add(bundle, "codeline.gp", &script);
	if (ready) {
		struct acc_text *caption = acc_bundle_add(bundle, "codeline.caption.txt");
		put_caption(&codeline, caption);
		acc_caption_close(caption, &facts, &labels, results);
		put_alt(&codeline, &values, bundle);
	}
	bundle->failed |= !ready;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	free_codeline(&codeline);
}

const struct acc_figure acc_figure_codeline = {
    .key = "codeline",
    .title = "themes along each transcript, coders stacked in the row of each theme",
    .needs = "codeline",
    .applies = applies,
    .draw = draw,
};
