/* accord coders: what each coder does to the results: how often he errs, what agreement would be
 * without him, and how common the themes are by his codings alone. */
#include "pipeline/command/plan.h"
#include "pipeline/read/patterns_file.h"
#include "pipeline/write/sheet.h"
#include "stats/coder_change.h"
#include "stats/coding_error.h"

#include <math.h>
#include <stdlib.h>

#define FIELDS(FIELD)                                                                              \
	FIELD(what, TEXT, true)                                                                    \
	FIELD(quantity, TEXT, true)                                                                \
	FIELD(coder, TEXT, true)                                                                   \
	FIELD(theme, SCOPE, true)                                                                  \
	FIELD(layer, TEXT, true)                                                                   \
	FIELD(group, SCOPE, true)                                                                  \
	FIELD(versus, TEXT, true)                                                                  \
	FIELD(count, NUMBER, false)                                                                \
	FIELD(total, NUMBER, false)                                                                \
	FIELD(value, NUMBER, true)                                                                 \
	FIELD(se, NUMBER, false)                                                                   \
	FIELD(ci_low, NUMBER, true)                                                                \
	FIELD(ci_high, NUMBER, true)                                                               \
	FIELD(level, NUMBER, false)                                                                \
	FIELD(clusters, COUNT, true)                                                               \
	FIELD(method, TEXT, false)                                                                 \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)                                                                    \
	FIELD(seen, TEXT, false)

ACC_FIELDS(FIELDS)

enum { CODERS_MAX = 200, CODES_MAX = 200 };

struct run {
	struct acc_command *command;
	struct acc_study study;
	struct acc_plan_made made;
	struct acc_sheet sheet;
	unsigned layers; /* bits, in the order of enum acc_layer_kind */
	/* [themes of the patterns], filled as far as they are needed */
	struct acc_coding_error *error;
};

/* ---- rows ---- */

/* What a row is about. Empty strings where a column does not apply. */
struct subject {
	const char *what, *quantity, *coder, *theme, *layer, *group, *versus;
};

static void
start_row(struct run *run, const struct subject *subject)
{
	struct acc_sheet *sheet = &run->sheet;
	const struct acc_patterns *patterns = &run->study.patterns;
	acc_sheet_text(sheet, F_what, subject->what);
	acc_sheet_text(sheet, F_quantity, subject->quantity);
	acc_sheet_text(sheet, F_coder, subject->coder);
	acc_sheet_text(sheet, F_theme, subject->theme);
	acc_sheet_text(sheet, F_layer, subject->layer);
	acc_sheet_text(sheet, F_group, subject->group);
	acc_sheet_text(sheet, F_versus, subject->versus);
	acc_sheet_number(sheet, F_level, run->made.plan.level);
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(sheet, F_seen, acc_seen_names[patterns->seen]);
}

static void
end_row(struct run *run, const char *method, enum acc_reason reason, unsigned notes)
{
	struct acc_sheet *sheet = &run->sheet;
	struct acc_text text = {0};
	acc_sheet_text(sheet, F_method, method);
	acc_sheet_text(sheet, F_reason, acc_reason_key(reason));
	acc_notes_text(&text, notes);
	acc_sheet_text(sheet, F_note, text.bytes ? text.bytes : "");
	sheet->failed = sheet->failed || text.failed;
	acc_text_free(&text);
	acc_sheet_row(sheet);
}

static void
put_share(struct run *run, const struct subject *subject, const struct acc_share *share)
{
	struct acc_sheet *sheet = &run->sheet;
	start_row(run, subject);
	acc_sheet_number(sheet, F_count, share->count);
	acc_sheet_number(sheet, F_total, share->total);
	acc_sheet_number(sheet, F_value, share->value);
	acc_sheet_number(sheet, F_se, share->se);
	acc_sheet_number(sheet, F_ci_low, share->low);
	acc_sheet_number(sheet, F_ci_high, share->high);
	acc_sheet_number(sheet, F_clusters, share->clusters);
	end_row(run, share->method ? share->method : "", share->reason, share->notes);
}

/* ---- where a theme is in the results ---- */

/* The question that a theme is asked in, and its category there. */
static uint32_t
question_of(const struct run *run, uint32_t theme)
{
	return run->study.patterns.design == ACC_CODES ? 0 : theme;
}

static uint32_t
category_of(const struct run *run, uint32_t theme)
{
	switch (run->study.patterns.design) {
	case ACC_CODES:
		return theme;
	case ACC_THEMES:
		return 1;
	case ACC_THEME_CODES:
		break;
	}
	return run->study.present;
}

/* A share of the model, or why there is none. */
static struct acc_share
of_model(const struct acc_coding_error *error, const struct acc_share *all, size_t at)
{
	if (error->reason == ACC_DEFINED)
		return all[at];
	return (struct acc_share){.value = NAN,
				  .se = NAN,
				  .low = NAN,
				  .high = NAN,
				  .count = NAN,
				  .total = NAN,
				  .clusters = NAN,
				  .reason = error->reason,
				  .method = ""};
}

/* ---- coders ---- */

static const char model[] = "dawid_skene";

static void
put_errors(struct run *run, uint32_t coder, uint32_t theme)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	const struct acc_coding_error *error = &run->error[question_of(run, theme)];
	size_t at = coder * error->categories + category_of(run, theme);
	struct subject subject = {"coder",
				  "sensitivity",
				  patterns->coder.label[coder],
				  acc_layer_theme(patterns, theme),
				  model,
				  "",
				  ""};
	struct acc_share share = of_model(error, error->sensitivity, at);
	put_share(run, &subject, &share);
	subject.quantity = "specificity";
	share = of_model(error, error->specificity, at);
	put_share(run, &subject, &share);
}

static bool
put_coder(struct run *run, uint32_t coder)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_layer layer = {ACC_LAYER_CODER, coder};
	struct acc_share *rate;
	if (!acc_status_ok(run->command->messages,
			   acc_densities(patterns, run->study.present, &layer, ACC_NONE,
					 run->made.plan.cluster, run->made.plan.level, &rate)))
		return false;
	for (uint32_t t = 0; t < acc_layer_themes(patterns); t++) {
		struct acc_text name = {0};
		acc_text_put(&name, "coder:");
		acc_text_put(&name, patterns->coder.label[coder]);
		run->sheet.failed = run->sheet.failed || name.failed;
		struct subject subject = {"coder",
					  "use_rate",
					  patterns->coder.label[coder],
					  acc_layer_theme(patterns, t),
					  name.bytes ? name.bytes : "",
					  "",
					  ""};
		put_share(run, &subject, &rate[t]);
		put_errors(run, coder, t);
		acc_text_free(&name);
	}
	free(rate);
	return true;
}

static void
put_change(struct run *run, uint32_t coder, const char *theme,
	   const struct acc_coefficient *coefficient, const struct acc_coder_change *change)
{
	struct acc_sheet *sheet = &run->sheet;
	struct subject subject = {
	    "agreement", "", run->study.patterns.coder.label[coder], theme, "", "", ""};
	start_row(run, &subject);
	acc_sheet_text(sheet, F_quantity, coefficient->key);
	acc_sheet_text(sheet, F_quantity, ":change_without");
	acc_sheet_number(sheet, F_total, change->units);
	acc_sheet_number(sheet, F_value, change->change);
	acc_sheet_number(sheet, F_se, change->se);
	acc_sheet_number(sheet, F_ci_low, change->low);
	acc_sheet_number(sheet, F_ci_high, change->high);
	acc_sheet_number(sheet, F_clusters, change->clusters);
	end_row(run, change->method, change->reason, change->notes);
}

static bool
put_changes(struct run *run, uint32_t coder)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	uint32_t themes = patterns->theme.count;
	for (size_t c = 0; c < run->made.plan.coefficients; c++) {
		struct acc_plan plan = run->made.plan;
		struct acc_coder_change *change;
		plan.coefficient += c;
		plan.coefficients = 1;
		if (!acc_status_ok(run->command->messages,
				   acc_coder_change_make(patterns, &plan, coder, &change)))
			return false;
		for (uint32_t t = patterns->design == ACC_CODES ? themes : 0; t <= themes; t++)
			put_change(run, coder, t < themes ? patterns->theme.label[t] : "",
				   plan.coefficient[0], &change[t]);
		free(change);
	}
	return true;
}

/* ---- prevalence under each layer ---- */

/* The densities of all groups, and of all units last, in one layer of codings. */
static bool
read_layer(struct run *run, const struct acc_layer *layer, struct acc_share **share)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	bool good = true;
	for (uint32_t g = 0; good && g <= patterns->group.count; g++)
		good = acc_status_ok(run->command->messages,
				     acc_densities(patterns, run->study.present, layer,
						   g < patterns->group.count ? g : ACC_NONE,
						   run->made.plan.cluster, run->made.plan.level,
						   &share[g]));
	return good;
}

static void
put_difference(struct run *run, struct subject subject, const struct acc_share *a,
	       const struct acc_share *b)
{
	struct acc_share share = {.value = a->value - b->value,
				  .count = NAN,
				  .total = NAN,
				  .clusters = a->clusters + b->clusters,
				  .reason = a->reason != ACC_DEFINED ? a->reason : b->reason,
				  .notes = a->notes | b->notes,
				  .method = ""};
	acc_newcombe(a, b, &share.low, &share.high);
	share.se = isnan(share.low) ? NAN : hypot(a->se, b->se);
	if (!isnan(share.low))
		share.method = "interval from both intervals (MOVER)";
	subject.quantity = "density_difference";
	put_share(run, &subject, &share);
}

static void
put_layer_theme(struct run *run, struct subject subject, struct acc_share *const *share,
		uint32_t theme)
{
	const struct acc_vocabulary *group = &run->study.patterns.group;
	for (uint32_t g = 0; g <= group->count; g++) {
		subject.group = g < group->count ? group->label[g] : "";
		put_share(run, &subject, &share[g][theme]);
	}
	for (uint32_t g = 0; g < group->count; g++)
		for (uint32_t h = g + 1; h < group->count; h++) {
			subject.group = group->label[g];
			subject.versus = group->label[h];
			put_difference(run, subject, &share[g][theme], &share[h][theme]);
		}
}

static void
put_model_theme(struct run *run, struct subject subject, uint32_t theme)
{
	const struct acc_vocabulary *group = &run->study.patterns.group;
	const struct acc_coding_error *error = &run->error[question_of(run, theme)];
	size_t q = error->categories, category = category_of(run, theme), pair = 0;
	struct acc_share share;
	for (uint32_t g = 0; g <= group->count; g++) {
		subject.group = g < group->count ? group->label[g] : "";
		share = of_model(error, error->prevalence, g * q + category);
		put_share(run, &subject, &share);
	}
	subject.quantity = "density_difference";
	for (uint32_t g = 0; g < group->count; g++)
		for (uint32_t h = g + 1; h < group->count; h++, pair++) {
			subject.group = group->label[g];
			subject.versus = group->label[h];
			share = of_model(error, error->difference, pair * q + category);
			put_share(run, &subject, &share);
		}
}

static bool
put_layer(struct run *run, const struct acc_layer *layer, const char *name)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_share **share = acc_array((size_t)patterns->group.count + 1, sizeof *share);
	bool good = share != NULL;
	if (!good)
		acc_error_memory(run->command->messages);
	good = good && (!layer || read_layer(run, layer, share));
	for (uint32_t t = 0; good && t < acc_layer_themes(patterns); t++) {
		const char *theme = acc_layer_theme(patterns, t);
		struct subject subject = {"prevalence", "density", "", theme, name, "", ""};
		if (layer && layer->kind == ACC_LAYER_CODER)
			subject.coder = patterns->coder.label[layer->coder];
		if (layer)
			put_layer_theme(run, subject, share, t);
		else
			put_model_theme(run, subject, t);
	}
	for (uint32_t g = 0; share && g <= patterns->group.count; g++)
		free(share[g]);
	free(share);
	return good;
}

static bool
put_prevalence(struct run *run)
{
	static const char *const words[] = {"any", "majority", "all"};
	const struct acc_vocabulary *coder = &run->study.patterns.coder;
	bool good = true;
	for (unsigned i = 0; good && i < 3; i++)
		if (run->layers & 1u << i)
			good = put_layer(run, &(struct acc_layer){.kind = (enum acc_layer_kind)i},
					 words[i]);
	for (uint32_t c = 0; good && c < coder->count; c++) {
		struct acc_text name = {0};
		acc_text_put(&name, "coder:");
		acc_text_put(&name, coder->label[c]);
		good = !name.failed &&
		       put_layer(run, &(struct acc_layer){ACC_LAYER_CODER, c}, name.bytes);
		acc_text_free(&name);
	}
	return good && put_layer(run, NULL, model);
}

/* ---- the stage ---- */

static bool
fit_model(struct run *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	bool good = true;
	run->error = acc_array(patterns->theme.count, sizeof *run->error);
	if (!run->error) {
		acc_error_memory(run->command->messages);
		return false;
	}
	for (uint32_t t = 0; good && t < patterns->theme.count; t++)
		good = acc_status_ok(run->command->messages,
				     acc_coding_error_make(&run->error[t], patterns, t,
							   run->made.plan.cluster,
							   run->made.plan.level));
	return good;
}

static bool
check(struct run *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_messages *messages = run->command->messages;
	struct acc_place place = {run->command->files ? run->command->file[0] : "-", 0, 0};
	if (patterns->coder.count > CODERS_MAX)
		acc_error(messages, ACC_EXIT_LIMIT, place,
			  "%u coders are more than %d; is --coder the right column?",
			  (unsigned)patterns->coder.count, CODERS_MAX);
	else if (patterns->design != ACC_THEMES && patterns->code.count > CODES_MAX)
		acc_error(messages, ACC_EXIT_LIMIT, place,
			  "%u codes are more than %d: a coder's errors are a table of codes by "
			  "codes",
			  (unsigned)patterns->code.count, CODES_MAX);
	else if (patterns->design == ACC_THEME_CODES && run->study.present == ACC_NONE)
		acc_error(messages, ACC_EXIT_USAGE, place,
			  "which code means that a theme was applied? Name it with --present");
	return !messages->errors;
}

static void
coders(struct acc_command *command)
{
	static const char *const words[] = {"any", "majority", "all", "each"};
	struct run run = {.command = command};
	const char *layer = command->settings.layer ? command->settings.layer : "majority";
	if (!command->settings.coefficient)
		command->settings.coefficient = "krippendorff_alpha";
	acc_sheet_begin(&run.sheet, fields, sizeof fields / sizeof *fields);
	run.layers = acc_list_bits(command, "layer", layer, words, 4);
	bool good = !command->messages->errors && acc_study_read(command, &run.study, false) &&
		    check(&run) && acc_plan_make(&run.made, command, &run.study) && fit_model(&run);
	uint32_t count = run.study.patterns.coder.count;
	for (uint32_t c = 0; good && c < count; c++)
		good = put_coder(&run, c);
	for (uint32_t c = 0; good && c < count; c++)
		good = put_changes(&run, c);
	good = good && put_prevalence(&run);
	if (good)
		acc_sheet_write(&run.sheet, command);
	for (uint32_t t = 0; run.error && t < run.study.patterns.theme.count; t++)
		acc_coding_error_free(&run.error[t]);
	free(run.error);
	acc_sheet_free(&run.sheet);
	acc_plan_free(&run.made);
	acc_study_free(&run.study);
}

const struct acc_stage acc_stage_coders = {
    .name = "coders",
    .summary = "what each coder does to the results: errors, agreement without them, prevalence",
    .operands = "[FILE]",
    .about = "For each coder and theme: how often the coder uses it; how often the coder finds it "
	     "where it "
	     "is (sensitivity) and leaves it out where it is not (specificity), by the model of "
	     "Dawid and Skene, which needs three coders or more; and by how much agreement would "
	     "change without the coder. Then the share of units with each theme by group, and the "
	     "differences, by the codings of most coders (or --layer any, all), of each coder "
	     "alone, and by the model, layer dawid_skene: how much of a difference between groups "
	     "hangs on who coded. The model speaks about units, not about agreement.",
    .examples = "accord coders ratings.csv\n"
		"    every coder, theme and group\n"
		"accord coders study.patterns --coefficient alpha,gwet_ac --output coders.csv\n"
		"    the change of two coefficients, as a file\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_COEFFICIENT | ACC_GROUP_WEIGHTS |
	      ACC_GROUP_UNCERTAINTY | ACC_GROUP_LAYER | ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = coders,
};
