#include "plots/drawing.h"
#include "plots/pairs.h"
#include "plots/script.h"
#include "plots/upset_sets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* UpSet: which sets of themes units have together (Lex et al. 2014). A column is a set, the most
 * frequent first: its bar says how many units, by group, its dots which themes. */

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	*why = "it needs the results of `accord cooccur --sets`";
	if (!results->sets)
		return false;
	*why = "the results of `accord cooccur --sets` have no such layer, or no sets";
	if (!acc_pairs_layer(results->sets, options->layer))
		return false;
	*why = "a figure holds at most 24 groups; choose some";
	struct acc_names groups = {0};
	for (size_t r = 0; r < results->sets->rows; r++)
		acc_names_add(&groups, acc_table_text(results->sets, r, "group"));
	bool few = groups.count <= ACC_MOST_GROUPS;
	acc_names_free(&groups);
	return few;
}

static size_t
place_of(const struct acc_upset *upset, size_t theme)
{
	size_t p = 0;
	while (upset->order[p] != theme)
		p++;
	return p + 1;
}

/* ---- data ---- */

struct column {
	struct acc_text *data;
	size_t set, first, last;
	size_t *drawn_from; /* [themes]: the first column that has a theme at a place, 0: none */
};

static void
put_dot(struct acc_upset *upset, size_t theme, void *context)
{
	struct column *column = context;
	size_t place = place_of(upset, theme);
	acc_text_printf(column->data, "%zu\t%zu\t0\tNaN\tNaN\tNaN\tNaN\tNaN\n", column->set, place);
	column->first = column->first && column->first < place ? column->first : place;
	column->last = column->last > place ? column->last : place;
	if (!column->drawn_from[place - 1])
		column->drawn_from[place - 1] = column->set;
}

/* The bar of a set, cut into its groups. */
static void
put_bar(const struct acc_upset *upset, size_t number, size_t set, struct acc_text *data)
{
	double low = 0;
	size_t groups = upset->groups.count;
	for (size_t g = 0; g < (groups ? groups : 1); g++) {
		double units = groups ? 0 : upset->count[set];
		for (size_t r = 0; groups && r < upset->table->rows; r++)
			if (acc_upset_row(upset, r) && acc_upset_of(upset, r) == set &&
			    !strcmp(acc_table_text(upset->table, r, "group"),
				    upset->groups.name[g]))
				units += acc_table_number(upset->table, r, "n");
		if (units > 0)
			acc_text_printf(data, "%zu\t0\t%zu\t%.0f\t%.0f\t%.0f\tNaN\tNaN\n", number,
					g + 1, units, low, low + units);
		low += units;
	}
}

static void
put_data(struct acc_upset *upset, size_t sets, size_t *drawn_from, struct acc_text *data)
{
	acc_text_put(data,
		     "# set: column; theme: number of a row, label L[theme] in upset.gp; theme 0: "
		     "the bar, in a group from low to high units; group 0: of all, and the first "
		     "and last theme\n"
		     "set\ttheme\tgroup\tunits\tlow\thigh\tfirst\tlast\n");
	for (size_t s = 0; s < sets; s++) {
		size_t set = upset->rank[s];
		struct column column = {data, s + 1, 0, 0, drawn_from};
		put_bar(upset, s + 1, set, data);
		if (set < upset->sets.count)
			acc_upset_each(upset, upset->sets.name[set], put_dot, &column);
		acc_text_printf(data, "%zu\t0\t0\t%.0f\tNaN\tNaN\t%zu\t%zu\n", s + 1,
				upset->count[set], column.first, column.last);
	}
}

/* ---- script and caption ---- */

/* Of each theme its units, those where it is alone, and the first column that has it. */
static void
put_arrays(const struct acc_upset *upset, const size_t *drawn_from, struct acc_text *gp)
{
	struct acc_array total = {.line = 15}, alone = {.line = 15}, from = {.line = 15};
	size_t themes = upset->themes.count;
	for (size_t p = 0; p < themes; p++) {
		size_t theme = upset->order[p];
		acc_text_printf(acc_array_next(&total), "%.0f", upset->total[theme]);
		acc_text_printf(acc_array_next(&alone), "%.0f", upset->alone[theme]);
		acc_text_printf(acc_array_next(&from), "%zu", drawn_from[p]);
	}
	acc_array_put(&total, "TOTAL", "", gp);
	acc_array_put(&alone, "ALONE", "", gp);
	acc_array_put(&from, "FROM", themes ? "   # the first column with a theme\n" : "\n", gp);
	acc_array_free(&total);
	acc_array_free(&alone);
	acc_array_free(&from);
}

static void
put_script(const struct acc_upset *upset, size_t sets, const size_t *drawn_from,
	   const struct acc_labels *labels, struct acc_text *gp)
{
	size_t themes = upset->themes.count, groups = upset->groups.count;
	acc_script_open(gp, "upset", "Which sets of themes units have together.");
	acc_text_put(gp, "# ---- what an author may want to change\n"
			 "SETS = 40                               # at most so many columns\n"
			 "SMALLEST = 3;   LARGEST = 7             # width of a column, mm\n"
			 "BARS = 34                               # height of the bars, mm\n\n");
	acc_text_printf(gp,
			"R = %zu; NS = %zu; G = %zu                # themes, sets, groups\n"
			"NAMED = %d                              # groups have names\n"
			"MOST = %.0f                             # units of the largest set\n",
			themes, sets, groups ? groups : 1, groups > 0,
			upset->drawn_count[upset->rank[0]]);
	put_arrays(upset, drawn_from, gp);
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_upset);
}

static void
put_caption(const struct acc_upset *upset, size_t sets, struct acc_text *caption)
{
	acc_text_put(caption, "Sets of themes that units have together");
	acc_pairs_say_layer(upset->layer, caption);
	acc_text_printf(caption,
			". Columns: sets%s, the most frequent first; bars: units with exactly "
			"these themes%s; dots: the themes of the set. Beside them: units with the "
			"theme, in a wide figure dark where it is the only one. Of %.0f units %.0f "
			"have no theme. ",
			upset->least > 1 ? " of two and more themes" : "",
			upset->groups.count ? ", by group" : "", upset->units,
			upset->count[upset->sets.count]);
	size_t all = 0;
	for (size_t s = 0; s <= upset->sets.count; s++)
		all += upset->drawn_count[s] > 0;
	acc_text_printf(caption,
			"Of %zu such sets those that fit are shown, at most %zu, and the themes in "
			"them.",
			all, sets);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	struct acc_upset upset = {.table = results->sets,
				  .least = 1,
				  .layer = acc_pairs_layer(results->sets, options->layer)};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	bool ready = acc_upset_make(&upset);
	size_t sets = ready ? acc_upset_count(&upset) : 0;
	size_t *drawn_from = calloc(upset.themes.count + 1, sizeof *drawn_from);
	struct acc_text *data = acc_bundle_add(bundle, "upset.dat");
	ready = ready && drawn_from;
	if (ready) {
		put_data(&upset, sets, drawn_from, data);
		for (size_t p = 0; p < upset.themes.count; p++)
			acc_labels_row(&labels, upset.themes.name[upset.order[p]]);
		for (size_t g = 0; g < upset.groups.count; g++)
			acc_labels_add(&labels, upset.groups.name[g], ACC_LABEL_ROW);
		put_script(&upset, sets, drawn_from, &labels, &script);
	}
	acc_script_add(bundle, "upset.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "upset.caption.txt");
	if (ready)
		put_caption(&upset, sets, caption);
	acc_caption_close(caption, &facts, &labels, results);
	bundle->failed |= !ready;
	acc_labels_free(&labels);
	free(drawn_from);
	acc_upset_free(&upset);
}

const struct acc_figure acc_figure_upset = {
    .key = "upset",
    .title = "which sets of themes units have together (UpSet)",
    .needs = "cooccur --sets",
    .applies = applies,
    .draw = draw,
};
