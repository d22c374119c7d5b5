#include "plots/drawing.h"
#include "plots/order.h"
#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Forest plot: a coefficient per theme and group with its interval; the themes are sorted by their
 * value over all groups, and the value over all themes stands under a rule at the end. */

struct forest {
	const struct acc_table *table;
	const char *coefficient, *weights;
	struct acc_names themes, groups;
	const char **row; /* [rows] themes in drawing order; last "" for all of them */
	size_t rows;
	bool pooled;
	double lowest, most_units, level;
};

static bool
drawn(const struct forest *forest, size_t row)
{
	const struct acc_table *table = forest->table;
	return !*acc_table_text(table, row, "coders") &&
	       !strcmp(acc_table_text(table, row, "coefficient"), forest->coefficient) &&
	       !strcmp(acc_table_text(table, row, "weights"), forest->weights);
}

/* Where there are groups, the rows over all groups only sort the themes. */
static bool
shown(const struct forest *forest, size_t row)
{
	return drawn(forest, row) &&
	       (*acc_table_text(forest->table, row, "group") || !forest->groups.count);
}

/* The first row of a coefficient over all coders; `defined`: that has a value. NULL: of any. */
static size_t
first_row(const struct acc_table *table, const char *coefficient, bool defined)
{
	size_t r = 0;
	for (; r < table->rows; r++) {
		const char *key = acc_table_text(table, r, "coefficient");
		bool wanted =
		    coefficient ? !strcmp(key, coefficient) : strcmp(key, "percent_agreement") != 0;
		if (wanted && !*acc_table_text(table, r, "coders") &&
		    (!defined || !isnan(acc_table_number(table, r, "value"))))
			break;
	}
	return r;
}

/* The coefficient asked for, or Krippendorff's alpha, or the first one corrected for chance that is
 * defined, or any. */
static size_t
choose(const struct acc_table *table, const struct acc_figure_options *options)
{
	if (options->coefficient)
		return first_row(table, options->coefficient, false);
	size_t row = first_row(table, "krippendorff_alpha", true);
	if (row == table->rows)
		row = first_row(table, NULL, true);
	if (row == table->rows)
		row = first_row(table, "percent_agreement", true);
	return row < table->rows ? row : first_row(table, NULL, false);
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	*why = "it needs the results of `accord agree`";
	if (!results->agreement)
		return false;
	*why = "the results of `accord agree` have no such coefficient over all coders";
	if (choose(results->agreement, options) == results->agreement->rows)
		return false;
	return !acc_too_many(results->agreement, "theme", NULL, why);
}

static void
gather(struct forest *forest)
{
	const struct acc_table *table = forest->table;
	for (size_t r = 0; r < table->rows; r++) {
		if (!drawn(forest, r))
			continue;
		acc_names_add(&forest->themes, acc_table_text(table, r, "theme"));
		acc_names_add(&forest->groups, acc_table_text(table, r, "group"));
		forest->pooled |= !*acc_table_text(table, r, "theme");
	}
	for (size_t r = 0; r < table->rows; r++) {
		if (!shown(forest, r))
			continue;
		forest->most_units = fmax(forest->most_units, acc_table_number(table, r, "units"));
		forest->lowest = fmin(forest->lowest, acc_table_number(table, r, "value"));
		double low = acc_table_number(table, r, "ci_low");
		forest->lowest = fmin(forest->lowest, fmax(low, -0.2));
	}
}

/* Value of a theme over all groups; without one, the mean of its groups. */
static double
overall(const struct forest *forest, const char *theme)
{
	double sum = 0, values = 0;
	for (size_t r = 0; r < forest->table->rows; r++) {
		double value = acc_table_number(forest->table, r, "value");
		if (!drawn(forest, r) || isnan(value) ||
		    strcmp(acc_table_text(forest->table, r, "theme"), theme))
			continue;
		if (!*acc_table_text(forest->table, r, "group"))
			return value;
		sum += value;
		values++;
	}
	return values > 0 ? sum / values : -INFINITY;
}

static bool
sort_rows(struct forest *forest)
{
	size_t themes = forest->themes.count;
	double *value = calloc(themes + 1, sizeof *value);
	size_t *order = calloc(themes + 1, sizeof *order);
	forest->row = calloc(themes + 1, sizeof *forest->row);
	bool ready = value && order && forest->row;
	for (size_t t = 0; ready && t < themes; t++)
		value[t] = overall(forest, forest->themes.name[t]);
	if (ready)
		acc_rank(value, themes, order);
	for (size_t t = 0; ready && t < themes; t++)
		forest->row[t] = forest->themes.name[order[t]];
	if (ready && forest->pooled)
		forest->row[themes] = "";
	forest->rows = ready ? themes + forest->pooled : 0;
	free(value);
	free(order);
	return ready;
}

static void
put_estimate(const struct forest *forest, size_t place, size_t r, struct acc_text *data)
{
	const struct acc_table *table = forest->table;
	const char *group = acc_table_text(table, r, "group");
	size_t g = *group ? acc_names_find(&forest->groups, group) : 0;
	acc_text_printf(data, "%zu\t%zu", place, g + 1);
	acc_data_number(data, acc_table_number(table, r, "units"));
	acc_data_number(data, acc_table_number(table, r, "value"));
	acc_data_number(data, acc_table_number(table, r, "ci_low"));
	acc_data_number(data, acc_table_number(table, r, "ci_high"));
	acc_text_put(data, "\n");
}

static void
put_data(const struct forest *forest, struct acc_text *data, struct acc_facts *facts)
{
	const struct acc_table *table = forest->table;
	acc_text_put(data, "# row: number of the theme, from above: label L[row] in forest.gp; "
			   "group: its number\n"
			   "row\tgroup\tunits\tvalue\tlow\thigh\n");
	for (size_t place = 0; place < forest->rows; place++)
		for (size_t r = 0; r < table->rows; r++)
			if (shown(forest, r) &&
			    !strcmp(acc_table_text(table, r, "theme"), forest->row[place])) {
				put_estimate(forest, place + 1, r, data);
				acc_facts_row(facts, table, r);
			}
}

/* The scale begins at 0, or at a round number under the lowest value. */
static double
scale_start(const struct forest *forest, double step)
{
	return forest->lowest < 0 ? step * floor(forest->lowest / step + 1e-9) : 0;
}

static void
put_script(const struct forest *forest, const struct acc_labels *labels, double level,
	   struct acc_text *gp)
{
	struct acc_text name = {0};
	acc_term_name(&name, forest->coefficient);
	const char *measure = name.bytes ? name.bytes : "";
	double step = forest->lowest < -0.4 ? 0.5 : 0.2;
	acc_script_open(gp, "forest", "Agreement per theme and group, with intervals.");
	acc_text_put(gp, "# ---- what an author may want to change\n");
	acc_text_printf(gp, "XMIN = %g; XMAX = 1; XSTEP = %g\n", scale_start(forest, step), step);
	acc_text_printf(gp, "XLABEL = \"%s (%g%% CI)\"\n", measure, 100 * level);
	acc_text_printf(gp, "NUMBERS_HEAD = \"%s [%g%% CI]\"\n",
			acc_term_symbol(forest->coefficient), 100 * level);
	acc_text_put(gp,
		     "array THRESHOLD[2] = [0.667, 0.8]       # thin lines, named in the caption\n"
		     "NUMBERS = !NARROW                       # columns of numbers on the right\n"
		     "FSN = FSX                               # their text, pt\n\n");
	acc_text_printf(
	    gp,
	    "R = %zu; G = %zu                          # rows, groups\n"
	    "POOLED = %d                             # the last row pools the themes\n"
	    "NAMED = %d                              # there are groups, and they have names\n"
	    "UNIT_DIGITS = %.0f\n\n",
	    forest->rows, forest->groups.count ? forest->groups.count : 1, forest->pooled,
	    forest->groups.count > 0, 1 + floor(log10(fmax(1, forest->most_units))));
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_forest);
	gp->failed |= name.failed;
	acc_text_free(&name);
}

static void
put_caption(const struct forest *forest, const struct acc_facts *facts, struct acc_text *caption)
{
	acc_text_put(caption, "Agreement between coders");
	acc_text_put(caption, forest->themes.count ? " per theme" : "");
	acc_text_put(caption, forest->groups.count ? " and group: " : ": ");
	acc_term_words(caption, forest->coefficient);
	if (*forest->weights && strcmp(forest->weights, "identity")) {
		acc_text_put(caption, ", weights ");
		acc_term_words(caption, forest->weights);
	}
	acc_text_put(caption, " with ");
	acc_facts_put(facts, caption);
	acc_text_put(caption, ". Units: units with two ratings or more.");
	if (forest->themes.count > 1)
		acc_text_put(caption, " Themes are sorted by their value over all groups.");
	if (forest->pooled && forest->themes.count)
		acc_text_put(caption, " Diamonds: all themes pooled.");
	acc_text_put(caption,
		     " An open mark stands for a value that is not defined, an arrow for an "
		     "interval that goes on past the scale. Dashed lines: .667 and .80, the "
		     "bounds Krippendorff suggests for tentative conclusions and for reliable "
		     "data; they are conventions, not tests.");
}

static void
put_alt(const struct forest *forest, const struct acc_facts *facts, struct acc_bundle *bundle)
{
	struct acc_text opening = {0};
	acc_text_put(&opening, "Forest plot of ");
	acc_term_words(&opening, forest->coefficient);
	acc_text_put(&opening, ": ");
	acc_alt_themes(&opening, forest->themes.count, forest->groups.count);
	acc_text_put(&opening, ", each value a mark with its interval as a line, on a scale that "
			       "ends at 1.");
	acc_alt_add(bundle, "forest", &opening, facts);
	acc_text_free(&opening);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	const struct acc_table *table = results->agreement;
	size_t first = choose(table, options);
	struct forest forest = {.table = table,
				.coefficient = acc_table_text(table, first, "coefficient"),
				.weights = acc_table_text(table, first, "weights")};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	gather(&forest);
	bool ready = sort_rows(&forest);
	for (size_t r = 0; r < forest.rows; r++)
		acc_labels_row(&labels, *forest.row[r]        ? forest.row[r]
					: forest.themes.count ? "All themes"
							      : "All units");
	for (size_t g = 0; g < forest.groups.count; g++)
		acc_labels_add(&labels, forest.groups.name[g], ACC_LABEL_ROW);
	put_data(&forest, acc_bundle_add(bundle, "forest.dat"), &facts);
	put_script(&forest, &labels, facts.level > 0 ? facts.level : 0.95, &script);
	acc_script_add(bundle, "forest.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "forest.caption.txt");
	put_caption(&forest, &facts, caption);
	acc_caption_close(caption, &facts, &labels, results);
	put_alt(&forest, &facts, bundle);
	bundle->failed |= !ready || forest.themes.failed || forest.groups.failed;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_names_free(&forest.themes);
	acc_names_free(&forest.groups);
	free(forest.row);
}

const struct acc_figure acc_figure_forest = {
    .key = "forest",
    .title = "agreement per theme and group, with intervals",
    .needs = "agree",
    .applies = applies,
    .draw = draw,
};
