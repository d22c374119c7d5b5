#include "plots/drawing.h"
#include "plots/drawn_layer.h"
#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Map of themes and groups (correspondence analysis): themes by name, groups with ellipses,
 * participants as small marks. One millimetre is as much on both axes. */

enum { THEME, GROUP, MEMBER, KINDS };
enum { MOST_NAMES_NARROW = 3 };

struct map {
	const struct acc_table *table;
	const char *layer;
	struct acc_names groups;
	size_t themes;
	double share[2]; /* of the two axes, per cent */
	double left, right, below, above;
	double level;
	size_t members;
	bool members_are_documents;
};

static bool
of_layer(const struct map *map, size_t row)
{
	return !strcmp(acc_table_text(map->table, row, "layer"), map->layer);
}

/* What a row is a point of; KINDS: of nothing. */
static size_t
kind_of(const struct map *map, size_t row)
{
	const char *kind = acc_table_text(map->table, row, "kind");
	if (!of_layer(map, row))
		return KINDS;
	if (!strcmp(kind, "theme"))
		return THEME;
	if (!strcmp(kind, "group"))
		return GROUP;
	bool member = !strcmp(kind, "participant") || !strcmp(kind, "document");
	return member && !isnan(acc_table_number(map->table, row, "y")) ? MEMBER : KINDS;
}

/* Is it a group that stands on two axes? */
static bool
has_axes(const struct acc_table *table, size_t row, const char *kind)
{
	return !strcmp(acc_table_text(table, row, "kind"), kind) &&
	       !isnan(acc_table_number(table, row, "y"));
}

static bool
choose(struct map *map, const struct acc_figure_options *options)
{
	map->layer = acc_drawn_layer(map->table, options->layer, has_axes, "group");
	return map->layer != NULL;
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	struct map map = {.table = results->map};
	*why = "it needs the results of `accord map`";
	if (!map.table)
		return false;
	*why = "the results of `accord map` have no two axes in this layer; that takes three "
	       "groups and three themes";
	if (!choose(&map, options))
		return false;
	size_t themes = 0;
	for (size_t r = 0; r < map.table->rows; r++)
		themes += kind_of(&map, r) == THEME;
	*why = "a map holds at most 60 themes; choose some";
	return themes <= 60 && !acc_too_many(map.table, NULL, NULL, why);
}

static void
widen(struct map *map, double x, double y)
{
	map->left = fmin(map->left, x);
	map->right = fmax(map->right, x);
	map->below = fmin(map->below, y);
	map->above = fmax(map->above, y);
}

/* The frame holds all themes and groups, and the participants with enough to say (the others are
 * anywhere: one unit of a rare theme is as far out as it gets). */
enum { ENOUGH = 5 };

static void
gather(struct map *map)
{
	const struct acc_table *table = map->table;
	for (size_t r = 0; r < table->rows; r++) {
		size_t kind = kind_of(map, r);
		double x = acc_table_number(table, r, "x"), y = acc_table_number(table, r, "y");
		if (of_layer(map, r) && !strcmp(acc_table_text(table, r, "kind"), "axis")) {
			const char *name = acc_table_text(table, r, "name");
			if (!strcmp(name, "1") || !strcmp(name, "2"))
				map->share[*name - '1'] = 100 * acc_table_number(table, r, "share");
		}
		if (kind == KINDS)
			continue;
		if (kind == GROUP)
			acc_names_add(&map->groups, acc_table_text(table, r, "name"));
		map->themes += kind == THEME;
		map->members += kind == MEMBER;
		map->members_are_documents |= !strcmp(acc_table_text(table, r, "kind"), "document");
		if (!isnan(y) && (kind != MEMBER || acc_table_number(table, r, "count") >= ENOUGH))
			widen(map, x, y);
		double level = acc_table_number(table, r, "level");
		map->level = level > 0 ? level : map->level;
	}
	double margin = 0.06 * fmax(map->right - map->left, map->above - map->below);
	widen(map, map->left - margin, map->below - margin);
	widen(map, map->right + margin, map->above + margin);
}

static void
put_point(const struct map *map, size_t kind, size_t number, size_t r, struct acc_text *data)
{
	static const char *const column[] = {"x",    "y", "ellipse_a", "ellipse_b", "ellipse_angle",
					     "count"};
	acc_text_printf(data, "%zu\t%zu", kind, number);
	for (size_t i = 0; i < sizeof column / sizeof *column; i++)
		acc_data_number(data, acc_table_number(map->table, r, column[i]));
	acc_text_put(data, "\n");
}

static void
put_data(const struct map *map, struct acc_text *data, struct acc_facts *facts)
{
	const struct acc_table *table = map->table;
	acc_text_put(data, "# kind 0: theme, label L[number] in map.gp; 1: group, label "
			   "L[R+number]; 2: participant, number of the group; ellipse: half axes a "
			   "and b, degrees\n"
			   "kind\tnumber\tx\ty\ta\tb\tangle\tcount\n");
	for (size_t kind = 0; kind < KINDS; kind++)
		for (size_t r = 0, number = 0; r < table->rows; r++) {
			if (kind_of(map, r) != kind)
				continue;
			const char *group = acc_table_text(table, r, "group");
			size_t g = acc_names_find(&map->groups, group) + 1;
			put_point(map, kind, kind == THEME ? ++number : g, r, data);
			if (kind == GROUP)
				acc_facts_row(facts, table, r);
		}
}

/* Coordinates of themes or groups as an array, so that labels can be placed clear of them. */
static void
put_array(const struct map *map, const char *name, size_t kind, const char *column,
	  struct acc_text *gp)
{
	struct acc_array array = {.line = 8};
	for (size_t r = 0; r < map->table->rows; r++)
		if (kind_of(map, r) == kind)
			acc_array_number(&array, acc_table_number(map->table, r, column));
	acc_array_put(&array, name, "", gp);
	acc_array_free(&array);
}

/* Arrays have at least one element; too many participants are not worth keeping clear of. */
static void
put_members(const struct map *map, struct acc_text *gp)
{
	if (map->members && map->members <= 100) {
		put_array(map, "MX", MEMBER, "x", gp);
		put_array(map, "MY", MEMBER, "y", gp);
	} else
		acc_text_put(gp, "array MX[1] = [1e9]\narray MY[1] = [1e9]\n");
}

static void
put_script(const struct map *map, const struct acc_labels *labels, struct acc_text *gp)
{
	acc_script_open(gp, "map", "Themes and groups on one map (correspondence analysis).");
	acc_text_put(gp, "# ---- what an author may want to change\n");
	acc_text_printf(gp, "XMIN = %.4g; XMAX = %.4g; YMIN = %.4g; YMAX = %.4g\n", map->left,
			map->right, map->below, map->above);
	acc_text_printf(gp, "XLABEL = \"Axis 1 (%.0f%% of inertia)\"\n", map->share[0]);
	acc_text_printf(gp, "YLABEL = \"Axis 2 (%.0f%% of inertia)\"\n", map->share[1]);
	acc_text_printf(
	    gp, "NUMBERS = NARROW && %d                   # themes by number, key below the map\n",
	    map->themes > MOST_NAMES_NARROW);
	acc_text_put(gp, "MEMBERS = 1                             # participants\n"
			 "ELLIPSES = 1                            # of groups; 2: also of themes\n"
			 "TALLEST_FRAME = 110                     # mm\n\n");
	acc_text_printf(gp,
			"R = %zu; G = %zu                          # themes, groups\n"
			"NAMED = 1\n",
			map->themes, map->groups.count);
	put_array(map, "TX", THEME, "x", gp);
	put_array(map, "TY", THEME, "y", gp);
	put_array(map, "GX", GROUP, "x", gp);
	put_array(map, "GY", GROUP, "y", gp);
	put_array(map, "GA", GROUP, "ellipse_a", gp);
	put_array(map, "GB", GROUP, "ellipse_b", gp);
	put_array(map, "GT", GROUP, "ellipse_angle", gp);
	put_array(map, "TA", THEME, "ellipse_a", gp);
	put_array(map, "TB", THEME, "ellipse_b", gp);
	put_array(map, "TT", THEME, "ellipse_angle", gp);
	put_members(map, gp);
	acc_text_put(gp, "\n");
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_map);
}

static void
put_caption(const struct map *map, const struct acc_facts *facts, struct acc_text *caption)
{
	acc_text_put(caption,
		     "Correspondence analysis of themes by groups (units with the theme; layer of "
		     "codings: ");
	acc_label_clean(caption, map->layer, 0);
	acc_text_printf(caption,
			"), principal coordinates: the two axes hold %.0f%% and %.0f%% of the "
			"inertia. Groups (filled) lie near each other when they speak of the "
			"themes in the same proportions, themes (crosses) when they are spread "
			"alike over the groups; from a theme to a group it is the direction from "
			"the origin that counts, not the distance.",
			map->share[0], map->share[1]);
	if (map->themes > MOST_NAMES_NARROW)
		acc_text_put(caption,
			     " In a narrow figure themes have numbers, with the key below.");
	if (map->members)
		acc_text_put(caption, map->members_are_documents
					  ? " Small marks: documents, as further points;"
					  : " Small marks: participants, as further points;");
	if (map->members)
		acc_text_put(caption, " open at the edge where they lie outside, which those with "
				      "few units do by chance.");
	acc_text_printf(caption, " Ellipses: %g%% confidence regions of the groups (",
			map->level > 0 ? 100 * map->level : 95);
	for (size_t m = 0; m < facts->methods.count; m++) {
		acc_text_put(caption, m ? "; " : "");
		acc_label_clean(caption, facts->methods.name[m], 0);
	}
	acc_text_printf(caption,
			"%s%.0f to %.0f clusters), cut where they leave the frame; they are not "
			"corrected for each other, and whether they overlap is no test.",
			facts->methods.count ? "; " : "", facts->least_clusters,
			facts->most_clusters);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	struct map map = {.table = results->map};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	bool ready = choose(&map, options);
	if (ready) {
		gather(&map);
		for (size_t r = 0; r < map.table->rows; r++)
			if (kind_of(&map, r) == THEME)
				acc_labels_add(&labels, acc_table_text(map.table, r, "name"), 32);
		for (size_t g = 0; g < map.groups.count; g++)
			acc_labels_add(&labels, map.groups.name[g], ACC_LABEL_ROW);
		put_data(&map, acc_bundle_add(bundle, "map.dat"), &facts);
		put_script(&map, &labels, &script);
	}
	acc_script_add(bundle, "map.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "map.caption.txt");
	if (ready)
		put_caption(&map, &facts, caption);
	acc_caption_close(caption, &facts, &labels, results);
	bundle->failed |= !ready || map.groups.failed;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_names_free(&map.groups);
}

const struct acc_figure acc_figure_map = {
    .key = "map",
    .title = "themes and groups on one map (correspondence analysis), with ellipses",
    .needs = "map",
    .applies = applies,
    .draw = draw,
};
