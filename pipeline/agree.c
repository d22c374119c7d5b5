/* accord agree: how far the coders agree. */
#include "pipeline/agree_rows.h"
#include "pipeline/command/progress.h"
#include "stats/method.h"
#include "stats/parallel.h"

#include <stdlib.h>

enum { PAIRS_MAX = 20000, THEMES_MAX = 20000 };

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
	struct acc_agree *run;
	size_t base;
	struct question question[BATCH];
};

static size_t
questions_per_coders(const struct acc_agree *run)
{
	return 1 + (run->by & ACC_BY_CATEGORY ? run->study->patterns.code.count : 0);
}

static size_t
questions_per_group(const struct acc_agree *run)
{
	size_t coders = run->study->patterns.coder.count;
	size_t pairs = run->by & ACC_BY_PAIR ? coders * (coders - 1) / 2 : 0;
	return (1 + pairs) * questions_per_coders(run);
}

static size_t
count_questions(const struct acc_agree *run)
{
	size_t groups = run->by & ACC_BY_GROUP ? run->study->patterns.group.count : 0;
	return (groups + 1) * questions_per_group(run);
}

static struct question
question_at(const struct acc_agree *run, size_t index)
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
choose_coders(const struct acc_agree *run, struct question *question, uint32_t **coder_of)
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
	const struct acc_agree *run = batch->run;
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
put_question(struct acc_agree *run, const struct question *question)
{
	const struct acc_vocabulary *coders = &run->study->patterns.coder;
	struct acc_scope scope = {question->group, NULL, question->coders, question->category};
	struct acc_text name = {0};
	struct acc_agree_pair pair = {"", "", ""};
	if (question->first != ACC_NONE) {
		pair.first = coders->label[question->first];
		pair.second = coders->label[question->second];
		acc_text_put(&name, pair.first);
		acc_text_put(&name, ",");
		acc_text_put(&name, pair.second);
		pair.both = name.bytes ? name.bytes : "";
		run->sheet.failed = run->sheet.failed || name.failed;
	}
	acc_agree_rows(run, &scope, &pair, question->estimate);
	acc_text_free(&name);
}

static bool
take_batch(struct batch *batch, size_t count)
{
	struct acc_agree *run = batch->run;
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
take_questions(struct acc_agree *run)
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
check(struct acc_agree *run)
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
	else if (run->by & ACC_BY_PAIR && patterns->folded)
		acc_error(run->command->messages, ACC_EXIT_USAGE, place,
			  "folded patterns no longer know who gave what, so there are no pairs; "
			  "tabulate without --section folded");
	else if (run->by & ACC_BY_PAIR && coders * (coders - 1) / 2 > PAIRS_MAX)
		acc_error(run->command->messages, ACC_EXIT_LIMIT, place,
			  "%u coders make more than %d pairs; leave --by pair out",
			  (unsigned)patterns->coder.count, PAIRS_MAX);
	else if (patterns->theme.count > THEMES_MAX)
		acc_error(run->command->messages, ACC_EXIT_LIMIT, place,
			  "%u themes are more than %d; is --theme the right column?",
			  (unsigned)patterns->theme.count, THEMES_MAX);
	else if (run->by & ACC_BY_CATEGORY && patterns->design == ACC_THEMES)
		acc_error(run->command->messages, ACC_EXIT_USAGE, place,
			  "--by category is for codes; each theme is there or not already");
	return !run->command->messages->errors;
}

static bool
choose_by(struct acc_agree *run)
{
	static const char *const words[] = {"theme", "group", "pair", "category"};
	const char *given = run->command->settings.by;
	run->by = ACC_BY_THEME | ACC_BY_GROUP;
	if (given && *given)
		run->by = acc_list_bits(run->command, "by", given, words, 4);
	else if (given)
		run->by = 0;
	return !run->command->messages->errors;
}

static bool
choose_scale(struct acc_agree *run)
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
	struct acc_agree run = {.command = command, .study = &study, .made = &made};
	acc_agree_begin(&run);
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
