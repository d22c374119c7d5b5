#include "pipeline/cooccur_forms.h"
#include "plots/decimal.h"
#include "plots/theme_list.h"
#include "stats/seriation.h"
#include "stats/theme_sets.h"

#include <math.h>
#include <stdlib.h>

/* The pair of two different themes, whichever comes first. */
static size_t
place(size_t themes, size_t a, size_t b)
{
	size_t first = a < b ? a : b, second = a < b ? b : a;
	return first * (2 * themes - first - 1) / 2 + second - first - 1;
}

/* Units with a theme, of those that count for its first pair. */
static double
units_with(const struct acc_cooccur_part *part, uint32_t theme)
{
	if (part->counted)
		return part->counted->theme[theme];
	uint32_t themes = acc_layer_themes(part->patterns);
	const struct acc_pair *pair = &part->result->pair[place(themes, theme, theme ? 0 : 1)];
	const struct acc_pair_table *table = &pair->table;
	return table->both + (pair->first == theme ? table->first : table->second);
}

static double
value_of(const struct acc_cooccur_part *part, size_t pair)
{
	if (part->counted)
		return part->counted->both[pair];
	return part->counts ? part->result->pair[pair].table.both
			    : part->result->association[pair * part->options->plan.measures].value;
}

/* ---- squares ---- */

/* A cell, after its separator: there are very many. */
static void
put_cell(struct acc_text *text, double value)
{
	char *to = acc_text_room(text, 1 + ACC_DECIMAL_ROOM);
	if (!to)
		return;
	*to = ',';
	size_t length = 1 + acc_decimal(value, to + 1);
	to[length] = 0;
	text->length += length;
	if (length == 1)
		acc_text_number(text, value);
}

void
acc_form_square_head(struct acc_text *text, const struct acc_patterns *patterns)
{
	acc_text_put(text, "group,layer,theme");
	for (uint32_t t = 0; t < acc_layer_themes(patterns); t++) {
		acc_text_put(text, ",");
		acc_text_csv(text, acc_layer_theme(patterns, t));
	}
	acc_text_put(text, "\n");
}

void
acc_form_square(struct acc_text *text, const struct acc_cooccur_part *part)
{
	uint32_t themes = acc_layer_themes(part->patterns);
	for (uint32_t s = 0; s < themes; s++) {
		acc_text_csv(text, part->group);
		acc_text_put(text, ",");
		acc_text_csv(text, part->layer);
		acc_text_put(text, ",");
		acc_text_csv(text, acc_layer_theme(part->patterns, s));
		for (uint32_t t = 0; t < themes; t++) {
			if (s != t)
				put_cell(text, value_of(part, place(themes, s, t)));
			else
				put_cell(text, part->counts ? units_with(part, s) : NAN);
		}
		acc_text_put(text, "\n");
	}
}

/* ---- graphs ---- */

static void
put_xml(struct acc_text *text, const char *label)
{
	for (const char *c = label; *c; c++) {
		const char *as = *c == '&'   ? "&amp;"
				 : *c == '<' ? "&lt;"
				 : *c == '>' ? "&gt;"
				 : *c == '"' ? "&quot;"
					     : NULL;
		if (as)
			acc_text_put(text, as);
		else if ((unsigned char)*c >= 0x20)
			acc_text_bytes(text, c, 1);
		else
			acc_text_put(text, " "); /* XML 1.0 has no control characters */
	}
}

void
acc_form_graph_head(struct acc_text *text, const struct acc_cooccur_options *options)
{
	static const char *const edge[] = {"weight", "n_ab", "ses", "p", "p_adjusted"};
	acc_text_put(text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			   "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
			   "<key id=\"label\" for=\"node\" attr.name=\"label\" "
			   "attr.type=\"string\"/>\n"
			   "<key id=\"units\" for=\"node\" attr.name=\"units\" "
			   "attr.type=\"double\"/>\n");
	for (size_t i = 0; i < sizeof edge / sizeof *edge; i++)
		acc_text_printf(text,
				"<key id=\"%s\" for=\"edge\" attr.name=\"%s\" "
				"attr.type=\"double\"/>\n",
				edge[i], edge[i]);
	if (options->plan.measures)
		acc_text_printf(text,
				"<key id=\"value\" for=\"edge\" attr.name=\"%s\" "
				"attr.type=\"double\"/>\n",
				options->plan.measure[0]->key);
}

static void
put_data(struct acc_text *text, const char *key, double number)
{
	if (!isfinite(number))
		return;
	acc_text_printf(text, "<data key=\"%s\">", key);
	acc_text_number(text, number);
	acc_text_put(text, "</data>");
}

static void
put_edge(struct acc_text *text, const struct acc_cooccur_part *part, size_t at)
{
	const struct acc_pair *pair = &part->result->pair[at];
	size_t measures = part->options->plan.measures;
	double value = part->result->association[at * measures].value;
	acc_text_printf(text, "<edge source=\"n%lu\" target=\"n%lu\">", (unsigned long)pair->first,
			(unsigned long)pair->second);
	put_data(text, "weight", part->counts ? pair->table.both : value);
	put_data(text, "n_ab", pair->table.both);
	put_data(text, "value", value);
	if (part->chance) {
		put_data(text, "ses", part->chance[at].size);
		put_data(text, "p", part->chance[at].p);
		put_data(text, "p_adjusted", part->chance[at].p_adjusted);
	}
	acc_text_put(text, "</edge>\n");
}

void
acc_form_graph(struct acc_text *text, const struct acc_cooccur_part *part)
{
	acc_text_put(text, "<graph id=\"");
	put_xml(text, *part->group ? part->group : "all");
	acc_text_put(text, " / ");
	put_xml(text, part->layer);
	acc_text_put(text, "\" edgedefault=\"undirected\">\n");
	for (uint32_t t = 0; t < acc_layer_themes(part->patterns); t++) {
		acc_text_printf(text, "<node id=\"n%lu\"><data key=\"label\">", (unsigned long)t);
		put_xml(text, acc_layer_theme(part->patterns, t));
		acc_text_put(text, "</data>");
		put_data(text, "units", units_with(part, t));
		acc_text_put(text, "</node>\n");
	}
	for (size_t p = 0; p < part->result->pairs; p++)
		if (part->result->pair[p].table.both > 0)
			put_edge(text, part, p);
	acc_text_put(text, "</graph>\n");
}

void
acc_form_graph_foot(struct acc_text *text)
{
	acc_text_put(text, "</graphml>\n");
}

/* ---- places ---- */

const struct acc_field acc_form_places[] = {
    {"group", ACC_FIELD_TEXT, true},           {"layer", ACC_FIELD_TEXT, true},
    {"theme", ACC_FIELD_TEXT, true},           {"n", ACC_FIELD_COUNT, true},
    {"measure", ACC_FIELD_TEXT, false},        {"linkage", ACC_FIELD_COUNT, true},
    {"spectral", ACC_FIELD_COUNT, true},       {"mds_1", ACC_FIELD_NUMBER, true},
    {"mds_2", ACC_FIELD_NUMBER, true},         {"mds_1_share", ACC_FIELD_BOUNDED, false},
    {"mds_2_share", ACC_FIELD_BOUNDED, false}, {"mds_negative", ACC_FIELD_BOUNDED, false},
};
const size_t acc_form_places_count = sizeof acc_form_places / sizeof *acc_form_places;

struct places {
	size_t *linkage, *spectral; /* owned: themes in order */
	double *distance, *plane;   /* owned */
	double share[2], negative;
};

/* Distances 1 - s, or (1 - s) / 2 for a measure that goes down to -1; 1 (or 1/2, as by chance)
 * where it is undefined. */
static void
fill_distances(const struct acc_cooccur_part *part, size_t themes, double *distance)
{
	bool both_ways = !part->options->plan.measure[0]->without_neither;
	for (size_t s = 0; s < themes; s++)
		for (size_t t = 0; t < themes; t++) {
			double value = 1;
			if (s != t)
				value = part->result
					    ->association[place(themes, s, t) *
							  part->options->plan.measures]
					    .value;
			value = isnan(value) ? 0 : value;
			distance[s * themes + t] = both_ways ? (1 - value) / 2 : 1 - value;
		}
}

static enum acc_status
find_places(struct places *places, const struct acc_cooccur_part *part, size_t themes)
{
	places->linkage = acc_array(themes, sizeof *places->linkage);
	places->spectral = acc_array(themes, sizeof *places->spectral);
	places->distance = acc_array(themes * themes, sizeof *places->distance);
	places->plane = acc_array(2 * themes, sizeof *places->plane);
	if (!places->linkage || !places->spectral || !places->distance || !places->plane)
		return ACC_NO_MEMORY;
	fill_distances(part, themes, places->distance);
	enum acc_status status = acc_linkage_order(places->distance, themes, places->linkage);
	if (status == ACC_OK)
		status = acc_spectral_order(places->distance, themes, places->spectral);
	return status == ACC_OK ? acc_classical_scaling(places->distance, themes, places->plane,
							places->share, &places->negative)
				: status;
}

static size_t
rank_of(const size_t *order, size_t theme)
{
	size_t at = 0;
	while (order[at] != theme)
		at++;
	return at + 1;
}

enum acc_status
acc_form_place(struct acc_sheet *sheet, const struct acc_cooccur_part *part)
{
	uint32_t themes = acc_layer_themes(part->patterns);
	struct places places = {0};
	enum acc_status status = find_places(&places, part, themes);
	for (uint32_t t = 0; status == ACC_OK && t < themes; t++) {
		acc_sheet_text(sheet, 0, part->group);
		acc_sheet_text(sheet, 1, part->layer);
		acc_sheet_text(sheet, 2, acc_layer_theme(part->patterns, t));
		acc_sheet_number(sheet, 3, units_with(part, t));
		acc_sheet_text(sheet, 4, part->options->plan.measure[0]->key);
		acc_sheet_count(sheet, 5, rank_of(places.linkage, t));
		acc_sheet_count(sheet, 6, rank_of(places.spectral, t));
		acc_sheet_number(sheet, 7, places.plane[2 * t]);
		acc_sheet_number(sheet, 8, places.plane[2 * t + 1]);
		acc_sheet_number(sheet, 9, places.share[0]);
		acc_sheet_number(sheet, 10, places.share[1]);
		acc_sheet_number(sheet, 11, places.negative);
		acc_sheet_row(sheet);
	}
	free(places.linkage);
	free(places.spectral);
	free(places.distance);
	free(places.plane);
	return status;
}

/* ---- sets ---- */

const struct acc_field acc_form_sets[] = {
    {"group", ACC_FIELD_TEXT, true},    {"layer", ACC_FIELD_TEXT, true},
    {"themes", ACC_FIELD_TEXT, true},   {"size", ACC_FIELD_COUNT, true},
    {"n", ACC_FIELD_COUNT, true},       {"units", ACC_FIELD_COUNT, true},
    {"share", ACC_FIELD_BOUNDED, true},
};
const size_t acc_form_sets_count = sizeof acc_form_sets / sizeof *acc_form_sets;

enum acc_status
acc_form_set(struct acc_sheet *sheet, const char *group, const char *layer_name,
	     const struct acc_patterns *patterns, const struct acc_blocks *blocks,
	     struct acc_layer layer, uint32_t present)
{
	struct acc_theme_sets sets;
	struct acc_text list = {0};
	enum acc_status status = acc_theme_sets_make(&sets, patterns, blocks, layer, present);
	for (uint32_t i = 0; status == ACC_OK && i < sets.set.count; i++) {
		size_t size;
		const uint32_t *theme = acc_pool_get(&sets.set, sets.order[i], &size);
		acc_sheet_text(sheet, 0, group);
		acc_sheet_text(sheet, 1, layer_name);
		list.length = 0;
		for (size_t t = 0; t < size; t++)
			acc_theme_list_put(&list, acc_layer_theme(patterns, theme[t]), t == 0);
		acc_sheet_text(sheet, 2, size && list.bytes ? list.bytes : "");
		acc_sheet_count(sheet, 3, size);
		acc_sheet_number(sheet, 4, sets.count[sets.order[i]]);
		acc_sheet_number(sheet, 5, sets.units);
		acc_sheet_number(sheet, 6, sets.count[sets.order[i]] / sets.units);
		acc_sheet_row(sheet);
	}
	sheet->failed = sheet->failed || list.failed;
	acc_text_free(&list);
	acc_theme_sets_free(&sets);
	return status;
}
