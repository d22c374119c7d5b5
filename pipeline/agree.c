/* accord agree: how far the coders agree. */
#include "pipeline/patterns_file.h"
#include "pipeline/plan.h"
#include "pipeline/sheet.h"
#include "stats/agreement.h"

#include <math.h>
#include <stdlib.h>

/* The columns: name, kind, in the table for people. */
#define FIELDS(FIELD)                                                                              \
	FIELD(group, SCOPE, true)                                                                  \
	FIELD(theme, SCOPE, true)                                                                  \
	FIELD(coders, SCOPE, true)                                                                 \
	FIELD(coefficient, TEXT, true)                                                             \
	FIELD(weights, TEXT, false)                                                                \
	FIELD(units, COUNT, true)                                                                  \
	FIELD(ratings, COUNT, false)                                                               \
	FIELD(observed, BOUNDED, true)                                                             \
	FIELD(expected, BOUNDED, true)                                                             \
	FIELD(value, BOUNDED, true)                                                                \
	FIELD(se, BOUNDED, true)                                                                   \
	FIELD(ci_low, BOUNDED, true)                                                               \
	FIELD(ci_high, BOUNDED, true)                                                              \
	FIELD(level, NUMBER, false)                                                                \
	FIELD(method, TEXT, false)                                                                 \
	FIELD(clusters, COUNT, true)                                                               \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)                                                                    \
	FIELD(seen, TEXT, false)                                                                   \
	FIELD(coder_count, COUNT, false)                                                           \
	FIELD(category, TEXT, true)                                                                \
	FIELD(units_single, COUNT, false)                                                          \
	FIELD(coder_a, TEXT, false)                                                                \
	FIELD(coder_b, TEXT, false)                                                                \
	FIELD(units_a, COUNT, false)                                                               \
	FIELD(units_b, COUNT, false)                                                               \
	FIELD(effective_clusters, NUMBER, false)                                                   \
	FIELD(prevalence, NUMBER, false)                                                           \
	FIELD(share_observed, NUMBER, false)                                                       \
	FIELD(share_expected, NUMBER, false)                                                       \
	FIELD(statistic, NUMBER, false)                                                            \
	FIELD(df1, NUMBER, false)                                                                  \
	FIELD(df2, NUMBER, false)                                                                  \
	FIELD(p, NUMBER, false)

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

enum { BY_THEME = 1, BY_GROUP = 2, BY_PAIR = 4, BY_CATEGORY = 8 };
enum { PAIRS_MAX = 20000, THEMES_MAX = 20000 };

struct run {
	struct acc_command *command;
	const struct acc_study *study;
	const struct acc_plan_made *made;
	struct acc_plan one; /* of a category against the others */
	unsigned by;
	struct acc_sheet sheet;
};

/* Two coders by name, or nobody when a row is about all of them. Borrowed. */
struct pair {
	const char *both, *first, *second;
};

static void
put_estimate(struct acc_sheet *sheet, const struct acc_estimate *e, double level, bool pair)
{
	struct acc_text notes = {0};
	acc_sheet_number(sheet, F_observed, e->observed);
	acc_sheet_number(sheet, F_expected, e->expected);
	acc_sheet_number(sheet, F_value, e->value);
	acc_sheet_number(sheet, F_se, e->se);
	acc_sheet_number(sheet, F_ci_low, e->low);
	acc_sheet_number(sheet, F_ci_high, e->high);
	acc_sheet_number(sheet, F_level, level);
	acc_sheet_text(sheet, F_method, e->method);
	acc_sheet_number(sheet, F_units, e->units);
	acc_sheet_number(sheet, F_ratings, e->ratings);
	acc_sheet_number(sheet, F_units_single, e->single);
	acc_sheet_number(sheet, F_clusters, e->clusters);
	acc_sheet_number(sheet, F_effective_clusters, e->effective);
	acc_sheet_number(sheet, F_prevalence, e->prevalence);
	acc_sheet_number(sheet, F_share_observed, e->share_observed);
	acc_sheet_number(sheet, F_share_expected, e->share_expected);
	acc_sheet_number(sheet, F_statistic, e->test.statistic);
	acc_sheet_number(sheet, F_df1, e->test.df1);
	acc_sheet_number(sheet, F_df2, e->test.df2);
	acc_sheet_number(sheet, F_p, e->test.p);
	if (pair) {
		acc_sheet_number(sheet, F_units_a, e->rated_by[0]);
		acc_sheet_number(sheet, F_units_b, e->rated_by[1]);
	}
	acc_sheet_text(sheet, F_reason, acc_reason_key(e->reason));
	acc_notes_text(&notes, e->notes);
	acc_sheet_text(sheet, F_note, notes.bytes ? notes.bytes : "");
	sheet->failed = sheet->failed || notes.failed;
	acc_text_free(&notes);
}

static void
put_row(struct run *run, const struct acc_scope *scope, const char *theme, const struct pair *pair,
	const struct acc_coefficient *coefficient, const struct acc_estimate *estimate)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	struct acc_sheet *sheet = &run->sheet;
	/* Unasked, only what is defined for this many coders. */
	if (!run->made->chosen && estimate->reason == ACC_REASON_not_two_coders)
		return;
	if (scope->group != ACC_NONE)
		acc_sheet_text(sheet, F_group, patterns->group.label[scope->group]);
	acc_sheet_text(sheet, F_theme, theme);
	acc_sheet_text(sheet, F_coders, pair->both);
	acc_sheet_text(sheet, F_coder_a, pair->first);
	acc_sheet_text(sheet, F_coder_b, pair->second);
	acc_sheet_text(sheet, F_coefficient, coefficient->key);
	acc_sheet_text(sheet, F_weights, scope->category ? "identity" : run->made->weights_name);
	if (scope->category)
		acc_sheet_text(sheet, F_category, patterns->code.label[scope->category - 1]);
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(sheet, F_seen, acc_seen_names[patterns->seen]);
	acc_sheet_count(sheet, F_coder_count, scope->coders);
	put_estimate(sheet, estimate, run->made->plan.level, *pair->both != 0);
	acc_sheet_row(sheet);
}

/* All rows of one group, some coders, and all categories or one. */
static bool
take_category(struct run *run, const struct acc_scope *scope, const struct pair *pair)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	const struct acc_plan *plan = scope->category ? &run->one : &run->made->plan;
	struct acc_estimate *estimate;
	if (!acc_status_ok(run->command->messages, acc_agreement(patterns, plan, scope, &estimate)))
		return false;
	uint32_t themes = acc_plan_questions(plan, patterns);
	bool one = patterns->design == ACC_CODES || plan->weights->sets || !(run->by & BY_THEME);
	for (uint32_t t = one ? themes : 0; t <= themes; t++) {
		bool pooled = t == themes;
		for (size_t c = 0; c < plan->coefficients; c++)
			put_row(run, scope, pooled ? "" : patterns->theme.label[t], pair,
				plan->coefficient[c], &estimate[t * plan->coefficients + c]);
	}
	free(estimate);
	return true;
}

/* All rows of one group and some coders. */
static bool
take_scope(struct run *run, const struct acc_scope *scope, const struct pair *pair)
{
	struct acc_scope one = *scope;
	bool good = take_category(run, scope, pair);
	for (uint32_t k = 0; good && run->by & BY_CATEGORY && k < run->study->patterns.code.count;
	     k++) {
		one.category = k + 1;
		good = take_category(run, &one, pair);
	}
	return good;
}

static bool
take_pair(struct run *run, uint32_t group, uint32_t first, uint32_t second, uint32_t *coder_of)
{
	const struct acc_vocabulary *coders = &run->study->patterns.coder;
	struct acc_scope scope = {group, coder_of, 2, 0};
	struct acc_text name = {0};
	acc_text_put(&name, coders->label[first]);
	acc_text_put(&name, ",");
	acc_text_put(&name, coders->label[second]);
	coder_of[first] = 0;
	coder_of[second] = 1;
	if (name.failed)
		acc_error_memory(run->command->messages);
	struct pair pair = {name.bytes, coders->label[first], coders->label[second]};
	bool good = !name.failed && take_scope(run, &scope, &pair);
	coder_of[first] = coder_of[second] = ACC_NONE;
	acc_text_free(&name);
	return good;
}

static bool
take_pairs(struct run *run, uint32_t group)
{
	uint32_t coders = run->study->patterns.coder.count;
	uint32_t *coder_of = acc_array(coders, sizeof *coder_of);
	bool good = coder_of != NULL;
	if (!good)
		acc_error_memory(run->command->messages);
	for (uint32_t i = 0; good && i < coders; i++)
		coder_of[i] = ACC_NONE;
	for (uint32_t i = 0; good && i < coders; i++)
		for (uint32_t j = i + 1; good && j < coders; j++)
			good = take_pair(run, group, i, j, coder_of);
	free(coder_of);
	return good;
}

static bool
take_group(struct run *run, uint32_t group)
{
	struct acc_scope scope = {.group = group};
	uint32_t *coder_of = NULL;
	bool good =
	    acc_status_ok(run->command->messages,
			  acc_scope_coders(&run->study->patterns, group, &coder_of, &scope.coders));
	scope.coder_of = coder_of;
	good = good && take_scope(run, &scope, &(struct pair){"", "", ""}) &&
	       (!(run->by & BY_PAIR) || take_pairs(run, group));
	free(coder_of);
	return good;
}

static bool
check(struct run *run)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	const char *file = run->command->files ? run->command->file[0] : "-";
	struct acc_place place = {file, 0, 0};
	double coders = patterns->coder.count;
	if (patterns->coder.count < 2)
		acc_error(run->command->messages, ACC_EXIT_DATA, place,
			  "agreement needs at least 2 coders; there is %s%s%s",
			  patterns->coder.count ? "only '" : "none",
			  patterns->coder.count ? acc_visible(patterns->coder.label[0]) : "",
			  patterns->coder.count ? "'" : "");
	else if (run->by & BY_PAIR && coders * (coders - 1) / 2 > PAIRS_MAX)
		acc_error(run->command->messages, ACC_EXIT_LIMIT, place,
			  "%u coders make more than %d pairs; leave --by pair out",
			  (unsigned)patterns->coder.count, PAIRS_MAX);
	else if (patterns->theme.count > THEMES_MAX)
		acc_error(run->command->messages, ACC_EXIT_LIMIT, place,
			  "%u themes are more than %d; is --theme the right column?",
			  (unsigned)patterns->theme.count, THEMES_MAX);
	else if (run->by & BY_CATEGORY && patterns->design == ACC_THEMES)
		acc_error(run->command->messages, ACC_EXIT_USAGE, place,
			  "--by category is for codes; each theme is there or not already");
	return !run->command->messages->errors;
}

static bool
choose_by(struct run *run)
{
	static const char *const words[] = {"theme", "group", "pair", "category"};
	const char *given = run->command->settings.by;
	run->by = BY_THEME | BY_GROUP;
	if (given && *given)
		run->by = acc_list_bits(run->command, "by", given, words, 4);
	else if (given)
		run->by = 0;
	return !run->command->messages->errors;
}

static void
agree(struct acc_command *command)
{
	struct acc_study study = {0};
	struct acc_plan_made made = {0};
	struct run run = {.command = command, .study = &study, .made = &made};
	acc_sheet_begin(&run.sheet, fields, sizeof fields / sizeof *fields);
	bool good = choose_by(&run) && acc_study_read(command, &study, false) && check(&run) &&
		    acc_plan_make(&made, command, &study);
	double score[] = {0, 1};
	struct acc_weights against = {.categories = 2, .score = score, .present = 2};
	run.one = made.plan;
	run.one.weights = &against;
	run.one.present = 1;
	good = good && take_group(&run, ACC_NONE);
	for (uint32_t g = 0; good && run.by & BY_GROUP && g < study.patterns.group.count; g++)
		good = take_group(&run, g);
	if (good)
		acc_sheet_write(&run.sheet, command);
	acc_sheet_free(&run.sheet);
	acc_plan_free(&made);
	acc_study_free(&study);
}

const struct acc_stage acc_stage_agree = {
    .name = "agree",
    .summary = "how far the coders agree, with intervals, per theme, group and pair",
    .operands = "[FILE]",
    .about = "Reads ratings (CSV) or a patterns file and writes one row per estimate. Rows with an "
	     "empty theme are pooled over themes; rows with an empty group are over all groups; "
	     "rows with empty coders are over all coders. What is undefined is empty, with its "
	     "reason.",
    .examples = "accord agree ratings.csv\n"
		"    the standard coefficients, per theme and group, as a table\n"
		"accord agree ratings.csv --coefficient alpha,fleiss --format csv --output a.csv\n"
		"    two of them, as a file\n"
		"accord agree ratings.csv --by group,pair --coefficient cohen\n"
		"    each pair of coders in each group\n"
		"accord agree ratings.csv --by category --coefficient fleiss,positive_agreement\n"
		"    each code against all others\n"
		"accord agree scores.csv --wide --weights quadratic\n"
		"    one column per coder, squared differences of numeric scores\n"
		"accord agree ratings.csv --weights masi\n"
		"    alpha of the units' sets of themes\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_COEFFICIENT | ACC_GROUP_WEIGHTS |
	      ACC_GROUP_POOL | ACC_GROUP_BREAKDOWN | ACC_GROUP_INTERVAL | ACC_GROUP_UNCERTAINTY |
	      ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = agree,
};
