/* accord coders: what each coder does to the results: how often he errs, what agreement would be
 * without him, and how common the themes are by his codings alone. */
#include "pipeline/coders.h"
#include "stats/coder_change.h"

#include <math.h>
#include <stdlib.h>

ACC_FIELD_TABLE(FIELDS)

enum { CODERS_MAX = 200, CODES_MAX = 200 };

/* ---- coders ---- */

static void
put_errors(struct acc_coders *run, uint32_t coder, uint32_t theme)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	const struct acc_coding_error *error = &run->error[acc_coders_question(run, theme)];
	size_t at = coder * error->categories + acc_coders_category(run, theme);
	struct acc_coders_subject subject = {"coder",
					     "sensitivity",
					     patterns->coder.label[coder],
					     acc_layer_theme(patterns, theme),
					     acc_coders_model,
					     "",
					     ""};
	struct acc_share share = acc_coders_of_model(error, error->sensitivity, at);
	acc_coders_put(run, &subject, &share);
	subject.quantity = "specificity";
	share = acc_coders_of_model(error, error->specificity, at);
	acc_coders_put(run, &subject, &share);
}

static bool
put_coder(struct acc_coders *run, uint32_t coder)
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
		struct acc_coders_subject subject = {"coder",
						     "use_rate",
						     patterns->coder.label[coder],
						     acc_layer_theme(patterns, t),
						     name.bytes ? name.bytes : "",
						     "",
						     ""};
		acc_coders_put(run, &subject, &rate[t]);
		put_errors(run, coder, t);
		acc_text_free(&name);
	}
	free(rate);
	return true;
}

static void
put_change(struct acc_coders *run, uint32_t coder, const char *theme,
	   const struct acc_coefficient *coefficient, const struct acc_coder_change *change)
{
	struct acc_sheet *sheet = &run->sheet;
	struct acc_coders_subject subject = {
	    "agreement", "", run->study.patterns.coder.label[coder], theme, "", "", ""};
	acc_coders_start(run, &subject);
	acc_sheet_text(sheet, F_quantity, coefficient->key);
	acc_sheet_text(sheet, F_quantity, ":change_without");
	acc_sheet_number(sheet, F_total, change->units);
	acc_sheet_number(sheet, F_value, change->change);
	acc_sheet_number(sheet, F_se, change->se);
	acc_sheet_number(sheet, F_ci_low, change->low);
	acc_sheet_number(sheet, F_ci_high, change->high);
	acc_sheet_number(sheet, F_clusters, change->clusters);
	acc_coders_end(run, change->method, change->reason, change->notes);
}

static bool
put_changes(struct acc_coders *run, uint32_t coder)
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

/* ---- the stage ---- */

static bool
fit_model(struct acc_coders *run)
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
check(struct acc_coders *run)
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
	struct acc_coders run = {.command = command};
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
	good = good && acc_coders_put_prevalence(&run);
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
	     "is (sensitivity) and leaves it out where it is not (specificity), by the "
	     "model of "
	     "Dawid and Skene, which needs three coders or more; and by how much agreement would "
	     "change without the coder. Then the share of units with each theme by group, and the "
	     "differences, by the codings of most coders (or --layer any, all), of each coder "
	     "alone, and by the model, layer dawid_skene: how much of a difference "
	     "between groups "
	     "hangs on who coded. The model speaks about units, not about agreement.",
    .examples = "accord coders ratings.csv\n"
		"    every coder, theme and group\n"
		"accord coders study.patterns --coefficient alpha,gwet_ac --output coders.csv\n"
		"    the change of two coefficients, as a file\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_COEFFICIENT | ACC_GROUP_WEIGHTS |
	      ACC_GROUP_UNCERTAINTY | ACC_GROUP_LAYER | ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = coders,
};
