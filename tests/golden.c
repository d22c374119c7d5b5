/* golden: every number of tests/golden/ that Accord knows how to make, against what it makes.
 *
 *   golden tests/golden
 *
 * A row of expected.csv is checked as soon as its coefficient and weights are registered and its
 * quantity is in quantities[] below; until then it is counted as "not yet". Rows of exceptions.csv
 * are listed with their reason. Registered coefficients and weights owe at least one golden value,
 * a formula and a citation. The conventions of the sources are in tests/golden/README.md. */
#include "pipeline/read/csv.h"
#include "stats/agreement.h"
#include "stats/classical.h"
#include "stats/dawid_skene.h"
#include "stats/dependent.h"
#include "stats/homogeneity.h"
#include "stats/minimum.h"
#include "stats/ratings.h"
#include "stats/special.h"
#include "tests/golden_weights.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- tables ---- */

enum { FIELDS = 9 };

struct record {
	char *field[FIELDS]; /* owned; "" past the record's end */
};

struct table {
	struct record *record; /* owned, the header left out */
	size_t records, capacity;
	bool headed;
};

/* Columns of expected.csv; known_wrong.csv and exceptions.csv begin with the same five. */
enum { DATASET, COEFFICIENT, WEIGHTS, SUBSET, QUANTITY, EXPECTED, DIGITS, SOURCE };
enum { PEER_VALUE = 5, CORRECT_VALUE = 6, REASON = 7 };

static void
fail(const char *what, const char *which)
{
	fprintf(stderr, "golden: %s: %s\n", which, what);
	exit(2);
}

static void
must(enum acc_status status)
{
	if (status != ACC_OK)
		fail("out of memory or too large", "stats");
}

static void
table_add(struct table *table, const char *const *field, size_t fields)
{
	if (!acc_array_reserve((void **)&table->record, &table->capacity, table->records + 1,
			       sizeof *table->record))
		must(ACC_NO_MEMORY);
	struct record *record = &table->record[table->records++];
	for (size_t i = 0; i < FIELDS; i++)
		if (!(record->field[i] = strdup(i < fields ? field[i] : "")))
			must(ACC_NO_MEMORY);
}

static bool
take_record(void *context, const struct acc_csv_record *record)
{
	struct table *table = context;
	if (table->headed)
		table_add(table, record->field, record->fields);
	table->headed = true;
	return true;
}

static void
table_free(struct table *table)
{
	for (size_t i = 0; i < table->records; i++)
		for (size_t k = 0; k < FIELDS; k++)
			free(table->record[i].field[k]);
	free(table->record);
	*table = (struct table){0};
}

static struct table
table_read(const char *folder, const char *name, const char *suffix)
{
	char path[1024];
	struct table table = {0};
	struct acc_messages messages = {0};
	struct acc_csv_options options = {.separator = ','};
	snprintf(path, sizeof path, "%s/%s%s", folder, name, suffix);
	if (!acc_csv_read(path, &options, take_record, &table, &messages)) {
		acc_messages_print(&messages, stderr);
		fail("cannot be read", path);
	}
	acc_messages_free(&messages);
	return table;
}

/* ---- counts ---- */

enum outcome { PASSED, FAILED, SKIPPED, NOT_YET, OUTCOMES };

struct counts {
	struct {
		char name[64];
		unsigned of[OUTCOMES];
	} entry[128];
	size_t entries;
};

static void
count(struct counts *counts, const char *name, enum outcome outcome)
{
	size_t i = 0;
	while (i < counts->entries && strcmp(counts->entry[i].name, name))
		i++;
	if (i == sizeof counts->entry / sizeof *counts->entry)
		fail("too many kinds to count", name);
	if (i == counts->entries)
		snprintf(counts->entry[counts->entries++].name, sizeof counts->entry->name, "%s",
			 name);
	counts->entry[i].of[outcome]++;
}

static void
print_counts(const struct counts *counts, const char *head)
{
	printf("\n%-36s %8s %8s %8s %8s\n", head, "passed", "failed", "skipped", "not yet");
	for (size_t i = 0; i < counts->entries; i++)
		printf("%-36s %8u %8u %8u %8u\n", counts->entry[i].name,
		       counts->entry[i].of[PASSED], counts->entry[i].of[FAILED],
		       counts->entry[i].of[SKIPPED], counts->entry[i].of[NOT_YET]);
}

/* ---- from a data set to a study ---- */

struct golden {
	const char *folder;
	struct table expected, of_sets, exceptions, known_wrong, categories, groups;
	struct table data; /* of the data set `name` */
	char name[64];
	struct counts families, coefficients;
	/* Per registered coefficient, scheme, distance of sets: has a value row. */
	unsigned char *valued, *weighted, *measured;
	unsigned passed, failed, skipped, not_yet;
};

/* One question to a data set. Strings are borrowed. */
struct question {
	const char *dataset, *subset, *source;
	const struct acc_coefficient *coefficient;
	const struct acc_scheme *scheme;         /* or: */
	const struct acc_set_distance *distance; /* the codes "a|b" are sets; or neither: */
	const char *weights;                     /* written out */
	bool complete;                           /* use only units that all coders rated */
};

struct study {
	struct acc_patterns patterns;
	struct acc_weights weights;
	struct acc_sets *sets; /* owned, or NULL */
};

/* The rest of `subset` after "key=", up to the next ';' or the end. */
static bool
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
static const char *
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

static uint32_t
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

static void
on_conflict(void *context, const struct acc_conflict *conflict)
{
	(void)conflict;
	fail("a unit has two codes of one coder", ((struct golden *)context)->name);
}

static void
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

static struct study
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

static void
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

static struct acc_estimate
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

/* ---- quantities ---- */

/* What a quantity is made from. */
struct answer {
	const struct question *question;
	const struct study *study;
	struct acc_estimate gwet; /* by the published linearisation */
};

static bool
says(const struct answer *answer, const char *word)
{
	return strstr(answer->question->source, word);
}

static double
value(const struct answer *answer)
{
	return answer->gwet.value;
}

static double
observed(const struct answer *answer)
{
	return answer->gwet.observed;
}

static double
expected(const struct answer *answer)
{
	return answer->gwet.expected;
}

static double
observed_disagreement(const struct answer *answer)
{
	return 1 - answer->gwet.observed;
}

static double
expected_disagreement(const struct answer *answer)
{
	return 1 - answer->gwet.expected;
}

/* Units that the standard error is over. */
static double
pieces(const struct answer *answer)
{
	bool pairs_only = answer->question->coefficient->pairs_only;
	return answer->gwet.units + (pairs_only ? 0 : answer->gwet.single);
}

static double
se_of_table(const struct answer *answer)
{
	double n = pieces(answer);
	struct acc_estimate fce = estimate(answer->study, answer->question, ACC_CI_FCE);
	if (fce.reason == ACC_DEFINED)
		return fce.se;
	return answer->gwet.se * sqrt((n - 1) / n);
}

static double
se_of_ratings(const struct answer *answer)
{
	return answer->gwet.se;
}

static double
se(const struct answer *answer)
{
	bool table =
	    says(answer, ".table") || says(answer, "vcd") || says(answer, "FCE") ||
	    says(answer, "psych") || says(answer, "Agresti") ||
	    (says(answer, "vignette") && !strcmp(answer->question->dataset, "gwet_abstractors3x3"));
	if (says(answer, "misskappa"))
		return estimate(answer->study, answer->question, ACC_CI_LINEAR).se *
		       sqrt((pieces(answer) - 1) / pieces(answer));
	if (says(answer, "multilevel"))
		return estimate(answer->study, answer->question, ACC_CI_LINEAR).se;
	return table ? se_of_table(answer) : se_of_ratings(answer);
}

static double
var(const struct answer *answer)
{
	return se(answer) * se(answer);
}

/* statpsych's interval of the G index: of agreement by its adjusted Wald, then 2 p - 1 or its like.
 */
static double
g_index_limit(const struct answer *answer, double side)
{
	double q = answer->study->patterns.code.count, n = pieces(answer);
	double p = (observed(answer) * n + 2) / (n + 4), z = acc_normal_quantile(0.975);
	return (q * (p + side * z * sqrt(p * (1 - p) / (n + 4))) - 1) / (q - 1);
}

static double
ci_low(const struct answer *answer)
{
	if (says(answer, "adjusted Wald"))
		return g_index_limit(answer, -1);
	if (!isnan(answer->gwet.test.low))
		return answer->gwet.test.low;
	bool t = says(answer, "irrCAC");
	return t ? answer->gwet.low : value(answer) - acc_normal_quantile(0.975) * se(answer);
}

static double
ci_high(const struct answer *answer)
{
	if (says(answer, "adjusted Wald"))
		return g_index_limit(answer, 1);
	if (!isnan(answer->gwet.test.high))
		return answer->gwet.test.high;
	bool t = says(answer, "irrCAC");
	return t ? answer->gwet.high : value(answer) + acc_normal_quantile(0.975) * se(answer);
}

/* The study's only question, and the tally of all its units. */
static void
make_tally(const struct study *study, struct acc_panel *panel, struct acc_tally *tally,
	   unsigned needs)
{
	const struct acc_patterns *patterns = &study->patterns;
	must(acc_panel_make(panel, patterns, 0, NULL, patterns->coder.count));
	must(acc_tally_make_for(tally, panel->categories, panel->coders, needs));
	for (uint32_t p = 0; p < patterns->vector.count; p++)
		acc_tally_add(tally, panel, p, (double)patterns->count[p], &study->weights);
}

static struct acc_estimate
by_chance(const struct answer *answer)
{
	return estimate(answer->study, answer->question, ACC_CI_NULL);
}

static double
se_null(const struct answer *answer)
{
	return by_chance(answer).se;
}

static double
statistic(const struct answer *answer)
{
	return answer->gwet.test.statistic;
}

static double
z(const struct answer *answer)
{
	if (!isnan(statistic(answer)))
		return statistic(answer);
	return value(answer) / se_null(answer);
}

static double
p(const struct answer *answer)
{
	if (!isnan(statistic(answer)))
		return answer->gwet.test.p;
	if (!says(answer, "irrCAC"))
		return by_chance(answer).p;
	return acc_t_tail(value(answer) / answer->gwet.se, answer->gwet.clusters - 1);
}

/* Sums over units of the value without the unit and of its square. */
static void
leave_out(const struct answer *answer, double *n, double *sum, double *squares)
{
	struct acc_panel panel;
	struct acc_tally tally;
	const struct acc_weights *weights = &answer->study->weights;
	make_tally(answer->study, &panel, &tally, 0);
	*n = *sum = *squares = 0;
	for (uint32_t i = 0; i < panel.patterns; i++) {
		struct acc_disagreement at;
		double left, times = (double)answer->study->patterns.count[i];
		acc_tally_add(&tally, &panel, i, -1, weights);
		acc_coefficient_value(answer->question->coefficient, &tally, weights, &at, &left);
		acc_tally_add(&tally, &panel, i, 1, weights);
		*n += times;
		*sum += times * left;
		*squares += times * left * left;
	}
	acc_tally_free(&tally);
	acc_panel_free(&panel);
}

/* About the mean of the values left out, where Accord's own is about the value. */
static double
se_jackknife(const struct answer *answer)
{
	double n, sum, squares;
	leave_out(answer, &n, &sum, &squares);
	return sqrt((n - 1) / n * (squares - sum * sum / n));
}

static double
value_jackknife(const struct answer *answer)
{
	double n, sum, squares;
	leave_out(answer, &n, &sum, &squares);
	return n * value(answer) - (n - 1) * sum / n;
}

static const struct {
	const char *key;
	double (*of)(const struct answer *);
} quantities[] = {
    {"value", value},
    {"pa", observed},
    {"pe", expected},
    {"observed_disagreement", observed_disagreement},
    {"expected_disagreement", expected_disagreement},
    {"se", se},
    {"var", var},
    {"ci_low", ci_low},
    {"ci_high", ci_high},
    {"p", p},
    {"z", z},
    {"se_null", se_null},
    {"se_jackknife", se_jackknife},
    {"value_jackknife", value_jackknife},
    {"se_vanbelle_delta", se_of_ratings},
    {"se_delta_unbiased", se_of_table},
    {"value_category_binary", value},
    {"pa_max", observed},
    {"F", statistic},
    {"chi2", statistic},
};

/* ---- several studies as one: tests that their kappas are equal ---- */

/* Cohen's kappas of the groups that "studies=1,2,3" lists, and what they would have in common. */
static struct acc_equality
combine_studies(struct golden *golden, const struct record *row)
{
	double value[8], error[8];
	size_t studies = 0;
	for (const char *at = row->field[SUBSET] + strlen("studies="); *at; at += *at == ',') {
		char subset[32];
		int length = (int)strcspn(at, ",");
		snprintf(subset, sizeof subset, "group=%.*s", length, at);
		struct question question = {.dataset = row->field[DATASET],
					    .subset = subset,
					    .source = row->field[SOURCE],
					    .coefficient = &acc_coefficient_cohen_kappa,
					    .scheme = acc_schemes[0]};
		struct study study = make_study(golden, &question);
		struct answer answer = {&question, &study,
					estimate(&study, &question, ACC_CI_GWET)};
		value[studies] = answer.gwet.value;
		error[studies++] = se_of_table(&answer);
		free_study(&study);
		at += length;
	}
	return acc_fleiss_homogeneity(value, error, studies);
}

/* A quantity of such a test; NaN for others. */
static double
studies_of(struct golden *golden, const struct record *row)
{
	const char *quantity = row->field[QUANTITY];
	if (strcmp(row->field[COEFFICIENT], "homogeneity_chi2") &&
	    strcmp(row->field[COEFFICIENT], "pooled_kappa"))
		return NAN;
	struct acc_equality test = combine_studies(golden, row);
	double half = acc_normal_quantile(0.975) * test.se;
	return !strcmp(quantity, "chi2")     ? test.chi2
	       : !strcmp(quantity, "p")      ? test.p
	       : !strcmp(quantity, "value")  ? test.common
	       : !strcmp(quantity, "ci_low") ? test.common - half
					     : test.common + half;
}

/* ---- statistics that are not one coefficient ---- */

/* "SCALE:LEVEL" of irrCAC's vignette: AC1 = .77544, SE = .14295, on the normal distribution. */
static double
benchmark(struct golden *golden, const struct record *row)
{
	const char *colon = strchr(row->field[SUBSET], ':');
	(void)golden;
	for (size_t i = 0; colon && i < acc_scale_count; i++)
		for (const struct acc_scale_level *at = acc_scales[i].level; at->name; at++)
			if (!strncmp(acc_scales[i].key, row->field[SUBSET],
				     (size_t)(colon - row->field[SUBSET])) &&
			    !strcmp(at->name, colon + 1))
				return acc_benchmark_cumulative(.77544, .14295, (double)INFINITY,
								at->low);
	return NAN;
}

/* The coder who appears `place`th (from 0) in the data. */
static uint32_t
appeared(const struct golden *golden, const struct study *study, uint32_t place)
{
	struct acc_vocabulary seen = {0};
	uint32_t coder = 0;
	for (size_t i = 0; seen.count <= place && i < golden->data.records; i++)
		label(&seen, golden->data.record[i].field[1]);
	if (seen.count <= place)
		fail("too few coders", golden->name);
	while (strcmp(study->patterns.coder.label[coder], seen.label[place]))
		coder++;
	acc_vocabulary_free(&seen);
	return coder;
}

/* Cohen's kappas of the first coder with the second and with the third; clustered, of each reader's
 * two readings, linear weights, complete units (exceptions.csv). */
static struct acc_influences
kappas(struct golden *golden, const struct record *row)
{
	static const uint32_t pairs[3][2] = {{0, 1}, {0, 2}};
	static const uint32_t readings[3][2] = {{0, 1}, {2, 3}, {4, 5}};
	bool clustered = strstr(row->field[SUBSET], "cluster=");
	struct question question = {.dataset = row->field[DATASET],
				    .subset = clustered ? "cluster=cluster" : "",
				    .scheme = acc_scheme_find(clustered ? "linear" : "identity"),
				    .complete = clustered};
	struct study study = make_study(golden, &question);
	static const struct acc_coefficient *const cohen = &acc_coefficient_cohen_kappa;
	struct acc_plan plan = {
	    .coefficient = &cohen, .coefficients = 1, .weights = &study.weights};
	struct acc_influences made = {0};
	for (size_t i = 0; i < (clustered ? 3 : 2); i++) {
		uint32_t coder_of[16];
		for (uint32_t j = 0; j < 16; j++)
			coder_of[j] = ACC_NONE;
		for (uint32_t side = 0; side < 2; side++)
			coder_of[appeared(golden, &study,
					  clustered ? readings[i][side] : pairs[i][side])] = side;
		must(acc_influences_add(
		    &made, &study.patterns, &plan,
		    &(struct acc_scope){.group = ACC_NONE, .coder_of = coder_of, .coders = 2}));
	}
	free_study(&study);
	return made;
}

static double
hotelling(struct golden *golden, const struct record *row)
{
	struct acc_influences influences = kappas(golden, row);
	struct acc_test test;
	must(acc_dependent_all(&influences, (const size_t[]){0, 1, 2}, influences.count, &test));
	/* Without clusters multiagree divides by n^2, not n (n - 1). */
	if (!strstr(row->field[SUBSET], "cluster=")) {
		double n = test.df1 + test.df2;
		test.statistic *= n / (n - 1);
		test.p = acc_f_tail(test.statistic * test.df2 / ((n - 1) * test.df1), test.df1,
				    test.df2);
	}
	acc_influences_free(&influences);
	return strcmp(row->field[QUANTITY], "p") ? test.statistic : test.p;
}

static double
correlation(struct golden *golden, const struct record *row)
{
	struct acc_influences influences = kappas(golden, row);
	double made = acc_dependent_pair(&influences, 0, 1).correlation;
	acc_influences_free(&influences);
	return made;
}

static const struct {
	const char *coefficient, *quantity;
	double (*of)(struct golden *golden, const struct record *row);
} statistics[] = {
    {"benchmark_cumprob", "value", benchmark},
    {"hotelling_T2", "value", hotelling},
    {"hotelling_T2", "p", hotelling},
    {"correlation_of_kappas", "value", correlation},
};

/* ---- tests of marginal homogeneity ---- */

static struct acc_chi2
of_mcnemar(const struct acc_tally *tally, double *value)
{
	struct acc_mcnemar test;
	const double *cell = acc_tally_cells(tally);
	acc_mcnemar(cell[1], cell[2], &test);
	*value = test.plain.statistic;
	return test.plain;
}

static struct acc_chi2
of_bowker(const struct acc_tally *tally, double *value)
{
	struct acc_chi2 test = acc_bowker(acc_tally_cells(tally), tally->categories);
	*value = test.statistic;
	return test;
}

static struct acc_chi2
of_stuart_maxwell(const struct acc_tally *tally, double *value)
{
	struct acc_chi2 test;
	must(acc_stuart_maxwell(acc_tally_cells(tally), tally->categories, &test));
	*value = test.statistic;
	return test;
}

static struct acc_chi2
of_bhapkar(const struct acc_tally *tally, double *value)
{
	struct acc_chi2 test = of_stuart_maxwell(tally, value);
	test = acc_bhapkar(&test, tally->cell[ACC_TALLY_PAIRED]);
	*value = test.statistic;
	return test;
}

static struct acc_chi2
of_rater_bias(const struct acc_tally *tally, double *value)
{
	return acc_rater_bias(acc_tally_cells(tally), tally->categories, value);
}

static struct acc_chi2
of_cochran_q(const struct acc_tally *tally, double *value)
{
	struct acc_chi2 test = acc_cochran_q(tally);
	*value = test.statistic;
	return test;
}

static const struct {
	const char *key;
	struct acc_chi2 (*of)(const struct acc_tally *, double *value);
} homogeneity[] = {
    {"mcnemar", of_mcnemar}, {"bowker", of_bowker},         {"stuart_maxwell", of_stuart_maxwell},
    {"bhapkar", of_bhapkar}, {"rater_bias", of_rater_bias}, {"cochran_q", of_cochran_q},
};

/* A quantity of a test of homogeneity; NaN for others. */
static double
homogeneity_of(struct golden *golden, const struct record *row)
{
	struct question question = {.dataset = row->field[DATASET],
				    .subset = row->field[SUBSET],
				    .source = row->field[SOURCE],
				    .scheme = acc_scheme_find("identity")};
	const char *quantity = row->field[QUANTITY];
	struct acc_panel panel;
	struct acc_tally tally;
	size_t i = 0, tests = sizeof homogeneity / sizeof *homogeneity;
	double value = NAN;
	while (i < tests && strcmp(homogeneity[i].key, row->field[COEFFICIENT]))
		i++;
	if (i == tests)
		return NAN;
	struct study study = make_study(golden, &question);
	make_tally(&study, &panel, &tally, ACC_NEED_CELLS | ACC_NEED_MOMENTS);
	struct acc_chi2 test = homogeneity[i].of(&tally, &value);
	acc_tally_free(&tally);
	acc_panel_free(&panel);
	free_study(&study);
	return !strcmp(quantity, "value")                            ? value
	       : !strcmp(quantity, "df")                             ? test.df
	       : !strcmp(quantity, "p")                              ? test.p
	       : !strcmp(quantity, "chi2") || !strcmp(quantity, "z") ? test.statistic
								     : NAN;
}

/* ---- rows ---- */

static bool
compute(struct golden *golden, const struct question *question, const char *quantity, double *got)
{
	for (size_t i = 0; i < sizeof quantities / sizeof *quantities; i++) {
		if (strcmp(quantity, quantities[i].key))
			continue;
		struct study study = make_study(golden, question);
		struct answer answer = {question, &study, estimate(&study, question, ACC_CI_GWET)};
		*got = quantities[i].of(&answer);
		free_study(&study);
		return true;
	}
	return false;
}

static void
say(const struct record *row, const char *what, double got)
{
	printf("%s: %s %s %s %s %s: expected %s", what, row->field[DATASET],
	       row->field[COEFFICIENT], row->field[WEIGHTS], row->field[SUBSET],
	       row->field[QUANTITY], row->field[EXPECTED]);
	if (!isnan(got))
		printf(", got %.15g", got);
}

static const struct record *
exception_of(const struct golden *golden, const struct record *row)
{
	for (size_t i = 0; i < golden->exceptions.records; i++) {
		const struct record *exception = &golden->exceptions.record[i];
		bool same = true;
		for (size_t k = DATASET; k <= EXPECTED; k++)
			same = same && !strcmp(exception->field[k], row->field[k]);
		if (same)
			return exception;
	}
	return NULL;
}

/* Where the number comes from: the kind of witness, and the package of a run. */
static void
family_of(const char *source, char *family, size_t size)
{
	size_t kind = strcspn(source, ":");
	const char *package = source + kind + (source[kind] == ':');
	package += strspn(package, " ");
	int length = strncmp(source, "run", 3) ? 0 : (int)strcspn(package, " ;");
	snprintf(family, size, "%.*s %.*s", (int)kind, source, length, package);
}

static bool
is_close(double got, double wanted, const char *digits)
{
	return fabs(got - wanted) <= pow(10, -atof(digits));
}

/* The mark that a coefficient, and a scheme, has a golden value. */
static void
mark_value(struct golden *golden, const struct question *question)
{
	for (size_t i = 0; i < acc_coefficient_count; i++)
		if (acc_coefficients[i] == question->coefficient)
			golden->valued[i] = 1;
	for (size_t i = 0; i < acc_scheme_count; i++)
		if (acc_schemes[i] == question->scheme ||
		    (acc_schemes[i]->tree && written(question->weights, "tree:")))
			golden->weighted[i] = 1;
	for (size_t i = 0; i < acc_set_distance_count; i++)
		if (acc_set_distances[i] == question->distance)
			golden->measured[i] = 1;
}

/* The labels of a set, "a|b", that are (in = true) or are not in another. */
static unsigned
members(const char *set, const char *other, bool in)
{
	unsigned found = 0;
	while (*set) {
		size_t length = strcspn(set, "|");
		bool there = false;
		for (const char *at = other; *at; at += strcspn(at, "|"), at += *at == '|')
			there = there || (strcspn(at, "|") == length && !memcmp(at, set, length));
		found += there == in;
		set += length;
		set += *set == '|';
	}
	return found;
}

/* A row "jaccard_distance" of the subset "a|b vs a|c". */
static enum outcome
check_distance(const struct record *row)
{
	char key[64], left[64], right[64];
	size_t length = strlen(row->field[COEFFICIENT]), suffix = strlen("_distance");
	if (length <= suffix || strcmp(row->field[COEFFICIENT] + length - suffix, "_distance") ||
	    sscanf(row->field[SUBSET], "%63s vs %63s", left, right) != 2)
		return NOT_YET;
	snprintf(key, sizeof key, "%.*s", (int)(length - suffix), row->field[COEFFICIENT]);
	const struct acc_set_distance *distance = acc_set_distance_find(key);
	if (!distance)
		return NOT_YET;
	double got = acc_set_distance_of(distance, members(left, right, true),
					 members(left, right, false), members(right, left, false));
	if (is_close(got, atof(row->field[EXPECTED]), row->field[DIGITS]))
		return PASSED;
	say(row, "mismatch", got);
	printf(" (%s)\n", row->field[SOURCE]);
	return FAILED;
}

/* What stands in the column of weights where a coefficient has none. */
static const struct acc_scheme *
scheme_of(const char *weights)
{
	static const char *const none[] = {"", "tolerance=0", "ties-corrected", "uncorrected"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (!strcmp(weights, none[i]))
			return acc_scheme_find("identity");
	if (strstr(weights, "incomplete-data"))
		return acc_scheme_find("identity");
	if (!strcmp(weights, "tolerance=1"))
		return acc_scheme_find("adjacent");
	return acc_scheme_find(weights);
}

/* ---- Dawid and Skene ---- */

/* Units by coder and occasion: a coder who rated a unit again is another coder of the study, whose
 * ratings the panel gives back to the first. */
static void
make_occasions(struct golden *golden, struct acc_patterns *patterns, struct acc_vocabulary *coder,
	       uint32_t **coder_of)
{
	struct acc_ratings ratings = {.design = ACC_CODES};
	const struct table *data = &golden->data;
	uint64_t conflicts;
	uint32_t of[64];
	label(&ratings.theme, "");
	for (size_t i = 0; i < data->records; i++) {
		char *const *field = data->record[i].field;
		char name[80];
		unsigned occasion = 1;
		for (size_t j = 0; j < i; j++)
			occasion += !strcmp(data->record[j].field[0], field[0]) &&
				    !strcmp(data->record[j].field[1], field[1]);
		snprintf(name, sizeof name, "%s occasion %u", field[1], occasion);
		struct acc_assignment row = {.unit = label(&ratings.unit, field[0]),
					     .coder = label(&ratings.coder, name),
					     .code = label(&ratings.code, field[2]),
					     .line = (uint32_t)i + 2};
		if (row.coder >= 64)
			fail("too many occasions", golden->name);
		of[row.coder] = label(coder, field[1]);
		enum acc_status status;
		struct acc_unit about = {ACC_NONE, ACC_NONE, ACC_NONE, row.line};
		acc_ratings_about(&ratings, row.unit, about, &status);
		must(status);
		must(acc_ratings_add(&ratings, row));
	}
	*coder_of = acc_array(ratings.coder.count, sizeof **coder_of);
	must(*coder_of ? ACC_OK : ACC_NO_MEMORY);
	struct acc_vocabulary occasions = ratings.coder;
	char first[64][80];
	for (uint32_t j = 0; j < occasions.count; j++)
		snprintf(first[j], sizeof first[j], "%s", occasions.label[j]);
	uint32_t count = occasions.count;
	must(acc_ratings_tabulate(&ratings, patterns, NULL, on_conflict, golden, &conflicts));
	for (uint32_t j = 0; j < count; j++)
		(*coder_of)[acc_vocabulary_find(&patterns->coder, first[j])] = of[j];
	acc_ratings_free(&ratings);
}

/* The number that a row of dawid_skene_... asks for, NaN when it is of another kind. */
static double
pick(const struct acc_dawid_skene *fit, const struct acc_vocabulary *coder,
     const struct acc_vocabulary *code, const struct record *row)
{
	char key[4][64] = {"", "", "", ""};
	const char *subset = row->field[SUBSET], *what = row->field[COEFFICIENT] + 12;
	size_t q = fit->categories;
	if (!strcmp(what, "prevalence") && find_key(subset, "category=", key[0], sizeof key[0]))
		return fit->prevalence[acc_vocabulary_find(code, key[0])];
	if (!strcmp(what, "error_rate") && find_key(subset, "coder=", key[1], sizeof key[1]) &&
	    find_key(subset, "true=", key[2], sizeof key[2]) &&
	    find_key(subset, "given=", key[3], sizeof key[3]))
		return fit->error[(acc_vocabulary_find(coder, key[1]) * q +
				   acc_vocabulary_find(code, key[2])) *
				      q +
				  acc_vocabulary_find(code, key[3])];
	return NAN;
}

static enum outcome
check_dawid_skene(struct golden *golden, const struct record *row)
{
	struct question question = {.dataset = row->field[DATASET], .subset = ""};
	struct acc_patterns patterns = {0};
	struct acc_vocabulary coder = {0};
	struct acc_panel panel;
	struct acc_votes votes;
	struct acc_dawid_skene fit;
	uint32_t *coder_of;
	load(golden, &question);
	make_occasions(golden, &patterns, &coder, &coder_of);
	must(acc_panel_make(&panel, &patterns, 0, coder_of, coder.count));
	must(acc_votes_make(&votes, &panel));
	double *units = acc_array(votes.vote.count, sizeof *units);
	must(units ? ACC_OK : ACC_NO_MEMORY);
	for (uint32_t p = 0; p < patterns.vector.count; p++)
		units[votes.of[p]] += (double)patterns.count[p];
	must(acc_dawid_skene_make(&fit, &votes, units, 1, NULL));
	double got = pick(&fit, &coder, &patterns.code, row);
	const char *quoted = strstr(row->field[SOURCE], "loglik ");
	bool good = is_close(got, atof(row->field[EXPECTED]), row->field[DIGITS]) &&
		    (!quoted || is_close(fit.likelihood, atof(quoted + 7), "6"));
	acc_dawid_skene_free(&fit);
	acc_votes_free(&votes);
	acc_panel_free(&panel);
	acc_vocabulary_free(&coder);
	acc_patterns_free(&patterns);
	free(coder_of);
	free(units);
	if (isnan(got))
		return NOT_YET;
	if (good)
		return PASSED;
	say(row, "mismatch", got);
	printf(" (%s)\n", row->field[SOURCE]);
	return FAILED;
}

static struct question
question_of(const struct record *row)
{
	const char *key = row->field[COEFFICIENT];
	/* Of two coders the intraclass kappa is Scott's pi. */
	if (!strcmp(key, "intraclass_kappa"))
		key = "scott_pi";
	const char *form = row->field[WEIGHTS];
	if (!strcmp(key, "kendall_w"))
		key = !strcmp(form, "uncorrected")      ? "kendall_w_uncorrected"
		      : strstr(form, "incomplete-data") ? "kendall_w_pairwise"
							: key;
	return (struct question){
	    .dataset = row->field[DATASET],
	    .subset = row->field[SUBSET],
	    .source = row->field[SOURCE],
	    .coefficient = acc_coefficient_find(key),
	    .weights = row->field[WEIGHTS],
	    .scheme = scheme_of(row->field[WEIGHTS]),
	    .distance = acc_set_distance_find(row->field[WEIGHTS]),
	};
}

static bool
has_weights(const struct question *question)
{
	const char *text = question->weights;
	return question->scheme || question->distance || written(text, "custom") ||
	       written(text, "1,") || written(text, "tree:") ||
	       strstr(text, "_on_observed_categories");
}

static bool
compute_statistic(struct golden *golden, const struct record *row, double *got)
{
	for (size_t i = 0; i < sizeof statistics / sizeof *statistics; i++) {
		if (strcmp(row->field[COEFFICIENT], statistics[i].coefficient) ||
		    strcmp(row->field[QUANTITY], statistics[i].quantity))
			continue;
		*got = statistics[i].of(golden, row);
		return true;
	}
	return false;
}

static enum outcome
check_row(struct golden *golden, const struct record *row)
{
	struct question question = question_of(row);
	const struct record *exception = exception_of(golden, row);
	if (!strncmp(row->field[COEFFICIENT], "dawid_skene_", 12))
		return check_dawid_skene(golden, row);
	double got = homogeneity_of(golden, row);
	if (isnan(got))
		got = studies_of(golden, row);
	bool whole = !isnan(got) || compute_statistic(golden, row, &got);
	if (!whole && !question.coefficient)
		return check_distance(row);
	if (!whole && !has_weights(&question))
		return NOT_YET;
	if (exception) {
		say(row, "skipped", NAN);
		printf(": %s\n", exception->field[REASON]);
		return SKIPPED;
	}
	if (!whole && !compute(golden, &question, row->field[QUANTITY], &got))
		return NOT_YET;
	if (!is_close(got, atof(row->field[EXPECTED]), row->field[DIGITS])) {
		say(row, "mismatch", got);
		printf(" (%s)\n", row->field[SOURCE]);
		return FAILED;
	}
	if (question.coefficient && !strcmp(row->field[QUANTITY], "value"))
		mark_value(golden, &question);
	return PASSED;
}

static void
settle(struct golden *golden, enum outcome outcome)
{
	unsigned *of[] = {&golden->passed, &golden->failed, &golden->skipped, &golden->not_yet};
	++*of[outcome];
}

static void
check_rows(struct golden *golden, const struct table *rows, const char *name)
{
	unsigned before = golden->passed + golden->failed;
	for (size_t i = 0; i < rows->records; i++) {
		const struct record *row = &rows->record[i];
		char family[64];
		enum outcome outcome = check_row(golden, row);
		family_of(row->field[SOURCE], family, sizeof family);
		count(&golden->families, family, outcome);
		count(&golden->coefficients, row->field[COEFFICIENT], outcome);
		settle(golden, outcome);
	}
	printf("%u of %zu rows of %s compared\n", golden->passed + golden->failed - before,
	       rows->records, name);
}

/* Every exception excepts a row that is there. */
static void
check_exceptions(struct golden *golden)
{
	for (size_t i = 0; i < golden->exceptions.records; i++) {
		const struct record *exception = &golden->exceptions.record[i];
		bool used = false;
		for (size_t j = 0; !used && j < golden->expected.records; j++)
			used = exception_of(golden, &golden->expected.record[j]) == exception;
		if (!used) {
			say(exception, "exception without its row", NAN);
			puts("");
		}
		settle(golden, used ? PASSED : FAILED);
	}
}

/* The clustered rows carry a wrong label (exceptions.csv); as what they are, they must hold. */
static void
check_clustered(struct golden *golden)
{
	for (size_t i = 0; i < golden->expected.records; i++) {
		struct record row = golden->expected.record[i];
		struct question question = question_of(&row);
		double got;
		if (!strstr(row.field[SUBSET], "cluster=") || !exception_of(golden, &row))
			continue;
		question.scheme = acc_scheme_find("linear");
		question.complete = true;
		compute(golden, &question, row.field[QUANTITY], &got);
		bool good = is_close(got, atof(row.field[EXPECTED]), row.field[DIGITS]);
		say(&row, good ? "linear weights, complete units" : "mismatch, clustered", got);
		puts("");
		settle(golden, good ? PASSED : FAILED);
	}
}

/* A number that a package prints and that is wrong: not that, but the right one. */
static void
check_known_wrong(struct golden *golden)
{
	unsigned checked = 0;
	for (size_t i = 0; i < golden->known_wrong.records; i++) {
		const struct record *row = &golden->known_wrong.record[i];
		struct question question = question_of(row);
		double got;
		if (!question.coefficient || !question.scheme ||
		    !compute(golden, &question, row->field[QUANTITY], &got)) {
			settle(golden, NOT_YET);
			continue;
		}
		bool good = is_close(got, atof(row->field[CORRECT_VALUE]), "11") &&
			    !is_close(got, atof(row->field[PEER_VALUE]), "6");
		if (!good)
			printf("known wrong: %s %s %s: right %s, peer %s, got %.15g\n",
			       row->field[DATASET], row->field[COEFFICIENT], row->field[WEIGHTS],
			       row->field[CORRECT_VALUE], row->field[PEER_VALUE], got);
		settle(golden, good ? PASSED : FAILED);
		checked += good;
	}
	printf("\nknown wrong numbers of other packages: right in %u of %zu\n", checked,
	       golden->known_wrong.records);
}

/* The order that codes are reported in is the one that weights of the sources need. */
static void
check_categories(struct golden *golden)
{
	unsigned sets = 0;
	struct question question = {.subset = "", .scheme = acc_schemes[0]};
	for (size_t i = 0, next; i < golden->categories.records; i = next) {
		bool good = true;
		question.dataset = golden->categories.record[i].field[0];
		for (next = i; next < golden->categories.records &&
			       !strcmp(golden->categories.record[next].field[0], question.dataset);
		     next++)
			;
		if (!strcmp(question.dataset, "dawidskene1979_anesthesia"))
			continue; /* a coder rated each unit three times */
		struct study study = make_study(golden, &question);
		good = study.patterns.code.count == next - i;
		for (uint32_t k = 0; good && k < next - i; k++)
			good = !strcmp(study.patterns.code.label[k],
				       golden->categories.record[i + k].field[2]);
		free_study(&study);
		if (!good)
			printf("mismatch: order of the categories of %s\n", question.dataset);
		settle(golden, good ? PASSED : FAILED);
		sets++;
	}
	printf("order of categories: compared in %u data sets\n", sets);
}

static void
owe(struct golden *golden, const char *kind, const char *key, bool paid, const char *what)
{
	if (!paid)
		printf("registry: %s %s has no %s\n", kind, key, what);
	settle(golden, paid ? PASSED : FAILED);
}

static void
check_registries(struct golden *golden)
{
	for (size_t i = 0; i < acc_coefficient_count; i++) {
		const struct acc_coefficient *one = acc_coefficients[i];
		owe(golden, "coefficient", one->key, golden->valued[i], "golden value");
		owe(golden, "coefficient", one->key, one->citation && *one->citation, "citation");
		owe(golden, "coefficient", one->key, one->formula && *one->formula, "formula");
		owe(golden, "coefficient", one->key, one->name && *one->name, "name");
	}
	for (size_t i = 0; i < acc_scheme_count; i++) {
		const struct acc_scheme *one = acc_schemes[i];
		owe(golden, "weights", one->key, golden->weighted[i], "golden value");
		owe(golden, "weights", one->key, one->citation && *one->citation, "citation");
		owe(golden, "weights", one->key, one->formula && *one->formula, "formula");
	}
	for (size_t i = 0; i < acc_set_distance_count; i++) {
		const struct acc_set_distance *one = acc_set_distances[i];
		owe(golden, "distance", one->key, golden->measured[i], "golden value");
		owe(golden, "distance", one->key, one->citation && *one->citation, "citation");
		owe(golden, "distance", one->key, one->formula && *one->formula, "formula");
	}
}

int
main(int arguments, char **argument)
{
	static struct golden golden;
	golden.folder = arguments > 1 ? argument[1] : "tests/golden";
	golden.expected = table_read(golden.folder, "expected", ".csv");
	golden.of_sets = table_read(golden.folder, "methods_gold_sets", ".csv");
	golden.exceptions = table_read(golden.folder, "exceptions", ".csv");
	golden.known_wrong = table_read(golden.folder, "known_wrong", ".csv");
	golden.categories = table_read(golden.folder, "categories", ".csv");
	golden.groups = table_read(golden.folder, "groups", ".csv");
	golden.valued = acc_array(acc_coefficient_count, 1);
	golden.weighted = acc_array(acc_scheme_count, 1);
	golden.measured = acc_array(acc_set_distance_count, 1);
	check_rows(&golden, &golden.expected, "expected.csv");
	check_rows(&golden, &golden.of_sets, "methods_gold_sets.csv");
	check_exceptions(&golden);
	check_clustered(&golden);
	print_counts(&golden.families, "source");
	print_counts(&golden.coefficients, "coefficient");
	check_known_wrong(&golden);
	check_categories(&golden);
	check_registries(&golden);
	printf("rows of registered coefficients and weights with an exception: %u\n",
	       golden.skipped);
	printf("rows whose coefficient, weights or quantity is not there yet: %u\n",
	       golden.not_yet);
	printf("%u passed, %u failed\n", golden.passed, golden.failed);
	table_free(&golden.expected);
	table_free(&golden.of_sets);
	table_free(&golden.exceptions);
	table_free(&golden.known_wrong);
	table_free(&golden.categories);
	table_free(&golden.groups);
	table_free(&golden.data);
	free(golden.valued);
	free(golden.weighted);
	free(golden.measured);
	return golden.failed > 0;
}
