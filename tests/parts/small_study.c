#include "tests/parts/small_study.h"

#include "stats/ratings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void
require(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "golden: %s\n", what);
	exit(2);
}

struct input
read_input(const char *text)
{
	struct input input = {.text = text};
	size_t column = 0;
	input.parts = 1;
	for (char *end; *text;) {
		size_t part = input.parts - 1;
		double value = strtod(text, &end);
		if (end == text)
			break;
		input.columns = column + 1 > input.columns ? column + 1 : input.columns;
		/* Rows are laid out COLUMNS wide, and packed below. */
		input.cell[part][input.rows[part] * COLUMNS + column++] = value;
		text = end;
		if (*text == ';' || *text == '|' || !*text) {
			input.rows[part]++;
			column = 0;
		}
		input.parts += *text == '|';
		text += *text == ';' || *text == '|';
	}
	for (size_t p = 0; p < input.parts; p++)
		for (size_t i = 0; i < input.rows[p]; i++)
			for (size_t j = 0; j < input.columns; j++)
				input.cell[p][i * input.columns + j] =
				    input.cell[p][i * COLUMNS + j];
	return input;
}

/* ---- small studies of codes ---- */

static uint32_t
number(struct acc_vocabulary *vocabulary, const char *label)
{
	uint32_t at;
	require(acc_vocabulary_add(vocabulary, label, &at) == ACC_OK, "out of memory");
	return at;
}

static void
add(struct acc_ratings *ratings, const char *unit, const char *coder, const char *code)
{
	struct acc_assignment row = {.unit = number(&ratings->unit, unit),
				     .coder = number(&ratings->coder, coder),
				     .code = *code ? number(&ratings->code, code) : ACC_NONE};
	struct acc_unit about = {ACC_NONE, ACC_NONE, ACC_NONE, 0};
	enum acc_status status = ACC_OK;
	require(acc_ratings_add(ratings, row) == ACC_OK &&
		    acc_ratings_about(ratings, row.unit, about, &status),
		"out of memory");
}

static void
refuse(void *context, const struct acc_conflict *conflict)
{
	(void)context, (void)conflict;
	require(false, "a unit is rated twice");
}

/* A coefficient of the ratings, with the error that divides by n. Takes them. */
static struct acc_estimate
estimate(struct acc_ratings *ratings, const struct acc_coefficient *coefficient)
{
	struct acc_patterns patterns = {0};
	struct acc_weights weights = {.categories = ratings->code.count};
	struct acc_plan plan = {.coefficient = &coefficient,
				.coefficients = 1,
				.weights = &weights,
				.ci = ACC_CI_GWET,
				.level = .95,
				.present = ACC_NONE};
	struct acc_scope scope = {.group = ACC_NONE, .coders = ratings->coder.count};
	struct acc_estimate *made = NULL, first;
	uint64_t conflicts;
	number(&ratings->theme, "");
	require(acc_ratings_tabulate(ratings, &patterns, NULL, refuse, NULL, &conflicts) ==
			ACC_OK &&
		    acc_agreement(&patterns, &plan, &scope, &made) == ACC_OK,
		"out of memory");
	first = made[0];
	first.se *= sqrt((first.units + first.single - 1) / (first.units + first.single));
	free(made);
	acc_patterns_free(&patterns);
	acc_ratings_free(ratings);
	return first;
}

struct acc_estimate
estimate_cells(const double *cell)
{
	static const char *const code[] = {"no", "yes"};
	struct acc_ratings ratings = {.design = ACC_CODES};
	char unit[16];
	unsigned units = 0;
	for (uint32_t k = 0; k < 4; k++)
		for (double i = 0; i < cell[k]; i++) {
			snprintf(unit, sizeof unit, "%u", units++);
			add(&ratings, unit, "a", code[k / 2]);
			add(&ratings, unit, "b", code[k % 2]);
		}
	return estimate(&ratings, &acc_coefficient_cohen_kappa);
}

struct acc_estimate
estimate_file(const char *folder, const char *name, const struct acc_coefficient *coefficient)
{
	char path[256], line[256], unit[64], coder[64], code[64];
	struct acc_ratings ratings = {.design = ACC_CODES};
	snprintf(path, sizeof path, "%s/data/%s.csv", folder, name);
	FILE *file = fopen(path, "r");
	require(file && fgets(line, sizeof line, file), path);
	while (fgets(line, sizeof line, file)) {
		*code = 0;
		require(sscanf(line, "%63[^,],%63[^,],%63[^,\r\n]", unit, coder, code) >= 2, path);
		add(&ratings, unit, coder, code);
	}
	fclose(file);
	return estimate(&ratings, coefficient);
}
