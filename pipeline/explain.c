/* accord explain: beside every kappa of two coders, why it is what it is. */
#include "pipeline/explain.h"
#include "pipeline/command/status.h"
#include "stats/plan.h"

#include <stdlib.h>

ACC_FIELD_TABLE(FIELDS)

enum { BY_THEME = 1, BY_GROUP = 2 };

/* Tables of all pairs of coders past this many cells do not fit. */
static const double most_cells = 1e7;

static bool
take_question(struct acc_explain *run, struct acc_explained *question)
{
	bool good = true;
	for (size_t j = 1; good && j < question->tally.coders; j++)
		for (size_t i = 0; good && i < j; i++)
			good = acc_explain_pair(run, question, i, j);
	if (good && question->tally.coders > 2 && question->tally.categories == 2)
		acc_explain_several(run, question);
	return good;
}

/* Units of a group, or of all, on a theme. */
static enum acc_status
count(struct acc_explain *run, struct acc_explained *question, const uint32_t *coder_of,
      size_t coders)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	double score[] = {0, 1};
	struct acc_weights weights = {0};
	enum acc_status status =
	    acc_panel_make(&question->panel, patterns, question->theme, coder_of, coders);
	weights.categories = question->panel.categories;
	/* Scores of two categories, for Cochran's test. */
	weights.score = question->panel.categories == 2 ? score : NULL;
	if (status == ACC_OK)
		status = acc_tally_make_for(&question->tally, question->panel.categories, coders,
					    ACC_NEED_CELLS | ACC_NEED_MOMENTS);
	for (uint32_t p = 0; status == ACC_OK && p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		if (question->group == ACC_NONE || pattern.group == question->group)
			acc_tally_add(&question->tally, &question->panel, p, (double)pattern.count,
				      &weights);
	}
	return status;
}

static bool
take_theme(struct acc_explain *run, uint32_t group, uint32_t theme, const uint32_t *coder_of,
	   size_t coders)
{
	uint32_t all = run->study.patterns.coder.count;
	uint32_t *label = acc_array(coders, sizeof *label);
	struct acc_explained question = {.group = group, .theme = theme, .label = label};
	enum acc_status status = label ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t j = 0; label && j < all; j++)
		if (coder_of[j] != ACC_NONE)
			label[coder_of[j]] = j;
	if (status == ACC_OK)
		status = count(run, &question, coder_of, coders);
	if (status == ACC_OK && run->clustered)
		status = acc_blocks_make(&question.blocks, &run->study.patterns, group,
					 ACC_CLUSTER_AUTO);
	bool good = acc_status_ok(run->command->messages, status) && take_question(run, &question);
	acc_tally_free(&question.tally);
	acc_panel_free(&question.panel);
	acc_blocks_free(&question.blocks);
	free(label);
	return good;
}

static bool
take_group(struct acc_explain *run, uint32_t group)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	uint32_t *coder_of = NULL;
	size_t coders = 0;
	bool good = acc_status_ok(run->command->messages,
				  acc_scope_coders(patterns, group, &coder_of, &coders));
	for (uint32_t t = 0; good && t < patterns->theme.count; t++)
		good = take_theme(run, group, t, coder_of, coders);
	free(coder_of);
	return good;
}

static bool
check(struct acc_explain *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_place place = {run->command->files ? run->command->file[0] : "-", 0, 0};
	double coders = patterns->coder.count;
	double codes = patterns->design == ACC_THEMES ? 2 : patterns->code.count;
	if (coders < 2)
		acc_error(run->command->messages, ACC_EXIT_DATA, place,
			  "there is nothing to explain with %s coder",
			  patterns->coder.count ? "one" : "no");
	else if (coders * coders / 2 * codes * codes > most_cells)
		acc_error(run->command->messages, ACC_EXIT_LIMIT, place,
			  "the tables of all pairs of %u coders and %.0f codes are too large",
			  (unsigned)patterns->coder.count, codes);
	return !run->command->messages->errors;
}

static bool
choose_by(struct acc_explain *run)
{
	static const char *const words[] = {"theme", "group"};
	const char *given = run->command->settings.by;
	run->by = BY_THEME | BY_GROUP;
	if (given && *given)
		run->by = acc_list_bits(run->command, "by", given, words, 2);
	else if (given)
		run->by = 0;
	return !run->command->messages->errors;
}

static void
explain(struct acc_command *command)
{
	struct acc_explain run = {.command = command, .seed = 1};
	const struct acc_patterns *patterns = &run.study.patterns;
	acc_sheet_begin(&run.sheet, fields, sizeof fields / sizeof *fields);
	bool good = choose_by(&run) && acc_study_read(command, &run.study, false) && check(&run);
	run.clustered = good && acc_cluster_resolve(patterns, ACC_CLUSTER_AUTO) != ACC_CLUSTER_UNIT;
	run.notes = run.clustered ? ACC_NOTE_clustered_tests : 0;
	good = good && take_group(&run, ACC_NONE);
	for (uint32_t g = 0; good && run.by & BY_GROUP && g < patterns->group.count; g++)
		good = take_group(&run, g);
	if (good)
		acc_sheet_write(&run.sheet, command);
	acc_sheet_free(&run.sheet);
	acc_study_free(&run.study);
}

const struct acc_stage acc_stage_explain = {
    .name = "explain",
    .summary = "why kappa is what it is: tables, prevalence, bias, tests of the coders' rates",
    .operands = "[FILE]",
    .about = "Reads ratings (CSV) or a patterns file and writes, for every two coders and theme, "
	     "the table of the units both rated (a: both applied the theme, b: only the first, c: "
	     "only the second, d: neither; with more codes a row per cell), Cohen's kappa of that "
	     "table and the largest its margins allow, PABAK, prevalence and bias index, positive "
	     "and negative agreement, and tests whether the two use the codes at the same rates: "
	     "McNemar, Stuart-Maxwell, Bhapkar, Bowker. A row of kind 'coders' has Cochran's Q "
	     "for all coders. byrt_kappa is kappa made of PABAK and the two indices: it equals "
	     "kappa.",
    .examples = "accord explain ratings.csv\n"
		"    per theme and pair of coders, over all groups and in each\n"
		"accord explain ratings.csv --by theme --format csv --output why.csv\n"
		"    over all groups only\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_BREAKDOWN | ACC_GROUP_RESULTS |
	      ACC_GROUP_OUTPUT,
    .run = explain,
};
