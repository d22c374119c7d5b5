#include "plots/differences.h"
#include "plots/drawing.h"
#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Differences in co-occurrence between groups, a panel for each two groups: in which of them two
 * themes go together more. */

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	struct acc_differences difference = {0};
	*why = "it needs the results of `accord compare --what cooccurrence`";
	if (!results->comparison || !acc_differences_choose(&difference, results, options))
		return false;
	return !acc_too_many(results->comparison, "theme", NULL, why);
}

/* ---- data ---- */

static void
measure_rows(struct acc_differences *difference)
{
	const struct acc_edge_weight *weight = difference->weight;
	double most = 0;
	for (size_t r = 0; r < difference->table->rows; r++) {
		if (!acc_differences_drawn(difference, r, "difference"))
			continue;
		double value = fabs(acc_table_number(difference->table, r, "value"));
		double p = acc_table_number(difference->table, r, "p_maxt");
		if (isfinite(value))
			most = fmax(most, weight->ratio ? value / log(2) : value);
		difference->tested |= !isnan(p);
		difference->permutations =
		    fmax(difference->permutations,
			 acc_table_number(difference->table, r, "permutations"));
	}
	most = fmin(most, weight->most);
	difference->limit = fmax(weight->step, weight->step * ceil(most / weight->step - 1e-9));
}

static double
inside(double value, double limit)
{
	return value < -limit ? -limit : value > limit ? limit : value;
}

static void
put_pair(struct acc_differences *difference, size_t r, struct acc_text *data)
{
	const struct acc_table *table = difference->table;
	const struct acc_theme_pairs *pairs = &difference->pairs;
	size_t panel = acc_differences_panel(difference, r), a, b;
	if (panel == difference->panels)
		return;
	a = pairs->place[acc_names_find(&pairs->themes, acc_table_text(table, r, "theme"))];
	b = pairs->place[acc_names_find(&pairs->themes, acc_table_text(table, r, "theme_b"))];
	double value = acc_table_number(table, r, "value"),
	       p = acc_table_number(table, r, "p_maxt");
	double shade = difference->weight->ratio ? value / log(2) : value;
	bool marked = p < 0.05;
	difference->marked |= marked;
	acc_text_printf(data, "%zu\t%zu\t%zu", panel + 1, a > b ? a : b, a > b ? b : a);
	acc_data_number(data, difference->weight->ratio ? exp(value) : value);
	acc_data_number(data, p);
	acc_data_number(data, inside(shade, difference->limit));
	acc_text_printf(data, "\t%d\tNaN\n", marked);
}

static void
put_data(struct acc_differences *difference, struct acc_text *data)
{
	acc_text_put(
	    data, "# row, column: numbers of two themes, labels L[1], L[2], ... in difference.gp; "
		  "panel: two groups; shade: value on the colour scale\n"
		  "panel\trow\tcolumn\tvalue\tp_maxt\tshade\tmarked\tunits\n");
	for (size_t p = 1; p <= difference->panels; p++)
		for (size_t t = 1; t <= difference->pairs.themes.count; t++)
			acc_text_printf(data, "%zu\t%zu\t%zu\tNaN\tNaN\tNaN\t0\tNaN\n", p, t, t);
	for (size_t r = 0; r < difference->table->rows; r++)
		if (acc_differences_drawn(difference, r, "difference"))
			put_pair(difference, r, data);
}

/* ---- script and caption ---- */

static void
put_labels(const struct acc_differences *difference, struct acc_labels *labels)
{
	const struct acc_theme_pairs *pairs = &difference->pairs;
	for (size_t p = 0; p < pairs->themes.count; p++)
		acc_labels_row(labels, pairs->themes.name[pairs->order[p]]);
	for (size_t p = 0; p < difference->panels; p++) {
		struct acc_text title = {0};
		acc_label_clean(&title, difference->side[p].group, ACC_LABEL_ROW / 2);
		acc_text_put(&title, difference->weight->ratio ? " / " : " − ");
		acc_label_clean(&title, difference->side[p].versus, ACC_LABEL_ROW / 2);
		acc_labels_add(labels, title.bytes ? title.bytes : "", ACC_LABEL_COLUMNS);
		acc_text_free(&title);
	}
}

static void
put_script(const struct acc_differences *difference, const struct acc_labels *labels,
	   struct acc_text *gp)
{
	const struct acc_edge_weight *weight = difference->weight;
	acc_script_open(gp, "difference", "In which groups two themes go together more.");
	acc_text_put(gp, "# ---- what an author may want to change\n");
	acc_text_printf(gp,
			"LIMIT = %g; LOWEST = -LIMIT            # colour scale, the same in all "
			"panels\nPALETTE = DIVERGING\nBARLABEL = \"%s\"\n",
			difference->limit, weight->label);
	acc_text_put(gp, "MARK = \"max-T adjusted {/:Italic p} < .05\"; ABSENT = \"not defined\"\n"
			 "TOTALS = \"\"                            # nothing on the diagonal\n"
			 "COUNTS = 1                              # numbers in the cells\n"
			 "LARGEST = 6.5; COMFORT = 3.5            # width of a cell, mm\n\n");
	acc_text_printf(gp, "NT = %zu; NP = %zu                        # themes, panels\n",
			difference->pairs.themes.count, difference->panels);
	struct acc_array clusters = {0};
	for (size_t p = 0; p < difference->panels; p++)
		acc_text_printf(acc_array_next(&clusters), "\"%.0f and %.0f clusters\"",
				acc_differences_clusters(difference, difference->side[p].group),
				acc_differences_clusters(difference, difference->side[p].versus));
	acc_array_put(&clusters, "SUB", "", gp);
	acc_array_free(&clusters);
	acc_text_printf(gp, "DIGITS = %g; MARKED = %d; LOGARITHM = %d\n", weight->digits,
			difference->marked, weight->ratio);
	acc_text_printf(gp, "short_ratio(v) = %s\nCELLTEXT(x) = short_ratio(C(\"value\"))\n\n",
			weight->text);
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_difference);
}

static void
put_caption(const struct acc_differences *difference, struct acc_text *caption)
{
	size_t themes = difference->pairs.themes.count;
	acc_text_put(caption, "Differences between groups in the co-occurrence of themes");
	acc_pairs_say_layer(difference->pairs.layer, caption);
	acc_text_printf(caption, ". Colour and number: %s%s; ×: not defined in one of the groups.",
			difference->weight->words,
			difference->weight->ratio ? ", with ½ added to each cell" : "");
	if (difference->pairs.groups.count > 3)
		acc_text_put(caption, " The first group is compared with each other one.");
	if (difference->tested)
		acc_text_printf(
		    caption,
		    " Dots: p < .05, participants permuted between the two groups (up to %.0f "
		    "permutations), adjusted by the largest statistic (max-T) of the pairs of "
		    "themes of "
		    "the panel, up to %zu. No dot is not evidence that groups are alike.",
		    difference->permutations, themes * (themes - 1) / 2);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	struct acc_differences difference = {0};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	bool ready = acc_differences_choose(&difference, results, options) &&
		     acc_differences_make(&difference, results, options);
	struct acc_text *data = acc_bundle_add(bundle, "difference.dat");
	if (ready) {
		measure_rows(&difference);
		put_labels(&difference, &labels);
		put_data(&difference, data);
		put_script(&difference, &labels, &script);
	}
	acc_script_add(bundle, "difference.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "difference.caption.txt");
	if (ready)
		put_caption(&difference, caption);
	acc_caption_close(caption, &facts, &labels, results);
	bundle->failed |= !ready;
	acc_labels_free(&labels);
	acc_differences_free(&difference);
}

const struct acc_figure acc_figure_difference = {
    .key = "difference",
    .title = "in which groups two themes go together more, a matrix for each two groups",
    .needs = "compare --what cooccurrence",
    .applies = applies,
    .draw = draw,
};
