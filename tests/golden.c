/* golden: every number of tests/golden/ against what Accord makes.
 *
 *   golden tests/golden
 *
 * Rows of exceptions.csv are numbers whose source does something else, or wrong: with that said as
 * a formula (golden_parts/explained.c) they must come out too. Rows of outside.csv are of what
 * Accord is not for; any other row that is not made is a fault. Registered coefficients and weights
 * owe at least one golden value, a formula and a citation. The conventions of the sources are in
 * tests/golden/README.md. */
#include "tests/golden_parts/golden.h"
#include "tests/golden_weights.h"

/* ---- counts ---- */

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
	printf("\n%-36s %9s %9s %9s %9s\n", head, "checked", "explained", "mismatch", "outside");
	for (size_t i = 0; i < counts->entries; i++)
		printf("%-36s %9u %9u %9u %9u\n", counts->entry[i].name,
		       counts->entry[i].of[PASSED], counts->entry[i].of[EXPLAINED],
		       counts->entry[i].of[FAILED], counts->entry[i].of[OUTSIDE]);
}

/* ---- rows ---- */

void
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

bool
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

/* A number against what is wanted. */
static enum outcome
judge(const struct record *row, double got, enum outcome good)
{
	if (is_close(got, atof(row->field[EXPECTED]), row->field[DIGITS]))
		return good;
	say(row, "mismatch", got);
	printf(" (%s)\n", row->field[SOURCE]);
	return FAILED;
}

/* What Accord does not make: listed as such, or a fault. */
static enum outcome
set_aside(const struct golden *golden, const struct record *row)
{
	if (*look_up(&golden->outside, row->field[COEFFICIENT], NULL, 1))
		return OUTSIDE;
	say(row, "neither made nor listed in outside.csv", NAN);
	puts("");
	return FAILED;
}

static enum outcome
check_exception(struct golden *golden, const struct question *question, const struct record *row,
		const struct record *exception)
{
	double got = explain(golden, question, row, exception->field[HOW]);
	enum outcome outcome = judge(row, got, EXPLAINED);
	if (outcome == EXPLAINED) {
		say(row, "explained", got);
		printf(": %s\n", exception->field[REASON]);
	}
	return outcome;
}

static enum outcome
check_row(struct golden *golden, const struct record *row)
{
	struct question question = question_of(row);
	const struct record *exception = exception_of(golden, row);
	if (exception)
		return check_exception(golden, &question, row, exception);
	if (!strncmp(row->field[COEFFICIENT], "dawid_skene_", 12))
		return check_dawid_skene(golden, row);
	double got = homogeneity_of(golden, row);
	if (isnan(got))
		got = studies_of(golden, row);
	bool whole = !isnan(got) || compute_statistic(golden, row, &got);
	if (!whole && !question.coefficient) {
		enum outcome outcome = check_distance(row);
		return outcome == OUTSIDE ? set_aside(golden, row) : outcome;
	}
	if (!whole &&
	    (!has_weights(&question) || !compute(golden, &question, row->field[QUANTITY], &got)))
		return set_aside(golden, row);
	enum outcome outcome = judge(row, got, PASSED);
	if (outcome == PASSED && question.coefficient && !strcmp(row->field[QUANTITY], "value"))
		mark_value(golden, &question);
	return outcome;
}

static void
settle(struct golden *golden, enum outcome outcome)
{
	golden->of[outcome]++;
}

static void
check_rows(struct golden *golden, const struct table *rows, const char *name)
{
	unsigned before = golden->of[OUTSIDE];
	for (size_t i = 0; i < rows->records; i++) {
		const struct record *row = &rows->record[i];
		char family[64];
		enum outcome outcome = check_row(golden, row);
		family_of(row->field[SOURCE], family, sizeof family);
		count(&golden->families, family, outcome);
		count(&golden->coefficients, row->field[COEFFICIENT], outcome);
		settle(golden, outcome);
	}
	printf("%zu of %zu rows of %s compared\n", rows->records - (golden->of[OUTSIDE] - before),
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

/* What is left aside, and why; never a registered coefficient. */
static void
list_outside(struct golden *golden)
{
	for (size_t i = 0; i < golden->outside.records; i++) {
		const char *key = golden->outside.record[i].field[0];
		bool known = acc_coefficient_find(key) != NULL;
		printf("%s: %s: %s\n", known ? "outside, but registered" : "outside", key,
		       golden->outside.record[i].field[1]);
		settle(golden, known ? FAILED : PASSED);
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
			settle(golden, FAILED);
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
	golden.methods = table_read(golden.folder, "methods_gold", ".csv");
	golden.of_sets = table_read(golden.folder, "methods_gold_sets", ".csv");
	golden.outside = table_read(golden.folder, "outside", ".csv");
	golden.exceptions = table_read(golden.folder, "exceptions", ".csv");
	golden.known_wrong = table_read(golden.folder, "known_wrong", ".csv");
	golden.categories = table_read(golden.folder, "categories", ".csv");
	golden.groups = table_read(golden.folder, "groups", ".csv");
	golden.valued = acc_array(acc_coefficient_count, 1);
	golden.weighted = acc_array(acc_scheme_count, 1);
	golden.measured = acc_array(acc_set_distance_count, 1);
	check_rows(&golden, &golden.expected, "expected.csv");
	check_rows(&golden, &golden.methods, "methods_gold.csv");
	check_rows(&golden, &golden.of_sets, "methods_gold_sets.csv");
	check_exceptions(&golden);
	list_outside(&golden);
	print_counts(&golden.families, "source");
	print_counts(&golden.coefficients, "coefficient");
	check_known_wrong(&golden);
	check_categories(&golden);
	check_registries(&golden);
	printf("%u numbers of other programs reproduced from what they do otherwise, %u outside\n",
	       golden.of[EXPLAINED], golden.of[OUTSIDE]);
	printf("%u passed, %u failed\n", golden.of[PASSED] + golden.of[EXPLAINED],
	       golden.of[FAILED]);
	table_free(&golden.expected);
	table_free(&golden.methods);
	table_free(&golden.of_sets);
	table_free(&golden.exceptions);
	table_free(&golden.outside);
	table_free(&golden.known_wrong);
	table_free(&golden.categories);
	table_free(&golden.groups);
	table_free(&golden.data);
	free(golden.valued);
	free(golden.weighted);
	free(golden.measured);
	return golden.of[FAILED] > 0;
}
