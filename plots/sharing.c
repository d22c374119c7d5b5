#include "plots/sharing.h"
#include "plots/drawn_layer.h"
#include "plots/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool
of_quantity(const struct acc_table *table, size_t row, const char *quantity)
{
	return *acc_table_text(table, row, "theme") &&
	       !strcmp(acc_table_text(table, row, "what"), "prevalence") &&
	       !strcmp(acc_table_text(table, row, "quantity"), quantity);
}

static bool
drawn(const struct acc_sharing *sharing, size_t row, const char *kind)
{
	return of_quantity(sharing->table, row, sharing->quantity) &&
	       !strcmp(acc_table_text(sharing->table, row, "layer"), sharing->layer) &&
	       !strcmp(acc_table_text(sharing->table, row, "kind"), kind);
}

bool
acc_sharing_choose(struct acc_sharing *sharing, const struct acc_figure_options *options)
{
	static const char *const quantities[] = {"density", "mention_rate"};
	for (size_t q = 0; q < 2; q++) {
		sharing->quantity = quantities[q];
		sharing->layer =
		    acc_drawn_layer(sharing->table, options->layer, of_quantity, quantities[q]);
		if (sharing->layer)
			return true;
	}
	return false;
}

static double
percent(const struct acc_sharing *sharing, size_t row, const char *column)
{
	return 100 * acc_table_number(sharing->table, row, column);
}

static void
gather(struct acc_sharing *sharing)
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
list_pairs(struct acc_sharing *sharing)
{
	size_t n = sharing->groups.count;
	sharing->pair = calloc(n + 3, sizeof *sharing->pair);
	if (!sharing->pair)
		return false;
	for (size_t second = 2; second <= n; second++)
		sharing->pair[sharing->pairs++] = (struct acc_sharing_pair){1, second, second};
	if (n == 3)
		sharing->pair[sharing->pairs++] = (struct acc_sharing_pair){2, 3, 4};
	return true;
}

/* Number of the pair a difference belongs to, or 0; `sign` says which way round it is. */
static size_t
find_pair(const struct acc_sharing *sharing, size_t row, double *sign)
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
overall(const struct acc_sharing *sharing, const char *theme)
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
sort_themes(struct acc_sharing *sharing)
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

bool
acc_sharing_make(struct acc_sharing *sharing)
{
	gather(sharing);
	return !sharing->themes.failed && !sharing->groups.failed && sort_themes(sharing) &&
	       list_pairs(sharing);
}

void
acc_sharing_free(struct acc_sharing *sharing)
{
	acc_names_free(&sharing->themes);
	acc_names_free(&sharing->groups);
	free(sharing->order);
	free(sharing->pair);
}

/* ---- data ---- */

static void
put_numbers(struct acc_text *data, double value, double low, double high)
{
	acc_data_number(data, value);
	acc_data_number(data, low);
	acc_data_number(data, high);
}

/* The row from the lowest to the highest group of a theme. */
static void
put_range(const struct acc_sharing *sharing, size_t place, const char *theme, struct acc_text *data)
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
put_estimate(const struct acc_sharing *sharing, size_t place, size_t row, struct acc_text *data)
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
put_difference(struct acc_sharing *sharing, size_t place, size_t row, struct acc_text *data)
{
	double sign;
	size_t p = find_pair(sharing, row, &sign);
	if (!p)
		return;
	double value = sign * percent(sharing, row, "value");
	double low = sign * percent(sharing, row, sign > 0 ? "ci_low" : "ci_high");
	double high = sign * percent(sharing, row, sign > 0 ? "ci_high" : "ci_low");
	const struct acc_sharing_pair *pair = &sharing->pair[p - 1];
	acc_text_printf(data, "%zu\t%zu\t%zu\t%zu", place, pair->first, pair->second, p);
	put_numbers(data, value, low, high);
	acc_text_put(data, "\tNaN\tNaN\n");
	sharing->largest = fmax(sharing->largest, fabs(value));
	sharing->least = fmin(sharing->least, fmin(value, low));
	sharing->most = fmax(sharing->most, fmax(value, high));
}

void
acc_sharing_data(struct acc_sharing *sharing, struct acc_text *data, struct acc_facts *facts)
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
