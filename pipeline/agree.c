/* accord agree: how far the coders agree. */
#include "pipeline/command/plan.h"
#include "pipeline/command/progress.h"
#include "pipeline/read/patterns_file.h"
#include "pipeline/write/sheet.h"
#include "stats/agreement.h"
#include "stats/method.h"
#include "stats/minimum.h"
#include "stats/parallel.h"

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
	FIELD(p, NUMBER, false)                                                                    \
	FIELD(replicates, COUNT, false)                                                            \
	FIELD(replicates_undefined, COUNT, false)                                                  \
	FIELD(population, COUNT, false)                                                            \
	FIELD(minimum, BOUNDED, false)                                                             \
	FIELD(p_minimum, BOUNDED, false)                                                           \
	FIELD(p_fail, BOUNDED, false)                                                              \
	FIELD(benchmark, TEXT, false)                                                              \
	FIELD(benchmark_probability, BOUNDED, false)

ACC_FIELDS(FIELDS)

enum { BY_THEME = 1, BY_GROUP = 2, BY_PAIR = 4, BY_CATEGORY = 8 };
enum { PAIRS_MAX = 20000, THEMES_MAX = 20000 };

struct run {
	struct acc_command *command;
	const struct acc_study *study;
	const struct acc_plan_made *made;
	struct acc_plan one; /* of a category against the others */
	unsigned by;
	const struct acc_scale *scale; /* asked for with --benchmark, or NULL */
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
	acc_sheet_number(sheet, F_p, isnan(e->p) ? e->test.p : e->p);
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

/* Is it good enough? The tail that tests the minimum is also the chance of failing it, unless
 * replicates say how often that happened. */
static void
put_minimum(struct run *run, const struct acc_estimate *e)
{
	struct acc_sheet *sheet = &run->sheet;
	double minimum = run->made->minimum, p = acc_minimum_p(e, minimum), probability;
	if (run->made->plan.minimum) {
		acc_sheet_number(sheet, F_minimum, minimum);
		acc_sheet_number(sheet, F_p_minimum, p);
		acc_sheet_number(sheet, F_p_fail,
				 isnan(e->below_minimum) || isnan(p) ? p : e->below_minimum);
	}
	if (!run->scale)
		return;
	const char *level = acc_benchmark(run->scale, e, &probability);
	acc_sheet_text(sheet, F_benchmark, level ? level : "");
	acc_sheet_number(sheet, F_benchmark_probability, probability);
}

/* The error under chance agreement, replicates and the size of the group. */
static void
put_evidence(struct run *run, const struct acc_scope *scope, const struct acc_estimate *e)
{
	struct acc_sheet *sheet = &run->sheet;
	const double *population = run->made->population;
	if (e->replicates > 0) {
		acc_sheet_number(sheet, F_replicates, e->replicates);
		acc_sheet_number(sheet, F_replicates_undefined, e->undefined);
	}
	if (population)
		acc_sheet_number(
		    sheet, F_population,
		    population[scope->group == ACC_NONE ? run->study->patterns.group.count
							: scope->group]);
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
	put_evidence(run, scope, estimate);
	put_minimum(run, estimate);
	acc_sheet_row(sheet);
}

/* All rows of one group and some coders, and all categories or one. */
static void
put_rows(struct run *run, const struct acc_scope *scope, const struct pair *pair,
	 const struct acc_estimate *estimate)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	const struct acc_plan *plan = scope->category ? &run->one : &run->made->plan;
	uint32_t themes = acc_plan_questions(plan, patterns);
	bool one = patterns->design == ACC_CODES || plan->weights->sets || !(run->by & BY_THEME);
	for (uint32_t t = one ? themes : 0; t <= themes; t++) {
		bool pooled = t == themes;
		for (size_t c = 0; c < plan->coefficients; c++)
			put_row(run, scope, pooled ? "" : patterns->theme.label[t], pair,
				plan->coefficient[c], &estimate[t * plan->coefficients + c]);
	}
}

/* ---- questions: who agrees, in which group ---- */

/* In each group all its coders come first, then pairs of them, in order; of each, all categories
 * and then each against the others. The first group is all of them together. */
struct question {
	uint32_t group, first, second; /* ACC_NONE: all */
	uint32_t category;             /* as in a scope */
	size_t coders;                 /* once answered */
	struct acc_estimate *estimate; /* owned, once answered */
};

enum { BATCH = 64 }; /* questions answered side by side before their rows are written */

struct batch {
	struct run *run;
	size_t base;
	struct question question[BATCH];
};

static size_t
questions_per_coders(const struct run *run)
{
	return 1 + (run->by & BY_CATEGORY ? run->study->patterns.code.count : 0);
}

static size_t
questions_per_group(const struct run *run)
{
	size_t coders = run->study->patterns.coder.count;
	size_t pairs = run->by & BY_PAIR ? coders * (coders - 1) / 2 : 0;
	return (1 + pairs) * questions_per_coders(run);
}

static size_t
count_questions(const struct run *run)
{
	size_t groups = run->by & BY_GROUP ? run->study->patterns.group.count : 0;
	return (groups + 1) * questions_per_group(run);
}

static struct question
question_at(const struct run *run, size_t index)
{
	size_t per_group = questions_per_group(run), per_coders = questions_per_coders(run);
	size_t group = index / per_group, pair = index % per_group / per_coders;
	uint32_t coders = run->study->patterns.coder.count;
	struct question question = {.group = group ? (uint32_t)group - 1 : ACC_NONE,
				    .first = ACC_NONE,
				    .second = ACC_NONE,
				    .category = (uint32_t)(index % per_coders)};
	if (!pair--)
		return question;
	for (question.first = 0; pair >= coders - 1 - question.first; question.first++)
		pair -= coders - 1 - question.first;
	question.second = question.first + 1 + (uint32_t)pair;
	return question;
}

/* Which coders a question is about: owned by the caller. */
static enum acc_status
choose_coders(const struct run *run, struct question *question, uint32_t **coder_of)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	if (question->first == ACC_NONE)
		return acc_scope_coders(patterns, question->group, coder_of, &question->coders);
	*coder_of = acc_array(patterns->coder.count, sizeof **coder_of);
	for (uint32_t j = 0; *coder_of && j < patterns->coder.count; j++)
		(*coder_of)[j] = j == question->first ? 0 : j == question->second ? 1 : ACC_NONE;
	question->coders = 2;
	return *coder_of ? ACC_OK : ACC_NO_MEMORY;
}

static enum acc_status
answer(void *context, size_t index)
{
	struct batch *batch = context;
	const struct run *run = batch->run;
	struct question *question = &batch->question[index];
	uint32_t *coder_of = NULL;
	enum acc_status status = choose_coders(run, question, &coder_of);
	struct acc_scope scope = {question->group, coder_of, question->coders, question->category};
	const struct acc_plan *plan = question->category ? &run->one : &run->made->plan;
	if (status == ACC_OK)
		status = acc_agreement(&run->study->patterns, plan, &scope, &question->estimate);
	free(coder_of);
	acc_progress_step(1);
	return status;
}

static void
put_question(struct run *run, const struct question *question)
{
	const struct acc_vocabulary *coders = &run->study->patterns.coder;
	struct acc_scope scope = {question->group, NULL, question->coders, question->category};
	struct acc_text name = {0};
	struct pair pair = {"", "", ""};
	if (question->first != ACC_NONE) {
		pair.first = coders->label[question->first];
		pair.second = coders->label[question->second];
		acc_text_put(&name, pair.first);
		acc_text_put(&name, ",");
		acc_text_put(&name, pair.second);
		pair.both = name.bytes ? name.bytes : "";
		run->sheet.failed = run->sheet.failed || name.failed;
	}
	put_rows(run, &scope, &pair, question->estimate);
	acc_text_free(&name);
}

static bool
take_batch(struct batch *batch, size_t count)
{
	struct run *run = batch->run;
	bool replicates = acc_methods[run->made->plan.ci]->evidence & ACC_EVIDENCE_REPLICATES;
	for (size_t i = 0; i < count; i++)
		batch->question[i] = question_at(run, batch->base + i);
	/* Threads share the replicates of one question, or else the questions. */
	bool good =
	    acc_status_ok(run->command->messages,
			  acc_parallel(replicates ? 1 : run->made->threads, count, answer, batch));
	for (size_t i = 0; i < count; i++) {
		if (good)
			put_question(run, &batch->question[i]);
		free(batch->question[i].estimate);
	}
	return good;
}

static bool
take_questions(struct run *run)
{
	size_t questions = count_questions(run);
	struct batch batch = {.run = run};
	bool good = true;
	acc_progress_phase("agreement", questions);
	for (; good && batch.base < questions; batch.base += BATCH)
		good = take_batch(&batch, questions - batch.base < BATCH ? questions - batch.base
									 : (size_t)BATCH);
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
	else if (run->by & BY_PAIR && patterns->folded)
		acc_error(run->command->messages, ACC_EXIT_USAGE, place,
			  "folded patterns no longer know who gave what, so there are no pairs; "
			  "tabulate without --section folded");
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

static bool
choose_scale(struct run *run)
{
	const char *given = run->command->settings.benchmark, *key[16];
	if (!given)
		return true;
	for (size_t i = 0; i < acc_scale_count; i++)
		key[i] = acc_scales[i].key;
	size_t at = acc_choice(run->command, "benchmark", given, key, acc_scale_count);
	run->scale = at < acc_scale_count ? &acc_scales[at] : NULL;
	return run->scale != NULL;
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
	good = good && choose_scale(&run) && take_questions(&run);
	if (good)
		acc_sheet_write(&run.sheet, command);
	acc_sheet_free(&run.sheet);
	acc_plan_free(&made);
	acc_study_free(&study);
}

const struct acc_stage acc_stage_agree = {
    .folded = true,
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
	      ACC_GROUP_POOL | ACC_GROUP_BREAKDOWN | ACC_GROUP_INTERVAL | ACC_GROUP_POPULATION |
	      ACC_GROUP_THREADS | ACC_GROUP_UNCERTAINTY | ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = agree,
};
