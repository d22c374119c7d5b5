#include "plots/upset_sets.h"

#include "plots/order.h"
#include "plots/theme_list.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool
acc_upset_row(const struct acc_upset *upset, size_t row)
{
	return !strcmp(acc_table_text(upset->table, row, "layer"), upset->layer);
}

/* ---- themes ---- */

/* The index of a theme; a new one is copied. */
static size_t
theme_of(struct acc_upset *upset, const char *name)
{
	size_t at = acc_names_find(&upset->themes, name), count = upset->themes.count;
	if (at < count)
		return at;
	struct acc_text *text = reallocarray(upset->text, count + 1, sizeof *text);
	if (!text) {
		upset->themes.failed = true;
		return 0;
	}
	upset->text = text;
	text[count] = (struct acc_text){0};
	acc_text_put(&text[count], name);
	if (text[count].failed)
		upset->themes.failed = true;
	else
		acc_names_add(&upset->themes, text[count].bytes);
	if (upset->themes.count == count) { /* out of memory, or a theme without a name */
		acc_text_free(&text[count]);
		upset->themes.failed = true;
	}
	return at;
}

void
acc_upset_each(struct acc_upset *upset, const char *themes,
	       void (*act)(struct acc_upset *, size_t theme, void *context), void *context)
{
	struct acc_text name = {0};
	while (acc_theme_list_next(&themes, &name) && !upset->themes.failed) {
		size_t theme = theme_of(upset, name.bytes ? name.bytes : "");
		if (act && !upset->themes.failed)
			act(upset, theme, context);
	}
	upset->themes.failed |= name.failed;
	acc_text_free(&name);
}

static void
add_total(struct acc_upset *upset, size_t theme, void *context)
{
	upset->total[theme] += *(const double *)context;
}

static void
add_alone(struct acc_upset *upset, size_t theme, void *context)
{
	upset->alone[theme] += *(const double *)context;
}

/* ---- sets ---- */

/* Rows that are counted: over all groups, or else of each. */
static bool
is_counted(const struct acc_upset *upset, size_t row)
{
	return acc_upset_row(upset, row) &&
	       (!upset->over_all || !*acc_table_text(upset->table, row, "group"));
}

size_t
acc_upset_of(const struct acc_upset *upset, size_t row)
{
	const char *themes = acc_table_text(upset->table, row, "themes");
	return *themes ? acc_names_find(&upset->sets, themes) : upset->sets.count;
}

bool
acc_upset_make(struct acc_upset *upset)
{
	const struct acc_table *table = upset->table;
	for (size_t r = 0; r < table->rows; r++) {
		if (!acc_upset_row(upset, r))
			continue;
		upset->over_all |= !*acc_table_text(table, r, "group");
		upset->least = acc_table_number(table, r, "size") >= 2 ? 2 : upset->least;
		acc_names_add(&upset->groups, acc_table_text(table, r, "group"));
		acc_names_add(&upset->sets, acc_table_text(table, r, "themes"));
		acc_upset_each(upset, acc_table_text(table, r, "themes"), NULL, NULL);
	}
	upset->total = calloc(upset->themes.count + 1, sizeof *upset->total);
	upset->order = calloc(upset->themes.count + 1, sizeof *upset->order);
	upset->alone = calloc(upset->themes.count + 1, sizeof *upset->alone);
	upset->count = calloc(upset->sets.count + 1, sizeof *upset->count);
	upset->drawn_count = calloc(upset->sets.count + 1, sizeof *upset->drawn_count);
	upset->rank = calloc(upset->sets.count + 1, sizeof *upset->rank);
	if (!upset->total || !upset->order || !upset->alone || !upset->count ||
	    !upset->drawn_count || !upset->rank || upset->themes.failed || upset->sets.failed ||
	    upset->groups.failed)
		return false;
	for (size_t r = 0; r < table->rows; r++) {
		double n = acc_table_number(table, r, "n");
		if (!is_counted(upset, r) || isnan(n))
			continue;
		double size = acc_table_number(table, r, "size");
		upset->count[acc_upset_of(upset, r)] += n;
		if (size >= (double)upset->least)
			upset->drawn_count[acc_upset_of(upset, r)] += n;
		upset->units += n;
		acc_upset_each(upset, acc_table_text(table, r, "themes"), add_total, &n);
		if (!(size > 1))
			acc_upset_each(upset, acc_table_text(table, r, "themes"), add_alone, &n);
	}
	acc_rank(upset->total, upset->themes.count, upset->order);
	acc_rank(upset->drawn_count, upset->sets.count + 1, upset->rank);
	return true;
}

size_t
acc_upset_count(const struct acc_upset *upset)
{
	size_t sets = 0;
	double fewest = upset->drawn_count[upset->rank[0]] > 1 ? 1.5 : 0.5;
	while (sets < ACC_UPSET_MOST && sets <= upset->sets.count &&
	       upset->drawn_count[upset->rank[sets]] > fewest)
		sets++;
	return sets;
}

void
acc_upset_free(struct acc_upset *upset)
{
	for (size_t t = 0; t < upset->themes.count; t++)
		acc_text_free(&upset->text[t]);
	free(upset->text);
	acc_names_free(&upset->themes);
	acc_names_free(&upset->sets);
	acc_names_free(&upset->groups);
	free(upset->total);
	free(upset->order);
	free(upset->alone);
	free(upset->count);
	free(upset->drawn_count);
	free(upset->rank);
}
