#include "pipeline/specify.h"

#include <stdlib.h>
#include <string.h>

static bool
choose_what(struct acc_specify *run)
{
	static const char *const words[] = {"agreement", "cooccurrence"};
	static const char *const by[] = {"theme", "group"};
	struct acc_settings *settings = &run->command->settings;
	run->what = ACC_SPECIFY_AGREEMENT;
	if (settings->specified)
		run->what = acc_list_bits(run->command, "what", settings->specified, words, 2);
	if (settings->by && *settings->by)
		run->by = acc_list_bits(run->command, "by", settings->by, by, 2);
	if (run->what & ACC_SPECIFY_COOCCURRENCE && !settings->pair)
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

static void
refuse_theme(struct acc_specify *run, const char *name)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	const struct acc_vocabulary *themes =
	    patterns->design == ACC_CODES ? &patterns->code : &patterns->theme;
	const char *near = acc_nearest(name, (const char *const *)themes->label, themes->count);
	acc_error(run->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "--pair: '%s' is not a theme of this study%s%s%s", acc_visible(name),
		  near ? ", did you mean '" : "", near ? acc_visible(near) : "", near ? "'?" : "");
}

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
			refuse_theme(run, run->pair[i]);
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
		size_t kind =
		    acc_choice(command, "window", run->windows[w], acc_window_kinds, ACC_WINDOWS);
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

bool
acc_specify_units(const struct acc_specify *run, bool *spans)
{
	bool units = false;
	*spans = false;
	for (size_t w = 0; w < run->window_count; w++) {
		units = units || acc_window_needs_units(run->window[w].window);
		*spans = *spans || run->window[w].window == ACC_WINDOW_OVERLAP;
	}
	return units;
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

bool
acc_specify_choose(struct acc_specify *run)
{
	return choose_what(run) && (!(run->what & ACC_SPECIFY_COOCCURRENCE) ||
				    (choose_windows(run) && choose_measures(run)));
}

bool
acc_specify_match(struct acc_specify *run)
{
	bool pair = run->what & ACC_SPECIFY_COOCCURRENCE;
	if (!choose_rules(run) || (pair && !(choose_pair(run) && choose_layers(run))))
		return false;
	drop_windows(run);
	return true;
}
