#include "plots/drawing.h"
#include "plots/pairs.h"
#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Differences in co-occurrence between groups, a panel for each two groups: in which of them two
 * themes go together more. Themes stand in the order of the heat maps where those are drawn too. */

/* A weight of `accord compare --what cooccurrence`. */
struct weight {
	const char *key, *label, *words, *text; /* text: gnuplot, the number in a cell */
	bool ratio;                             /* shown as exp(difference) */
	double step, most, digits;              /* of the colour scale, and room for a number */
};

static const struct weight weights[] = {
    {"log_odds_ratio", "Ratio of odds ratios",
     "odds ratio in the first group over that in the other",
     "v >= 9.95 ? sprintf(\"%.0f\", v) : v >= 0.995 ? sprintf(\"%.1f\", v) : \\\n"
     "    bare(sprintf(\"%.2f\", v))",
     true, 2, 4, 2.6},
    {"npmi", "Difference in normalised PMI", "first group minus the other", "stat(v)", false, 0.2,
     2, 3.7},
};

struct sides {
	const char *group, *versus;
};

struct difference {
	const struct acc_table *table;
	const struct weight *weight;
	struct acc_theme_pairs pairs; /* names, order and places only */
	struct sides *side;           /* [panels] owned */
	size_t panels;
	double limit, permutations;
	bool tested, marked;
};

static bool
is_row(const struct acc_table *table, size_t row, const char *kind, const char *weight)
{
	return !strcmp(acc_table_text(table, row, "what"), "cooccurrence") &&
	       !strcmp(acc_table_text(table, row, "kind"), kind) &&
	       !strcmp(acc_table_text(table, row, "quantity"), weight) &&
	       *acc_table_text(table, row, "theme_b");
}

/* The layer asked for, or `majority`, or the first that has differences. */
static const char *
choose_layer(const struct acc_table *table, const char *weight, const char *layer)
{
	const char *first = NULL;
	for (size_t r = 0; r < table->rows; r++) {
		if (!is_row(table, r, "difference", weight))
			continue;
		const char *this = acc_table_text(table, r, "layer");
		if (!strcmp(this, layer ? layer : "majority"))
			return this;
		first = first ? first : this;
	}
	return layer ? NULL : first;
}

static bool
choose(struct difference *difference, const struct acc_results *results,
       const struct acc_figure_options *options)
{
	difference->table = difference->pairs.table = results->comparison;
	for (size_t w = 0; w < sizeof weights / sizeof *weights; w++) {
		if (options->measure && strcmp(options->measure, weights[w].key) &&
		    !(weights[w].ratio && !strcmp(options->measure, "odds_ratio")))
			continue;
		difference->weight = &weights[w];
		difference->pairs.layer =
		    choose_layer(results->comparison, weights[w].key, options->layer);
		if (difference->pairs.layer)
			return true;
	}
	return false;
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	struct difference difference = {0};
	*why = "it needs the results of `accord compare --what cooccurrence`";
	if (!results->comparison || !choose(&difference, results, options))
		return false;
	return !acc_too_many(results->comparison, "theme", NULL, why);
}

static bool
drawn(const struct difference *difference, size_t row, const char *kind)
{
	return is_row(difference->table, row, kind, difference->weight->key) &&
	       acc_pairs_drawn(&difference->pairs, row);
}

/* ---- panels and themes ---- */

static size_t
find_panel(const struct difference *difference, size_t row)
{
	size_t p = 0;
	while (
	    p < difference->panels &&
	    (strcmp(difference->side[p].group, acc_table_text(difference->table, row, "group")) ||
	     strcmp(difference->side[p].versus, acc_table_text(difference->table, row, "versus"))))
		p++;
	return p;
}

/* Every two of up to three groups; of more, the first with each other one. */
static bool
list_panels(struct difference *difference)
{
	const struct acc_table *table = difference->table;
	difference->side = calloc(ACC_MOST_GROUPS + 3, sizeof *difference->side);
	for (size_t r = 0; difference->side && r < table->rows; r++) {
		if (!drawn(difference, r, "difference"))
			continue;
		const char *group = acc_table_text(table, r, "group");
		bool first = !acc_names_add(&difference->pairs.groups, group);
		acc_names_add(&difference->pairs.groups, acc_table_text(table, r, "versus"));
		acc_names_add(&difference->pairs.themes, acc_table_text(table, r, "theme"));
		acc_names_add(&difference->pairs.themes, acc_table_text(table, r, "theme_b"));
		if (find_panel(difference, r) == difference->panels &&
		    (first || difference->pairs.groups.count <= 3) &&
		    difference->panels < ACC_MOST_GROUPS + 3)
			difference->side[difference->panels++] =
			    (struct sides){group, acc_table_text(table, r, "versus")};
	}
	return difference->side && !difference->pairs.groups.failed &&
	       !difference->pairs.themes.failed;
}

/* With more than three groups the pairs without the first were taken while they seemed few. */
static void
keep_first(struct difference *difference)
{
	size_t kept = 0;
	for (size_t p = 0; p < difference->panels; p++)
		if (difference->pairs.groups.count <= 3 ||
		    !strcmp(difference->side[p].group, difference->pairs.groups.name[0]))
			difference->side[kept++] = difference->side[p];
	difference->panels = kept;
}

/* How far apart two themes are by their mean weight over the groups: 1/2 at independence. */
static void
fill_distances(const struct difference *difference, double *distance)
{
	const struct acc_names *themes = &difference->pairs.themes;
	const struct acc_table *table = difference->table;
	size_t n = themes->count;
	double *groups = calloc(n * n + 1, sizeof *groups);
	for (size_t r = 0; groups && r < table->rows; r++) {
		double value = acc_table_number(table, r, "value");
		if (!drawn(difference, r, "estimate") || isnan(value))
			continue;
		size_t a = acc_names_find(themes, acc_table_text(table, r, "theme"));
		size_t b = acc_names_find(themes, acc_table_text(table, r, "theme_b"));
		if (a == n || b == n)
			continue;
		groups[a * n + b] = groups[b * n + a] += 1;
		distance[a * n + b] = distance[b * n + a] += value;
	}
	for (size_t k = 0; groups && k < n * n; k++) {
		double mean = groups[k] > 0 ? distance[k] / groups[k] : 0;
		distance[k] = k % (n + 1) == 0            ? 0
			      : difference->weight->ratio ? 1 / (1 + exp(mean))
							  : (1 - mean) / 2;
	}
	free(groups);
}

/* The order of the heat maps, as far as it names these themes. */
static bool
follow(struct acc_theme_pairs *pairs, const struct acc_results *results,
       const struct acc_figure_options *options)
{
	struct acc_theme_pairs other = {0};
	size_t found = 0, at;
	const char *layer =
	    results->cooccurrence ? acc_pairs_layer(results->cooccurrence, options->layer) : NULL;
	if (!layer || !acc_theme_pairs_make(&other, results->cooccurrence, layer))
		return false;
	for (size_t p = 0; p < other.themes.count; p++) {
		at = acc_names_find(&pairs->themes, other.themes.name[other.order[p]]);
		if (at < pairs->themes.count)
			pairs->order[found++] = at;
	}
	for (size_t p = 0; found == pairs->themes.count && p < found; p++)
		pairs->place[pairs->order[p]] = p + 1;
	acc_theme_pairs_free(&other);
	return found == pairs->themes.count;
}

static bool
sort_themes(struct difference *difference, const struct acc_results *results,
	    const struct acc_figure_options *options)
{
	struct acc_theme_pairs *pairs = &difference->pairs;
	size_t n = pairs->themes.count;
	pairs->distance = calloc(n * n + 1, sizeof *pairs->distance);
	if (!pairs->distance)
		return false;
	fill_distances(difference, pairs->distance);
	if (!acc_pairs_sort(pairs))
		return false;
	follow(pairs, results, options);
	return true;
}

/* ---- data ---- */

static void
measure_rows(struct difference *difference)
{
	const struct weight *weight = difference->weight;
	double most = 0;
	for (size_t r = 0; r < difference->table->rows; r++) {
		if (!drawn(difference, r, "difference"))
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
put_pair(struct difference *difference, size_t r, struct acc_text *data)
{
	const struct acc_table *table = difference->table;
	const struct acc_theme_pairs *pairs = &difference->pairs;
	size_t panel = find_panel(difference, r), a, b;
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
put_data(struct difference *difference, struct acc_text *data)
{
	acc_text_put(
	    data, "# row, column: numbers of two themes, labels L[1], L[2], ... in difference.gp; "
		  "panel: two groups; shade: value on the colour scale\n"
		  "panel\trow\tcolumn\tvalue\tp_maxt\tshade\tmarked\tunits\n");
	for (size_t p = 1; p <= difference->panels; p++)
		for (size_t t = 1; t <= difference->pairs.themes.count; t++)
			acc_text_printf(data, "%zu\t%zu\t%zu\tNaN\tNaN\tNaN\t0\tNaN\n", p, t, t);
	for (size_t r = 0; r < difference->table->rows; r++)
		if (drawn(difference, r, "difference"))
			put_pair(difference, r, data);
}

/* ---- script and caption ---- */

/* The most clusters that a group has in any pair of themes. */
static double
clusters_of(const struct difference *difference, const char *group)
{
	double most = 0;
	for (size_t r = 0; r < difference->table->rows; r++)
		if (drawn(difference, r, "estimate") &&
		    !strcmp(acc_table_text(difference->table, r, "group"), group))
			most = fmax(most, acc_table_number(difference->table, r, "clusters"));
	return most;
}

static void
put_labels(const struct difference *difference, struct acc_labels *labels)
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
put_script(const struct difference *difference, const struct acc_labels *labels,
	   struct acc_text *gp)
{
	const struct weight *weight = difference->weight;
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
	acc_text_printf(gp, "array SUB[%zu] = [", difference->panels);
	for (size_t p = 0; p < difference->panels; p++)
		acc_text_printf(gp, "%s\"%.0f and %.0f clusters\"", p ? ", " : "",
				clusters_of(difference, difference->side[p].group),
				clusters_of(difference, difference->side[p].versus));
	acc_text_printf(gp, "]\nDIGITS = %g; MARKED = %d; LOGARITHM = %d\n", weight->digits,
			difference->marked, weight->ratio);
	acc_text_printf(gp, "short_ratio(v) = %s\nCELLTEXT(x) = short_ratio(C(\"value\"))\n\n",
			weight->text);
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_difference);
}

static void
put_caption(const struct difference *difference, struct acc_text *caption)
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
	struct difference difference = {0};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	bool ready = choose(&difference, results, options) && list_panels(&difference);
	if (ready)
		keep_first(&difference);
	ready = ready && sort_themes(&difference, results, options);
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
	acc_theme_pairs_free(&difference.pairs);
	free(difference.side);
}

const struct acc_figure acc_figure_difference = {
    .key = "difference",
    .title = "in which groups two themes go together more, a matrix for each two groups",
    .needs = "compare --what cooccurrence",
    .applies = applies,
    .draw = draw,
};
