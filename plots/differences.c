#include "plots/differences.h"

#include "plots/drawn_layer.h"
#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct acc_edge_weight weights[] = {
    {"log_odds_ratio", "Ratio of odds ratios",
     "odds ratio in the first group over that in the other",
     "v >= 9.95 ? sprintf(\"%.0f\", v) : v >= 0.995 ? sprintf(\"%.1f\", v) : \\\n"
     "    bare(sprintf(\"%.2f\", v))",
     true, 2, 4, 2.6},
    {"npmi", "Difference in normalised PMI", "first group minus the other", "stat(v)", false, 0.2,
     2, 3.7},
};

static bool
is_row(const struct acc_table *table, size_t row, const char *kind, const char *weight)
{
	return !strcmp(acc_table_text(table, row, "what"), "cooccurrence") &&
	       !strcmp(acc_table_text(table, row, "kind"), kind) &&
	       !strcmp(acc_table_text(table, row, "quantity"), weight) &&
	       *acc_table_text(table, row, "theme_b");
}

static bool
is_difference(const struct acc_table *table, size_t row, const char *weight)
{
	return is_row(table, row, "difference", weight);
}

bool
acc_differences_choose(struct acc_differences *difference, const struct acc_results *results,
		       const struct acc_figure_options *options)
{
	difference->table = difference->pairs.table = results->comparison;
	for (size_t w = 0; w < sizeof weights / sizeof *weights; w++) {
		if (options->measure && strcmp(options->measure, weights[w].key) &&
		    !(weights[w].ratio && !strcmp(options->measure, "odds_ratio")))
			continue;
		difference->weight = &weights[w];
		difference->pairs.layer = acc_drawn_layer(results->comparison, options->layer,
							  is_difference, weights[w].key);
		if (difference->pairs.layer)
			return true;
	}
	return false;
}

bool
acc_differences_drawn(const struct acc_differences *difference, size_t row, const char *kind)
{
	return is_row(difference->table, row, kind, difference->weight->key) &&
	       acc_pairs_drawn(&difference->pairs, row);
}

/* ---- panels and themes ---- */

size_t
acc_differences_panel(const struct acc_differences *difference, size_t row)
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
list_panels(struct acc_differences *difference)
{
	const struct acc_table *table = difference->table;
	difference->side = calloc(ACC_MOST_GROUPS + 3, sizeof *difference->side);
	for (size_t r = 0; difference->side && r < table->rows; r++) {
		if (!acc_differences_drawn(difference, r, "difference"))
			continue;
		const char *group = acc_table_text(table, r, "group");
		bool first = !acc_names_add(&difference->pairs.groups, group);
		acc_names_add(&difference->pairs.groups, acc_table_text(table, r, "versus"));
		acc_names_add(&difference->pairs.themes, acc_table_text(table, r, "theme"));
		acc_names_add(&difference->pairs.themes, acc_table_text(table, r, "theme_b"));
		if (acc_differences_panel(difference, r) == difference->panels &&
		    (first || difference->pairs.groups.count <= 3) &&
		    difference->panels < ACC_MOST_GROUPS + 3)
			difference->side[difference->panels++] =
			    (struct acc_sides){group, acc_table_text(table, r, "versus")};
	}
	return difference->side && !difference->pairs.groups.failed &&
	       !difference->pairs.themes.failed;
}

/* With more than three groups the pairs without the first were taken while they seemed few. */
static void
keep_first(struct acc_differences *difference)
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
fill_distances(const struct acc_differences *difference, double *distance)
{
	const struct acc_names *themes = &difference->pairs.themes;
	const struct acc_table *table = difference->table;
	size_t n = themes->count;
	double *groups = calloc(n * n + 1, sizeof *groups);
	for (size_t r = 0; groups && r < table->rows; r++) {
		double value = acc_table_number(table, r, "value");
		if (!acc_differences_drawn(difference, r, "estimate") || isnan(value))
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
sort_themes(struct acc_differences *difference, const struct acc_results *results,
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

double
acc_differences_clusters(const struct acc_differences *difference, const char *group)
{
	double most = 0;
	for (size_t r = 0; r < difference->table->rows; r++)
		if (acc_differences_drawn(difference, r, "estimate") &&
		    !strcmp(acc_table_text(difference->table, r, "group"), group))
			most = fmax(most, acc_table_number(difference->table, r, "clusters"));
	return most;
}

bool
acc_differences_make(struct acc_differences *difference, const struct acc_results *results,
		     const struct acc_figure_options *options)
{
	if (!list_panels(difference))
		return false;
	keep_first(difference);
	return sort_themes(difference, results, options);
}

void
acc_differences_free(struct acc_differences *difference)
{
	acc_theme_pairs_free(&difference->pairs);
	free(difference->side);
	*difference = (struct acc_differences){0};
}
