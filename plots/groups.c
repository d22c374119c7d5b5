#include "plots/drawing.h"
#include "plots/order.h"
#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Agreement by group with the test beside it: a coefficient per theme and group with its interval,
 * and Welch's test that all groups agree equally well, or that it cannot be made. */

struct equality {
	const struct acc_table *table;
	const char *coefficient, *weights;
	struct acc_names themes, groups;
	const char **row; /* [rows] themes in drawing order; last "" for all of them */
	size_t rows, tests, refused;
	bool pooled;
	double lowest, greatest_df; /* of tests by the F distribution; 0: none is */
	double fewest, most;        /* permutations of a test; NaN: none is by permutation */
};

static bool
of_kind(const struct equality *equality, size_t row, const char *kind)
{
	const struct acc_table *table = equality->table;
	return !strcmp(acc_table_text(table, row, "what"), "agreement") &&
	       !strcmp(acc_table_text(table, row, "kind"), kind) &&
	       !strcmp(acc_table_text(table, row, "quantity"), equality->coefficient) &&
	       !strcmp(acc_table_text(table, row, "weights"), equality->weights);
}

/* The first estimate of a coefficient; NULL: of any that is corrected for chance. */
static size_t
first_row(const struct acc_table *table, const char *coefficient)
{
	size_t r = 0;
	for (; r < table->rows; r++) {
		const char *key = acc_table_text(table, r, "quantity");
		bool wanted =
		    coefficient ? !strcmp(key, coefficient) : strcmp(key, "percent_agreement") != 0;
		if (wanted && !strcmp(acc_table_text(table, r, "what"), "agreement") &&
		    !strcmp(acc_table_text(table, r, "kind"), "estimate") &&
		    (coefficient || !isnan(acc_table_number(table, r, "value"))))
			break;
	}
	return r;
}

static size_t
choose(const struct acc_table *table, const struct acc_figure_options *options)
{
	if (options->coefficient)
		return first_row(table, options->coefficient);
	size_t row = first_row(table, "krippendorff_alpha");
	if (row == table->rows)
		row = first_row(table, NULL);
	return row < table->rows ? row : first_row(table, "percent_agreement");
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	*why = "it needs the results of `accord compare`";
	if (!results->comparison)
		return false;
	*why = "the results of `accord compare` have no agreement with such a coefficient";
	if (choose(results->comparison, options) == results->comparison->rows)
		return false;
	return !acc_too_many(results->comparison, "theme", NULL, why);
}

static void
gather(struct equality *equality)
{
	const struct acc_table *table = equality->table;
	for (size_t r = 0; r < table->rows; r++) {
		if (!of_kind(equality, r, "estimate"))
			continue;
		acc_names_add(&equality->themes, acc_table_text(table, r, "theme"));
		acc_names_add(&equality->groups, acc_table_text(table, r, "group"));
		equality->pooled |= !*acc_table_text(table, r, "theme");
		equality->lowest = fmin(equality->lowest, acc_table_number(table, r, "value"));
		double low = acc_table_number(table, r, "ci_low");
		equality->lowest = fmin(equality->lowest, fmax(low, -0.2));
	}
}

/* Mean of the groups, to sort the themes. */
static double
mean_of(const struct equality *equality, const char *theme)
{
	double sum = 0, values = 0;
	for (size_t r = 0; r < equality->table->rows; r++) {
		double value = acc_table_number(equality->table, r, "value");
		if (!of_kind(equality, r, "estimate") || isnan(value) ||
		    strcmp(acc_table_text(equality->table, r, "theme"), theme))
			continue;
		sum += value;
		values++;
	}
	return values > 0 ? sum / values : -INFINITY;
}

static bool
sort_rows(struct equality *equality)
{
	size_t themes = equality->themes.count;
	double *value = calloc(themes + 1, sizeof *value);
	size_t *order = calloc(themes + 1, sizeof *order);
	equality->row = calloc(themes + 1, sizeof *equality->row);
	bool ready = value && order && equality->row;
	for (size_t t = 0; ready && t < themes; t++)
		value[t] = mean_of(equality, equality->themes.name[t]);
	if (ready)
		acc_rank(value, themes, order);
	for (size_t t = 0; ready && t < themes; t++)
		equality->row[t] = equality->themes.name[order[t]];
	if (ready && equality->pooled)
		equality->row[themes] = "";
	equality->rows = ready ? themes + equality->pooled : 0;
	free(value);
	free(order);
	return ready;
}

static void
put_estimate(const struct equality *equality, size_t place, size_t r, struct acc_text *data)
{
	const struct acc_table *table = equality->table;
	size_t g = acc_names_find(&equality->groups, acc_table_text(table, r, "group"));
	acc_text_printf(data, "%zu\t%zu", place, g + 1);
	acc_data_number(data, acc_table_number(table, r, "value"));
	acc_data_number(data, acc_table_number(table, r, "ci_low"));
	acc_data_number(data, acc_table_number(table, r, "ci_high"));
	acc_text_put(data, "\tNaN\tNaN\tNaN\tNaN\n");
}

/* Group 0: the test of a theme. Degrees of freedom belong to a p by the F distribution only. */
static void
put_test(struct equality *equality, size_t place, size_t r, struct acc_text *data)
{
	const struct acc_table *table = equality->table;
	bool permuted = !strcmp(acc_table_text(table, r, "p_by"), "permutation");
	double p = acc_table_number(table, r, "p");
	double df = permuted ? NAN : acc_table_number(table, r, "df2");
	acc_text_printf(data, "%zu\t0\tNaN\tNaN\tNaN", place);
	acc_data_number(data, acc_table_number(table, r, "statistic"));
	acc_data_number(data, permuted ? NAN : acc_table_number(table, r, "df1"));
	acc_data_number(data, df);
	acc_data_number(data, p);
	acc_text_put(data, "\n");
	equality->greatest_df = fmax(equality->greatest_df, df);
	if (permuted) {
		double permutations = acc_table_number(table, r, "permutations");
		equality->fewest = fmin(equality->fewest, permutations);
		equality->most = fmax(equality->most, permutations);
	}
	if (isnan(p))
		equality->refused++;
	else
		equality->tests++;
}

static bool
is_welch(const struct acc_table *table, size_t row)
{
	return !strncmp(acc_table_text(table, row, "method"), "Welch", 5);
}

static void
put_row(struct equality *equality, size_t place, struct acc_text *data, struct acc_facts *facts)
{
	const struct acc_table *table = equality->table;
	bool tested = false;
	for (size_t r = 0; r < table->rows; r++) {
		if (strcmp(acc_table_text(table, r, "theme"), equality->row[place]))
			continue;
		if (of_kind(equality, r, "estimate")) {
			put_estimate(equality, place + 1, r, data);
			acc_facts_row(facts, table, r);
		} else if (!tested && of_kind(equality, r, "test") && is_welch(table, r)) {
			put_test(equality, place + 1, r, data);
			tested = true;
		}
	}
}

static void
put_data(struct equality *equality, struct acc_text *data, struct acc_facts *facts)
{
	acc_text_put(data, "# row: number of the theme, from above: label L[row] in groups.gp; "
			   "group: its number; 0: the test that all groups are equal\n"
			   "row\tgroup\tvalue\tlow\thigh\tF\tdf1\tdf2\tp\n");
	for (size_t place = 0; place < equality->rows; place++)
		put_row(equality, place, data, facts);
}

static void
put_script(const struct equality *equality, const struct acc_labels *labels, double level,
	   struct acc_text *gp)
{
	struct acc_text name = {0};
	acc_term_name(&name, equality->coefficient);
	double step = equality->lowest < -0.4 ? 0.5 : 0.2;
	double start = equality->lowest < 0 ? step * floor(equality->lowest / step + 1e-9) : 0;
	acc_script_open(gp, "groups",
			"Agreement per theme and group, with the test that all "
			"groups are equal.");
	acc_text_put(gp, "# ---- what an author may want to change\n");
	acc_text_printf(gp, "XMIN = %g; XMAX = 1; XSTEP = %g\n", start, step);
	acc_text_printf(gp, "XLABEL = \"%s (%g%% CI)\"\n", name.bytes ? name.bytes : "",
			100 * level);
	acc_text_put(gp, "TEST_HEAD = NARROW ? \"{/:Italic p}\" : \"All groups equal?\"\n"
			 "FSN = FSX                               # text of the column, pt\n\n");
	acc_text_printf(
	    gp,
	    "R = %zu; G = %zu                          # rows, groups\n"
	    "POOLED = %d                             # the last row pools the themes\n"
	    "NAMED = %d\n"
	    "DF_DIGITS = %.0f\n"
	    "REFUSED = %zu                            # tests that are not estimable\n\n",
	    equality->rows, equality->groups.count ? equality->groups.count : 1, equality->pooled,
	    equality->groups.count > 0,
	    equality->greatest_df > 0 ? 1 + floor(log10(equality->greatest_df)) : 0,
	    equality->refused);
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_groups);
	gp->failed |= name.failed;
	acc_text_free(&name);
}

/* ", p from 5,446 to 9,999 permutations of participants between the groups" */
static void
put_permutations(const struct equality *equality, struct acc_text *caption)
{
	if (isnan(equality->fewest))
		return;
	acc_text_put(caption, equality->greatest_df > 0
				  ? ", p where no degrees of freedom are given from "
				  : ", p from ");
	if (equality->fewest < equality->most)
		acc_text_printf(caption, "%.0f to ", equality->fewest);
	acc_text_printf(caption,
			"%.0f permutations of whole participants or documents between the groups",
			equality->most);
}

static void
put_caption(const struct equality *equality, const struct acc_facts *facts,
	    struct acc_text *caption)
{
	acc_text_put(caption, "Agreement between coders by group: ");
	acc_term_words(caption, equality->coefficient);
	if (*equality->weights && strcmp(equality->weights, "identity")) {
		acc_text_put(caption, ", weights ");
		acc_term_words(caption, equality->weights);
	}
	acc_text_put(caption, " with ");
	acc_facts_put(facts, caption);
	acc_text_put(caption, ". On the right: Welch’s test that all groups agree equally well, on "
			      "Fisher’s z with cluster-jackknife errors");
	put_permutations(equality, caption);
	acc_text_printf(caption, "; %zu test%s, p not corrected for their number.", equality->tests,
			equality->tests == 1 ? "" : "s");
	if (equality->refused)
		acc_text_printf(caption,
				" Not estimable (%zu): a group has too little of the rarer "
				"category, in too few clusters, to be compared.",
				equality->refused);
	acc_text_put(caption, " Whether groups differ is for the test to say: an interval that "
			      "overlaps another, or one that excludes a bound where another does "
			      "not, says nothing about a difference.");
	if (equality->pooled && equality->themes.count)
		acc_text_put(caption, " Diamonds: all themes pooled.");
	acc_text_put(caption, " An open mark stands for a value that is not defined, an arrow for "
			      "an interval that goes on past the scale. Themes are sorted by the "
			      "mean of the groups.");
}

static void
put_alt(const struct equality *equality, const struct acc_facts *facts, struct acc_bundle *bundle)
{
	struct acc_text opening = {0};
	acc_text_put(&opening, "Forest plot of ");
	acc_term_words(&opening, equality->coefficient);
	acc_text_put(&opening, " with a test beside each row: ");
	acc_alt_themes(&opening, equality->themes.count, equality->groups.count);
	acc_text_put(&opening, ", each value a mark with its interval as a line.");
	acc_alt_add(bundle, "groups", &opening, facts);
	acc_text_free(&opening);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	const struct acc_table *table = results->comparison;
	size_t first = choose(table, options);
	struct equality equality = {.table = table,
				    .coefficient = acc_table_text(table, first, "quantity"),
				    .weights = acc_table_text(table, first, "weights"),
				    .fewest = NAN,
				    .most = NAN};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	gather(&equality);
	bool ready = sort_rows(&equality);
	for (size_t r = 0; r < equality.rows; r++)
		acc_labels_row(&labels, *equality.row[r]        ? equality.row[r]
					: equality.themes.count ? "All themes"
								: "All units");
	for (size_t g = 0; g < equality.groups.count; g++)
		acc_labels_add(&labels, equality.groups.name[g], ACC_LABEL_ROW);
	put_data(&equality, acc_bundle_add(bundle, "groups.dat"), &facts);
	put_script(&equality, &labels, facts.level > 0 ? facts.level : 0.95, &script);
	acc_script_add(bundle, "groups.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "groups.caption.txt");
	put_caption(&equality, &facts, caption);
	acc_caption_close(caption, &facts, &labels, results);
	put_alt(&equality, &facts, bundle);
	bundle->failed |= !ready || equality.themes.failed || equality.groups.failed;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_names_free(&equality.themes);
	acc_names_free(&equality.groups);
	free(equality.row);
}

const struct acc_figure acc_figure_groups = {
    .key = "groups",
    .title = "agreement by group, with the test that all groups are equal",
    .needs = "compare",
    .applies = applies,
    .draw = draw,
};
