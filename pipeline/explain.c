/* accord explain: beside every kappa of two coders, why it is what it is. */
#include "pipeline/command/status.h"
#include "pipeline/read/patterns_file.h"
#include "pipeline/read/study.h"
#include "pipeline/write/sheet.h"
#include "stats/coder_swap.h"
#include "stats/paradox.h"
#include "stats/plan.h"

#include <math.h>
#include <stdlib.h>

/* The columns: name, kind, in the table for people. */
#define FIELDS(FIELD)                                                                              \
	FIELD(kind, TEXT, false)                                                                   \
	FIELD(group, TEXT, true)                                                                   \
	FIELD(theme, TEXT, true)                                                                   \
	FIELD(coders, TEXT, true)                                                                  \
	FIELD(coder_a, TEXT, false)                                                                \
	FIELD(coder_b, TEXT, false)                                                                \
	FIELD(code_a, TEXT, true)                                                                  \
	FIELD(code_b, TEXT, true)                                                                  \
	FIELD(units, COUNT, true)                                                                  \
	FIELD(a, COUNT, true)                                                                      \
	FIELD(b, COUNT, true)                                                                      \
	FIELD(c, COUNT, true)                                                                      \
	FIELD(d, COUNT, true)                                                                      \
	FIELD(observed, BOUNDED, true)                                                             \
	FIELD(kappa, BOUNDED, true)                                                                \
	FIELD(kappa_max, BOUNDED, true)                                                            \
	FIELD(pabak, BOUNDED, true)                                                                \
	FIELD(prevalence_index, BOUNDED, true)                                                     \
	FIELD(bias_index, BOUNDED, true)                                                           \
	FIELD(byrt_kappa, BOUNDED, false)                                                          \
	FIELD(positive_agreement, BOUNDED, true)                                                   \
	FIELD(negative_agreement, BOUNDED, true)                                                   \
	FIELD(mcnemar, NUMBER, false)                                                              \
	FIELD(mcnemar_p, NUMBER, false)                                                            \
	FIELD(mcnemar_corrected, NUMBER, false)                                                    \
	FIELD(mcnemar_corrected_p, NUMBER, false)                                                  \
	FIELD(mcnemar_exact_p, NUMBER, false)                                                      \
	FIELD(mcnemar_mid_p, BOUNDED, true)                                                        \
	FIELD(stuart_maxwell, NUMBER, false)                                                       \
	FIELD(stuart_maxwell_df, NUMBER, false)                                                    \
	FIELD(stuart_maxwell_p, BOUNDED, true)                                                     \
	FIELD(bhapkar, NUMBER, false)                                                              \
	FIELD(bhapkar_df, NUMBER, false)                                                           \
	FIELD(bhapkar_p, NUMBER, false)                                                            \
	FIELD(bowker, NUMBER, false)                                                               \
	FIELD(bowker_df, NUMBER, false)                                                            \
	FIELD(bowker_p, BOUNDED, true)                                                             \
	FIELD(cochran_q, NUMBER, false)                                                            \
	FIELD(cochran_q_df, NUMBER, false)                                                         \
	FIELD(cochran_q_p, BOUNDED, true)                                                          \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)                                                                    \
	FIELD(seen, TEXT, false)                                                                   \
	FIELD(swap, NUMBER, false)                                                                 \
	FIELD(swap_p, BOUNDED, true)                                                               \
	FIELD(swap_clusters, COUNT, false)                                                         \
	FIELD(swaps, COUNT, false)

ACC_FIELDS(FIELDS)

enum { BY_THEME = 1, BY_GROUP = 2 };

/* Tables of all pairs of coders past this many cells do not fit. */
static const double most_cells = 1e7;

struct run {
	struct acc_command *command;
	struct acc_study study;
	struct acc_sheet sheet;
	unsigned by;
	unsigned notes;
	bool clustered;
	uint64_t seed;
};

/* One question of one group. */
struct question {
	uint32_t group, theme;
	const uint32_t *label; /* [coders]: which coder of the study each is */
	struct acc_tally tally;
	struct acc_panel panel;
	struct acc_blocks blocks; /* of the group; none where units are independent */
};

static void
put_head(struct run *run, const struct question *question, const char *kind, enum acc_reason reason,
	 unsigned notes)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_text text = {0};
	acc_sheet_text(&run->sheet, F_kind, kind);
	if (question->group != ACC_NONE)
		acc_sheet_text(&run->sheet, F_group, patterns->group.label[question->group]);
	acc_sheet_text(&run->sheet, F_theme, patterns->theme.label[question->theme]);
	acc_sheet_text(&run->sheet, F_reason, acc_reason_key(reason));
	acc_notes_text(&text, notes);
	acc_sheet_text(&run->sheet, F_note, text.bytes ? text.bytes : "");
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(&run->sheet, F_seen, acc_seen_names[patterns->seen]);
	run->sheet.failed = run->sheet.failed || text.failed;
	acc_text_free(&text);
}

static void
put_coders(struct run *run, const struct question *question, size_t i, size_t j)
{
	const struct acc_vocabulary *coders = &run->study.patterns.coder;
	const char *first = coders->label[question->label[i]];
	const char *second = coders->label[question->label[j]];
	struct acc_text text = {0};
	acc_text_put(&text, first);
	acc_text_put(&text, ",");
	acc_text_put(&text, second);
	acc_sheet_text(&run->sheet, F_coders, text.bytes ? text.bytes : "");
	acc_sheet_text(&run->sheet, F_coder_a, first);
	acc_sheet_text(&run->sheet, F_coder_b, second);
	run->sheet.failed = run->sheet.failed || text.failed;
	acc_text_free(&text);
}

static void
put_chi2(struct run *run, size_t statistic, size_t df, size_t p, const struct acc_chi2 *test)
{
	acc_sheet_number(&run->sheet, statistic, test->statistic);
	if (df != statistic)
		acc_sheet_number(&run->sheet, df, test->df);
	acc_sheet_number(&run->sheet, p, test->p);
}

static void
put_paradox(struct run *run, const struct acc_paradox *paradox)
{
	struct acc_sheet *sheet = &run->sheet;
	const struct acc_mcnemar *mcnemar = &paradox->mcnemar;
	acc_sheet_number(sheet, F_units, paradox->units);
	acc_sheet_number(sheet, F_a, paradox->a);
	acc_sheet_number(sheet, F_b, paradox->b);
	acc_sheet_number(sheet, F_c, paradox->c);
	acc_sheet_number(sheet, F_d, paradox->d);
	acc_sheet_number(sheet, F_observed, paradox->observed);
	acc_sheet_number(sheet, F_kappa, paradox->kappa);
	acc_sheet_number(sheet, F_kappa_max, paradox->kappa_max);
	acc_sheet_number(sheet, F_pabak, paradox->pabak);
	acc_sheet_number(sheet, F_prevalence_index, paradox->prevalence);
	acc_sheet_number(sheet, F_bias_index, paradox->bias);
	acc_sheet_number(sheet, F_byrt_kappa, paradox->byrt);
	acc_sheet_number(sheet, F_positive_agreement, paradox->positive);
	acc_sheet_number(sheet, F_negative_agreement, paradox->negative);
	put_chi2(run, F_mcnemar, F_mcnemar, F_mcnemar_p, &mcnemar->plain);
	put_chi2(run, F_mcnemar_corrected, F_mcnemar_corrected, F_mcnemar_corrected_p,
		 &mcnemar->corrected);
	acc_sheet_number(sheet, F_mcnemar_exact_p, mcnemar->exact);
	acc_sheet_number(sheet, F_mcnemar_mid_p, mcnemar->mid);
	put_chi2(run, F_stuart_maxwell, F_stuart_maxwell_df, F_stuart_maxwell_p,
		 &paradox->stuart_maxwell);
	put_chi2(run, F_bhapkar, F_bhapkar_df, F_bhapkar_p, &paradox->bhapkar);
	put_chi2(run, F_bowker, F_bowker_df, F_bowker_p, &paradox->bowker);
}

/* The table of more than two categories: a row per cell that holds units. */
static void
put_cells(struct run *run, const struct question *question, size_t i, size_t j, const double *table)
{
	const struct acc_vocabulary *codes = &run->study.patterns.code;
	size_t q = question->tally.categories;
	for (size_t cell = 0; q > 2 && cell < q * q; cell++) {
		if (!(table[cell] > 0))
			continue;
		put_head(run, question, "cell", ACC_DEFINED, 0);
		put_coders(run, question, i, j);
		acc_sheet_text(&run->sheet, F_code_a, codes->label[cell / q]);
		acc_sheet_text(&run->sheet, F_code_b, codes->label[cell % q]);
		acc_sheet_number(&run->sheet, F_units, table[cell]);
		acc_sheet_row(&run->sheet);
	}
}

/* The same question where units are nested in people: participants' codings change coders. */
static enum acc_status
put_swap(struct run *run, const struct question *question, size_t i, size_t j)
{
	struct acc_coder_swap swap;
	if (!run->clustered)
		return ACC_OK;
	enum acc_status status =
	    acc_coder_swap_make(&swap, &run->study.patterns, &question->panel, &question->blocks,
				(uint32_t)i, (uint32_t)j, run->seed);
	if (status != ACC_OK)
		return status;
	acc_sheet_number(&run->sheet, F_swap, swap.statistic);
	acc_sheet_number(&run->sheet, F_swap_p, swap.p);
	acc_sheet_number(&run->sheet, F_swap_clusters, swap.clusters);
	acc_sheet_number(&run->sheet, F_swaps, swap.swaps);
	return ACC_OK;
}

static bool
take_pair(struct run *run, const struct question *question, size_t i, size_t j)
{
	const struct acc_tally *tally = &question->tally;
	const double *table = acc_tally_cells(tally) + acc_tally_pair(tally, i, j);
	size_t present = run->study.present < 2 ? run->study.present : 1;
	struct acc_paradox paradox;
	if (!acc_status_ok(run->command->messages,
			   acc_paradox_of(table, tally->categories, present, &paradox)))
		return false;
	enum acc_reason reason = !(paradox.units > 0)   ? ACC_REASON_no_pairs
				 : isnan(paradox.kappa) ? ACC_REASON_no_variation
							: ACC_DEFINED;
	put_head(run, question, "pair", reason, run->notes);
	put_coders(run, question, i, j);
	put_paradox(run, &paradox);
	if (!acc_status_ok(run->command->messages, put_swap(run, question, i, j)))
		return false;
	acc_sheet_row(&run->sheet);
	put_cells(run, question, i, j, table);
	return true;
}

/* Several coders and two categories: do they apply the theme at the same rate? */
static void
put_several(struct run *run, const struct question *question)
{
	const struct acc_tally *tally = &question->tally;
	double complete = acc_tally_moments(tally)[0];
	struct acc_chi2 test = acc_cochran_q(tally);
	put_head(run, question, "coders",
		 !(complete > 0) ? ACC_REASON_no_complete_units
		 : isnan(test.p) ? ACC_REASON_no_difference
				 : ACC_DEFINED,
		 run->notes);
	acc_sheet_number(&run->sheet, F_units, complete);
	put_chi2(run, F_cochran_q, F_cochran_q_df, F_cochran_q_p, &test);
	acc_sheet_row(&run->sheet);
}

static bool
take_question(struct run *run, struct question *question)
{
	bool good = true;
	for (size_t j = 1; good && j < question->tally.coders; j++)
		for (size_t i = 0; good && i < j; i++)
			good = take_pair(run, question, i, j);
	if (good && question->tally.coders > 2 && question->tally.categories == 2)
		put_several(run, question);
	return good;
}

/* Units of a group, or of all, on a theme. */
static enum acc_status
count(struct run *run, struct question *question, const uint32_t *coder_of, size_t coders)
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
take_theme(struct run *run, uint32_t group, uint32_t theme, const uint32_t *coder_of, size_t coders)
{
	uint32_t all = run->study.patterns.coder.count;
	uint32_t *label = acc_array(coders, sizeof *label);
	struct question question = {.group = group, .theme = theme, .label = label};
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
take_group(struct run *run, uint32_t group)
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
check(struct run *run)
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
choose_by(struct run *run)
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
	struct run run = {.command = command, .seed = 1};
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
