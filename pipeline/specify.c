/* accord specify: does a result hang on choices that could have been made otherwise? Every
 * combination of them, a row each (Simonsohn, Simmons & Nelson 2020). */
#include "pipeline/specify.h"
#include "pipeline/command/plan.h"

#include <stdlib.h>
#include <string.h>

#define FIELDS(FIELD)                                                                              \
	FIELD(what, TEXT, false)                                                                   \
	FIELD(group, SCOPE, true)                                                                  \
	FIELD(theme, SCOPE, true)                                                                  \
	FIELD(theme_a, TEXT, true)                                                                 \
	FIELD(theme_b, TEXT, true)                                                                 \
	FIELD(quantity, TEXT, true)                                                                \
	FIELD(weights, TEXT, false)                                                                \
	FIELD(missing, TEXT, true)                                                                 \
	FIELD(left_out, TEXT, true)                                                                \
	FIELD(layer, TEXT, true)                                                                   \
	FIELD(window, TEXT, true)                                                                  \
	FIELD(main, TEXT, false)                                                                   \
	FIELD(units, COUNT, true)                                                                  \
	FIELD(value, NUMBER, true)                                                                 \
	FIELD(se, NUMBER, false)                                                                   \
	FIELD(ci_low, NUMBER, true)                                                                \
	FIELD(ci_high, NUMBER, true)                                                               \
	FIELD(level, NUMBER, false)                                                                \
	FIELD(method, TEXT, false)                                                                 \
	FIELD(clusters, COUNT, true)                                                               \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)

ACC_FIELDS(FIELDS)

/* More coders than this are not left out one at a time. */
enum { LEFT_OUT_MAX = 40, THEMES_MAX = 1000 };

/* ---- rows ---- */

void
acc_specify_head(struct acc_specify *run, const struct acc_specification *row)
{
	struct acc_sheet *sheet = &run->sheet;
	bool pair = row->what[0] == 'c';
	acc_sheet_text(sheet, F_what, row->what);
	acc_sheet_text(sheet, F_group, row->group);
	acc_sheet_text(sheet, F_theme, row->theme);
	acc_sheet_text(sheet, F_theme_a, pair ? run->pair[0] : "");
	acc_sheet_text(sheet, F_theme_b, pair ? run->pair[1] : "");
	acc_sheet_text(sheet, F_quantity, row->quantity);
	acc_sheet_text(sheet, F_weights, row->weights);
	acc_sheet_text(sheet, F_missing, row->missing);
	acc_sheet_text(sheet, F_left_out, row->left_out);
	acc_sheet_text(sheet, F_layer, row->layer);
	acc_sheet_text(sheet, F_window, row->window);
	acc_sheet_text(sheet, F_main, row->main ? "yes" : "");
}

void
acc_specify_numbers(struct acc_specify *run, double units, double clusters, double value, double se,
		    const double *limits, double level, const char *method)
{
	struct acc_sheet *sheet = &run->sheet;
	acc_sheet_number(sheet, F_units, units);
	acc_sheet_number(sheet, F_value, value);
	acc_sheet_number(sheet, F_se, se);
	acc_sheet_number(sheet, F_ci_low, limits[0]);
	acc_sheet_number(sheet, F_ci_high, limits[1]);
	acc_sheet_number(sheet, F_level, level);
	acc_sheet_text(sheet, F_method, method ? method : "");
	acc_sheet_number(sheet, F_clusters, clusters);
}

void
acc_specify_end(struct acc_specify *run, enum acc_reason reason, unsigned notes)
{
	struct acc_text text = {0};
	acc_sheet_text(&run->sheet, F_reason, acc_reason_key(reason));
	acc_notes_text(&text, notes);
	acc_sheet_text(&run->sheet, F_note, text.bytes ? text.bytes : "");
	run->sheet.failed = run->sheet.failed || text.failed;
	acc_text_free(&text);
	acc_sheet_row(&run->sheet);
}

/* ---- the stage ---- */

static bool
check(struct acc_specify *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_messages *messages = run->command->messages;
	struct acc_place place = {run->command->files ? run->command->file[0] : "-", 0, 0};
	bool pair = run->what & ACC_SPECIFY_COOCCURRENCE;
	if (run->what & ACC_SPECIFY_AGREEMENT && patterns->coder.count < 2)
		acc_error(messages, ACC_EXIT_DATA, place, "agreement needs at least 2 coders");
	else if (pair && acc_layer_themes(patterns) > THEMES_MAX)
		acc_error(messages, ACC_EXIT_LIMIT, place, "%u themes are more than %d",
			  (unsigned)acc_layer_themes(patterns), THEMES_MAX);
	else if (pair && patterns->design == ACC_THEME_CODES && run->study.present == ACC_NONE)
		acc_error(messages, ACC_EXIT_USAGE, place,
			  "which code means that a theme was applied? Name it with --present");
	run->leave_out = patterns->coder.count > 2 && patterns->coder.count <= LEFT_OUT_MAX;
	if (run->what & ACC_SPECIFY_AGREEMENT && patterns->coder.count > LEFT_OUT_MAX)
		acc_note(messages, place, "more than %d coders: none is left out", LEFT_OUT_MAX);
	return !messages->errors;
}

static void
specify(struct acc_command *command)
{
	struct acc_specify run = {.command = command, .study = {.raw = true}};
	acc_sheet_begin(&run.sheet, fields, sizeof fields / sizeof *fields);
	bool good = acc_specify_choose(&run), pair = run.what & ACC_SPECIFY_COOCCURRENCE;
	good = good &&
	       acc_study_read(command, &run.study, acc_specify_units(&run, &run.study.spans)) &&
	       check(&run) && acc_specify_match(&run);
	if (good)
		acc_windows_say(command, &run.study);
	good = good && (!(run.what & ACC_SPECIFY_AGREEMENT) || acc_specify_agreement(&run)) &&
	       (!pair || acc_specify_cooccurrence(&run));
	if (good)
		acc_sheet_write(&run.sheet, command);
	if (run.names)
		acc_list_free(run.names);
	if (run.windows)
		acc_list_free(run.windows);
	free(run.measure);
	acc_sheet_free(&run.sheet);
	acc_study_free(&run.study);
}

const struct acc_stage acc_stage_specify = {
    .name = "specify",
    .summary = "does a result hang on choices? Every combination of them, a row each",
    .operands = "[FILE]",
    .about = "Works out agreement for every coefficient, every rule for missing rows and every "
	     "coder left out in turn (three coders or more), pooled over themes, or also by theme "
	     "and group (--by); with --what cooccurrence how strongly two themes go together, for "
	     "every measure, rule, layer and window. What the other stages report unasked is "
	     "marked in the column main. Specifications without a value are listed with the "
	     "reason. Of all rows the seed is the same. accord plot draws them as a "
	     "specification curve. The rows are no independent results: how many of them lie "
	     "above a bound is no test.",
    .examples = "accord specify ratings.csv --output specifications.csv\n"
		"accord plot specifications.csv --figure specification\n"
		"    agreement over all themes, and its curve\n"
		"accord specify ratings.csv --what cooccurrence --pair burnout,culture\n"
		"    one pair of themes by measure, rule, layer and window\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_COEFFICIENT | ACC_GROUP_WEIGHTS |
	      ACC_GROUP_POOL | ACC_GROUP_BREAKDOWN | ACC_GROUP_UNCERTAINTY | ACC_GROUP_LAYER |
	      ACC_GROUP_SPECIFY | ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = specify,
};
