/* accord compare --what themes, coefficients, pairs: do values differ that are about the same
 * segments? Themes, coefficients or pairs of coders. Differences are taken within participants, so
 * that what the values share cancels. */
#include "pipeline/compare_dependent.h"

#include <stdlib.h>

enum { VALUES_MAX = 300 };
static const double cells_max = 1e8; /* values times clusters */

static void
run_free(struct acc_dependent *run)
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
run_reserve(struct acc_dependent *run, size_t values)
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

/* ---- values ---- */

/* The values of all coefficients and themes by all coders that rated, or by two of them. */
static enum acc_status
add_all(struct acc_dependent *run, const uint32_t *pair)
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
questions(const struct acc_dependent *run)
{
	return acc_plan_questions(&run->made->plan, &run->study->patterns);
}

/* Values of one add_all: themes, and pooled where there are several. */
static size_t
values_of_all(const struct acc_dependent *run)
{
	size_t themes = questions(run);
	return (themes + (themes > 1)) * run->made->plan.coefficients;
}

/* The name of question t, or of all of them pooled. */
static const char *
theme_of(const struct acc_dependent *run, size_t t)
{
	bool one = questions(run) == 1;
	return one || t == questions(run) ? "" : run->study->patterns.theme.label[t];
}

/* Unasked, only what is defined for this many coders. */
static bool
is_wanted(const struct acc_dependent *run, size_t c)
{
	return run->made->chosen || run->influences.reason[c] != ACC_REASON_not_two_coders;
}

/* ---- families ---- */

static enum acc_status
put_themes(struct acc_dependent *run)
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
		status = acc_dependent_put(run);
	}
	return status;
}

/* Coefficients are different quantities: that all are equal is no question. */
static enum acc_status
put_coefficients(struct acc_dependent *run)
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
		status = acc_dependent_put(run);
	}
	return status;
}

static enum acc_status
name_pair(struct acc_dependent *run, const uint32_t *pair)
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
add_pairs(struct acc_dependent *run)
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
put_pairs(struct acc_dependent *run)
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
		status = acc_dependent_put(run);
	}
	return status;
}

/* ---- kinds ---- */

static size_t
count_themes(const struct acc_dependent *run)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	bool one = patterns->design == ACC_CODES || run->made->plan.weights->sets;
	return one ? 0 : patterns->theme.count;
}

static size_t
count_coefficients(const struct acc_dependent *run)
{
	return run->made->plan.coefficients;
}

static size_t
count_pairs(const struct acc_dependent *run)
{
	size_t coders = run->study->patterns.coder.count;
	return coders * (coders - 1) / 2;
}

/* By enum acc_dependent_kind. */
static const struct kind {
	const char *what;
	size_t (*count)(const struct acc_dependent *);
	enum acc_status (*put)(struct acc_dependent *);
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
check(struct acc_dependent *run, const struct kind *kind)
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
	struct acc_dependent run = {.command = command,
				    .study = study,
				    .made = made,
				    .sheet = sheet,
				    .family = {.what = kind->what}};
	bool good = check(&run, kind) && run_reserve(&run, kind->count(&run)) &&
		    acc_status_ok(command->messages, kind->put(&run));
	run_free(&run);
	return good;
}
