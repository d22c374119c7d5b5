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

enum {
#define FIELD(name, kind, shown) F_##name,
	FIELDS(FIELD)
#undef FIELD
};

static const struct acc_field fields[] = {
#define FIELD(name, kind, shown) {#name, ACC_FIELD_##kind, shown},
    FIELDS(FIELD)
#undef FIELD
};

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

/* ---- choices ---- */

enum { AGREEMENT = 1, COOCCURRENCE = 2 };

static bool
choose_what(struct acc_specify *run)
{
	static const char *const words[] = {"agreement", "cooccurrence"};
	static const char *const by[] = {"theme", "group"};
	struct acc_settings *settings = &run->command->settings;
	run->what = AGREEMENT;
	if (settings->specified)
		run->what = acc_list_bits(run->command, "what", settings->specified, words, 2);
	if (settings->by && *settings->by)
		run->by = acc_list_bits(run->command, "by", settings->by, by, 2);
	if (run->what & COOCCURRENCE && !settings->pair)
		acc_error(run->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--what cooccurrence is about one pair of themes; name it with --pair");
	if (!settings->coefficient)
		settings->coefficient = "krippendorff_alpha,fleiss_kappa,conger_kappa,"
					"brennan_prediger,gwet_ac";
	return !run->command->messages->errors;
}

/* ---- the rules: those that the data can tell apart, unless some are named ---- */

static unsigned
known_rules(const struct acc_patterns *patterns)
{
	unsigned rules = 1u << ACC_RULE_LISTED | 1u << ACC_RULE_COMPLETE;
	if (patterns->design == ACC_THEMES)
		rules |= 1u << ACC_RULE_ALL;
	if (patterns->design == ACC_THEMES && patterns->document.count)
		rules |= 1u << ACC_RULE_DOCUMENT;
	return rules;
}

static bool
choose_rules(struct acc_specify *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	const char *words[ACC_RULES];
	for (unsigned r = 0; r < ACC_RULES; r++)
		words[r] = acc_rule_name(run, (enum acc_rule)r);
	unsigned known = known_rules(patterns);
	run->rules = known;
	run->main_rule =
	    patterns->design == ACC_THEMES ? (enum acc_rule)patterns->seen : ACC_RULE_LISTED;
	if (run->command->settings.missing_rules)
		run->rules = acc_list_bits(run->command, "rules",
					   run->command->settings.missing_rules, words, ACC_RULES);
	for (unsigned r = 0; r < ACC_RULES; r++)
		if (run->rules & ~known & 1u << r)
			acc_error(run->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
				  "--rules %s: %s", words[r],
				  patterns->design == ACC_THEMES
				      ? "no document is known; name its column with --document"
				      : "where coders give codes, a missing row can only be left "
					"out: available, or complete");
	return !run->command->messages->errors;
}

/* ---- co-occurrence: the pair, layers, measures, windows ---- */

static bool
choose_pair(struct acc_specify *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_messages *messages = run->command->messages;
	const char *given = run->command->settings.pair;
	size_t count = 0;
	run->names = acc_list_split(given, &count);
	if (!run->names) {
		acc_error_memory(messages);
		return false;
	}
	if (count != 2 || !strcmp(run->names[0], run->names[1])) {
		acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--pair '%s' is not two themes; \\, keeps a comma in a name",
			  acc_visible(given));
		return false;
	}
	for (size_t i = 0; i < 2; i++) {
		run->pair[i] = run->names[i];
		uint32_t t = 0;
		while (t < acc_layer_themes(patterns) &&
		       strcmp(acc_layer_theme(patterns, t), run->pair[i]))
			t++;
		if (t == acc_layer_themes(patterns))
			acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){0},
				  "--pair: '%s' is not a theme of this study",
				  acc_visible(run->pair[i]));
	}
	return !messages->errors;
}

static bool
choose_measures(struct acc_specify *run)
{
	const char *given = run->command->settings.measures;
	const char **key = acc_array(acc_measure_count, sizeof *key);
	run->measure = acc_array(acc_measure_count, sizeof *run->measure);
	if (!key || !run->measure)
		acc_error_memory(run->command->messages);
	for (size_t m = 0; key && m < acc_measure_count; m++)
		key[m] = acc_measures[m]->key;
	unsigned chosen = 0;
	if (key)
		chosen = acc_list_bits(run->command, "measure", given ? given : "phi,npmi,yule_q",
				       key, acc_measure_count);
	for (size_t m = 0; run->measure && m < acc_measure_count; m++)
		if (chosen & 1u << m)
			run->measure[run->measures++] = acc_measures[m];
	free(key);
	return !run->command->messages->errors;
}

/* The windows that are known, unless some are named; `unit` is the first of them. */
static bool
choose_windows(struct acc_specify *run)
{
	static const char *const kinds[] = {"unit", "participant", "document", "near:K"};
	struct acc_command *command = run->command;
	run->windows = acc_list_split(command->settings.windows ? command->settings.windows
								: "unit,participant,document",
				      &run->window_count);
	if (!run->windows) {
		acc_error_memory(command->messages);
		return false;
	}
	if (run->window_count > ACC_SPECIFY_WINDOWS)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--window: at most %d of them", ACC_SPECIFY_WINDOWS);
	for (size_t w = 0; w < run->window_count && !command->messages->errors; w++) {
		struct acc_cooccur_options *window = &run->window[w];
		double reach = 0;
		if (!strncmp(run->windows[w], "near:", 5) &&
		    acc_number(run->windows[w] + 5, &reach) && reach >= 1 && reach <= 1000 &&
		    reach <= (double)(uint32_t)reach) {
			window->window = ACC_WINDOW_NEAR;
			window->reach = (uint32_t)reach;
			continue;
		}
		size_t kind = acc_choice(command, "window", run->windows[w], kinds, 4);
		window->window = (enum acc_window)kind;
		if (kind == ACC_WINDOW_NEAR)
			acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
				  "--window near:K needs a number from 1 to 1000 for K");
	}
	return !command->messages->errors;
}

/* Without --window: not those that are not known. */
static void
drop_windows(struct acc_specify *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	size_t kept = 0;
	for (size_t w = 0; w < run->window_count; w++) {
		enum acc_window kind = run->window[w].window;
		char *name = run->windows[w];
		if (!run->command->settings.windows &&
		    ((kind == ACC_WINDOW_PARTICIPANT && !patterns->participant.count) ||
		     (kind == ACC_WINDOW_DOCUMENT && !patterns->document.count))) {
			free(name);
			continue;
		}
		run->window[kept] = run->window[w];
		run->windows[kept++] = name;
	}
	if (kept < run->window_count)
		run->windows[kept] = NULL;
	run->window_count = kept;
}

static bool
near_units(const struct acc_specify *run)
{
	for (size_t w = 0; w < run->window_count; w++)
		if (run->window[w].window == ACC_WINDOW_NEAR)
			return true;
	return false;
}

static bool
choose_layers(struct acc_specify *run)
{
	const char *given = run->command->settings.layer;
	run->layers = run->study.patterns.design == ACC_CODES
			  ? 1u << ACC_LAYER_ANY
			  : 1u << ACC_LAYER_ANY | 1u << ACC_LAYER_MAJORITY | 1u << ACC_LAYER_ALL;
	if (given)
		run->layers = acc_list_bits(run->command, "layer", given, acc_cooccur_layers,
					    ACC_COOCCUR_LAYERS);
	return !run->command->messages->errors;
}

/* ---- the stage ---- */

static bool
check(struct acc_specify *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_messages *messages = run->command->messages;
	struct acc_place place = {run->command->files ? run->command->file[0] : "-", 0, 0};
	bool pair = run->what & COOCCURRENCE;
	if (run->what & AGREEMENT && patterns->coder.count < 2)
		acc_error(messages, ACC_EXIT_DATA, place, "agreement needs at least 2 coders");
	else if (pair && acc_layer_themes(patterns) > THEMES_MAX)
		acc_error(messages, ACC_EXIT_LIMIT, place, "%u themes are more than %d",
			  (unsigned)acc_layer_themes(patterns), THEMES_MAX);
	else if (pair && patterns->design == ACC_THEME_CODES && run->study.present == ACC_NONE)
		acc_error(messages, ACC_EXIT_USAGE, place,
			  "which code means that a theme was applied? Name it with --present");
	run->leave_out = patterns->coder.count > 2 && patterns->coder.count <= LEFT_OUT_MAX;
	if (run->what & AGREEMENT && patterns->coder.count > LEFT_OUT_MAX)
		acc_note(messages, place, "more than %d coders: none is left out", LEFT_OUT_MAX);
	return !messages->errors;
}

static void
specify(struct acc_command *command)
{
	struct acc_specify run = {.command = command, .study = {.raw = true}};
	acc_sheet_begin(&run.sheet, fields, sizeof fields / sizeof *fields);
	bool good = choose_what(&run), pair = run.what & COOCCURRENCE;
	good = good && (!pair || (choose_windows(&run) && choose_measures(&run))) &&
	       acc_study_read(command, &run.study, near_units(&run)) && check(&run) &&
	       choose_rules(&run) && (!pair || (choose_pair(&run) && choose_layers(&run)));
	if (good)
		drop_windows(&run);
	good = good && (!(run.what & AGREEMENT) || acc_specify_agreement(&run)) &&
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
