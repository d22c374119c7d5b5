#include "plots/drawing.h"
#include "plots/drawn_layer.h"
#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Saturation: how many themes each group has named after so many participants (A), and at the same
 * coverage (B). */

struct saturation {
	const struct acc_table *table;
	const char *layer;
	struct acc_names groups;
	size_t *first; /* [groups + 1] rows of the data file */
	double most_participants, most_themes, least_coverage, common;
	double least_people, most_people; /* participants in a group */
};

static bool
of_quantity(const struct saturation *saturation, size_t row, const char *quantity)
{
	const struct acc_table *table = saturation->table;
	return !strcmp(acc_table_text(table, row, "quantity"), quantity) &&
	       !strcmp(acc_table_text(table, row, "layer"), saturation->layer);
}

static bool
has_value(const struct acc_table *table, size_t row, const char *quantity)
{
	return !strcmp(acc_table_text(table, row, "quantity"), quantity) &&
	       !isnan(acc_table_number(table, row, "value"));
}

static bool
choose(struct saturation *saturation, const struct acc_figure_options *options)
{
	saturation->layer = acc_drawn_layer(saturation->table, options->layer, has_value, "themes");
	return saturation->layer != NULL;
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	struct saturation saturation = {.table = results->saturation};
	*why = "it needs the results of `accord saturate`";
	if (!saturation.table)
		return false;
	*why = "the results of `accord saturate` have no themes in this layer";
	if (!choose(&saturation, options))
		return false;
	return !acc_too_many(saturation.table, NULL, NULL, why);
}

/* Groups; without any, all participants are one. */
static bool
gather(struct saturation *saturation)
{
	const struct acc_table *table = saturation->table;
	for (size_t r = 0; r < table->rows; r++)
		if (of_quantity(saturation, r, "themes"))
			acc_names_add(&saturation->groups, acc_table_text(table, r, "group"));
	saturation->least_coverage = 1;
	saturation->common = NAN;
	saturation->first = calloc(saturation->groups.count + 2, sizeof *saturation->first);
	return saturation->first && !saturation->groups.failed;
}

static void
put_point(struct saturation *saturation, size_t group, size_t r, struct acc_text *data)
{
	const struct acc_table *table = saturation->table;
	double participants = acc_table_number(table, r, "participants");
	double themes = acc_table_number(table, r, "value");
	double high = acc_table_number(table, r, "high");
	double coverage = acc_table_number(table, r, "coverage");
	acc_text_printf(data, "%zu", group);
	acc_data_number(data, participants);
	acc_data_number(data, themes);
	acc_data_number(data, acc_table_number(table, r, "low"));
	acc_data_number(data, high);
	acc_data_number(data, 100 * coverage);
	acc_text_put(data, "\n");
	saturation->most_participants = fmax(saturation->most_participants, participants);
	/* A band that is far wider than the curve is cut. */
	double top = fmax(saturation->most_themes, themes);
	saturation->most_themes = fmax(top, isnan(high) ? 0 : fmin(high, 1.25 * themes));
	saturation->least_coverage = fmin(saturation->least_coverage, coverage);
}

static void
put_data(struct saturation *saturation, struct acc_text *data, struct acc_facts *facts)
{
	const struct acc_table *table = saturation->table;
	size_t groups = saturation->groups.count, row = 0;
	acc_text_put(data, "# group: its number, label L[group] in saturation.gp; coverage: per "
			   "cent\n"
			   "group\tparticipants\tthemes\tlow\thigh\tcoverage\n");
	for (size_t g = 0; g < (groups ? groups : 1); g++) {
		const char *name = groups ? saturation->groups.name[g] : "";
		saturation->first[g] = row;
		for (size_t r = 0; r < table->rows; r++) {
			if (strcmp(acc_table_text(table, r, "group"), name))
				continue;
			if (of_quantity(saturation, r, "themes")) {
				put_point(saturation, g + 1, r, data);
				acc_facts_row(facts, table, r);
				row++;
			} else if (of_quantity(saturation, r, "themes_at_coverage"))
				saturation->common = acc_table_number(table, r, "coverage");
		}
		double people = (double)(row - saturation->first[g]);
		bool fewest = g == 0 || people < saturation->least_people;
		saturation->least_people = fewest ? people : saturation->least_people;
		saturation->most_people = fmax(saturation->most_people, people);
	}
	saturation->first[groups ? groups : 1] = row;
}

/* A round step that divides a range into eight parts at most. */
static double
round_step(double range)
{
	double step = 1;
	for (int i = 0; range / step > 8; i++)
		step *= i % 3 == 1 ? 2.5 : 2;
	return ceil(step);
}

static void
put_script(const struct saturation *saturation, const struct acc_labels *labels, double level,
	   struct acc_text *gp)
{
	size_t groups = saturation->groups.count ? saturation->groups.count : 1;
	double across = round_step(saturation->most_participants);
	double up = round_step(saturation->most_themes);
	double from = 10 * floor(10 * saturation->least_coverage - 0.01);
	acc_script_open(gp, "saturation", "Themes by number of participants, per group.");
	acc_text_put(gp, "# ---- what an author may want to change\n");
	acc_text_printf(gp, "PMAX = %g; PSTEP = %g; TMAX = %g; TSTEP = %g\n",
			fmax(1, saturation->most_participants), across,
			up * fmax(1, ceil(saturation->most_themes / up - 1e-9)), up);
	acc_text_printf(gp, "CMIN = %g; CSTEP = %g                     # per cent, panel B\n",
			fmin(90, fmax(0, from)),
			from > 70   ? 5.0
			: from > 30 ? 10.0
				    : 20.0);
	acc_text_printf(gp,
			"COMMON = %s%g              # coverage that all groups reach, per cent\n",
			"", isnan(saturation->common) ? -1 : 100 * saturation->common);
	acc_text_printf(gp, "YLABEL = \"Themes (%g%% CI)\"\n", 100 * level);
	acc_text_put(gp, "XLABEL = \"Participants\"\nCLABEL = \"Coverage of mentions (%)\"\n"
			 "TALLEST_PANEL = 58                     # mm\n\n");
	acc_text_printf(gp,
			"R = 0; G = %zu                            # groups\n"
			"NAMED = %d                              # they have names\n",
			groups, saturation->groups.count > 0);
	struct acc_array first = {0};
	for (size_t g = 0; g <= groups; g++)
		acc_text_printf(acc_array_next(&first), "%zu", saturation->first[g]);
	acc_array_put(&first, "FIRST", "                   # rows of the data\n", gp);
	acc_array_free(&first);
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_saturation);
}

static void
put_number(struct acc_text *text, double value)
{
	acc_text_printf(text, fabs(value - round(value)) < 0.05 ? "%.0f" : "%.1f", value);
}

/* "students 9.2 [9.0, 12.5]; ..." */
static void
put_asymptotes(const struct saturation *saturation, struct acc_text *caption)
{
	const struct acc_table *table = saturation->table;
	const char *separator = " Themes expected in the end (Chao2): ";
	for (size_t r = 0; r < table->rows; r++) {
		const char *group = acc_table_text(table, r, "group");
		double value = acc_table_number(table, r, "value");
		double low = acc_table_number(table, r, "low");
		if (!of_quantity(saturation, r, "chao2") || isnan(value) ||
		    (saturation->groups.count && !*group))
			continue;
		acc_text_put(caption, separator);
		acc_label_clean(caption, group, ACC_LABEL_ROW);
		acc_text_put(caption, *group ? " " : "");
		put_number(caption, value);
		if (!isnan(low)) {
			acc_text_put(caption, " [");
			put_number(caption, low);
			acc_text_put(caption, ", ");
			put_number(caption, acc_table_number(table, r, "high"));
			acc_text_put(caption, "]");
		}
		separator = "; ";
	}
	acc_text_put(caption, *separator == ';' ? "." : "");
}

static void
put_caption(const struct saturation *saturation, const struct acc_facts *facts,
	    struct acc_text *caption)
{
	acc_text_printf(caption, "Themes named by the first so many participants");
	acc_text_put(caption, saturation->groups.count ? " of each group" : "");
	acc_text_printf(caption,
			", as the mean of all orders in which they could have been asked, with "
			"bands of %g%% confidence (the larger error of two: Colwell, Mao & Chang, "
			"and the jackknife over participants; ",
			facts->level > 0 ? 100 * facts->level : 95);
	if (saturation->most_people > saturation->least_people)
		acc_text_printf(caption, "%.0f to %.0f participants).", saturation->least_people,
				saturation->most_people);
	else
		acc_text_printf(caption, "%.0f participants).", saturation->most_people);
	acc_text_put(caption, " Layer of codings: ");
	acc_label_clean(caption, saturation->layer, 0);
	acc_text_put(caption,
		     ". Panel B: the same by coverage, the estimated share of all mentions that "
		     "are of themes named so far");
	acc_text_put(caption, isnan(saturation->common)
				  ? "."
				  : "; dashed: the coverage that every group reaches, where "
				    "groups of unequal size can be compared.");
	put_asymptotes(saturation, caption);
	acc_text_put(caption, " Where the band ends, no theme is left that only one participant "
			      "named, and there is no interval.");
}

static void
put_alt(const struct saturation *saturation, const struct acc_facts *facts,
	struct acc_bundle *bundle)
{
	struct acc_text opening = {0};
	acc_text_put(&opening, "Curves of the number of themes by the number of participants, ");
	acc_alt_count(&opening, saturation->groups.count ? saturation->groups.count : 1, "curve",
		      "curves");
	acc_text_put(&opening, " with bands, rising and flattening as fewer themes are new; panel "
			       "B: the same by coverage of mentions.");
	acc_alt_add(bundle, "saturation", &opening, facts);
	acc_text_free(&opening);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	struct saturation saturation = {.table = results->saturation};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	bool ready = choose(&saturation, options) && gather(&saturation);
	for (size_t g = 0; g < saturation.groups.count; g++)
		acc_labels_add(&labels, saturation.groups.name[g], ACC_LABEL_ROW);
	if (!saturation.groups.count)
		acc_labels_add(&labels, "All", ACC_LABEL_ROW);
	if (ready) {
		put_data(&saturation, acc_bundle_add(bundle, "saturation.dat"), &facts);
		put_script(&saturation, &labels, facts.level > 0 ? facts.level : 0.95, &script);
	}
	acc_script_add(bundle, "saturation.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "saturation.caption.txt");
	if (ready)
		put_caption(&saturation, &facts, caption);
	acc_caption_close(caption, &facts, &labels, results);
	put_alt(&saturation, &facts, bundle);
	bundle->failed |= !ready;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_names_free(&saturation.groups);
	free(saturation.first);
}

const struct acc_figure acc_figure_saturation = {
    .key = "saturation",
    .title = "themes by number of participants, per group, with bands",
    .needs = "saturate",
    .applies = applies,
    .draw = draw,
};
