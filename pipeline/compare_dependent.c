/* accord compare --what themes, coefficients, pairs: do values differ that are about the same
 * segments? Themes, coefficients or pairs of coders. Differences are taken within participants, so
 * that what the values share cancels. */
#include "pipeline/compare.h"
#include "pipeline/read/patterns_file.h"
#include "stats/dependent.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>

enum { VALUES_MAX = 300 };
static const double cells_max = 1e8; /* values times clusters */

/* Values to be compared with each other. */
struct family {
	const char *what;
	const char *quantity, *theme; /* "" where the values differ in it */
	size_t field;                 /* the column that names a value; `versus` names the other */
	size_t count;
	size_t *column;     /* owned, [count] of the influences */
	const char **label; /* owned, [count] of borrowed names */
	bool all;           /* whether all are equal is a question */
};

struct run {
	struct acc_command *command;
	const struct acc_study *study;
	const struct acc_plan_made *made;
	struct acc_sheet *sheet;
	struct acc_influences influences;
	struct family family;
	size_t *defined;               /* owned, [values] columns that have a value */
	struct acc_difference *differ; /* owned, [pairs of values] */
	double *p, *holm;              /* owned, [pairs of values] */
	char **name;                   /* owned, [names] of owned names of pairs */
	size_t names;
};

static void
run_free(struct run *run)
{
	acc_influences_free(&run->influences);
	free(run->family.column);
	free(run->family.label);
	free(run->defined);
	free(run->differ);
	free(run->p);
	free(run->holm);
	for (size_t i = 0; run->name && i < run->names; i++)
		free(run->name[i]);
	free(run->name);
	run->name = NULL;
}

static bool
run_reserve(struct run *run, size_t values)
{
	size_t pairs = values * values / 2;
	run->family.column = acc_array(values, sizeof *run->family.column);
	run->family.label = acc_array(values, sizeof *run->family.label);
	run->defined = acc_array(values, sizeof *run->defined);
	run->differ = acc_array(pairs, sizeof *run->differ);
	run->p = acc_array(pairs, sizeof *run->p);
	run->holm = acc_array(pairs, sizeof *run->holm);
	bool made = run->family.column && run->family.label && run->defined && run->differ &&
		    run->p && run->holm;
	if (!made)
		acc_error_memory(run->command->messages);
	return made;
}

/* ---- rows ---- */

static void
start_row(struct run *run, const char *kind)
{
	struct acc_sheet *sheet = run->sheet;
	const struct acc_patterns *patterns = &run->study->patterns;
	acc_sheet_text(sheet, F_what, run->family.what);
	acc_sheet_text(sheet, F_kind, kind);
	acc_sheet_text(sheet, F_quantity, run->family.quantity);
	acc_sheet_text(sheet, F_theme, run->family.theme);
	acc_sheet_text(sheet, F_weights, run->made->weights_name);
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(sheet, F_seen, acc_seen_names[patterns->seen]);
}

static void
put_test(struct run *run, const struct acc_test *test, const char *by)
{
	struct acc_sheet *sheet = run->sheet;
	acc_sheet_number(sheet, F_statistic, test->statistic);
	acc_sheet_number(sheet, F_df1, test->df1);
	acc_sheet_number(sheet, F_df2, test->df2);
	acc_sheet_number(sheet, F_p, test->p);
	acc_sheet_text(sheet, F_p_by, isnan(test->p) ? "" : by);
	acc_sheet_text(sheet, F_reason, acc_reason_key(test->reason));
}

/* Are all equal that have a value? */
static enum acc_status
put_all(struct run *run)
{
	struct acc_test test;
	size_t count = 0;
	for (size_t i = 0; i < run->family.count; i++)
		if (!isnan(run->influences.value[run->family.column[i]]))
			run->defined[count++] = run->family.column[i];
	enum acc_status status = acc_dependent_all(&run->influences, run->defined, count, &test);
	start_row(run, "test");
	acc_sheet_number(run->sheet, F_count, (double)count);
	put_test(run, &test, "Hotelling");
	acc_sheet_text(
	    run->sheet, F_method,
	    test.reason == ACC_DEFINED ? "Hotelling T2 on cluster influence, same segments" : "");
	acc_sheet_row(run->sheet);
	return status;
}

static void
put_difference(struct run *run, size_t a, size_t b, size_t pair)
{
	const struct acc_difference *differ = &run->differ[pair];
	struct acc_sheet *sheet = run->sheet;
	bool defined = differ->test.reason == ACC_DEFINED;
	double level = run->made->plan.level;
	double half = acc_t_quantile((1 + level) / 2, differ->test.df2) * differ->se;
	start_row(run, "difference");
	acc_sheet_text(sheet, run->family.field, run->family.label[a]);
	acc_sheet_text(sheet, F_versus, run->family.label[b]);
	acc_sheet_number(sheet, F_clusters, differ->clusters);
	acc_sheet_number(sheet, F_value, differ->value);
	acc_sheet_number(sheet, F_se, differ->se);
	acc_sheet_number(sheet, F_ci_low, differ->value - half);
	acc_sheet_number(sheet, F_ci_high, differ->value + half);
	acc_sheet_number(sheet, F_level, level);
	put_test(run, &differ->test, "t");
	acc_sheet_number(sheet, F_p_holm, run->holm[pair]);
	acc_sheet_text(sheet, F_method,
		       defined ? "t(clusters - 1) on cluster influence, same segments" : "");
	acc_sheet_text(sheet, F_note, defined && differ->clusters < 5 ? "few_clusters" : "");
	acc_sheet_row(sheet);
}

/* Every two values of the family, adjusted together. */
static enum acc_status
put_family(struct run *run)
{
	const struct family *family = &run->family;
	size_t pairs = 0;
	enum acc_status status = family->all ? put_all(run) : ACC_OK;
	for (size_t a = 0; a < family->count; a++)
		for (size_t b = a + 1; b < family->count; b++, pairs++) {
			run->differ[pairs] = acc_dependent_pair(&run->influences, family->column[a],
								family->column[b]);
			run->p[pairs] = run->differ[pairs].test.p;
		}
	if (status == ACC_OK)
		status = acc_adjust(ACC_ADJUST_HOLM, run->p, pairs, run->holm);
	pairs = 0;
	for (size_t a = 0; status == ACC_OK && a < family->count; a++)
		for (size_t b = a + 1; status == ACC_OK && b < family->count; b++)
			put_difference(run, a, b, pairs++);
	return status;
}

/* ---- values ---- */

/* The values of all coefficients and themes by all coders that rated, or by two of them. */
static enum acc_status
add_all(struct run *run, const uint32_t *pair)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	struct acc_scope scope = {.group = ACC_NONE};
	uint32_t *coder_of = NULL;
	enum acc_status status = acc_scope_coders(patterns, ACC_NONE, &coder_of, &scope.coders);
	for (uint32_t j = 0; status == ACC_OK && pair && j < patterns->coder.count; j++)
		coder_of[j] = j == pair[0] ? 0 : j == pair[1] ? 1 : ACC_NONE;
	scope.coders = pair ? 2 : scope.coders;
	scope.coder_of = coder_of;
	if (status == ACC_OK)
		status = acc_influences_add(&run->influences, patterns, &run->made->plan, &scope);
	free(coder_of);
	return status;
}

static size_t
questions(const struct run *run)
{
	return acc_plan_questions(&run->made->plan, &run->study->patterns);
}

/* Values of one add_all: themes, and pooled where there are several. */
static size_t
values_of_all(const struct run *run)
{
	size_t themes = questions(run);
	return (themes + (themes > 1)) * run->made->plan.coefficients;
}

/* The name of question t, or of all of them pooled. */
static const char *
theme_of(const struct run *run, size_t t)
{
	bool one = questions(run) == 1;
	return one || t == questions(run) ? "" : run->study->patterns.theme.label[t];
}

/* Unasked, only what is defined for this many coders. */
static bool
is_wanted(const struct run *run, size_t c)
{
	return run->made->chosen || run->influences.reason[c] != ACC_REASON_not_two_coders;
}

/* ---- families ---- */

static enum acc_status
put_themes(struct run *run)
{
	size_t coefficients = run->made->plan.coefficients;
	enum acc_status status = add_all(run, NULL);
	run->family.field = F_theme;
	run->family.theme = "";
	run->family.all = true;
	for (size_t c = 0; status == ACC_OK && c < coefficients; c++) {
		if (!is_wanted(run, c))
			continue;
		run->family.quantity = run->made->plan.coefficient[c]->key;
		run->family.count = run->study->patterns.theme.count;
		for (size_t t = 0; t < run->family.count; t++) {
			run->family.column[t] = t * coefficients + c;
			run->family.label[t] = run->study->patterns.theme.label[t];
		}
		status = put_family(run);
	}
	return status;
}

/* Coefficients are different quantities: that all are equal is no question. */
static enum acc_status
put_coefficients(struct run *run)
{
	size_t coefficients = run->made->plan.coefficients, all = values_of_all(run);
	enum acc_status status = add_all(run, NULL);
	run->family.field = F_quantity;
	run->family.quantity = "";
	for (size_t t = 0; status == ACC_OK && t < all / coefficients; t++) {
		run->family.theme = theme_of(run, t);
		run->family.count = 0;
		for (size_t c = 0; c < coefficients; c++) {
			if (!is_wanted(run, c))
				continue;
			run->family.column[run->family.count] = t * coefficients + c;
			run->family.label[run->family.count++] =
			    run->made->plan.coefficient[c]->key;
		}
		status = put_family(run);
	}
	return status;
}

static enum acc_status
name_pair(struct run *run, const uint32_t *pair)
{
	const struct acc_vocabulary *coder = &run->study->patterns.coder;
	struct acc_text text = {0};
	acc_text_put(&text, coder->label[pair[0]]);
	acc_text_put(&text, ",");
	acc_text_put(&text, coder->label[pair[1]]);
	if (text.failed)
		acc_text_free(&text);
	run->name[run->names++] = text.bytes;
	return text.bytes ? ACC_OK : ACC_NO_MEMORY;
}

static enum acc_status
add_pairs(struct run *run)
{
	uint32_t coders = run->study->patterns.coder.count;
	enum acc_status status = ACC_OK;
	run->name = acc_array((size_t)coders * coders / 2, sizeof *run->name);
	if (!run->name)
		return ACC_NO_MEMORY;
	for (uint32_t i = 0; i < coders; i++)
		for (uint32_t j = i + 1; status == ACC_OK && j < coders; j++) {
			status = name_pair(run, (uint32_t[]){i, j});
			if (status == ACC_OK)
				status = add_all(run, (uint32_t[]){i, j});
		}
	return status;
}

static enum acc_status
put_pairs(struct run *run)
{
	size_t coefficients = run->made->plan.coefficients, all = values_of_all(run);
	enum acc_status status = add_pairs(run);
	run->family.field = F_coders;
	run->family.all = true;
	run->family.count = run->names;
	for (size_t i = 0; status == ACC_OK && i < all; i++) {
		run->family.theme = theme_of(run, i / coefficients);
		run->family.quantity = run->made->plan.coefficient[i % coefficients]->key;
		for (size_t pair = 0; pair < run->names; pair++) {
			run->family.column[pair] = pair * all + i;
			run->family.label[pair] = run->name[pair];
		}
		status = put_family(run);
	}
	return status;
}

/* ---- kinds ---- */

static size_t
count_themes(const struct run *run)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	bool one = patterns->design == ACC_CODES || run->made->plan.weights->sets;
	return one ? 0 : patterns->theme.count;
}

static size_t
count_coefficients(const struct run *run)
{
	return run->made->plan.coefficients;
}

static size_t
count_pairs(const struct run *run)
{
	size_t coders = run->study->patterns.coder.count;
	return coders * (coders - 1) / 2;
}

/* By enum acc_dependent_kind. */
static const struct kind {
	const char *what;
	size_t (*count)(const struct run *);
	enum acc_status (*put)(struct run *);
	const char *needs;
} kinds[] = {
    {"themes", count_themes, put_themes,
     "comparing themes needs 2 themes or more, each with codes of its own; name their column with "
     "--theme"},
    {"coefficients", count_coefficients, put_coefficients,
     "comparing coefficients needs 2 or more; name them with --coefficient"},
    {"pairs", count_pairs, put_pairs,
     "comparing pairs of coders needs 3 coders or more; is --coder the right column?"},
};

static bool
check(struct run *run, const struct kind *kind)
{
	struct acc_command *command = run->command;
	struct acc_place place = {command->files ? command->file[0] : "-", 0, 0};
	size_t values = kind->count(run);
	double all = (double)values_of_all(run) * (kind->put == put_pairs ? (double)values : 1);
	if (values < 2)
		acc_error(command->messages, ACC_EXIT_DATA, place, "%s", kind->needs);
	else if (values > VALUES_MAX)
		acc_error(command->messages, ACC_EXIT_LIMIT, place,
			  "%zu %s are more than %d to compare with each other", values, kind->what,
			  VALUES_MAX);
	else if (all * (double)run->study->patterns.vector.count > cells_max)
		acc_error(command->messages, ACC_EXIT_LIMIT, place,
			  "comparing %s of so many clusters takes too much memory; choose a "
			  "--coefficient or some --coders",
			  kind->what);
	return !command->messages->errors;
}

bool
acc_compare_dependent(enum acc_dependent_kind which, struct acc_command *command,
		      const struct acc_study *study, const struct acc_plan_made *made,
		      struct acc_sheet *sheet)
{
	const struct kind *kind = &kinds[which];
	struct run run = {.command = command,
			  .study = study,
			  .made = made,
			  .sheet = sheet,
			  .family = {.what = kind->what}};
	bool good = check(&run, kind) && run_reserve(&run, kind->count(&run)) &&
		    acc_status_ok(command->messages, kind->put(&run));
	run_free(&run);
	return good;
}
