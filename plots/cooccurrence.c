#include "plots/drawing.h"
#include "plots/pairs.h"
#include "plots/script.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Heat maps of co-occurrence, a panel per group: how strongly two themes are associated (colour)
 * and in how many units they meet (number). Themes stand in the same order in all panels. */

/* How a measure is coloured. */
struct scale {
	const char *key;
	bool logarithm; /* coloured by its logarithm to base 2 */
	bool one_sided; /* from 0 up; no value means independence */
};

static const struct scale scales[] = {
    {"phi", false, false}, {"npmi", false, false},      {"jaccard", false, true},
    {"lift", true, false}, {"odds_ratio", true, false},
};

struct map {
	struct acc_theme_pairs pairs;
	const struct scale *scale;
	char low[32], high[32]; /* names of the columns of the interval */
	double limit, most_units;
	bool tested, marked; /* marks stand for tests, not intervals; there are some */
};

static const struct scale *
find_scale(const char *measure)
{
	for (size_t s = 0; s < sizeof scales / sizeof *scales; s++)
		if (!strcmp(scales[s].key, measure ? measure : "phi"))
			return &scales[s];
	return NULL;
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	*why = "it needs the results of `accord cooccur`";
	if (!results->cooccurrence)
		return false;
	*why = "the results of `accord cooccur` have no such layer, or no pairs of themes";
	if (!acc_pairs_layer(results->cooccurrence, options->layer))
		return false;
	*why = "it draws phi, npmi, jaccard, lift or odds_ratio, and the results must have it";
	const struct scale *scale = find_scale(options->measure);
	size_t columns = results->cooccurrence->columns;
	if (!scale || acc_table_column(results->cooccurrence, scale->key) == columns)
		return false;
	return !acc_too_many(results->cooccurrence, "theme_a", NULL, why);
}

/* A value on the colour scale, before it is cut at the limit. */
static double
shade(const struct map *map, double value)
{
	return map->scale->logarithm ? log2(value) : value;
}

/* What the colours and the numbers have to hold. */
static void
measure_rows(struct map *map)
{
	const struct acc_table *table = map->pairs.table;
	double most = 0, step = map->scale->logarithm ? 2 : 0.2;
	for (size_t r = 0; r < table->rows; r++) {
		if (!acc_pairs_drawn(&map->pairs, r))
			continue;
		double value = shade(map, acc_table_number(table, r, map->scale->key));
		if (isfinite(value))
			most = fmax(most, fabs(value));
		most = fmin(most, map->scale->logarithm ? 4 : 1);
		map->most_units = fmax(map->most_units, acc_table_number(table, r, "n_a"));
		map->most_units = fmax(map->most_units, acc_table_number(table, r, "n_b"));
	}
	map->limit = fmax(step, step * ceil(most / step - 1e-9));
	map->tested = acc_pairs_tested(&map->pairs);
}

static double
inside(double value, double limit)
{
	return value < -limit ? -limit : value > limit ? limit : value;
}

/* A test that found something; where nothing was tested, an interval without independence. */
static bool
is_marked(const struct map *map, size_t row, double low, double high)
{
	double independence = map->scale->logarithm ? 1 : 0;
	if (map->tested)
		return acc_pairs_found(&map->pairs, row);
	return !map->scale->one_sided && (low > independence || high < independence);
}

static void
put_pair(struct map *map, size_t r, size_t panel, struct acc_text *data)
{
	const struct acc_table *table = map->pairs.table;
	size_t at[2];
	acc_pairs_places(&map->pairs, r, at);
	double value = acc_table_number(table, r, map->scale->key);
	double low = acc_table_number(table, r, map->low);
	double high = acc_table_number(table, r, map->high);
	bool marked = is_marked(map, r, low, high);
	map->marked |= marked;
	acc_text_printf(data, "%zu\t%zu\t%zu", panel, at[0] > at[1] ? at[0] : at[1],
			at[0] > at[1] ? at[1] : at[0]);
	acc_data_number(data, acc_table_number(table, r, "n_ab"));
	acc_data_number(data, value);
	acc_data_number(data, low);
	acc_data_number(data, high);
	acc_data_number(data, acc_table_number(table, r, "p_adjusted"));
	acc_data_number(data, inside(shade(map, value), map->limit));
	acc_text_printf(data, "\t%d\n", marked);
}

static void
put_panel(struct map *map, const char *group, size_t panel, struct acc_text *data,
	  struct acc_array *units, struct acc_facts *facts)
{
	const struct acc_theme_pairs *pairs = &map->pairs;
	double seen = 0;
	for (size_t p = 1; p <= pairs->themes.count; p++) {
		double with = acc_pairs_units(pairs, group, p);
		acc_text_printf(data, "%zu\t%zu\t%zu", panel, p, p);
		acc_data_number(data, with);
		acc_text_put(data, "\tNaN\tNaN\tNaN\tNaN\tNaN\t0\n");
	}
	for (size_t r = 0; r < pairs->table->rows; r++)
		if (acc_pairs_drawn(pairs, r) &&
		    !strcmp(acc_table_text(pairs->table, r, "group"), group)) {
			put_pair(map, r, panel, data);
			acc_facts_row(facts, pairs->table, r);
			seen = fmax(seen, acc_table_number(pairs->table, r, "units"));
		}
	acc_text_printf(acc_array_next(units), "\"%.0f units\"", seen);
}

static void
put_script(const struct map *map, const struct acc_labels *labels, const struct acc_array *units,
	   double level, struct acc_text *gp)
{
	struct acc_text name = {0};
	acc_term_name(&name, map->scale->key);
	const char *measure = name.bytes ? name.bytes : "";
	size_t panels = map->pairs.groups.count ? map->pairs.groups.count : 1;
	acc_script_open(gp, "cooccurrence", "Co-occurrence of themes, a heat map per group.");
	acc_text_put(gp, "# ---- what an author may want to change\n");
	acc_text_printf(
	    gp, "LIMIT = %g; LOWEST = %s            # colour scale, the same in all panels\n",
	    map->limit, map->scale->one_sided ? "0" : "-LIMIT");
	acc_text_printf(gp, "PALETTE = %s\n", map->scale->one_sided ? "SEQUENTIAL" : "DIVERGING");
	acc_text_printf(gp, "BARLABEL = \"Association, %s\"; ABSENT = \"%s not defined\"\n",
			measure, measure);
	if (map->tested)
		acc_text_put(gp, "MARK = \"adjusted {/:Italic p} < .05\"\n");
	else
		acc_text_printf(gp, "MARK = \"%g%% interval excludes %d\"\n", 100 * level,
				map->scale->logarithm ? 1 : 0);
	acc_text_put(gp, "TOTALS = \"units with the theme\"         # the grey diagonal\n"
			 "COUNTS = 1                              # numbers in the cells\n"
			 "LARGEST = 6.5; COMFORT = 3.5            # width of a cell, mm\n\n");
	acc_text_printf(gp, "NT = %zu; NP = %zu                        # themes, panels\n",
			map->pairs.themes.count, panels);
	acc_array_put(units, "SUB", "", gp);
	acc_text_printf(gp,
			"DIGITS = %.0f; MARKED = %d; LOGARITHM = %d\n"
			"CELLTEXT(x) = whole(C(\"units\"))\n\n",
			fmax(2, 1 + floor(log10(fmax(1, map->most_units)))), map->marked,
			map->scale->logarithm);
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_cooccurrence);
	gp->failed |= name.failed;
	acc_text_free(&name);
}

static void
put_caption(const struct map *map, const struct acc_facts *facts, struct acc_text *caption)
{
	acc_text_put(caption, "Co-occurrence of themes");
	acc_text_put(caption, map->pairs.groups.count ? " by group" : "");
	acc_pairs_say_layer(map->pairs.layer, caption);
	acc_text_put(caption, ". Colour: ");
	acc_term_words(caption, map->scale->key);
	acc_text_put(caption, map->scale->logarithm ? " on a logarithmic scale, " : ", ");
	acc_text_put(caption,
		     "on the same scale in all panels; numbers: units with both themes; grey "
		     "diagonal: units with the theme; ×: not defined.");
	if (map->tested) {
		acc_text_put(caption, " Dots: themes that meet more or less often than by chance, "
				      "adjusted p < .05 (");
		acc_pairs_say_test(&map->pairs, caption);
		acc_text_put(caption, "). The data file has ");
		acc_facts_put(facts, caption);
		acc_text_put(caption, ".");
	} else if (!map->scale->one_sided) {
		acc_text_put(caption, " Dots: intervals that exclude independence; ");
		acc_facts_put(facts, caption);
		acc_text_put(caption, "; these are intervals, not tests, and nothing is corrected "
				      "for the number of pairs.");
	}
	acc_text_put(caption,
		     " Themes are ordered by average linkage of 1 − Jaccard over all groups, "
		     "neighbours as near as the tree allows.");
}

static void
draw_panels(struct map *map, struct acc_labels *labels, struct acc_text *data,
	    struct acc_array *units, struct acc_facts *facts)
{
	const struct acc_theme_pairs *pairs = &map->pairs;
	size_t panels = pairs->groups.count ? pairs->groups.count : 1;
	for (size_t p = 0; p < pairs->themes.count; p++)
		acc_labels_row(labels, pairs->themes.name[pairs->order[p]]);
	acc_text_put(data, "# row, column: numbers of two themes, labels L[1], L[2], ... in "
			   "cooccurrence.gp; on the diagonal the units with one theme\n"
			   "panel\trow\tcolumn\tunits\tvalue\tlow\thigh\tp_adjusted\tshade\t"
			   "marked\n");
	for (size_t g = 0; g < panels; g++) {
		const char *group = pairs->groups.count ? pairs->groups.name[g] : "";
		acc_labels_add(labels, *group ? group : "All", ACC_LABEL_ROW);
		put_panel(map, group, g + 1, data, units, facts);
	}
}

static void
put_alt(const struct map *map, const struct acc_facts *facts, struct acc_bundle *bundle)
{
	struct acc_text opening = {0};
	size_t panels = map->pairs.groups.count ? map->pairs.groups.count : 1;
	acc_text_put(&opening, "Heat maps of ");
	acc_alt_count(&opening, map->pairs.themes.count, "theme", "themes");
	acc_text_put(&opening, " against each other, a triangle of cells in each of ");
	acc_alt_count(&opening, panels, "panel", "panels");
	acc_text_put(&opening, ", coloured by ");
	acc_term_words(&opening, map->scale->key);
	acc_text_put(&opening, ", with the units that have both themes as a number.");
	acc_alt_add(bundle, "cooccurrence", &opening, facts);
	acc_text_free(&opening);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	const struct acc_table *table = results->cooccurrence;
	struct map map = {.scale = find_scale(options->measure)};
	struct acc_labels labels = {0};
	struct acc_facts facts = {.column = map.scale->key};
	struct acc_text script = {0};
	struct acc_array units = {0};
	snprintf(map.low, sizeof map.low, "%s_low", map.scale->key);
	snprintf(map.high, sizeof map.high, "%s_high", map.scale->key);
	bool ready =
	    acc_theme_pairs_make(&map.pairs, table, acc_pairs_layer(table, options->layer));
	struct acc_text *data = acc_bundle_add(bundle, "cooccurrence.dat");
	if (ready) {
		measure_rows(&map);
		draw_panels(&map, &labels, data, &units, &facts);
	}
	if (ready)
		put_script(&map, &labels, &units, facts.level > 0 ? facts.level : 0.95, &script);
	acc_script_add(bundle, "cooccurrence.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "cooccurrence.caption.txt");
	if (ready)
		put_caption(&map, &facts, caption);
	acc_caption_close(caption, &facts, &labels, results);
	put_alt(&map, &facts, bundle);
	bundle->failed |= !ready;
	acc_array_free(&units);
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_theme_pairs_free(&map.pairs);
}

const struct acc_figure acc_figure_cooccurrence = {
    .key = "cooccurrence",
    .title = "which themes occur together, a heat map per group",
    .needs = "cooccur",
    .applies = applies,
    .draw = draw,
};
