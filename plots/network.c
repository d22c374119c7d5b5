#include "plots/drawing.h"
#include "plots/pairs.h"
#include "plots/script.h"
#include "stats/stress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Networks of themes, one per group, at the same places: width says how strongly two themes go
 * together, colour whether tests found it, and whether groups differ in it. */

enum look { LOOK_PLAIN = 1, LOOK_FOUND, LOOK_DIFFERS };
enum { CLASSES = 4, EDGES_PER_THEME = 3 };

/* Where the four widths begin, of phi, NPMI and Jaccard alike. */
static const double begins[CLASSES] = {0.1, 0.2, 0.35, 0.5};

struct network {
	struct acc_theme_pairs pairs;
	const struct acc_table *comparison; /* NULL: nothing known of differences */
	const char *measure;
	double *place; /* owned, [2 * themes], in the order of the themes on the page */
	double apart, most_units;
	double *edge; /* owned: values of the edges of a panel, to find the strongest */
	bool tested, compared, differs, left_out;
};

static const char *
find_measure(const char *measure)
{
	static const char *const known[] = {"phi", "npmi", "jaccard"};
	for (size_t m = 0; m < sizeof known / sizeof *known; m++)
		if (!strcmp(known[m], measure ? measure : "phi"))
			return known[m];
	return NULL;
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	const struct acc_table *table = results->cooccurrence;
	const char *measure = find_measure(options->measure);
	*why = "it needs the results of `accord cooccur`";
	if (!table)
		return false;
	*why = "the results of `accord cooccur` have no such layer, or no pairs of themes";
	if (!acc_pairs_layer(table, options->layer))
		return false;
	*why = "it draws phi, npmi or jaccard, and the results must have it";
	if (!measure || acc_table_column(table, measure) == table->columns)
		return false;
	return !acc_too_many(table, "theme_a", NULL, why);
}

/* ---- differences between groups ---- */

static bool
same_pair(const struct acc_table *table, size_t row, const char *a, const char *b)
{
	const char *first = acc_table_text(table, row, "theme");
	const char *second = acc_table_text(table, row, "theme_b");
	return (!strcmp(first, a) && !strcmp(second, b)) ||
	       (!strcmp(first, b) && !strcmp(second, a));
}

/* p of the test that all groups have the same association of two themes, adjusted over all pairs;
 * NaN: not tested. */
static double
difference(const struct network *network, const char *a, const char *b)
{
	const struct acc_table *table = network->comparison;
	for (size_t r = 0; table && r < table->rows; r++)
		if (!strcmp(acc_table_text(table, r, "what"), "cooccurrence") &&
		    !strcmp(acc_table_text(table, r, "kind"), "test") &&
		    !strcmp(acc_table_text(table, r, "layer"), network->pairs.layer) &&
		    same_pair(table, r, a, b))
			return acc_table_number(table, r, "p_maxt");
	return NAN;
}

/* ---- places ---- */

static bool
lay_out(struct network *network)
{
	const struct acc_theme_pairs *pairs = &network->pairs;
	size_t n = pairs->themes.count;
	double *sorted = calloc(n * n + 1, sizeof *sorted);
	network->place = calloc(2 * n + 1, sizeof *network->place);
	network->edge = calloc(n * n + 1, sizeof *network->edge);
	bool ready = sorted && network->place && network->edge;
	for (size_t k = 0; ready && k < n * n; k++)
		sorted[k] = pairs->distance[pairs->order[k / n] * n + pairs->order[k % n]];
	ready = ready && acc_stress_layout(sorted, n, network->place, &network->apart) == ACC_OK;
	free(sorted);
	return ready;
}

/* ---- edges ---- */

static bool
of_group(const struct network *network, size_t row, const char *group)
{
	return acc_pairs_drawn(&network->pairs, row) &&
	       !strcmp(acc_table_text(network->pairs.table, row, "group"), group);
}

static int
descending(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return (*x < *y) - (*x > *y);
}

/* The weakest value that is drawn in a panel: three edges per theme are enough to see something. */
static double
weakest(struct network *network, const char *group)
{
	const struct acc_table *table = network->pairs.table;
	size_t edges = 0, most = EDGES_PER_THEME * network->pairs.themes.count;
	for (size_t r = 0; r < table->rows; r++) {
		double value = acc_table_number(table, r, network->measure);
		if (of_group(network, r, group) && value >= begins[0])
			network->edge[edges++] = value;
	}
	if (edges <= most)
		return begins[0];
	qsort(network->edge, edges, sizeof *network->edge, descending);
	network->left_out = true;
	return network->edge[most - 1];
}

static size_t
class_of(double value)
{
	size_t class = 0;
	while (class < CLASSES && value >= begins[class])
		class ++;
	return class;
}

static void
put_edge(struct network *network, size_t row, size_t panel, struct acc_text *data)
{
	const struct acc_table *table = network->pairs.table;
	double value = acc_table_number(table, row, network->measure);
	double p = difference(network, acc_table_text(table, row, "theme_a"),
			      acc_table_text(table, row, "theme_b"));
	enum look look = p < 0.05                                ? LOOK_DIFFERS
			 : acc_pairs_found(&network->pairs, row) ? LOOK_FOUND
								 : LOOK_PLAIN;
	size_t at[2];
	network->compared |= !isnan(p);
	network->differs |= look == LOOK_DIFFERS;
	acc_pairs_places(&network->pairs, row, at);
	acc_text_printf(data, "%zu\t%zu\t%zu", panel, at[0], at[1]);
	acc_data_number(data, acc_table_number(table, row, "n_ab"));
	acc_data_number(data, value);
	acc_data_number(data, acc_table_number(table, row, "p_adjusted"));
	acc_data_number(data, p);
	acc_text_printf(data, "\t%zu\t%d\n", class_of(value), look);
}

static void
put_panel(struct network *network, const char *group, size_t panel, struct acc_text *data,
	  struct acc_array *units, struct acc_facts *facts)
{
	const struct acc_table *table = network->pairs.table;
	double seen = 0, least = weakest(network, group);
	for (size_t p = 1; p <= network->pairs.themes.count; p++) {
		double with = acc_pairs_units(&network->pairs, group, p);
		acc_text_printf(data, "%zu\t%zu\t0", panel, p);
		acc_data_number(data, with);
		acc_text_put(data, "\tNaN\tNaN\tNaN\t0\t0\n");
		network->most_units = fmax(network->most_units, with);
	}
	for (size_t r = 0; r < table->rows; r++) {
		if (!of_group(network, r, group))
			continue;
		if (acc_table_number(table, r, network->measure) >= least)
			put_edge(network, r, panel, data);
		acc_facts_row(facts, table, r);
		seen = fmax(seen, acc_table_number(table, r, "units"));
	}
	acc_text_printf(acc_array_next(units), "\"%.0f units\"", seen);
}

/* ---- script and caption ---- */

static void
put_array(const struct network *network, const char *name, size_t axis, struct acc_text *gp)
{
	struct acc_array array = {.line = 12};
	for (size_t p = 0; p < network->pairs.themes.count; p++)
		acc_text_printf(acc_array_next(&array), "%.3f", network->place[2 * p + axis]);
	acc_array_put(&array, name, "", gp);
	acc_array_free(&array);
}

static void
put_script(const struct network *network, const struct acc_labels *labels,
	   const struct acc_array *units, struct acc_text *gp)
{
	struct acc_text name = {0};
	acc_term_name(&name, network->measure);
	acc_script_open(gp, "network", "Networks of themes that go together, one per group.");
	acc_text_put(gp, "# ---- what an author may want to change\n");
	acc_text_printf(gp, "MEASURE = \"%s\"\n", name.bytes ? name.bytes : "");
	acc_text_put(gp, "array THICK[4] = [0.6, 1.3, 2.2, 3.4]   # widths of edges, pt\n"
			 "FILL = 0xF2F2F2; PALE = 0xC4C4C4; DARK = 0x4D4D4D\n"
			 "COMFORT = 38                            # width of a panel, mm\n"
			 "# places of the themes, from 0 to 1; move them as you like\n");
	put_array(network, "NX", 0, gp);
	put_array(network, "NY", 1, gp);
	acc_text_printf(gp,
			"\nNT = %zu; NP = %zu                        # themes, panels\n"
			"APART = %.3f; MOST = %.0f               # nearest two themes; most units\n"
			"TESTED = %d; DIFFER = %d                  # which colours there are\n",
			network->pairs.themes.count, units->count, network->apart,
			fmax(1, network->most_units), network->tested, network->differs);
	acc_array_put(units, "SUB", "", gp);
	acc_text_put(
	    gp, "array BEGINS[5] = [\".10–.19\", \".20–.34\", \".35–.49\", \"≥ .50\", \"\"]\n\n");
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_network);
	gp->failed |= name.failed;
	acc_text_free(&name);
}

static void
put_caption(const struct network *network, struct acc_text *caption)
{
	acc_text_put(caption, "Themes that go together");
	acc_text_put(caption, network->pairs.groups.count ? ", by group" : "");
	acc_pairs_say_layer(network->pairs.layer, caption);
	acc_text_put(caption,
		     ". Circles: themes, area by units with the theme in the group, white: "
		     "none; lines: ");
	acc_term_words(caption, network->measure);
	acc_text_put(caption, " of .10 or more, wider where it is stronger");
	if (network->left_out)
		acc_text_put(caption, " (of each panel the strongest, three for each theme)");
	acc_text_put(caption, ".");
	if (network->tested) {
		acc_text_put(caption, " Dark: not by chance alone, adjusted p < .05 (");
		acc_pairs_say_test(&network->pairs, caption);
		acc_text_put(caption, "); pale: p of .05 or more.");
	}
	if (network->compared)
		acc_text_printf(caption,
				" %s (participants permuted between groups, p < .05 adjusted by "
				"the largest statistic of all pairs of themes).",
				network->differs
				    ? "Coloured: groups differ in this association"
				    : "In none of the associations drawn groups were shown to "
				      "differ");
	else if (network->pairs.groups.count > 1)
		acc_text_put(caption, " Whether groups differ was not tested here.");
	acc_text_put(caption, " Places, the same in all panels, by stress majorisation of 1 − "
			      "Jaccard over all groups; only nearness means something.");
}

static void
draw_panels(struct network *network, struct acc_labels *labels, struct acc_text *data,
	    struct acc_array *units, struct acc_facts *facts)
{
	const struct acc_theme_pairs *pairs = &network->pairs;
	size_t panels = pairs->groups.count ? pairs->groups.count : 1;
	for (size_t p = 0; p < pairs->themes.count; p++)
		acc_labels_row(labels, pairs->themes.name[pairs->order[p]]);
	acc_text_put(data,
		     "# from, to: numbers of themes, labels L[1], L[2], ... in network.gp; to 0: a "
		     "theme and its units\n"
		     "panel\tfrom\tto\tunits\tvalue\tp_adjusted\tp_difference\tclass\tlook\n");
	for (size_t g = 0; g < panels; g++) {
		const char *group = pairs->groups.count ? pairs->groups.name[g] : "";
		acc_labels_row(labels, *group ? group : "All");
		put_panel(network, group, g + 1, data, units, facts);
	}
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	const struct acc_table *table = results->cooccurrence;
	struct network network = {.comparison = results->comparison,
				  .measure = find_measure(options->measure)};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	struct acc_array units = {0};
	bool ready =
	    acc_theme_pairs_make(&network.pairs, table, acc_pairs_layer(table, options->layer)) &&
	    lay_out(&network);
	struct acc_text *data = acc_bundle_add(bundle, "network.dat");
	if (ready) {
		network.tested = acc_pairs_tested(&network.pairs);
		draw_panels(&network, &labels, data, &units, &facts);
		put_script(&network, &labels, &units, &script);
	}
	acc_script_add(bundle, "network.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "network.caption.txt");
	if (ready)
		put_caption(&network, caption);
	acc_caption_close(caption, &facts, &labels, results);
	bundle->failed |= !ready;
	acc_array_free(&units);
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_theme_pairs_free(&network.pairs);
	free(network.place);
	free(network.edge);
}

const struct acc_figure acc_figure_network = {
    .key = "network",
    .title = "which themes go together, as networks, and in which pairs groups differ",
    .needs = "cooccur; compare --what cooccurrence for the colours",
    .applies = applies,
    .draw = draw,
};
