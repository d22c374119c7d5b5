#include "plots/pairs.h"

#include "plots/drawn_layer.h"
#include "plots/label.h"
#include "plots/order.h"
#include "stats/pair_test.h"
#include "stats/seriation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *
acc_pairs_layer(const struct acc_table *table, const char *layer)
{
	return acc_drawn_layer(table, layer, NULL, NULL);
}

bool
acc_pairs_drawn(const struct acc_theme_pairs *pairs, size_t row)
{
	return !strcmp(acc_table_text(pairs->table, row, "layer"), pairs->layer);
}

void
acc_pairs_places(const struct acc_theme_pairs *pairs, size_t row, size_t place[2])
{
	static const char *const column[] = {"theme_a", "theme_b"};
	for (size_t i = 0; i < 2; i++) {
		const char *name = acc_table_text(pairs->table, row, column[i]);
		place[i] = pairs->place[acc_names_find(&pairs->themes, name)];
	}
}

/* ---- making ---- */

void
acc_theme_pairs_free(struct acc_theme_pairs *pairs)
{
	acc_names_free(&pairs->themes);
	acc_names_free(&pairs->groups);
	free(pairs->distance);
	free(pairs->order);
	free(pairs->place);
	*pairs = (struct acc_theme_pairs){0};
}

static bool
gather(struct acc_theme_pairs *pairs)
{
	for (size_t r = 0; r < pairs->table->rows; r++) {
		if (!acc_pairs_drawn(pairs, r))
			continue;
		acc_names_add(&pairs->themes, acc_table_text(pairs->table, r, "theme_a"));
		acc_names_add(&pairs->themes, acc_table_text(pairs->table, r, "theme_b"));
		acc_names_add(&pairs->groups, acc_table_text(pairs->table, r, "group"));
	}
	return !pairs->themes.failed && !pairs->groups.failed;
}

/* Add n_ab to the pairs and units with either, from rows over all groups or of groups. Returns how
 * many units there were. */
static double
add_counts(const struct acc_theme_pairs *pairs, bool over_all, double *both, double *either)
{
	const struct acc_table *table = pairs->table;
	size_t n = pairs->themes.count;
	double sum = 0;
	for (size_t r = 0; r < table->rows; r++) {
		if (!acc_pairs_drawn(pairs, r) || !*acc_table_text(table, r, "group") != over_all)
			continue;
		size_t a = acc_names_find(&pairs->themes, acc_table_text(table, r, "theme_a"));
		size_t b = acc_names_find(&pairs->themes, acc_table_text(table, r, "theme_b"));
		double n_ab = acc_table_number(table, r, "n_ab");
		double n_or =
		    acc_table_number(table, r, "n_a") + acc_table_number(table, r, "n_b") - n_ab;
		if (a == n || b == n || isnan(n_or))
			continue;
		both[a * n + b] = both[b * n + a] += n_ab;
		either[a * n + b] = either[b * n + a] += n_or;
		sum += n_or;
	}
	return sum;
}

static bool
measure_distances(struct acc_theme_pairs *pairs)
{
	size_t n = pairs->themes.count;
	double *either = calloc(n * n + 1, sizeof *either);
	double *distance = pairs->distance = calloc(n * n + 1, sizeof *distance);
	if (either && distance && !(add_counts(pairs, true, distance, either) > 0))
		add_counts(pairs, false, distance, either);
	for (size_t k = 0; either && distance && k < n * n; k++)
		distance[k] = k % (n + 1) == 0 ? 0
			      : either[k] > 0  ? 1 - distance[k] / either[k]
					       : 1;
	free(either);
	return either && distance;
}

bool
acc_pairs_sort(struct acc_theme_pairs *pairs)
{
	size_t n = pairs->themes.count;
	pairs->order = calloc(n + 1, sizeof *pairs->order);
	pairs->place = calloc(n + 1, sizeof *pairs->place);
	if (!pairs->order || !pairs->place ||
	    acc_linkage_order(pairs->distance, n, pairs->order) != ACC_OK)
		return false;
	for (size_t p = 0; p < n; p++)
		pairs->place[pairs->order[p]] = p + 1;
	return true;
}

bool
acc_theme_pairs_make(struct acc_theme_pairs *pairs, const struct acc_table *table,
		     const char *layer)
{
	pairs->table = table;
	pairs->layer = layer;
	return gather(pairs) && measure_distances(pairs) && acc_pairs_sort(pairs);
}

double
acc_pairs_units(const struct acc_theme_pairs *pairs, const char *group, size_t place)
{
	const struct acc_table *table = pairs->table;
	const char *theme = pairs->themes.name[pairs->order[place - 1]];
	for (size_t r = 0; r < table->rows; r++) {
		bool first = !strcmp(acc_table_text(table, r, "theme_a"), theme);
		if (acc_pairs_drawn(pairs, r) &&
		    !strcmp(acc_table_text(table, r, "group"), group) &&
		    (first || !strcmp(acc_table_text(table, r, "theme_b"), theme)))
			return acc_table_number(table, r, first ? "n_a" : "n_b");
	}
	return NAN;
}

/* ---- tests ---- */

static const double error_rate = 0.05;

bool
acc_pairs_tested(const struct acc_theme_pairs *pairs)
{
	for (size_t r = 0; r < pairs->table->rows; r++)
		if (acc_pairs_drawn(pairs, r) &&
		    !isnan(acc_table_number(pairs->table, r, "p_adjusted")))
			return true;
	return false;
}

bool
acc_pairs_found(const struct acc_theme_pairs *pairs, size_t row)
{
	return acc_table_number(pairs->table, row, "p_adjusted") < error_rate;
}

/* ---- captions ---- */

void
acc_pairs_say_layer(const char *layer, struct acc_text *caption)
{
	static const char *const words[][2] = {
	    {"any", "if any coder applied it"},
	    {"all", "if all coders applied it"},
	    {"majority", "if more than half of the coders who looked applied it"},
	    {"mean", "by the share of the coders who looked that applied it"},
	    {"dawid_skene", "by its probability given all codings (Dawid and Skene’s model)"},
	};
	if (!strncmp(layer, "coder:", 6)) {
		acc_text_put(caption, ", as coded by ");
		acc_label_clean(caption, layer + 6, 0);
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(layer, words[i][0]))
			acc_text_printf(caption, "; a theme counts in a unit %s", words[i][1]);
}

void
acc_pairs_say_test(const struct acc_theme_pairs *pairs, struct acc_text *caption)
{
	const struct acc_table *table = pairs->table;
	const struct acc_pair_test *test = NULL;
	double least = INFINITY, most = 0;
	bool dependent = false;
	for (size_t r = 0; r < table->rows; r++) {
		if (!acc_pairs_drawn(pairs, r) || isnan(acc_table_number(table, r, "p_adjusted")))
			continue;
		test = acc_pair_test_find(acc_table_text(table, r, "test"));
		dependent = !strcmp(acc_table_text(table, r, "adjust"), "by");
		least = fmin(least, acc_table_number(table, r, "family"));
		most = fmax(most, acc_table_number(table, r, "family"));
	}
	acc_text_printf(caption, "%s, p adjusted by %s over the ", test ? test->name : "test",
			dependent ? "Benjamini and Yekutieli" : "Benjamini and Hochberg");
	if (least < most)
		acc_text_printf(caption, "%.0f to %.0f pairs of each panel", least, most);
	else
		acc_text_printf(caption, "%.0f pairs of each panel", most);
}
