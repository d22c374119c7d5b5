#include "plots/drawing.h"
#include "plots/script.h"
#include "stats/seriation.h"

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

struct pairs {
	const struct acc_table *table;
	const struct scale *scale;
	const char *layer;
	char low[32], high[32]; /* names of the columns of the interval */
	struct acc_names themes, groups;
	size_t *order; /* [themes] index of the theme at a place */
	size_t *place; /* [themes] place of a theme, from 1 */
	double limit, most_units;
	bool marked;
};

static const struct scale *
find_scale(const char *measure)
{
	for (size_t s = 0; s < sizeof scales / sizeof *scales; s++)
		if (!strcmp(scales[s].key, measure ? measure : "phi"))
			return &scales[s];
	return NULL;
}

/* The layer asked for, or `majority`, or the first. */
static const char *
choose_layer(const struct acc_table *table, const char *layer)
{
	for (size_t r = 0; r < table->rows; r++)
		if (!strcmp(acc_table_text(table, r, "layer"), layer ? layer : "majority"))
			return acc_table_text(table, r, "layer");
	return layer || !table->rows ? NULL : acc_table_text(table, 0, "layer");
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	*why = "it needs the results of `accord cooccur`";
	if (!results->cooccurrence)
		return false;
	*why = "the results of `accord cooccur` have no such layer, or no pairs of themes";
	if (!choose_layer(results->cooccurrence, options->layer))
		return false;
	*why = "it draws phi, npmi, jaccard, lift or odds_ratio, and the results must have it";
	const struct scale *scale = find_scale(options->measure);
	size_t columns = results->cooccurrence->columns;
	if (!scale || acc_table_column(results->cooccurrence, scale->key) == columns)
		return false;
	return !acc_too_many(results->cooccurrence, "theme_a", NULL, why);
}

static bool
drawn(const struct pairs *pairs, size_t row)
{
	return !strcmp(acc_table_text(pairs->table, row, "layer"), pairs->layer);
}

/* A value on the colour scale, before it is cut at the limit. */
static double
shade(const struct pairs *pairs, double value)
{
	return pairs->scale->logarithm ? log2(value) : value;
}

static void
gather(struct pairs *pairs)
{
	const struct acc_table *table = pairs->table;
	double most = 0;
	for (size_t r = 0; r < table->rows; r++) {
		if (!drawn(pairs, r))
			continue;
		acc_names_add(&pairs->themes, acc_table_text(table, r, "theme_a"));
		acc_names_add(&pairs->themes, acc_table_text(table, r, "theme_b"));
		acc_names_add(&pairs->groups, acc_table_text(table, r, "group"));
		double value = shade(pairs, acc_table_number(table, r, pairs->scale->key));
		if (isfinite(value))
			most = fmax(most, fabs(value));
		most = fmin(most, pairs->scale->logarithm ? 4 : 1);
		pairs->most_units = fmax(pairs->most_units, acc_table_number(table, r, "n_a"));
		pairs->most_units = fmax(pairs->most_units, acc_table_number(table, r, "n_b"));
	}
	double step = pairs->scale->logarithm ? 1 : 0.2;
	pairs->limit = fmax(step, step * ceil(most / step - 1e-9));
}

/* Add n_ab to the pairs and n_a + n_b to the totals, from rows over all groups or of groups. */
static void
add_counts(const struct pairs *pairs, bool over_all, double *both, double *either)
{
	const struct acc_table *table = pairs->table;
	size_t n = pairs->themes.count;
	for (size_t r = 0; r < table->rows; r++) {
		if (!drawn(pairs, r) || !*acc_table_text(table, r, "group") != over_all)
			continue;
		size_t a = acc_names_find(&pairs->themes, acc_table_text(table, r, "theme_a"));
		size_t b = acc_names_find(&pairs->themes, acc_table_text(table, r, "theme_b"));
		if (a == n || b == n)
			continue;
		double n_ab = acc_table_number(table, r, "n_ab");
		double n_or =
		    acc_table_number(table, r, "n_a") + acc_table_number(table, r, "n_b") - n_ab;
		both[a * n + b] = both[b * n + a] += isnan(n_or) ? 0 : n_ab;
		either[a * n + b] = either[b * n + a] += isnan(n_or) ? 0 : n_or;
	}
}

static bool
sort_themes(struct pairs *pairs)
{
	size_t n = pairs->themes.count;
	double *both = calloc(n * n + 1, sizeof *both), *either = calloc(n * n + 1, sizeof *either);
	pairs->order = calloc(n + 1, sizeof *pairs->order);
	pairs->place = calloc(n + 1, sizeof *pairs->place);
	bool done = both && either && pairs->order && pairs->place;
	if (done) {
		add_counts(pairs, true, both, either);
		double sum = 0;
		for (size_t k = 0; k < n * n; k++)
			sum += either[k];
		if (sum <= 0)
			add_counts(pairs, false, both, either);
		for (size_t k = 0; k < n * n; k++)
			both[k] = either[k] > 0 ? 1 - both[k] / either[k] : 1;
		for (size_t k = 0; k < n; k++)
			both[k * n + k] = 0;
		done = acc_linkage_order(both, n, pairs->order) == ACC_OK;
	}
	for (size_t p = 0; done && p < n; p++)
		pairs->place[pairs->order[p]] = p + 1;
	free(both);
	free(either);
	return done;
}

static double
inside(double value, double limit)
{
	return value < -limit ? -limit : value > limit ? limit : value;
}

static void
put_pair(struct pairs *pairs, size_t r, size_t panel, struct acc_text *data)
{
	const struct acc_table *table = pairs->table;
	size_t a =
	    pairs->place[acc_names_find(&pairs->themes, acc_table_text(table, r, "theme_a"))];
	size_t b =
	    pairs->place[acc_names_find(&pairs->themes, acc_table_text(table, r, "theme_b"))];
	double value = acc_table_number(table, r, pairs->scale->key);
	double low = acc_table_number(table, r, pairs->low);
	double high = acc_table_number(table, r, pairs->high);
	double independence = pairs->scale->logarithm ? 1 : 0;
	bool marked = !pairs->scale->one_sided && (low > independence || high < independence);
	pairs->marked |= marked;
	acc_text_printf(data, "%zu\t%zu\t%zu", panel, a > b ? a : b, a > b ? b : a);
	acc_data_number(data, acc_table_number(table, r, "n_ab"));
	acc_data_number(data, value);
	acc_data_number(data, low);
	acc_data_number(data, high);
	acc_data_number(data, inside(shade(pairs, value), pairs->limit));
	acc_text_printf(data, "\t%d\n", marked);
}

/* Units with each theme, on the diagonal. Every theme is in some pair. */
static void
put_totals(const struct pairs *pairs, const char *group, size_t panel, struct acc_text *data)
{
	const struct acc_table *table = pairs->table;
	size_t n = pairs->themes.count;
	for (size_t p = 0; p < n; p++) {
		const char *theme = pairs->themes.name[pairs->order[p]];
		for (size_t r = 0; r < table->rows; r++) {
			bool first = !strcmp(acc_table_text(table, r, "theme_a"), theme);
			if (!drawn(pairs, r) || strcmp(acc_table_text(table, r, "group"), group) ||
			    (!first && strcmp(acc_table_text(table, r, "theme_b"), theme)))
				continue;
			acc_text_printf(data, "%zu\t%zu\t%zu", panel, p + 1, p + 1);
			acc_data_number(data, acc_table_number(table, r, first ? "n_a" : "n_b"));
			acc_text_put(data, "\tNaN\tNaN\tNaN\tNaN\t0\n");
			break;
		}
	}
}

static void
put_panel(struct pairs *pairs, const char *group, size_t panel, struct acc_text *data,
	  struct acc_text *units, struct acc_facts *facts)
{
	const struct acc_table *table = pairs->table;
	double seen = 0;
	put_totals(pairs, group, panel, data);
	for (size_t r = 0; r < table->rows; r++)
		if (drawn(pairs, r) && !strcmp(acc_table_text(table, r, "group"), group)) {
			put_pair(pairs, r, panel, data);
			acc_facts_row(facts, table, r);
			seen = fmax(seen, acc_table_number(table, r, "units"));
		}
	acc_text_printf(units, "%s%.0f", panel > 1 ? ", " : "", seen);
}

static void
put_script(const struct pairs *pairs, const struct acc_labels *labels, const char *units,
	   double level, struct acc_text *gp)
{
	struct acc_text name = {0};
	acc_term_name(&name, pairs->scale->key);
	const char *measure = name.bytes ? name.bytes : "";
	size_t panels = pairs->groups.count ? pairs->groups.count : 1;
	acc_script_open(gp, "cooccurrence", "Co-occurrence of themes, a heat map per group.");
	acc_text_put(gp, "# ---- what an author may want to change\n");
	acc_text_printf(
	    gp, "LIMIT = %g; LOWEST = %s            # colour scale, the same in all panels\n",
	    pairs->limit, pairs->scale->one_sided ? "0" : "-LIMIT");
	acc_text_printf(gp, "PALETTE = %s\n", pairs->scale->one_sided ? "SEQUENTIAL" : "DIVERGING");
	acc_text_printf(gp, "MEASURE = \"%s\"\n", measure);
	acc_text_printf(gp, "MARK = \"%g%% interval excludes %d\"\n", 100 * level,
			pairs->scale->logarithm ? 1 : 0);
	acc_text_put(gp, "COUNTS = 1                              # numbers in the cells\n"
			 "LARGEST = 6.5; COMFORT = 3.5            # width of a cell, mm\n\n");
	acc_text_printf(gp, "NT = %zu; NP = %zu                        # themes, panels\n",
			pairs->themes.count, panels);
	acc_text_printf(gp, "array UNITS[%zu] = [%s]\n", panels, units);
	acc_text_printf(gp, "DIGITS = %.0f; MARKED = %d; LOGARITHM = %d\n\n",
			fmax(2, 1 + floor(log10(fmax(1, pairs->most_units)))), pairs->marked,
			pairs->scale->logarithm);
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_cooccurrence);
	gp->failed |= name.failed;
	acc_text_free(&name);
}

static void
put_caption(const struct pairs *pairs, const struct acc_facts *facts, struct acc_text *caption)
{
	acc_text_put(caption, "Co-occurrence of themes");
	acc_text_put(caption, pairs->groups.count ? " by group" : "");
	if (!strncmp(pairs->layer, "coder:", 6)) {
		acc_text_put(caption, ", as coded by ");
		acc_label_clean(caption, pairs->layer + 6, 0);
	} else if (!strcmp(pairs->layer, "any"))
		acc_text_put(caption, "; a theme counts in a unit if any coder applied it");
	else if (!strcmp(pairs->layer, "all"))
		acc_text_put(caption, "; a theme counts in a unit if all coders applied it");
	else if (!strcmp(pairs->layer, "majority"))
		acc_text_put(caption,
			     "; a theme counts in a unit if more than half of the coders who "
			     "looked applied it");
	acc_text_put(caption, ". Colour: ");
	acc_term_words(caption, pairs->scale->key);
	acc_text_put(caption, pairs->scale->logarithm ? " on a logarithmic scale, " : ", ");
	acc_text_put(caption,
		     "on the same scale in all panels; numbers: units with both themes; grey "
		     "diagonal: units with the theme; ×: not defined.");
	if (!pairs->scale->one_sided) {
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
put_alt(const struct pairs *pairs, const struct acc_facts *facts, struct acc_bundle *bundle)
{
	struct acc_text opening = {0};
	acc_text_put(&opening, "Heat maps of ");
	acc_alt_count(&opening, pairs->themes.count, "theme", "themes");
	acc_text_put(&opening, " against each other, a triangle of cells in each of ");
	acc_alt_count(&opening, pairs->groups.count ? pairs->groups.count : 1, "panel", "panels");
	acc_text_put(&opening, ", coloured by ");
	acc_term_words(&opening, pairs->scale->key);
	acc_text_put(&opening, ", with the units that have both themes as a number.");
	acc_alt_add(bundle, "cooccurrence", &opening, facts);
	acc_text_free(&opening);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	const struct acc_table *table = results->cooccurrence;
	struct pairs pairs = {.table = table,
			      .scale = find_scale(options->measure),
			      .layer = choose_layer(table, options->layer)};
	struct acc_labels labels = {0};
	struct acc_facts facts = {.column = pairs.scale->key};
	struct acc_text script = {0}, units = {0};
	snprintf(pairs.low, sizeof pairs.low, "%s_low", pairs.scale->key);
	snprintf(pairs.high, sizeof pairs.high, "%s_high", pairs.scale->key);
	gather(&pairs);
	bundle->failed |= !sort_themes(&pairs) || pairs.themes.failed || pairs.groups.failed;
	size_t panels = pairs.groups.count ? pairs.groups.count : 1;
	for (size_t p = 0; !bundle->failed && p < pairs.themes.count; p++)
		acc_labels_row(&labels, pairs.themes.name[pairs.order[p]]);
	struct acc_text *data = acc_bundle_add(bundle, "cooccurrence.dat");
	acc_text_put(data, "# row, column: numbers of two themes, labels L[1], L[2], ... in "
			   "cooccurrence.gp; on the diagonal the units with one theme\n"
			   "panel\trow\tcolumn\tunits\tvalue\tlow\thigh\tshade\tmarked\n");
	for (size_t g = 0; !bundle->failed && g < panels; g++) {
		const char *group = pairs.groups.count ? pairs.groups.name[g] : "";
		acc_labels_add(&labels, *group ? group : "All", ACC_LABEL_ROW);
		put_panel(&pairs, group, g + 1, data, &units, &facts);
	}
	put_script(&pairs, &labels, units.bytes ? units.bytes : "",
		   facts.level > 0 ? facts.level : 0.95, &script);
	acc_script_add(bundle, "cooccurrence.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "cooccurrence.caption.txt");
	put_caption(&pairs, &facts, caption);
	acc_caption_close(caption, &facts, &labels, results);
	put_alt(&pairs, &facts, bundle);
	bundle->failed |= units.failed;
	acc_text_free(&units);
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_names_free(&pairs.themes);
	acc_names_free(&pairs.groups);
	free(pairs.order);
	free(pairs.place);
}

const struct acc_figure acc_figure_cooccurrence = {
    .key = "cooccurrence",
    .title = "which themes occur together, a heat map per group",
    .needs = "cooccur",
    .applies = applies,
    .draw = draw,
};
