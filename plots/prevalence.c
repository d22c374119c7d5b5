#include "plots/drawing.h"
#include "plots/order.h"
#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Dumbbells: how common each theme is in each group (A) and the differences between groups (B). */

struct pair {
	size_t first, second, look; /* groups from 1, and whose mark it wears */
};

struct sharing {
	const struct acc_table *table;
	const char *quantity, *layer;
	struct acc_names themes, groups;
	size_t *order;     /* [themes] in drawing order */
	struct pair *pair; /* [pairs] */
	size_t pairs;
	/* Per cent: the highest share and upper end of its interval, the largest difference and the
	 * ends of their intervals. */
	double highest, top, largest, least, most;
};

static bool
of_quantity(const struct acc_table *table, size_t row, const char *quantity)
{
	return *acc_table_text(table, row, "theme") &&
	       !strcmp(acc_table_text(table, row, "what"), "prevalence") &&
	       !strcmp(acc_table_text(table, row, "quantity"), quantity);
}

static bool
drawn(const struct sharing *sharing, size_t row, const char *kind)
{
	return of_quantity(sharing->table, row, sharing->quantity) &&
	       !strcmp(acc_table_text(sharing->table, row, "layer"), sharing->layer) &&
	       !strcmp(acc_table_text(sharing->table, row, "kind"), kind);
}

/* The layer to draw of a quantity: the one asked for, or `majority`, or the first. */
static const char *
choose_layer(const struct acc_table *table, const char *quantity, const char *layer)
{
	const char *first = NULL;
	for (size_t r = 0; r < table->rows; r++) {
		if (!of_quantity(table, r, quantity))
			continue;
		const char *this = acc_table_text(table, r, "layer");
		if (!strcmp(this, layer ? layer : "majority"))
			return this;
		first = first ? first : this;
	}
	return layer ? NULL : first;
}

/* Shares of units; without them, of participants. */
static bool
choose(struct sharing *sharing, const struct acc_figure_options *options)
{
	static const char *const quantities[] = {"density", "mention_rate"};
	for (size_t q = 0; q < 2; q++) {
		sharing->quantity = quantities[q];
		sharing->layer = choose_layer(sharing->table, quantities[q], options->layer);
		if (sharing->layer)
			return true;
	}
	return false;
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	*why = "it needs the results of `accord compare`";
	struct sharing sharing = {.table = results->comparison};
	if (!sharing.table)
		return false;
	*why = "the results of `accord compare` have no prevalence of this layer";
	if (!choose(&sharing, options))
		return false;
	return !acc_too_many(results->comparison, "theme", NULL, why);
}

static double
percent(const struct sharing *sharing, size_t row, const char *column)
{
	return 100 * acc_table_number(sharing->table, row, column);
}

static void
gather(struct sharing *sharing)
{
	const struct acc_table *table = sharing->table;
	for (size_t r = 0; r < table->rows; r++)
		if (drawn(sharing, r, "estimate")) {
			acc_names_add(&sharing->themes, acc_table_text(table, r, "theme"));
			acc_names_add(&sharing->groups, acc_table_text(table, r, "group"));
			sharing->highest = fmax(sharing->highest, percent(sharing, r, "value"));
			sharing->top = fmax(sharing->top, percent(sharing, r, "ci_high"));
		}
}

/* Every pair of up to three groups; of more, the first with each other one. */
static bool
list_pairs(struct sharing *sharing)
{
	size_t n = sharing->groups.count;
	sharing->pair = calloc(n + 3, sizeof *sharing->pair);
	if (!sharing->pair)
		return false;
	for (size_t second = 2; second <= n; second++)
		sharing->pair[sharing->pairs++] = (struct pair){1, second, second};
	if (n == 3)
		sharing->pair[sharing->pairs++] = (struct pair){2, 3, 4};
	return true;
}

/* Number of the pair a difference belongs to, or 0; `sign` says which way round it is. */
static size_t
find_pair(const struct sharing *sharing, size_t row, double *sign)
{
	const struct acc_table *table = sharing->table;
	size_t g = acc_names_find(&sharing->groups, acc_table_text(table, row, "group")) + 1;
	size_t v = acc_names_find(&sharing->groups, acc_table_text(table, row, "versus")) + 1;
	*sign = g < v ? 1 : -1;
	for (size_t p = 0; p < sharing->pairs; p++)
		if (sharing->pair[p].first == (g < v ? g : v) &&
		    sharing->pair[p].second == (g < v ? v : g))
			return p + 1;
	return 0;
}

/* Share of a theme over all groups; without one, the mean of its groups. */
static double
overall(const struct sharing *sharing, const char *theme)
{
	double sum = 0, values = 0;
	for (size_t r = 0; r < sharing->table->rows; r++) {
		double value = percent(sharing, r, "value");
		if (!drawn(sharing, r, "estimate") || isnan(value) ||
		    strcmp(acc_table_text(sharing->table, r, "theme"), theme))
			continue;
		if (!*acc_table_text(sharing->table, r, "group"))
			return value;
		sum += value;
		values++;
	}
	return values > 0 ? sum / values : -1;
}

static bool
sort_themes(struct sharing *sharing)
{
	size_t n = sharing->themes.count;
	double *value = calloc(n + 1, sizeof *value);
	sharing->order = calloc(n + 1, sizeof *sharing->order);
	bool ready = value && sharing->order;
	for (size_t t = 0; ready && t < n; t++)
		value[t] = overall(sharing, sharing->themes.name[t]);
	if (ready)
		acc_rank(value, n, sharing->order);
	free(value);
	return ready;
}

static void
put_numbers(struct acc_text *data, double value, double low, double high)
{
	acc_data_number(data, value);
	acc_data_number(data, low);
	acc_data_number(data, high);
}

/* The row from the lowest to the highest group of a theme. */
static void
put_range(const struct sharing *sharing, size_t place, const char *theme, struct acc_text *data)
{
	double low = NAN, high = NAN;
	for (size_t r = 0; r < sharing->table->rows; r++)
		if (drawn(sharing, r, "estimate") && *acc_table_text(sharing->table, r, "group") &&
		    !strcmp(acc_table_text(sharing->table, r, "theme"), theme)) {
			low = fmin(low, percent(sharing, r, "value"));
			high = fmax(high, percent(sharing, r, "value"));
		}
	acc_text_printf(data, "%zu\t0\t0\t0", place);
	put_numbers(data, NAN, low, high);
	acc_text_put(data, "\tNaN\tNaN\n");
}

static void
put_estimate(const struct sharing *sharing, size_t place, size_t row, struct acc_text *data)
{
	const struct acc_table *table = sharing->table;
	const char *group = acc_table_text(table, row, "group");
	if (sharing->groups.count && !*group)
		return;
	size_t g = *group ? acc_names_find(&sharing->groups, group) : 0;
	acc_text_printf(data, "%zu\t%zu\t0\t0", place, g + 1);
	put_numbers(data, percent(sharing, row, "value"), percent(sharing, row, "ci_low"),
		    percent(sharing, row, "ci_high"));
	acc_data_number(data, acc_table_number(table, row, "count"));
	acc_data_number(data, acc_table_number(table, row, "total"));
	acc_text_put(data, "\n");
}

static void
put_difference(struct sharing *sharing, size_t place, size_t row, struct acc_text *data)
{
	double sign;
	size_t p = find_pair(sharing, row, &sign);
	if (!p)
		return;
	double value = sign * percent(sharing, row, "value");
	double low = sign * percent(sharing, row, sign > 0 ? "ci_low" : "ci_high");
	double high = sign * percent(sharing, row, sign > 0 ? "ci_high" : "ci_low");
	const struct pair *pair = &sharing->pair[p - 1];
	acc_text_printf(data, "%zu\t%zu\t%zu\t%zu", place, pair->first, pair->second, p);
	put_numbers(data, value, low, high);
	acc_text_put(data, "\tNaN\tNaN\n");
	sharing->largest = fmax(sharing->largest, fabs(value));
	sharing->least = fmin(sharing->least, fmin(value, low));
	sharing->most = fmax(sharing->most, fmax(value, high));
}

static void
put_data(struct sharing *sharing, struct acc_text *data, struct acc_facts *facts)
{
	const struct acc_table *table = sharing->table;
	acc_text_put(data,
		     "# row: number of the theme, label L[row] in prevalence.gp; pair 0: share in "
		     "a group (group 0: lowest and highest group);\n"
		     "# pair 1, 2, ...: difference group - versus, percentage points\n"
		     "row\tgroup\tversus\tpair\tpercent\tlow\thigh\tcount\ttotal\n");
	for (size_t place = 0; place < sharing->themes.count; place++) {
		const char *theme = sharing->themes.name[sharing->order[place]];
		put_range(sharing, place + 1, theme, data);
		for (size_t r = 0; r < table->rows; r++) {
			if (strcmp(acc_table_text(table, r, "theme"), theme))
				continue;
			if (drawn(sharing, r, "estimate")) {
				put_estimate(sharing, place + 1, r, data);
				acc_facts_row(facts, table, r);
			} else if (drawn(sharing, r, "difference"))
				put_difference(sharing, place + 1, r, data);
		}
	}
}

/* A round step that divides a range into six parts at most. */
static double
round_step(double range)
{
	static const double steps[] = {1, 2, 5, 10, 20, 25, 50};
	size_t s = 0;
	while (s + 1 < sizeof steps / sizeof *steps && range / steps[s] > 6)
		s++;
	return steps[s];
}

static void
put_pairs(const struct sharing *sharing, struct acc_text *gp)
{
	static const char *const name[] = {"FIRST", "SECOND", "LOOK"};
	for (size_t part = 0; part < 3; part++) {
		struct acc_array array = {0};
		for (size_t p = 0; p < sharing->pairs; p++) {
			const struct pair *pair = &sharing->pair[p];
			acc_text_printf(acc_array_next(&array), "%zu",
					part == 0   ? pair->first
					: part == 1 ? pair->second
						    : pair->look);
		}
		if (!sharing->pairs)
			acc_text_put(acc_array_next(&array), "1");
		acc_array_put(&array, name[part], "", gp);
		acc_array_free(&array);
	}
}

/* The scales hold all values; an interval that is far wider (few clusters) ends in an arrow. */
static void
put_scales(const struct sharing *sharing, struct acc_text *gp)
{
	double most =
	    fmax(1, fmin(100, fmax(sharing->highest, fmin(sharing->top, 2 * sharing->highest))));
	double step = round_step(most), reach = fmax(5, 2 * sharing->largest);
	double low = fmax(sharing->least, -reach), high = fmin(sharing->most, reach);
	double difference_step = round_step(fmax(1, high - low));
	acc_text_printf(gp, "XMAX = %g; XSTEP = %g                   # per cent\n",
			step * ceil(most / step - 1e-9), step);
	acc_text_printf(gp,
			"DMIN = %g; DMAX = %g; DSTEP = %g        # percentage points, panel B\n",
			difference_step * floor(low / difference_step),
			difference_step * fmax(1, ceil(high / difference_step)), difference_step);
}

static void
put_script(const struct sharing *sharing, const struct acc_labels *labels, double level,
	   struct acc_text *gp)
{
	bool differences = sharing->most > sharing->least;
	acc_script_open(gp, "prevalence", "How common each theme is in each group.");
	acc_text_put(gp, "# ---- what an author may want to change\n");
	put_scales(sharing, gp);
	acc_text_printf(gp, "XLABEL = \"%s (%%, %g%% CI)\"\n",
			strcmp(sharing->quantity, "density") ? "Participants who mention the theme"
							     : "Units with the theme",
			100 * level);
	acc_text_printf(gp, "DLABEL = \"Difference (percentage points, %g%% CI)\"\n", 100 * level);
	acc_text_printf(gp, "DIFFERENCES = %d                         # panel B\n\n", differences);
	acc_text_printf(
	    gp,
	    "R = %zu; G = %zu; P = %zu               # themes, groups, pairs of groups\n"
	    "NAMED = %d                              # there are groups, and they have names\n",
	    sharing->themes.count, sharing->groups.count ? sharing->groups.count : 1,
	    differences ? sharing->pairs : 0, sharing->groups.count > 0);
	put_pairs(sharing, gp);
	acc_text_put(gp, "\n");
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_prevalence);
}

static void
put_caption(const struct sharing *sharing, const struct acc_facts *facts, struct acc_text *caption)
{
	bool density = !strcmp(sharing->quantity, "density");
	acc_text_put(caption, density ? "Share of units with each theme"
				      : "Share of participants who mention each theme");
	acc_text_put(caption, sharing->groups.count ? " by group, with " : ", with ");
	acc_facts_put(facts, caption);
	acc_text_put(caption, ". Layer of codings: ");
	acc_label_clean(caption, sharing->layer, 0);
	acc_text_put(caption, ".");
	if (sharing->groups.count > 1)
		acc_text_put(caption, " Grey bar: from the lowest to the highest group.");
	if (sharing->most > sharing->least) {
		acc_text_put(caption, " Panel B (in a narrow figure, below): differences");
		acc_text_put(caption, sharing->groups.count > 3
					  ? " between the first group and each other one"
					  : " between the groups");
		acc_text_put(caption, " with their intervals, hollow where the interval includes 0 "
				      "or there is none; the "
				      "intervals are not corrected for the number of comparisons.");
	}
	acc_text_put(caption, " An arrow stands for an interval that goes on past the scale, an "
			      "open mark at 0 in panel A stands for a share that is not defined. "
			      "Themes are sorted by their share over all groups.");
}

static void
put_alt(const struct sharing *sharing, const struct acc_facts *facts, struct acc_bundle *bundle)
{
	struct acc_text opening = {0};
	bool density = !strcmp(sharing->quantity, "density");
	acc_text_put(&opening, "Dot plot of the share of ");
	acc_text_put(&opening,
		     density ? "units that have a theme: " : "participants who mention a theme: ");
	acc_alt_themes(&opening, sharing->themes.count, sharing->groups.count);
	acc_text_put(&opening, ", each a mark with its interval as a line");
	acc_text_put(&opening, sharing->most > sharing->least
				   ? "; panel B: the differences of the groups."
				   : ".");
	acc_alt_add(bundle, "prevalence", &opening, facts);
	acc_text_free(&opening);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	struct sharing sharing = {.table = results->comparison};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	bool ready = choose(&sharing, options);
	facts.counted =
	    ready && !strcmp(sharing.quantity, "mention_rate") ? "participants" : "units";
	gather(&sharing);
	ready = ready && sort_themes(&sharing) && list_pairs(&sharing);
	for (size_t t = 0; ready && t < sharing.themes.count; t++)
		acc_labels_row(&labels, sharing.themes.name[sharing.order[t]]);
	for (size_t g = 0; g < sharing.groups.count; g++)
		acc_labels_add(&labels, sharing.groups.name[g], ACC_LABEL_ROW);
	if (ready)
		put_data(&sharing, acc_bundle_add(bundle, "prevalence.dat"), &facts);
	put_script(&sharing, &labels, facts.level > 0 ? facts.level : 0.95, &script);
	acc_script_add(bundle, "prevalence.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "prevalence.caption.txt");
	put_caption(&sharing, &facts, caption);
	acc_caption_close(caption, &facts, &labels, results);
	put_alt(&sharing, &facts, bundle);
	bundle->failed |= !ready || sharing.themes.failed || sharing.groups.failed;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_names_free(&sharing.themes);
	acc_names_free(&sharing.groups);
	free(sharing.order);
	free(sharing.pair);
}

const struct acc_figure acc_figure_prevalence = {
    .key = "prevalence",
    .title = "how common each theme is in each group, and the differences",
    .needs = "compare",
    .applies = applies,
    .draw = draw,
};
