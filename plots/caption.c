#include "plots/script.h"
#include "stats/coefficient.h"
#include "stats/measure.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct term {
	const char *key, *words, *name, *symbol;
};

/* What has a symbol of its own, or reads better in other words than its registered name. Only the
 * symbols of statistics are set in italics. */
static const struct term terms[] = {
    {"percent_agreement", "per cent agreement", "Agreement", "Value"},
    {"cohen_kappa", "Cohen’s kappa", "Cohen’s {/:Italic κ}", "{/:Italic κ}"},
    {"conger_kappa", "Conger’s kappa", "Conger’s {/:Italic κ}", "{/:Italic κ}"},
    {"fleiss_kappa", "Fleiss’ kappa", "Fleiss’ {/:Italic κ}", "{/:Italic κ}"},
    {"light_kappa", "Light’s kappa", "Light’s {/:Italic κ}", "{/:Italic κ}"},
    {"scott_pi", "Scott’s pi", "Scott’s {/:Italic π}", "{/:Italic π}"},
    {"krippendorff_alpha", "Krippendorff’s alpha", "Krippendorff’s {/:Italic α}", "{/:Italic α}"},
    {"gwet_ac", "Gwet’s AC", "Gwet’s AC", "AC"},
    {"gwet_ac1", "Gwet’s AC1", "Gwet’s AC_1", "AC_1"},
    {"gwet_ac2", "Gwet’s AC2", "Gwet’s AC_2", "AC_2"},
    {"brennan_prediger", "Brennan and Prediger’s kappa", "Brennan–Prediger {/:Italic κ}",
     "{/:Italic κ}"},
    {"phi", "the phi coefficient", "{/:Italic φ}", "{/:Italic φ}"},
    {"jaccard", "the Jaccard index", "Jaccard index", "Value"},
    {"lift", "lift (observed over expected count)", "lift", "Value"},
    {"npmi", "normalised pointwise mutual information", "normalised PMI", "Value"},
    {"odds_ratio", "the odds ratio", "odds ratio", "Value"},
};

static const struct term *
find(const char *key)
{
	for (size_t t = 0; t < sizeof terms / sizeof *terms; t++)
		if (!strcmp(terms[t].key, key))
			return &terms[t];
	return NULL;
}

/* The registered name of a coefficient or measure, which is ours and safe. */
static const char *
registered(const char *key)
{
	const struct acc_coefficient *coefficient = acc_coefficient_find(key);
	const struct acc_measure *measure = acc_measure_find(key);
	return coefficient ? coefficient->name : measure ? measure->name : NULL;
}

/* A key as words that are safe anywhere: its registered name, else its ASCII letters and digits. */
static void
plain(struct acc_text *text, const char *key)
{
	const char *name = registered(key);
	if (name) {
		acc_text_put(text, name);
		return;
	}
	for (const char *c = key; *c; c++) {
		bool kept = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
			    (*c >= '0' && *c <= '9') || *c == '-';
		acc_text_bytes(text, kept ? c : " ", 1);
	}
}

void
acc_term_words(struct acc_text *text, const char *key)
{
	const struct term *term = find(key);
	if (term)
		acc_text_put(text, term->words);
	else
		plain(text, key);
}

void
acc_term_name(struct acc_text *text, const char *key)
{
	const struct term *term = find(key);
	if (term)
		acc_text_put(text, term->name);
	else
		plain(text, key);
}

const char *
acc_term_symbol(const char *key)
{
	const struct term *term = find(key);
	return term ? term->symbol : "Value";
}

struct note {
	const char *key, *sentence;
};

static const struct note notes[] = {
#define ACC_NOTE(bit, name, text) {#name, text},
#include "stats/notes.def"
#undef ACC_NOTE
};
enum { NOTES = sizeof notes / sizeof *notes };

/* The bits of the notes in a cell, which are separated by semicolons. */
static unsigned
note_bits(const char *cell)
{
	unsigned bits = 0;
	while (*cell) {
		size_t length = strcspn(cell, ";");
		for (unsigned n = 0; n < NOTES; n++)
			if (strlen(notes[n].key) == length && !memcmp(notes[n].key, cell, length))
				bits |= 1u << n;
		cell += length + (cell[length] == ';');
	}
	return bits;
}

/* The first of two columns that a row has something in. */
static const char *
either(const struct acc_table *table, size_t row, const char *one, const char *other)
{
	const char *text = acc_table_text(table, row, one);
	return *text ? text : acc_table_text(table, row, other);
}

/* Take a positive count into a range; the range of none is 0, 0. */
static void
widen(double *least, double *most, double count)
{
	if (count > 0 && (*most <= 0 || count < *least))
		*least = count;
	if (count > *most)
		*most = count;
}

static void
add_value(struct acc_facts *facts, const struct acc_table *table, size_t row)
{
	const char *one = either(table, row, "theme", "theme_a");
	const char *other = either(table, row, "theme_b", "group");
	double value = acc_table_number(table, row, facts->column ? facts->column : "value");
	if (*acc_table_text(table, row, "coder_a")) {
		one = acc_table_text(table, row, "coder_a");
		other = acc_table_text(table, row, "coder_b");
	}
	acc_alt_point(&facts->values, one, other, value);
}

void
acc_facts_row(struct acc_facts *facts, const struct acc_table *table, size_t row)
{
	double units = acc_table_number(table, row, "units");
	widen(&facts->least_clusters, &facts->most_clusters,
	      acc_table_number(table, row, "clusters"));
	widen(&facts->least_units, &facts->most_units,
	      isnan(units) ? acc_table_number(table, row, "total") : units);
	add_value(facts, table, row);
	double level = acc_table_number(table, row, "level");
	if (level > 0 && facts->level <= 0)
		facts->level = level;
	if (!isnan(acc_table_number(table, row, "ci_low")) ||
	    acc_table_column(table, "ci_low") == table->columns)
		acc_names_add(&facts->methods, acc_table_text(table, row, "method"));
	facts->notes |= note_bits(acc_table_text(table, row, "note"));
}

/* "; 8 to 53 clusters"; returns what separates the next. */
static const char *
put_range(struct acc_text *caption, const char *separator, double least, double most,
	  const char *what)
{
	if (most <= 0)
		return separator;
	if (most > least)
		acc_text_printf(caption, "%s%.0f to %.0f %s", separator, least, most, what);
	else
		acc_text_printf(caption, "%s%.0f %s", separator, most, what);
	return "; ";
}

void
acc_facts_put(const struct acc_facts *facts, struct acc_text *caption)
{
	acc_text_printf(caption, "%g%% confidence intervals",
			facts->level > 0 ? 100 * facts->level : 95);
	const char *separator = " (";
	if (facts->methods.count) {
		for (size_t m = 0; m < facts->methods.count; m++) {
			acc_text_put(caption, m ? "; " : " (");
			acc_label_clean(caption, facts->methods.name[m], 0);
		}
		caption->failed |= facts->methods.failed;
		separator = "; ";
	}
	separator =
	    put_range(caption, separator, facts->least_clusters, facts->most_clusters, "clusters");
	separator = put_range(caption, separator, facts->least_units, facts->most_units,
			      facts->counted ? facts->counted : "units");
	acc_text_put(caption, *separator == ';' ? ")" : "");
}

void
acc_facts_free(struct acc_facts *facts)
{
	acc_names_free(&facts->methods);
}

void
acc_caption_close(struct acc_text *caption, const struct acc_facts *facts,
		  const struct acc_labels *labels, const struct acc_results *results)
{
	const char *separator = " Of some values: ";
	for (unsigned n = 0; n < NOTES; n++)
		if (facts->notes & 1u << n) {
			acc_text_printf(caption, "%s%s", separator, notes[n].sentence);
			separator = "; ";
		}
	acc_text_put(caption, facts->notes ? "." : "");
	if (labels->cut.length)
		acc_text_printf(caption, " Names cut in the figure: %s.", labels->cut.bytes);
	if (results->synthetic)
		acc_text_put(caption, " Synthetic data.");
	acc_text_put(caption, "\n");
	caption->failed |= labels->cut.failed;
}

/* ---- for those who do not see it ---- */

void
acc_alt_complete(struct acc_bundle *bundle, const struct acc_figure *figure)
{
	char name[64];
	snprintf(name, sizeof name, "%s.alt.txt", figure->key);
	for (size_t f = 0; f < bundle->files; f++)
		if (!strcmp(bundle->file[f].name, name))
			return;
	struct acc_text *alt = acc_bundle_add(bundle, name);
	char first = (char)toupper((unsigned char)*figure->title);
	acc_text_bytes(alt, &first, 1);
	acc_text_printf(alt, "%s. What its marks mean is in the caption.\n", figure->title + 1);
}

void
acc_alt_add(struct acc_bundle *bundle, const char *key, const struct acc_text *opening,
	    const struct acc_facts *facts)
{
	char name[64];
	snprintf(name, sizeof name, "%s.alt.txt", key);
	struct acc_text *alt = acc_bundle_add(bundle, name);
	acc_text_put(alt, opening->bytes ? opening->bytes : "");
	acc_text_put(alt, " Values: ");
	acc_alt_range(&facts->values, alt);
	acc_text_put(alt, ".\n");
	alt->failed |= opening->failed;
}
