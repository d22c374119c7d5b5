#include "plots/drawing.h"
#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Coder by coder, a panel for all groups and one per group. Below the diagonal a coefficient with
 * its interval, above it per cent agreement and the units both rated, on it the units a coder
 * rated. */

struct panels {
	const struct acc_table *table;
	const char *coefficient, *weights, *theme;
	struct acc_names coders, groups;
	double most_units;
};

/* The rows of one coefficient between two coders, over all themes if there are such rows. */
static bool
of_coefficient(const struct panels *panels, size_t row, const char *coefficient)
{
	const struct acc_table *table = panels->table;
	return *acc_table_text(table, row, "coder_a") &&
	       !strcmp(acc_table_text(table, row, "coefficient"), coefficient) &&
	       !strcmp(acc_table_text(table, row, "theme"), panels->theme);
}

static bool
drawn(const struct panels *panels, size_t row)
{
	return of_coefficient(panels, row, panels->coefficient) &&
	       !strcmp(acc_table_text(panels->table, row, "weights"), panels->weights);
}

static bool
choose(struct panels *panels, const struct acc_figure_options *options)
{
	const struct acc_table *table = panels->table;
	const char *wanted = options->coefficient ? options->coefficient : "cohen_kappa";
	bool found = false;
	for (size_t r = 0; table && r < table->rows; r++) {
		const char *theme = acc_table_text(table, r, "theme");
		if (!strchr(acc_table_text(table, r, "coders"), ',') || (found && *theme) ||
		    strcmp(acc_table_text(table, r, "coefficient"), wanted))
			continue;
		panels->coefficient = acc_table_text(table, r, "coefficient");
		panels->weights = acc_table_text(table, r, "weights");
		panels->theme = theme;
		found = true;
		if (!*theme)
			break;
	}
	return found;
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	struct panels panels = {.table = results->agreement};
	*why = "it needs the results of `accord agree --by pair` with the coefficient cohen_kappa";
	if (!choose(&panels, options))
		return false;
	return !acc_too_many(results->agreement, NULL, "coders", why);
}

static bool
gather(struct panels *panels)
{
	const struct acc_table *table = panels->table;
	for (size_t r = 0; r < table->rows; r++) {
		if (!drawn(panels, r))
			continue;
		acc_names_add(&panels->coders, acc_table_text(table, r, "coder_a"));
		acc_names_add(&panels->coders, acc_table_text(table, r, "coder_b"));
		acc_names_add(&panels->groups, acc_table_text(table, r, "group"));
		panels->most_units =
		    fmax(panels->most_units, acc_table_number(table, r, "units_a"));
		panels->most_units =
		    fmax(panels->most_units, acc_table_number(table, r, "units_b"));
	}
	return !panels->coders.failed && !panels->groups.failed;
}

static double
percent_agreement(const struct panels *panels, size_t row)
{
	const struct acc_table *table = panels->table;
	for (size_t r = 0; r < table->rows; r++)
		if (of_coefficient(panels, r, "percent_agreement") &&
		    !strcmp(acc_table_text(table, r, "coders"),
			    acc_table_text(table, row, "coders")) &&
		    !strcmp(acc_table_text(table, r, "group"), acc_table_text(table, row, "group")))
			return acc_table_number(table, r, "value");
	return acc_table_number(table, row, "observed");
}

static void
put_pair(const struct panels *panels, size_t r, size_t panel, struct acc_text *data)
{
	const struct acc_table *table = panels->table;
	size_t a = acc_names_find(&panels->coders, acc_table_text(table, r, "coder_a")) + 1;
	size_t b = acc_names_find(&panels->coders, acc_table_text(table, r, "coder_b")) + 1;
	double units = acc_table_number(table, r, "units");
	acc_text_printf(data, "%zu\t1\t%zu\t%zu", panel, a > b ? a : b, a > b ? b : a);
	acc_data_number(data, isnan(units) ? 0 : units);
	acc_data_number(data, percent_agreement(panels, r));
	acc_data_number(data, acc_table_number(table, r, "value"));
	acc_data_number(data, acc_table_number(table, r, "ci_low"));
	acc_data_number(data, acc_table_number(table, r, "ci_high"));
	acc_text_put(data, "\n");
}

/* Units a coder rated, from the first pair of the group that says it. */
static double
units_of(const struct panels *panels, const char *coder, const char *group)
{
	const struct acc_table *table = panels->table;
	for (size_t r = 0; r < table->rows; r++) {
		if (!drawn(panels, r) || strcmp(acc_table_text(table, r, "group"), group))
			continue;
		if (!strcmp(acc_table_text(table, r, "coder_a"), coder))
			return acc_table_number(table, r, "units_a");
		if (!strcmp(acc_table_text(table, r, "coder_b"), coder))
			return acc_table_number(table, r, "units_b");
	}
	return 0;
}

static void
put_panel(const struct panels *panels, const char *group, size_t panel, struct acc_text *data,
	  struct acc_facts *facts)
{
	for (size_t c = 0; c < panels->coders.count; c++) {
		acc_text_printf(data, "%zu\t0\t%zu\t%zu", panel, c + 1, c + 1);
		acc_data_number(data, units_of(panels, panels->coders.name[c], group));
		acc_text_put(data, "\tNaN\tNaN\tNaN\tNaN\n");
	}
	for (size_t r = 0; r < panels->table->rows; r++)
		if (drawn(panels, r) && !strcmp(acc_table_text(panels->table, r, "group"), group)) {
			put_pair(panels, r, panel, data);
			acc_facts_row(facts, panels->table, r);
		}
}

static bool
has_overall(const struct panels *panels)
{
	for (size_t r = 0; r < panels->table->rows; r++)
		if (drawn(panels, r) && !*acc_table_text(panels->table, r, "group"))
			return true;
	return false;
}

static void
put_script(const struct panels *panels, const struct acc_labels *labels, struct acc_text *gp)
{
	struct acc_text name = {0};
	acc_term_name(&name, panels->coefficient);
	acc_script_open(gp, "coders", "Agreement of each coder with each other one.");
	acc_text_put(gp, "# ---- what an author may want to change\n"
			 "LOWEST = 0; HIGHEST = 1                 # colour scale\n"
			 "PALETTE = SEQUENTIAL\n");
	acc_text_printf(gp, "MEASURE = \"%s\"\n", name.bytes ? name.bytes : "");
	acc_text_put(gp, "LARGEST = 20                           # width of a cell, mm\n\n");
	acc_text_printf(gp, "NC = %zu; NP = %zu                        # coders, panels\n",
			panels->coders.count, labels->count - panels->coders.count);
	acc_text_printf(gp, "DIGITS = %.0f\n\n", 1 + floor(log10(fmax(1, panels->most_units))));
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_coders);
	gp->failed |= name.failed;
	acc_text_free(&name);
}

static void
put_caption(const struct panels *panels, const struct acc_facts *facts, struct acc_text *caption)
{
	acc_text_put(caption, "Agreement of each coder with each other one");
	if (*panels->theme) {
		acc_text_put(caption, " on the theme ");
		acc_label_clean(caption, panels->theme, 0);
	}
	acc_text_put(caption, ". Below the diagonal (coloured): ");
	acc_term_words(caption, panels->coefficient);
	acc_text_put(caption, " with ");
	acc_facts_put(facts, caption);
	acc_text_put(caption,
		     "; above it: per cent agreement and, in brackets, the units that both "
		     "coders rated; on it: the units that the coder rated. ×: no unit in "
		     "common; –: not defined.");
}

static void
panels_free(struct panels *panels)
{
	acc_names_free(&panels->coders);
	acc_names_free(&panels->groups);
}

static void
put_alt(const struct panels *panels, size_t count, const struct acc_facts *facts,
	struct acc_bundle *bundle)
{
	struct acc_text opening = {0};
	acc_text_put(&opening, "Matrices of ");
	acc_alt_count(&opening, panels->coders.count, "coder", "coders");
	acc_text_put(&opening, " against each other, in ");
	acc_alt_count(&opening, count, "panel", "panels");
	acc_text_put(&opening, ": below the diagonal ");
	acc_term_words(&opening, panels->coefficient);
	acc_text_put(&opening, ", darker where it is higher, above it per cent agreement.");
	acc_alt_add(bundle, "coders", &opening, facts);
	acc_text_free(&opening);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	struct panels panels = {.table = results->agreement};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	bool ready = choose(&panels, options) && gather(&panels);
	for (size_t c = 0; c < panels.coders.count; c++)
		acc_labels_add(&labels, panels.coders.name[c], 24);
	struct acc_text *data = acc_bundle_add(bundle, "coders.dat");
	acc_text_put(
	    data, "# row, column: numbers of two coders, labels L[1], L[2], ... in coders.gp; kind "
		  "0: the units of one coder\n"
		  "panel\tkind\trow\tcolumn\tunits\tagreement\tvalue\tlow\thigh\n");
	size_t panel = 0;
	if (ready && has_overall(&panels)) {
		acc_labels_add(&labels, panels.groups.count ? "All groups" : "All", ACC_LABEL_ROW);
		put_panel(&panels, "", ++panel, data, &facts);
	}
	for (size_t g = 0; ready && g < panels.groups.count; g++) {
		acc_labels_add(&labels, panels.groups.name[g], ACC_LABEL_ROW);
		put_panel(&panels, panels.groups.name[g], ++panel, data, &facts);
	}
	put_script(&panels, &labels, &script);
	acc_script_add(bundle, "coders.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "coders.caption.txt");
	put_caption(&panels, &facts, caption);
	acc_caption_close(caption, &facts, &labels, results);
	put_alt(&panels, panel, &facts, bundle);
	bundle->failed |= !ready;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	panels_free(&panels);
}

const struct acc_figure acc_figure_coders = {
    .key = "coders",
    .title = "agreement of each coder with each other one",
    .needs = "agree --by pair",
    .applies = applies,
    .draw = draw,
};
