/* accord cooccur: which themes travel together. */
#include "pipeline/cooccur_run.h"
#include "pipeline/cooccur_window.h"
#include "pipeline/write/output.h"
#include "stats/layer_pairs.h"
#include "stats/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { THEMES_MAX = 1000 };

static bool
is_tested(struct acc_cooccur_run *run, const struct acc_cooccurrence *result)
{
	double units = 0;
	for (size_t p = 0; p < result->pairs; p++) {
		const struct acc_pair_table *table = &result->pair[p].table;
		units += table->both + table->first + table->second + table->neither;
	}
	bool long_one = units > acc_cooccur_too_many && !run->command->settings.test;
	struct acc_place place = {run->command->files ? run->command->file[0] : "-", 0, 0};
	if ((result->left_out || (long_one && run->options.test)) && !run->said) {
		acc_note(run->command->messages, place,
			 "many pairs of themes: %s%s%s left out, which would take long; ask with "
			 "--ci jackknife, --test permutation",
			 result->left_out ? "intervals" : "",
			 result->left_out && long_one ? " and " : "", long_one ? "tests" : "");
		run->said = true;
	}
	return run->options.test && !long_one;
}

static bool
test(struct acc_cooccur_run *run, const struct acc_blocks *blocks, uint32_t group,
     struct acc_layer layer, const struct acc_cooccurrence *result, struct acc_chance *chance,
     size_t *tested)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	struct acc_family family = {
	    .patterns = patterns,
	    .blocks = blocks,
	    .layer = layer,
	    .present = run->options.plan.present,
	    .pair = result->pair,
	    .pairs = result->pairs,
	    .seed = run->options.seed,
	    .group = group == ACC_NONE ? ACC_NONE : acc_address_of(patterns->group.label[group]),
	    .draws = run->options.draws};
	return acc_status_ok(
	    run->command->messages,
	    acc_pair_test_run(run->options.test, &family, run->options.dependent, chance, tested));
}

static const struct acc_layer_counts *
counts_of(const struct acc_cooccur_run *run, struct acc_layer layer)
{
	return &run->counts.layer[layer.kind + (layer.kind == ACC_LAYER_CODER ? layer.coder : 0)];
}

/* Is all that is shown a square of counts that are there already? */
static bool
is_square_of_counts(const struct acc_cooccur_run *run)
{
	return run->counted && run->options.form == ACC_FORM_SQUARE && !run->options.test &&
	       !run->command->settings.measure;
}

/* Write a group and layer in the form that is asked for. */
static bool
put_form(struct acc_cooccur_run *run, uint32_t group, const char *word, struct acc_layer layer,
	 const struct acc_cooccurrence *result, const struct acc_chance *chance)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	struct acc_text name = {0};
	enum acc_status status = ACC_OK;
	acc_text_put(&name, word);
	if (layer.kind == ACC_LAYER_CODER)
		acc_text_put(&name, patterns->coder.label[layer.coder]);
	struct acc_cooccur_part part = {group == ACC_NONE ? "" : patterns->group.label[group],
					name.bytes ? name.bytes : "",
					patterns,
					&run->options,
					result,
					chance,
					!run->command->settings.measure,
					result ? NULL : counts_of(run, layer)};
	if (run->options.form == ACC_FORM_SQUARE)
		acc_form_square(&run->text, &part);
	else if (run->options.form == ACC_FORM_GRAPH)
		acc_form_graph(&run->text, &part);
	else
		status = acc_form_place(&run->sheet, &part);
	run->text.failed = run->text.failed || name.failed;
	acc_text_free(&name);
	return acc_status_ok(run->command->messages, status);
}

static enum acc_status
associate(struct acc_cooccur_run *run, const struct acc_blocks *blocks, struct acc_layer layer,
	  struct acc_cooccurrence *result)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	return run->counted
		   ? acc_cooccurrence_counted(result, patterns, run->options.cluster, &run->counts,
					      layer, &run->options.plan)
		   : acc_cooccurrence_make(result, patterns, blocks, layer, &run->options.plan);
}

static bool
take_layer(struct acc_cooccur_run *run, const struct acc_blocks *blocks, uint32_t group,
	   const char *word, struct acc_layer layer)
{
	struct acc_messages *messages = run->command->messages;
	struct acc_cooccurrence *result = &run->result;
	size_t tested = 0;
	if (is_square_of_counts(run))
		return put_form(run, group, word, layer, NULL, NULL);
	if (!acc_status_ok(messages, associate(run, blocks, layer, result)))
		return false;
	bool tests = !acc_layer_is_soft(layer.kind) && is_tested(run, result) && !run->shared;
	bool good = true;
	struct acc_chance *chance = acc_array(tests ? result->pairs : 0, sizeof *chance);
	if (!chance) {
		acc_error_memory(messages);
		good = false;
	}
	if (good && tests)
		good = test(run, blocks, group, layer, result, chance, &tested);
	if (good && run->options.form)
		good = put_form(run, group, word, layer, result, tests ? chance : NULL);
	else if (good)
		acc_cooccur_rows(run, &(struct acc_cooccur_layer){group, word, layer, result,
								  tests ? chance : NULL, tested});
	free(chance);
	return good;
}

static bool
take_sets(struct acc_cooccur_run *run, const struct acc_blocks *blocks, uint32_t group,
	  const char *word, struct acc_layer layer)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	struct acc_text name = {0};
	acc_text_put(&name, word);
	if (layer.kind == ACC_LAYER_CODER)
		acc_text_put(&name, patterns->coder.label[layer.coder]);
	enum acc_status status = acc_form_set(
	    &run->sheet, group == ACC_NONE ? "" : patterns->group.label[group],
	    name.bytes ? name.bytes : "", patterns, blocks, layer, run->options.plan.present);
	run->sheet.failed = run->sheet.failed || name.failed;
	acc_text_free(&name);
	return acc_status_ok(run->command->messages, status);
}

/* How the coders agree about each pair; the same in all layers. */
static bool
find_agreement(struct acc_cooccur_run *run, const struct acc_blocks *blocks)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	size_t themes = acc_layer_themes(patterns);
	if (run->options.form != ACC_FORM_PAIRS)
		return true;
	if (run->counted) {
		run->agreement = run->counts.agreement;
		run->counts.agreement = NULL;
		return true;
	}
	run->agreement = acc_array(themes * (themes - 1) / 2, sizeof *run->agreement);
	enum acc_status status = run->agreement
				     ? acc_pair_agreement_make(run->agreement, patterns, blocks,
							       run->options.plan.present)
				     : ACC_NO_MEMORY;
	return acc_status_ok(run->command->messages, status);
}

typedef bool taking(struct acc_cooccur_run *, const struct acc_blocks *, uint32_t, const char *,
		    struct acc_layer);

/* A coder's layer. Where coders have windows of their own, they stand in for those of all. */
static bool
take_coder(struct acc_cooccur_run *run, taking *take, const struct acc_blocks *blocks,
	   uint32_t group, uint32_t coder)
{
	struct acc_layer layer = {ACC_LAYER_CODER, coder};
	struct acc_patterns all = run->study->patterns, own = {0};
	bool shared = run->shared;
	struct acc_blocks of_own;
	if (!run->windows.by_coder)
		return take(run, blocks, group, "coder:", layer);
	if (!acc_windows_of_coder(run->command, &run->windows, run->study, coder, &own,
				  &run->shared))
		return false;
	run->study->patterns = own;
	bool good = acc_status_ok(run->command->messages,
				  acc_blocks_make(&of_own, &own, group, run->options.cluster));
	if (good) {
		good = take(run, &of_own, group, "coder:", layer);
		acc_blocks_free(&of_own);
	}
	run->study->patterns = all;
	run->shared = shared;
	acc_patterns_free(&own);
	return good;
}

static bool
take_group(struct acc_cooccur_run *run, uint32_t group)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	struct acc_blocks blocks = {0};
	taking *take = run->options.form == ACC_FORM_SETS ? take_sets : take_layer;
	bool good = acc_cooccur_count(run, group) &&
		    (run->counted ||
		     acc_status_ok(run->command->messages, acc_blocks_make(&blocks, patterns, group,
									   run->options.cluster)));
	if (!good)
		return false;
	good = find_agreement(run, &blocks);
	for (unsigned l = 0; good && l < ACC_COOCCUR_EACH; l++)
		if (run->options.layers & 1u << l)
			good = take(run, &blocks, group, acc_cooccur_layers[l],
				    (struct acc_layer){.kind = (enum acc_layer_kind)l});
	for (unsigned l = ACC_LAYER_MEAN; good && l <= ACC_LAYER_DAWID_SKENE; l++)
		if (run->options.layers & 1u << l)
			good = take(run, &blocks, group, acc_cooccur_layers[l],
				    (struct acc_layer){.kind = (enum acc_layer_kind)l});
	for (uint32_t j = 0;
	     good && run->options.layers & 1u << ACC_COOCCUR_EACH && j < patterns->coder.count; j++)
		good = take_coder(run, take, &blocks, group, j);
	acc_blocks_free(&blocks);
	free(run->agreement);
	run->agreement = NULL;
	return good;
}

static bool
check(struct acc_cooccur_run *run)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	uint32_t themes = acc_layer_themes(patterns);
	struct acc_messages *messages = run->command->messages;
	struct acc_place place = {run->command->files ? run->command->file[0] : "-", 0, 0};
	const char *kind = patterns->design == ACC_CODES ? "code" : "theme";
	if (themes < 2)
		acc_error(messages, ACC_EXIT_DATA, place,
			  "co-occurrence needs at least 2 %ss; there is %s%s%s", kind,
			  themes ? "only '" : "none",
			  themes ? acc_visible(acc_layer_theme(patterns, 0)) : "",
			  themes ? "'" : "");
	else if (themes > THEMES_MAX)
		acc_error(messages, ACC_EXIT_LIMIT, place,
			  "%u %ss are more than %d; is --%s the right column?", (unsigned)themes,
			  kind, THEMES_MAX, kind);
	else if (patterns->design == ACC_THEME_CODES && run->study->present == ACC_NONE)
		acc_error(messages, ACC_EXIT_USAGE, place,
			  "which code means that a theme was applied? Name it with --present; the "
			  "first codes are '%s'%s%s%s",
			  acc_visible(patterns->code.label[0]),
			  patterns->code.count > 1 ? " and '" : "",
			  patterns->code.count > 1 ? acc_visible(patterns->code.label[1]) : "",
			  patterns->code.count > 1 ? "'" : "");
	run->options.plan.present = run->study->present;
	return !messages->errors;
}

static void
write_out(struct acc_cooccur_run *run)
{
	struct acc_command *command = run->command;
	bool text = run->options.form == ACC_FORM_SQUARE || run->options.form == ACC_FORM_GRAPH;
	if (run->options.form == ACC_FORM_GRAPH)
		acc_form_graph_foot(&run->text);
	if (!text)
		acc_sheet_write(&run->sheet, command);
	else if (run->text.failed)
		acc_error_memory(command->messages);
	else
		acc_output_write(command->settings.output, run->text.bytes, run->text.length,
				 command->files ? command->file[0] : NULL, command->messages);
}

static void
cooccur(struct acc_command *command)
{
	struct acc_study study = {0};
	struct acc_cooccur_run run = {.command = command, .study = &study};
	bool good = acc_cooccur_options_make(&run.options, command);
	study.spans = run.options.window == ACC_WINDOW_OVERLAP;
	study.may_list = good && acc_cooccur_may_list(&run.options) && !command->messages->verbose;
	study.layers = study.may_list ? acc_cooccur_tallied(&run) : 0;
	good = good &&
	       acc_study_read(command, &study, acc_window_needs_units(run.options.window)) &&
	       check(&run);
	if (good)
		acc_windows_say(command, &study);
	good = good && acc_cooccur_widen(command, &run.options, &study, &run.windows) &&
	       acc_cooccur_begin(&run);
	run.shared = run.windows.shared;
	/* One coder gives a unit one code, and so do most and all coders: only in `any` can two
	 * meet. */
	if (study.patterns.design == ACC_CODES && !command->settings.layer)
		run.options.layers = 1u << ACC_LAYER_ANY;
	if (run.options.form == ACC_FORM_SQUARE)
		acc_form_square_head(&run.text, &study.patterns);
	if (run.options.form == ACC_FORM_GRAPH)
		acc_form_graph_head(&run.text, &run.options);
	good = good && take_group(&run, ACC_NONE);
	for (uint32_t g = 0; good && run.options.by_group && g < study.patterns.group.count; g++)
		good = take_group(&run, g);
	if (good)
		write_out(&run);
	acc_text_free(&run.text);
	acc_sheet_free(&run.sheet);
	free(run.field);
	free(run.name);
	acc_list_counts_free(&run.counts);
	acc_cooccurrence_free(&run.result);
	acc_windows_free(&run.windows);
	acc_cooccur_options_free(&run.options);
	acc_study_free(&study);
}

const struct acc_stage acc_stage_cooccur = {
    .name = "cooccur",
    .summary = "which themes travel together, with intervals, per group and layer",
    .operands = "[FILE]",
    .about =
	"Reads ratings (CSV) or a patterns file and writes one row per pair of themes: in how "
	"many units each was applied, in how many both, and how strongly they go together by "
	"each measure, with an interval. A layer says whose codings count: a theme is in a "
	"unit if any, most or all of the coders who looked applied it, or one coder did. Where "
	"each coder gives each unit one code, codes are taken as themes, and two can meet "
	"only in the layer `any`. Each pair is tested against chance within participants. Beside "
	"table, csv and json, --format takes square (a matrix of one measure), graphml (a graph, "
	"for Gephi) and places (themes in order and on a plane).",
    .examples = "accord cooccur ratings.csv --window near:2\n"
		"    themes that meet within two segments of each other\n"
		"accord cooccur ratings.csv --window overlap --layer any,each\n"
		"    themes whose segments overlap in the text, by the columns begin and end\n"
		"accord cooccur ratings.csv --sets\n"
		"    which themes segments have together\n"
		"accord cooccur ratings.csv\n"
		"    every measure, layer and group, as a table\n"
		"accord cooccur ratings.csv --layer majority --measure jaccard,npmi\n"
		"    two measures, of what most coders applied\n"
		"accord cooccur study.patterns --by '' --format csv --output pairs.csv\n"
		"    all groups together, as a file\n"
		"accord cooccur ratings.csv --matrix --present 1\n"
		"    a 0/1 column per theme\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_BREAKDOWN | ACC_GROUP_UNCERTAINTY |
	      ACC_GROUP_LAYER | ACC_GROUP_MEASURE | ACC_GROUP_THREADS | ACC_GROUP_RESULTS |
	      ACC_GROUP_OUTPUT,
    .run = cooccur,
};
