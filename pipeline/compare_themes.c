/* accord compare --what themes: are some themes coded more reliably than others? The themes are
 * coded on the same segments, so differences are taken within participants. */
#include "pipeline/compare.h"
#include "pipeline/read/patterns_file.h"
#include "stats/dependent.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>

enum { THEMES_MAX = 300 };

struct run {
	const struct acc_study *study;
	const struct acc_plan_made *made;
	struct acc_sheet *sheet;
	struct acc_influences influences;
	size_t *which; /* owned, [themes] columns of a coefficient that are defined */
	struct acc_difference *differ; /* owned, [pairs of themes] */
	double *p, *holm;              /* owned, [pairs of themes] */
};

static void
start_row(struct run *run, const char *kind, size_t c)
{
	struct acc_sheet *sheet = run->sheet;
	const struct acc_patterns *patterns = &run->study->patterns;
	acc_sheet_text(sheet, F_what, "themes");
	acc_sheet_text(sheet, F_kind, kind);
	acc_sheet_text(sheet, F_quantity, run->made->plan.coefficient[c]->key);
	acc_sheet_text(sheet, F_weights, run->made->weights_name);
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(sheet, F_seen, acc_seen_names[patterns->seen]);
}

static void
put_test(struct run *run, const struct acc_test *test)
{
	struct acc_sheet *sheet = run->sheet;
	acc_sheet_number(sheet, F_statistic, test->statistic);
	acc_sheet_number(sheet, F_df1, test->df1);
	acc_sheet_number(sheet, F_df2, test->df2);
	acc_sheet_number(sheet, F_p, test->p);
	acc_sheet_text(sheet, F_reason, acc_reason_key(test->reason));
}

/* Are all themes equal that have a value? */
static enum acc_status
put_all(struct run *run, size_t c)
{
	struct acc_test test;
	size_t count = 0, coefficients = run->made->plan.coefficients;
	for (uint32_t t = 0; t < run->study->patterns.theme.count; t++)
		if (!isnan(run->influences.value[t * coefficients + c]))
			run->which[count++] = t * coefficients + c;
	enum acc_status status = acc_dependent_all(&run->influences, run->which, count, &test);
	start_row(run, "test", c);
	acc_sheet_number(run->sheet, F_count, (double)count);
	put_test(run, &test);
	acc_sheet_text(
	    run->sheet, F_method,
	    test.reason == ACC_DEFINED ? "Hotelling T2 on cluster influence, same segments" : "");
	acc_sheet_row(run->sheet);
	return status;
}

static void
put_difference(struct run *run, size_t c, uint32_t a, uint32_t b, size_t pair)
{
	const struct acc_difference *differ = &run->differ[pair];
	struct acc_sheet *sheet = run->sheet;
	bool defined = differ->test.reason == ACC_DEFINED;
	double level = run->made->plan.level;
	double half = acc_t_quantile((1 + level) / 2, differ->test.df2) * differ->se;
	start_row(run, "difference", c);
	acc_sheet_text(sheet, F_theme, run->study->patterns.theme.label[a]);
	acc_sheet_text(sheet, F_versus, run->study->patterns.theme.label[b]);
	acc_sheet_number(sheet, F_clusters, differ->clusters);
	acc_sheet_number(sheet, F_value, differ->value);
	acc_sheet_number(sheet, F_se, differ->se);
	acc_sheet_number(sheet, F_ci_low, differ->value - half);
	acc_sheet_number(sheet, F_ci_high, differ->value + half);
	acc_sheet_number(sheet, F_level, level);
	put_test(run, &differ->test);
	acc_sheet_number(sheet, F_p_holm, run->holm[pair]);
	acc_sheet_text(sheet, F_method,
		       defined ? "t(clusters - 1) on cluster influence, same segments" : "");
	acc_sheet_text(sheet, F_note, defined && differ->clusters < 5 ? "few_clusters" : "");
	acc_sheet_row(sheet);
}

/* Every pair of themes, adjusted together. */
static enum acc_status
put_pairs(struct run *run, size_t c)
{
	uint32_t themes = run->study->patterns.theme.count;
	size_t coefficients = run->made->plan.coefficients, pairs = 0;
	for (uint32_t a = 0; a < themes; a++)
		for (uint32_t b = a + 1; b < themes; b++, pairs++) {
			run->differ[pairs] = acc_dependent_pair(
			    &run->influences, a * coefficients + c, b * coefficients + c);
			run->p[pairs] = run->differ[pairs].test.p;
		}
	enum acc_status status = acc_adjust(ACC_ADJUST_HOLM, run->p, pairs, run->holm);
	pairs = 0;
	for (uint32_t a = 0; status == ACC_OK && a < themes; a++)
		for (uint32_t b = a + 1; b < themes; b++)
			put_difference(run, c, a, b, pairs++);
	return status;
}

/* Unasked, only what is defined for this many coders. */
static bool
is_wanted(const struct run *run, size_t c)
{
	return run->made->chosen || run->influences.reason[c] != ACC_REASON_not_two_coders;
}

static enum acc_status
put_coefficients(struct run *run)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	struct acc_scope scope = {.group = ACC_NONE};
	uint32_t *coder_of = NULL;
	enum acc_status status = acc_scope_coders(patterns, ACC_NONE, &coder_of, &scope.coders);
	scope.coder_of = coder_of;
	if (status == ACC_OK)
		status = acc_influences_add(&run->influences, patterns, &run->made->plan, &scope);
	free(coder_of);
	for (size_t c = 0; status == ACC_OK && c < run->made->plan.coefficients; c++) {
		if (!is_wanted(run, c))
			continue;
		status = put_all(run, c);
		if (status == ACC_OK)
			status = put_pairs(run, c);
	}
	return status;
}

bool
acc_compare_themes(struct acc_command *command, const struct acc_study *study,
		   const struct acc_plan_made *made, struct acc_sheet *sheet)
{
	struct run run = {.study = study, .made = made, .sheet = sheet};
	uint32_t themes = study->patterns.theme.count;
	size_t pairs = (size_t)themes * themes / 2;
	struct acc_place place = {command->files ? command->file[0] : "-", 0, 0};
	if (themes < 2 || study->patterns.design == ACC_CODES || made->plan.weights->sets) {
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "comparing themes needs 2 themes or more, each with codes of its own; "
			  "name their "
			  "column with --theme");
		return false;
	}
	if (themes > THEMES_MAX) {
		acc_error(command->messages, ACC_EXIT_LIMIT, place,
			  "%u themes are more than %d to compare in pairs", (unsigned)themes,
			  THEMES_MAX);
		return false;
	}
	run.which = acc_array(themes, sizeof *run.which);
	run.differ = acc_array(pairs, sizeof *run.differ);
	run.p = acc_array(pairs, sizeof *run.p);
	run.holm = acc_array(pairs, sizeof *run.holm);
	bool made_all = run.which && run.differ && run.p && run.holm;
	bool good =
	    acc_status_ok(command->messages, made_all ? put_coefficients(&run) : ACC_NO_MEMORY);
	acc_influences_free(&run.influences);
	free(run.which);
	free(run.differ);
	free(run.p);
	free(run.holm);
	return good;
}
