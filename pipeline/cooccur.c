/* accord cooccur: which themes travel together. */
#include "pipeline/cooccur_forms.h"
#include "pipeline/cooccur_window.h"
#include "pipeline/read/patterns_file.h"
#include "pipeline/write/output.h"
#include "stats/pair_agreement.h"
#include "stats/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The columns before and after those of the measures: name, kind, in the table for people. */
#define HEAD(FIELD)                                                                                \
	FIELD(group, TEXT, true)                                                                   \
	FIELD(layer, TEXT, true)                                                                   \
	FIELD(theme_a, TEXT, true)                                                                 \
	FIELD(theme_b, TEXT, true)                                                                 \
	FIELD(units, COUNT, true)                                                                  \
	FIELD(n_a, COUNT, true)                                                                    \
	FIELD(n_b, COUNT, true)                                                                    \
	FIELD(n_ab, COUNT, true)
#define TAIL(FIELD)                                                                                \
	FIELD(level, NUMBER, false)                                                                \
	FIELD(method, TEXT, false)                                                                 \
	FIELD(clusters, COUNT, true)                                                               \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)                                                                    \
	FIELD(seen, TEXT, false)                                                                   \
	FIELD(test, TEXT, false)                                                                   \
	FIELD(ses, NUMBER, false)                                                                  \
	FIELD(p, NUMBER, true)                                                                     \
	FIELD(p_adjusted, NUMBER, true)                                                            \
	FIELD(adjust, TEXT, false)                                                                 \
	FIELD(family, COUNT, false)                                                                \
	FIELD(draws, COUNT, false)                                                                 \
	FIELD(test_reason, TEXT, false)                                                            \
	FIELD(window, TEXT, false)                                                                 \
	FIELD(agreement, BOUNDED, false)                                                           \
	FIELD(agreement_units, COUNT, false)

enum {
#define FIELD(name, kind, shown) F_##name,
	HEAD(FIELD) HEADS
};
enum { TAIL(FIELD) TAILS };
#undef FIELD

#define FIELD(name, kind, shown) {#name, ACC_FIELD_##kind, shown},
static const struct acc_field head[] = {HEAD(FIELD)};
static const struct acc_field tail[] = {TAIL(FIELD)};
#undef FIELD

enum { THEMES_MAX = 1000 };

struct run {
	struct acc_command *command;
	struct acc_study *study; /* borrowed */
	struct acc_cooccur_options options;
	struct acc_field *field; /* owned */
	char (*name)[2][64];     /* owned; of the limits of each measure */
	struct acc_sheet sheet;
	struct acc_text text;                 /* owned: squares and graphs */
	struct acc_pair_agreement *agreement; /* owned, [pairs]: of the group at hand */
	bool said;                            /* that something was left out */
};

/* Position of a column after the measures. */
static size_t
after(const struct run *run, size_t field)
{
	return HEADS + 3 * run->options.plan.measures + field;
}

static bool
begin_sheet(struct run *run)
{
	size_t measures = run->options.plan.measures, at = HEADS;
	if (run->options.form == ACC_FORM_SETS || run->options.form == ACC_FORM_PLACES) {
		bool sets = run->options.form == ACC_FORM_SETS;
		acc_sheet_begin(&run->sheet, sets ? acc_form_sets : acc_form_places,
				sets ? acc_form_sets_count : acc_form_places_count);
		return true;
	}
	run->field = acc_array(HEADS + 3 * measures + TAILS, sizeof *run->field);
	run->name = acc_array(measures, sizeof *run->name);
	if (!run->field || !run->name) {
		acc_error_memory(run->command->messages);
		return false;
	}
	memcpy(run->field, head, sizeof head);
	for (size_t m = 0; m < measures; m++) {
		const struct acc_measure *measure = run->options.measure[m];
		enum acc_field_kind kind = measure->bounded ? ACC_FIELD_BOUNDED : ACC_FIELD_NUMBER;
		char *low = run->name[m][0], *high = run->name[m][1];
		snprintf(low, sizeof run->name[m][0], "%s_low", measure->key);
		snprintf(high, sizeof run->name[m][1], "%s_high", measure->key);
		/* People see limits where they asked for few measures. */
		run->field[at++] = (struct acc_field){measure->key, kind, true};
		run->field[at++] = (struct acc_field){low, kind, measures <= 2};
		run->field[at++] = (struct acc_field){high, kind, measures <= 2};
	}
	memcpy(run->field + at, tail, sizeof tail);
	acc_sheet_begin(&run->sheet, run->field, at + TAILS);
	acc_sheet_stream(&run->sheet, run->command);
	return true;
}

/* The reason all measures share, or "measure:reason" of each that has one. */
static void
put_reasons(struct run *run, const struct acc_association *association)
{
	size_t field = after(run, F_reason), same = 0, measures = run->options.plan.measures;
	bool some = false;
	for (size_t m = 0; m < measures; m++)
		same += association[m].reason == association[0].reason;
	if (same == measures) {
		acc_sheet_text(&run->sheet, field, acc_reason_key(association[0].reason));
		return;
	}
	for (size_t m = 0; m < measures; m++) {
		if (association[m].reason == ACC_DEFINED)
			continue;
		acc_sheet_text(&run->sheet, field, some ? ";" : "");
		acc_sheet_text(&run->sheet, field, run->options.measure[m]->key);
		acc_sheet_text(&run->sheet, field, ":");
		acc_sheet_text(&run->sheet, field, acc_reason_key(association[m].reason));
		some = true;
	}
}

static void
put_measures(struct run *run, const struct acc_association *association, const char *method)
{
	bool some = false, closed = false;
	size_t field = after(run, F_method);
	for (size_t m = 0; m < run->options.plan.measures; m++) {
		size_t at = HEADS + 3 * m;
		bool has = !isnan(association[m].low);
		acc_sheet_number(&run->sheet, at, association[m].value);
		acc_sheet_number(&run->sheet, at + 1, association[m].low);
		acc_sheet_number(&run->sheet, at + 2, association[m].high);
		if (acc_measure_is_closed(run->options.plan.measure[m]))
			closed = closed || has;
		else
			some = some || has;
	}
	acc_sheet_text(&run->sheet, field, some ? method : "");
	if (closed)
		acc_sheet_text(&run->sheet, field,
			       some ? "; conditional_odds_ratio: exact, units independent"
				    : "exact, units independent");
}

static void
put_test(struct run *run, const struct acc_chance *chance, size_t tested)
{
	const struct acc_cooccur_options *options = &run->options;
	acc_sheet_text(&run->sheet, after(run, F_test), options->test->key);
	acc_sheet_number(&run->sheet, after(run, F_ses), chance->size);
	acc_sheet_number(&run->sheet, after(run, F_p), chance->p);
	acc_sheet_number(&run->sheet, after(run, F_p_adjusted), chance->p_adjusted);
	acc_sheet_text(&run->sheet, after(run, F_adjust), options->dependent ? "by" : "bh");
	acc_sheet_count(&run->sheet, after(run, F_family), tested);
	acc_sheet_text(&run->sheet, after(run, F_test_reason), acc_reason_key(chance->reason));
	uint64_t draws = options->draws ? options->draws : options->test->draws;
	if (draws && !options->test->naive)
		acc_sheet_count(&run->sheet, after(run, F_draws), draws);
}

static void
put_pair(struct run *run, const struct acc_pair *pair)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	const struct acc_pair_table *table = &pair->table;
	struct acc_sheet *sheet = &run->sheet;
	double a = table->both + table->first, b = table->both + table->second;
	struct acc_text notes = {0};
	acc_sheet_text(sheet, F_theme_a, acc_layer_theme(patterns, pair->first));
	acc_sheet_text(sheet, F_theme_b, acc_layer_theme(patterns, pair->second));
	acc_sheet_number(sheet, F_units, a + table->second + table->neither);
	acc_sheet_number(sheet, F_n_a, a);
	acc_sheet_number(sheet, F_n_b, b);
	acc_sheet_number(sheet, F_n_ab, table->both);
	acc_sheet_number(sheet, after(run, F_level), run->options.plan.level);
	acc_sheet_number(sheet, after(run, F_clusters), pair->clusters);
	acc_notes_text(&notes, pair->notes);
	acc_sheet_text(sheet, after(run, F_note), notes.bytes ? notes.bytes : "");
	sheet->failed = sheet->failed || notes.failed;
	acc_text_free(&notes);
}

/* Unless it was asked for, no test that would take long. */
static const double too_many = 3e7;

static bool
is_tested(struct run *run, const struct acc_cooccurrence *result)
{
	double units = 0;
	for (size_t p = 0; p < result->pairs; p++) {
		const struct acc_pair_table *table = &result->pair[p].table;
		units += table->both + table->first + table->second + table->neither;
	}
	bool long_one = units > too_many && !run->command->settings.test;
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
test(struct run *run, const struct acc_blocks *blocks, uint32_t group, struct acc_layer layer,
     const struct acc_cooccurrence *result, struct acc_chance *chance, size_t *tested)
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

static void
put_rows(struct run *run, uint32_t group, const char *word, struct acc_layer layer,
	 const struct acc_cooccurrence *result, const struct acc_chance *chance, size_t tested)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	for (size_t p = 0; p < result->pairs; p++) {
		const struct acc_association *association =
		    &result->association[p * run->options.plan.measures];
		if (group != ACC_NONE)
			acc_sheet_text(&run->sheet, F_group, patterns->group.label[group]);
		acc_sheet_text(&run->sheet, F_layer, word);
		if (layer.kind == ACC_LAYER_CODER)
			acc_sheet_text(&run->sheet, F_layer, patterns->coder.label[layer.coder]);
		put_pair(run, &result->pair[p]);
		put_measures(run, association, result->method);
		put_reasons(run, association);
		if (patterns->design == ACC_THEMES)
			acc_sheet_text(&run->sheet, after(run, F_seen),
				       acc_seen_names[patterns->seen]);
		if (chance)
			put_test(run, &chance[p], tested);
		if (layer.kind != ACC_LAYER_CODER) {
			acc_sheet_number(&run->sheet, after(run, F_agreement),
					 run->agreement[p].value);
			acc_sheet_number(&run->sheet, after(run, F_agreement_units),
					 run->agreement[p].units);
		}
		acc_sheet_text(&run->sheet, after(run, F_window),
			       run->command->settings.window ? run->command->settings.window
							     : "unit");
		acc_sheet_row(&run->sheet);
	}
}

/* Write a group and layer in the form that is asked for. */
static bool
put_form(struct run *run, uint32_t group, const char *word, struct acc_layer layer,
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
					!run->command->settings.measure};
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

static bool
take_layer(struct run *run, const struct acc_blocks *blocks, uint32_t group, const char *word,
	   struct acc_layer layer)
{
	struct acc_messages *messages = run->command->messages;
	struct acc_cooccurrence result;
	size_t tested = 0;
	if (!acc_status_ok(messages, acc_cooccurrence_make(&result, &run->study->patterns, blocks,
							   layer, &run->options.plan)))
		return false;
	bool tests = is_tested(run, &result), good = true;
	struct acc_chance *chance = acc_array(tests ? result.pairs : 0, sizeof *chance);
	if (!chance) {
		acc_error_memory(messages);
		good = false;
	}
	if (good && tests)
		good = test(run, blocks, group, layer, &result, chance, &tested);
	if (good && run->options.form)
		good = put_form(run, group, word, layer, &result, tests ? chance : NULL);
	else if (good)
		put_rows(run, group, word, layer, &result, tests ? chance : NULL, tested);
	free(chance);
	acc_cooccurrence_free(&result);
	return good;
}

static bool
take_sets(struct run *run, const struct acc_blocks *blocks, uint32_t group, const char *word,
	  struct acc_layer layer)
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
find_agreement(struct run *run, const struct acc_blocks *blocks)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	size_t themes = acc_layer_themes(patterns);
	if (run->options.form != ACC_FORM_PAIRS)
		return true;
	run->agreement = acc_array(themes * (themes - 1) / 2, sizeof *run->agreement);
	enum acc_status status = run->agreement
				     ? acc_pair_agreement_make(run->agreement, patterns, blocks,
							       run->options.plan.present)
				     : ACC_NO_MEMORY;
	return acc_status_ok(run->command->messages, status);
}

static bool
take_group(struct run *run, uint32_t group)
{
	static const char *const word[] = {"any", "majority", "all"};
	const struct acc_patterns *patterns = &run->study->patterns;
	struct acc_blocks blocks;
	bool (*take)(struct run *, const struct acc_blocks *, uint32_t, const char *,
		     struct acc_layer) =
	    run->options.form == ACC_FORM_SETS ? take_sets : take_layer;
	bool good = acc_status_ok(run->command->messages,
				  acc_blocks_make(&blocks, patterns, group, run->options.cluster));
	if (!good)
		return false;
	good = find_agreement(run, &blocks);
	for (unsigned l = 0; good && l < ACC_COOCCUR_EACH; l++)
		if (run->options.layers & 1u << l)
			good = take(run, &blocks, group, word[l],
				    (struct acc_layer){.kind = (enum acc_layer_kind)l});
	for (uint32_t j = 0;
	     good && run->options.layers & 1u << ACC_COOCCUR_EACH && j < patterns->coder.count; j++)
		good = take(run, &blocks, group, "coder:", (struct acc_layer){ACC_LAYER_CODER, j});
	acc_blocks_free(&blocks);
	free(run->agreement);
	run->agreement = NULL;
	return good;
}

static bool
check(struct run *run)
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
write_out(struct run *run)
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
	struct run run = {.command = command, .study = &study};
	bool good = acc_cooccur_options_make(&run.options, command) &&
		    acc_study_read(command, &study, run.options.window == ACC_WINDOW_NEAR) &&
		    check(&run) && acc_cooccur_widen(command, &run.options, &study) &&
		    begin_sheet(&run);
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
	      ACC_GROUP_LAYER | ACC_GROUP_MEASURE | ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = cooccur,
};
