#include "plots/drawing.h"
#include "plots/order.h"
#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The 2 x 2 table of two coders as a bar per theme: both, only the first, only the second, neither.
 * A panel per pair of coders, and one for each group as long as there are few. */

enum { MOST_PANELS = 24 };

struct strips {
	const struct acc_table *table;
	struct acc_names themes, coders, groups, pairs;
	const char **row; /* owned: themes, best first */
	size_t rows;
	size_t *panel; /* owned: a row of the table for each panel */
	size_t panels, shown_groups;
	double most_units;
};

static bool
drawn(const struct acc_table *table, size_t row)
{
	return !strcmp(acc_table_text(table, row, "kind"), "pair") &&
	       (!(acc_table_number(table, row, "units") > 0) ||
		!isnan(acc_table_number(table, row, "a")));
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	const struct acc_table *table = results->explanation;
	struct acc_names pairs = {0};
	bool some = false;
	(void)options;
	*why = "it needs the results of `accord explain`";
	if (!table)
		return false;
	for (size_t r = 0; r < table->rows; r++)
		if (drawn(table, r)) {
			some |= !isnan(acc_table_number(table, r, "a"));
			acc_names_add(&pairs, acc_table_text(table, r, "coders"));
		}
	size_t count = pairs.count;
	acc_names_free(&pairs);
	*why = "the results of `accord explain` hold no table of two categories with units in it";
	if (!some)
		return false;
	*why = "a figure holds at most 24 pairs of coders; choose some with --coders";
	return count <= MOST_PANELS && !acc_too_many(table, "theme", NULL, why);
}

static bool
gather(struct strips *strips)
{
	const struct acc_table *table = strips->table;
	for (size_t r = 0; r < table->rows; r++) {
		if (!drawn(table, r))
			continue;
		acc_names_add(&strips->themes, acc_table_text(table, r, "theme"));
		acc_names_add(&strips->coders, acc_table_text(table, r, "coder_a"));
		acc_names_add(&strips->coders, acc_table_text(table, r, "coder_b"));
		acc_names_add(&strips->groups, acc_table_text(table, r, "group"));
		acc_names_add(&strips->pairs, acc_table_text(table, r, "coders"));
		strips->most_units = fmax(strips->most_units, acc_table_number(table, r, "units"));
	}
	return !strips->themes.failed && !strips->coders.failed && !strips->groups.failed &&
	       !strips->pairs.failed;
}

/* The mean kappa of a theme over the pairs, of all groups together. */
static double
mean_kappa(const struct strips *strips, const char *theme)
{
	double sum = 0, values = 0;
	for (size_t r = 0; r < strips->table->rows; r++) {
		double kappa = acc_table_number(strips->table, r, "kappa");
		if (!drawn(strips->table, r) || isnan(kappa) ||
		    *acc_table_text(strips->table, r, "group") ||
		    strcmp(acc_table_text(strips->table, r, "theme"), theme))
			continue;
		sum += kappa;
		values++;
	}
	return values > 0 ? sum / values : -INFINITY;
}

static bool
sort_rows(struct strips *strips)
{
	size_t themes = strips->themes.count;
	double *value = calloc(themes + 1, sizeof *value);
	size_t *order = calloc(themes + 1, sizeof *order);
	strips->row = calloc(themes + 1, sizeof *strips->row);
	bool ready = value && order && strips->row;
	for (size_t t = 0; ready && t < themes; t++)
		value[t] = mean_kappa(strips, strips->themes.name[t]);
	if (ready)
		acc_rank(value, themes, order);
	for (size_t t = 0; ready && t < themes; t++)
		strips->row[t] = strips->themes.name[order[t]];
	if (ready && !themes)
		strips->row[0] = "";
	strips->rows = themes ? themes : 1;
	free(value);
	free(order);
	return ready;
}

static bool
of_panel(const struct acc_table *table, size_t row, const char *group, const char *pair)
{
	return drawn(table, row) && !strcmp(acc_table_text(table, row, "group"), group) &&
	       !strcmp(acc_table_text(table, row, "coders"), pair);
}

static void
add_panel(struct strips *strips, const char *group, const char *pair)
{
	for (size_t r = 0; r < strips->table->rows; r++)
		if (of_panel(strips->table, r, group, pair)) {
			strips->panel[strips->panels++] = r;
			return;
		}
}

/* All groups together, then each group; of each, the pairs. */
static bool
make_panels(struct strips *strips)
{
	size_t pairs = strips->pairs.count, groups = strips->groups.count;
	strips->shown_groups = pairs * (groups + 1) <= MOST_PANELS ? groups : 0;
	strips->panel = calloc(pairs * (strips->shown_groups + 1) + 1, sizeof *strips->panel);
	for (size_t g = 0; strips->panel && g <= strips->shown_groups; g++)
		for (size_t p = 0; p < pairs; p++)
			add_panel(strips, g ? strips->groups.name[g - 1] : "",
				  strips->pairs.name[p]);
	return strips->panel != NULL;
}

static void
put_row(const struct strips *strips, size_t panel, size_t place, size_t r, struct acc_text *data)
{
	static const char *const column[] = {
	    "a", "b", "c", "d", "units", "kappa", "prevalence_index", "bias_index"};
	acc_text_printf(data, "%zu\t%zu", panel, place);
	for (size_t c = 0; c < sizeof column / sizeof *column; c++)
		acc_data_number(data, acc_table_number(strips->table, r, column[c]));
	acc_text_put(data, "\n");
}

static void
put_panel(const struct strips *strips, size_t panel, struct acc_text *data, struct acc_facts *facts,
	  struct acc_alt *values)
{
	const struct acc_table *table = strips->table;
	size_t first = strips->panel[panel];
	const char *group = acc_table_text(table, first, "group");
	const char *pair = acc_table_text(table, first, "coders");
	for (size_t place = 0; place < strips->rows; place++)
		for (size_t r = 0; r < table->rows; r++) {
			const char *theme = acc_table_text(table, r, "theme");
			if (!of_panel(table, r, group, pair) || strcmp(theme, strips->row[place]))
				continue;
			put_row(strips, panel + 1, place + 1, r, data);
			acc_facts_row(facts, table, r);
			acc_alt_point(values, *theme ? theme : group, pair,
				      acc_table_number(table, r, "kappa"));
		}
}

/* An array with a number for each panel. */
static void
put_array(const struct strips *strips, const char *name, size_t base, const struct acc_names *names,
	  const char *column, struct acc_text *gp)
{
	struct acc_array array = {0};
	for (size_t p = 0; p < strips->panels; p++) {
		const char *label = acc_table_text(strips->table, strips->panel[p], column);
		acc_text_printf(acc_array_next(&array), "%zu",
				base + (*label ? 1 + acc_names_find(names, label) : 0));
	}
	acc_array_put(&array, name, "", gp);
	acc_array_free(&array);
}

static void
put_script(const struct strips *strips, const struct acc_labels *labels, struct acc_text *gp)
{
	acc_script_open(gp, "strips", "What two coders did with each theme, beside their kappa.");
	acc_text_put(
	    gp, "# ---- what an author may want to change\n"
		"array STRIP[4] = [0x0072B2, 0xE69F00, 0x56B4E9, 0xE6E6E6]  # both, first, second, "
		"neither\n"
		"array STRIPGREY[4] = [0x3C3C3C, 0x8C8C8C, 0xBEBEBE, 0xEFEFEF]\n"
		"array STRIPINK[4] = [0xFFFFFF, 0x000000, 0x000000, 0x000000]  # text on them\n"
		"COUNTS = 1                              # units in the bars, where they fit\n"
		"SHORTEST = 20                           # bars, mm, where panels are side by "
		"side\n\n");
	acc_text_printf(
	    gp,
	    "R = %zu; NP = %zu; NQ = %zu               # themes, panels, pairs of coders\n"
	    "GROUPED = %d                            # panels are of groups, too\n"
	    "DIGITS = %.0f\n",
	    strips->rows, strips->panels, strips->pairs.count, strips->shown_groups > 0,
	    1 + floor(log10(fmax(1, strips->most_units))));
	size_t coders = strips->rows, groups = strips->rows + strips->coders.count + 1;
	acc_text_put(gp, "# labels of the panels: group, first and second coder\n");
	put_array(strips, "OF", groups, &strips->groups, "group", gp);
	put_array(strips, "FIRST", coders, &strips->coders, "coder_a", gp);
	put_array(strips, "SECOND", coders, &strips->coders, "coder_b", gp);
	acc_text_put(gp, "\n");
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_strips);
}

static void
put_caption(const struct strips *strips, const struct acc_facts *facts, struct acc_text *caption)
{
	acc_text_put(caption,
		     "What two coders did with each theme, as shares of the units that both looked "
		     "at");
	if (facts->most_units > 0)
		acc_text_printf(caption,
				facts->least_units < facts->most_units ? " (%.0f to %.0f units)"
								       : " (%.0f units)",
				facts->least_units, facts->most_units);
	acc_text_put(
	    caption,
	    ": both applied it, only the first or only the second coder named above the panel "
	    "did, neither did; numbers in the bars: units. κ: Cohen’s kappa. PI: prevalence index "
	    "(both − neither)/units, far from 0 where a theme is rare or everywhere: kappa is then "
	    "low although the middle of the bar, where the coders differ, is narrow. BI: bias "
	    "index (only the first − only the second)/units, far from 0 where one coder applies "
	    "the theme more readily (Byrt, Bishop & Carlin 1993). –: not defined.");
	if (strips->rows > 1)
		acc_text_put(caption,
			     strips->groups.count
				 ? " Themes are sorted by their mean kappa over all groups."
				 : " Themes are sorted by their mean kappa.");
	if (strips->groups.count > strips->shown_groups)
		acc_text_printf(caption, " All groups together; the %zu groups alone are left out.",
				strips->groups.count);
}

static void
put_alt(const struct strips *strips, const struct acc_facts *facts, struct acc_bundle *bundle)
{
	struct acc_text opening = {0};
	acc_text_put(&opening, "Stacked bars, ");
	acc_alt_count(&opening, strips->rows, "theme", "themes");
	acc_text_put(&opening, " in ");
	acc_alt_count(&opening, strips->panels, "panel", "panels");
	acc_text_put(&opening, ": the share of units in which both coders of a pair applied a "
			       "theme, only one of them, or neither, with Cohen’s kappa, "
			       "prevalence and bias beside them.");
	acc_alt_add(bundle, "strips", &opening, facts);
	acc_text_free(&opening);
}

static void
put_labels(const struct strips *strips, struct acc_labels *labels)
{
	for (size_t r = 0; r < strips->rows; r++)
		acc_labels_row(labels, *strips->row[r] ? strips->row[r] : "All units");
	for (size_t c = 0; c < strips->coders.count; c++)
		acc_labels_add(labels, strips->coders.name[c], 24);
	acc_labels_row(labels, "All groups");
	for (size_t g = 0; g < strips->groups.count; g++)
		acc_labels_row(labels, strips->groups.name[g]);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	struct strips strips = {.table = results->explanation};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_alt values = {0};
	struct acc_text script = {0};
	(void)options;
	bool ready = gather(&strips) && sort_rows(&strips) && make_panels(&strips);
	struct acc_text *data = acc_bundle_add(bundle, "strips.dat");
	acc_text_put(data,
		     "# row: number of the theme, label L[row] in strips.gp; panel: its "
		     "coders and group are FIRST, SECOND and OF there\n"
		     "panel\trow\tboth\tfirst\tsecond\tneither\tunits\tkappa\tprevalence\tbias\n");
	for (size_t p = 0; ready && p < strips.panels; p++)
		put_panel(&strips, p, data, &facts, &values);
	facts.values = values;
	facts.notes = 0; /* they are of the tests, which are not drawn */
	if (ready) {
		put_labels(&strips, &labels);
		put_script(&strips, &labels, &script);
	}
	acc_script_add(bundle, "strips.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "strips.caption.txt");
	put_caption(&strips, &facts, caption);
	acc_caption_close(caption, &facts, &labels, results);
	put_alt(&strips, &facts, bundle);
	bundle->failed |= !ready;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_names_free(&strips.themes);
	acc_names_free(&strips.coders);
	acc_names_free(&strips.groups);
	acc_names_free(&strips.pairs);
	free(strips.row);
	free(strips.panel);
}

const struct acc_figure acc_figure_strips = {
    .key = "strips",
    .title = "what two coders did with each theme: both, one, neither; beside kappa",
    .needs = "explain",
    .applies = applies,
    .draw = draw,
};
