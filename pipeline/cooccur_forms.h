/* cooccur forms: co-occurrence in other forms than a row per pair: a square of one measure, a
 * graph, places of themes, sets of themes. */
#ifndef ACC_COOCCUR_FORMS_H
#define ACC_COOCCUR_FORMS_H

#include "pipeline/cooccur_options.h"
#include "pipeline/write/sheet.h"

/* What is known of one group and layer. Everything borrowed. */
struct acc_cooccur_part {
	const char *group, *layer;
	const struct acc_patterns *patterns;
	const struct acc_cooccur_options *options;
	const struct acc_cooccurrence *result;
	const struct acc_chance *chance; /* NULL: not tested */
	bool counts;                     /* no measure was asked for: units with both */
	/* Of a square of counts, where units were counted as they are; then there is no result. */
	const struct acc_layer_counts *counted;
};

/* Append a row per theme: its name and its value with each theme; the header comes first. On the
 * diagonal the units with the theme where counts are shown, else nothing. */
void acc_form_square_head(struct acc_text *text, const struct acc_patterns *patterns);
void acc_form_square(struct acc_text *text, const struct acc_cooccur_part *part);

/* Append a graph: themes with their units, pairs that meet with counts, measure and test. */
void acc_form_graph_head(struct acc_text *text, const struct acc_cooccur_options *options);
void acc_form_graph(struct acc_text *text, const struct acc_cooccur_part *part);
void acc_form_graph_foot(struct acc_text *text);

/* Add a row per theme: its place in the orders and on the plane. */
extern const struct acc_field acc_form_places[];
extern const size_t acc_form_places_count;
enum acc_status acc_form_place(struct acc_sheet *sheet, const struct acc_cooccur_part *part);

/* Add a row per set of themes that some unit has exactly. */
extern const struct acc_field acc_form_sets[];
extern const size_t acc_form_sets_count;
enum acc_status acc_form_set(struct acc_sheet *sheet, const char *group, const char *layer_name,
			     const struct acc_patterns *patterns, const struct acc_blocks *blocks,
			     struct acc_layer layer, uint32_t present);

#endif
