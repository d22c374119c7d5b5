#include "tests/golden_parts/golden.h"
#include "tests/golden_weights.h"

/* ---- from a data set to a study ---- */

/* The rest of `subset` after "key=", up to the next ';' or the end. */
bool
find_key(const char *subset, const char *key, char *value, size_t size)
{
	const char *at = strstr(subset, key);
	if (!at || (at > subset && at[-1] != ';'))
		return false;
	at += strlen(key);
	snprintf(value, size, "%.*s", (int)strcspn(at, ";"), at);
	return true;
}

/* Is the coder, the `place`th (from 1) in order of first appearance, in "A,B" or "1,2"? */
static bool
is_listed(const char *list, const char *coder, uint32_t place)
{
	char number[16];
	snprintf(number, sizeof number, "%u", place);
	while (*list) {
		size_t length = strcspn(list, ",");
		if ((strlen(coder) == length && !memcmp(coder, list, length)) ||
		    (strlen(number) == length && !memcmp(number, list, length)))
			return true;
		list += length + (list[length] == ',');
	}
	return false;
}

/* The third field of the record whose first two are `a` and `b`. */
const char *
look_up(const struct table *table, const char *a, const char *b, size_t at)
{
	for (size_t i = 0; i < table->records; i++)
		if (!strcmp(table->record[i].field[0], a) &&
		    (!b || !strcmp(table->record[i].field[1], b)))
			return table->record[i].field[at];
	return "";
}

/* Two coders' codes of one more unit. */
static void
add_pair(struct table *table, unsigned first, unsigned second)
{
	char unit[32], code[2][16];
	snprintf(unit, sizeof unit, "%zu", table->records / 2 + 1);
	snprintf(code[0], sizeof code[0], "%u", first);
	snprintf(code[1], sizeof code[1], "%u", second);
	table_add(table, (const char *[]){unit, "first", code[0]}, 3);
	table_add(table, (const char *[]){unit, "second", code[1]}, 3);
}

/* "31,12;4,58": units by the codes of a first (rows) and a second coder. */
static struct table
expand_cells(const char *cells)
{
	struct table table = {0};
	for (unsigned row = 1, column = 1; *cells;) {
		char *end;
		unsigned long units = strtoul(cells, &end, 10);
		for (unsigned long i = 0; i < units; i++)
			add_pair(&table, row, column);
		if (end == cells || (*end && !strchr(",;", *end)))
			fail("not a table", cells);
		row += *end == ';';
		column = *end == ';' ? 1 : column + 1;
		cells = end + (*end != 0);
	}
	return table;
}

/* "n=250;agree=214;k=3": as many units, of which two coders agree on some, with three codes. */
static struct table
expand_agreement(const char *given)
{
	struct table table = {0};
	unsigned units, agree, codes;
	if (sscanf(given, "n=%u;agree=%u;k=%u", &units, &agree, &codes) != 3 || agree < codes)
		fail("not a number of units that agree", given);
	for (unsigned i = 0; i < units; i++)
		add_pair(&table, 1 + i % codes, 1 + (i + (i >= agree)) % codes);
	return table;
}

uint32_t
label(struct acc_vocabulary *vocabulary, const char *text)
{
	uint32_t number;
	must(acc_vocabulary_add(vocabulary, text, &number));
	return number;
}

/* What of a subset matters row by row. */
struct filter {
	char coders[256], group[64], category[64];
	bool some_coders, one_group, one_category;
	struct table clusters;
};

static bool
is_complete(const struct table *data, const char *unit)
{
	for (size_t i = 0; i < data->records; i++)
		if (!strcmp(data->record[i].field[0], unit) && !*data->record[i].field[2])
			return false;
	return true;
}

/* The labels of a set-valued code, "a|b" or "{}", as themes applied; nothing of a missing one. */
static void
add_members(struct acc_ratings *ratings, uint32_t unit, const char *coder, const char *set,
	    uint32_t line)
{
	struct acc_assignment assignment = {
	    .unit = unit, .coder = label(&ratings->coder, coder), .theme = ACC_NONE, .line = line};
	if (!strcmp(set, "{}"))
		must(acc_ratings_add(ratings, assignment));
	for (; *set && strcmp(set, "{}"); set += strcspn(set, "|"), set += *set == '|') {
		char name[64];
		snprintf(name, sizeof name, "%.*s", (int)strcspn(set, "|"), set);
		assignment.theme = label(&ratings->theme, name);
		must(acc_ratings_add(ratings, assignment));
	}
}

static void
add_row(const struct golden *golden, const struct question *question, const struct filter *filter,
	struct acc_vocabulary *seen, struct acc_ratings *ratings, size_t row)
{
	char *const *field = golden->data.record[row].field;
	const char *code = field[2];
	struct acc_unit about = {ACC_NONE, ACC_NONE, ACC_NONE, (uint32_t)row + 2};
	uint32_t place = label(seen, field[1]) + 1;
	if (filter->one_category && *code && strcmp(code, filter->category))
		code = "all others";
	/* Categories are those of the whole data set, whatever the subset. */
	bool single = ratings->design == ACC_CODES;
	uint32_t given = *code && single ? label(&ratings->code, code) : ACC_NONE;
	if (filter->some_coders && !is_listed(filter->coders, field[1], place))
		return;
	if (filter->one_group &&
	    strcmp(look_up(&golden->groups, question->dataset, field[0], 2), filter->group))
		return;
	if (question->complete && !is_complete(&golden->data, field[0]))
		return;
	if (filter->clusters.records)
		about.participant =
		    label(&ratings->participant, look_up(&filter->clusters, field[0], NULL, 1));
	enum acc_status status;
	uint32_t unit = label(&ratings->unit, field[0]);
	acc_ratings_about(ratings, unit, about, &status);
	must(status);
	if (ratings->design == ACC_THEMES) {
		add_members(ratings, unit, field[1], code, (uint32_t)row + 2);
		return;
	}
	must(acc_ratings_add(ratings,
			     (struct acc_assignment){.unit = unit,
						     .coder = label(&ratings->coder, field[1]),
						     .code = given,
						     .line = (uint32_t)row + 2}));
}

void
on_conflict(void *context, const struct acc_conflict *conflict)
{
	(void)conflict;
	fail("a unit has two codes of one coder", ((struct golden *)context)->name);
}

void
load(struct golden *golden, const struct question *question)
{
	bool cells = !strncmp(question->subset, "table=", 6);
	bool agreement = !strncmp(question->subset, "n=", 2);
	const char *name = cells || agreement ? question->subset : question->dataset;
	if (!strcmp(golden->name, name))
		return;
	char path[128];
	table_free(&golden->data);
	snprintf(golden->name, sizeof golden->name, "%s", name);
	snprintf(path, sizeof path, "data/%s", name);
	golden->data = cells       ? expand_cells(question->subset + 6)
		       : agreement ? expand_agreement(question->subset)
				   : table_read(golden->folder, path, ".csv");
}

static void
make_distances(struct study *study, const struct acc_set_distance *distance)
{
	if (!(study->sets = acc_array(1, sizeof *study->sets)))
		must(ACC_NO_MEMORY);
	must(acc_sets_make(study->sets, &study->patterns, ACC_NONE, distance));
	must(acc_sets_weights(&study->weights, study->sets));
}

static void
make_weights(struct study *study, const struct question *question)
{
	enum acc_status status;
	bool themes = study->patterns.design == ACC_THEMES;
	uint32_t categories = themes ? 2 : study->patterns.code.count;
	if (!question->scheme) {
		golden_weights(&study->weights, question->weights, &study->patterns, &status);
		must(status);
		return;
	}
	double *score = acc_array(categories, sizeof *score);
	if (!score)
		must(ACC_NO_MEMORY);
	if (themes || !acc_vocabulary_scores(&study->patterns.code, score))
		for (uint32_t k = 0; k < categories; k++)
			score[k] = k + 1;
	must(acc_weights_make(&study->weights, question->scheme, score, categories));
	must(acc_weights_score(&study->weights, score));
	free(score);
}

/* Codes 1, 2, ... of a codebook, used or not. */
static void
declare(struct acc_ratings *ratings, unsigned codes)
{
	for (unsigned k = 1; k <= codes; k++) {
		char code[16];
		snprintf(code, sizeof code, "%u", k);
		label(&ratings->code, code);
	}
}

struct study
make_study(struct golden *golden, const struct question *question)
{
	struct study study = {0};
	bool sets = question->distance || !strncmp(question->subset, "theme", 5);
	struct acc_ratings ratings = {.design = sets ? ACC_THEMES : ACC_CODES};
	struct acc_vocabulary seen = {0};
	struct filter filter = {0};
	char column[64], path[128];
	uint64_t conflicts;
	const char *subset = question->subset;
	load(golden, question);
	filter.some_coders = find_key(subset, "coders=", filter.coders, sizeof filter.coders);
	filter.one_group = find_key(subset, "group=", filter.group, sizeof filter.group);
	filter.one_category =
	    find_key(subset, "category=", filter.category, sizeof filter.category);
	if (find_key(subset, "cluster=", column, sizeof column)) {
		snprintf(path, sizeof path, "data/%s", question->dataset);
		filter.clusters = table_read(golden->folder, path, "_clusters.csv");
	}
	if (!sets)
		label(&ratings.theme, "");
	if (find_key(subset, "codes=", column, sizeof column))
		declare(&ratings, (unsigned)atoi(column));
	for (size_t i = 0; i < golden->data.records; i++)
		add_row(golden, question, &filter, &seen, &ratings, i);
	must(
	    acc_ratings_tabulate(&ratings, &study.patterns, NULL, on_conflict, golden, &conflicts));
	acc_ratings_free(&ratings);
	acc_vocabulary_free(&seen);
	table_free(&filter.clusters);
	if (question->distance)
		make_distances(&study, question->distance);
	else
		make_weights(&study, question);
	return study;
}

void
free_study(struct study *study)
{
	acc_patterns_free(&study->patterns);
	acc_weights_free(&study->weights);
	if (study->sets)
		acc_sets_free(study->sets);
	free(study->sets);
}

/* Which of a study's estimates a subset asks for: "theme=A", "themes" for the pooled one. */
static uint32_t
place_of(const struct study *study, const char *subset)
{
	char theme[64];
	if (!strcmp(subset, "themes"))
		return study->patterns.theme.count;
	return find_key(subset, "theme=", theme, sizeof theme)
		   ? acc_vocabulary_find(&study->patterns.theme, theme)
		   : 0;
}

struct acc_estimate
estimate(const struct study *study, const struct question *question, enum acc_ci ci)
{
	const struct acc_coefficient *coefficient = question->coefficient;
	struct acc_plan plan = {.coefficient = &coefficient,
				.coefficients = 1,
				.weights = &study->weights,
				.ci = ci,
				.level = 0.95};
	struct acc_scope scope = {.group = ACC_NONE, .coders = study->patterns.coder.count};
	struct acc_estimate *all, first;
	must(acc_agreement(&study->patterns, &plan, &scope, &all));
	first = all[place_of(study, question->subset)];
	free(all);
	return first;
}
