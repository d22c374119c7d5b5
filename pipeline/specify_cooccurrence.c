#include "pipeline/command/plan.h"
#include "pipeline/command/progress.h"
#include "pipeline/specify.h"
#include "stats/cooccurrence.h"

#include <stdlib.h>
#include <string.h>

/* Co-occurrence of one pair of themes by measure, missing rule, layer and window. */

/* The study under one rule, in one window, and the units of one group there. */
struct place {
	const struct acc_study *study;
	struct acc_windows windows;
	const struct acc_patterns *patterns; /* of the layer at hand, in `blocks` */
	const struct acc_blocks *blocks;
	enum acc_rule rule;
	size_t window;
	uint32_t group;
	struct acc_cooccurrence_plan plan;
};

/* Which theme of a (widened) study has a name. */
static uint32_t
theme_of(const struct acc_patterns *patterns, const char *name)
{
	uint32_t t = 0;
	while (t < acc_layer_themes(patterns) && strcmp(acc_layer_theme(patterns, t), name))
		t++;
	return t;
}

static size_t
pair_of(const struct acc_specify *run, const struct acc_patterns *patterns,
	const struct acc_cooccurrence *result)
{
	uint32_t a = theme_of(patterns, run->pair[0]), b = theme_of(patterns, run->pair[1]);
	size_t p = 0;
	while (p < result->pairs && !(result->pair[p].first == (a < b ? a : b) &&
				      result->pair[p].second == (a < b ? b : a)))
		p++;
	return p;
}

static void
put_measures(struct acc_specify *run, const struct place *place, const char *layer, bool usual,
	     const struct acc_cooccurrence *result)
{
	const struct acc_patterns *patterns = place->patterns;
	size_t p = pair_of(run, patterns, result);
	if (p == result->pairs)
		return;
	const struct acc_pair *pair = &result->pair[p];
	const struct acc_pair_table *table = &pair->table;
	double units = table->both + table->first + table->second + table->neither;
	for (size_t m = 0; m < run->measures; m++) {
		const struct acc_association *association =
		    &result->association[p * run->measures + m];
		struct acc_specification row = {
		    .what = "cooccurrence",
		    .group = place->group == ACC_NONE ? "" : patterns->group.label[place->group],
		    .theme = "",
		    .quantity = run->measure[m]->key,
		    .weights = "",
		    .missing = acc_rule_name(run, place->rule),
		    .left_out = "",
		    .layer = layer,
		    .window = run->windows[place->window],
		    .main = usual && m == 0 && place->window == 0 && place->rule == run->main_rule};
		acc_specify_head(run, &row);
		acc_specify_numbers(run, units, pair->clusters, association->value, NAN,
				    (double[]){association->low, association->high},
				    place->plan.level,
				    isnan(association->low) ? "" : result->method);
		acc_specify_end(run, association->reason, pair->notes);
	}
}

/* The layer that is reported where only one is: the majority, or the first there is. */
static enum acc_layer_kind
usual_layer(const struct acc_specify *run)
{
	unsigned l = ACC_LAYER_MAJORITY;
	if (!(run->layers & 1u << l))
		for (l = 0; !(run->layers & 1u << l); l++)
			;
	return (enum acc_layer_kind)l;
}

static bool
take_layer(struct acc_specify *run, const struct place *place, struct acc_layer layer)
{
	const struct acc_vocabulary *coder = &place->patterns->coder;
	struct acc_cooccurrence result = {0};
	struct acc_text name = {0};
	bool each = layer.kind == ACC_LAYER_CODER;
	acc_text_put(&name, each ? "coder:" : acc_cooccur_layers[layer.kind]);
	acc_text_put(&name, each ? coder->label[layer.coder] : "");
	bool usual = layer.kind == usual_layer(run) && !layer.coder;
	bool good =
	    acc_status_ok(run->command->messages,
			  name.failed ? ACC_NO_MEMORY
				      : acc_cooccurrence_make(&result, place->patterns,
							      place->blocks, layer, &place->plan));
	if (good) {
		put_measures(run, place, name.bytes, usual, &result);
		acc_cooccurrence_free(&result);
	}
	acc_text_free(&name);
	return good;
}

/* A coder's layer where coders have windows of their own. */
static bool
take_coder(struct acc_specify *run, struct place place, enum acc_cluster cluster, uint32_t coder)
{
	struct acc_patterns own = {0};
	struct acc_blocks blocks;
	bool shared;
	if (!acc_windows_of_coder(run->command, &place.windows, place.study, coder, &own, &shared))
		return false;
	place.patterns = &own;
	place.blocks = &blocks;
	bool good = acc_status_ok(run->command->messages,
				  acc_blocks_make(&blocks, &own, place.group, cluster));
	if (good) {
		good = take_layer(run, &place, (struct acc_layer){ACC_LAYER_CODER, coder});
		acc_blocks_free(&blocks);
	}
	acc_patterns_free(&own);
	return good;
}

static bool
take_group(struct acc_specify *run, struct place *place, uint32_t group)
{
	const struct acc_patterns *patterns = &place->study->patterns;
	enum acc_cluster cluster = ACC_CLUSTER_AUTO;
	struct acc_blocks blocks;
	bool good = acc_plan_cluster(run->command, &cluster);
	if (place->plan.pieces)
		cluster = ACC_CLUSTER_UNIT;
	good = good && acc_status_ok(run->command->messages,
				     acc_blocks_make(&blocks, patterns, group, cluster));
	if (!good)
		return false;
	place->patterns = patterns;
	place->blocks = &blocks;
	place->group = group;
	for (unsigned l = 0; good && l < ACC_COOCCUR_LAYERS; l++) {
		bool each = l == ACC_COOCCUR_EACH;
		for (uint32_t c = 0;
		     good && run->layers & 1u << l && c < (each ? patterns->coder.count : 1); c++)
			good = each && place->windows.by_coder
				   ? take_coder(run, *place, cluster, c)
				   : take_layer(
					 run, place,
					 (struct acc_layer){(enum acc_layer_kind)l, each ? c : 0});
	}
	acc_blocks_free(&blocks);
	return good;
}

static bool
take_window(struct acc_specify *run, enum acc_rule rule, size_t window)
{
	struct acc_study variant;
	if (!acc_specify_variant(run, rule, ACC_NONE, &variant))
		return false;
	enum acc_window kind = run->window[window].window;
	struct place place = {
	    .study = &variant,
	    .rule = rule,
	    .window = window,
	    .plan = {.measure = run->measure,
		     .measures = run->measures,
		     .level = acc_plan_level(run->command),
		     .present = variant.present,
		     .pieces = kind == ACC_WINDOW_PARTICIPANT || kind == ACC_WINDOW_DOCUMENT}};
	bool good =
	    place.plan.level > 0 &&
	    acc_cooccur_widen(run->command, &run->window[window], &variant, &place.windows) &&
	    take_group(run, &place, ACC_NONE);
	for (uint32_t g = 0; good && run->by & 2 && g < variant.patterns.group.count; g++)
		good = take_group(run, &place, g);
	acc_windows_free(&place.windows);
	acc_specify_variant_free(&variant);
	acc_progress_step(1);
	return good;
}

bool
acc_specify_cooccurrence(struct acc_specify *run)
{
	bool good = true;
	acc_progress_phase("co-occurrence", ACC_RULES * run->window_count);
	for (unsigned r = 0; good && r < ACC_RULES; r++)
		for (size_t w = 0; good && run->rules & 1u << r && w < run->window_count; w++)
			good = take_window(run, (enum acc_rule)r, w);
	return good;
}
