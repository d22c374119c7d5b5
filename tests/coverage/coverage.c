/* coverage: how often do 95 % intervals hold the value they are about? Simulated studies in which
 * segments are nested in participants; prints docs/coverage.md.
 *
 *   make coverage
 *
 * The model is described in tests/parts/nested_study.h. The true value of a coefficient is that of
 * TRUTH participants. */
#include "stats/agreement.h"
#include "stats/random.h"
#include "stats/special.h"
#include "tests/parts/nested_study.h"
#include "tests/parts/simulated.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SEED = 1, STUDIES = 2000, TRUTH = 60000, REPLICATES = 399, PURPOSE = 100 };

static const struct nested_design designs[] = {
    {"three coders", 1, 3, .15, .10, {0, 0, 0}},
    {"two coders", 1, 2, .15, .10, {0, 0, 0}},
    {"three coders of unequal skill", 1, 3, .15, .10, {-.08, 0, .16}},
    {"three coders, correlation within participants .30", 1, 3, .30, .30, {0, 0, 0}},
    {"three coders of unequal skill, three themes pooled", 3, 3, .15, .10, {-.08, 0, .16}},
};
enum { DESIGNS = sizeof designs / sizeof *designs };

static const double prevalences[] = {.1, .3, .5}, skills[] = {.76, .905};
static const unsigned sizes[] = {4, 6, 10, 15, 30};
enum { PREVALENCES = 3, SKILLS = 2, SIZES = 5 };

struct method {
	const char *name;
	enum acc_ci ci;
	unsigned every; /* one study in so many, because it takes long */
};

static const struct method methods[] = {
    {"units independent (`gwet`)", ACC_CI_GWET, 1},
    {"cluster influence (`linear`)", ACC_CI_LINEAR, 1},
    {"cluster jackknife (`jackknife`)", ACC_CI_JACKKNIFE, 1},
    {"cluster bootstrap, percentile", ACC_CI_BOOTSTRAP_PERCENTILE, 10},
    {"cluster bootstrap, BCa", ACC_CI_BOOTSTRAP_BCA, 10},
    {"cluster bootstrap-t", ACC_CI_BOOTSTRAP_T, 10},
    {"**the default** (`auto`)", ACC_CI_AUTO, 1},
};
enum { METHODS = sizeof methods / sizeof *methods, DEFAULT = METHODS - 1 };

static const struct acc_coefficient *const coefficients[] = {
    &acc_coefficient_fleiss_kappa, &acc_coefficient_krippendorff_alpha, &acc_coefficient_gwet_ac};
enum { COEFFICIENTS = sizeof coefficients / sizeof *coefficients };

static struct acc_estimate *
estimate(const struct acc_patterns *patterns, enum acc_ci ci)
{
	static const struct acc_weights identity = {.categories = 2};
	struct acc_plan plan = {.coefficient = coefficients,
				.coefficients = COEFFICIENTS,
				.weights = &identity,
				.ci = ci,
				.present = ACC_NONE,
				.replicates = REPLICATES,
				.seed = SEED,
				.level = .95};
	struct acc_scope scope = {.group = ACC_NONE, .coders = patterns->coder.count};
	struct acc_estimate *all;
	must_be_ok(acc_agreement(patterns, &plan, &scope, &all));
	return all;
}

/* ---- counting ---- */

/* Of one scenario and number of participants. */
struct cell {
	double studies, intervals, holds, length, undefined;
};

/* cell[m][c][s][..]: over scenarios, for one table. */
struct table {
	struct cell cell[METHODS][SIZES][PREVALENCES * SKILLS * DESIGNS];
	unsigned scenarios;
};

static void
count(struct cell *cell, const struct acc_estimate *e, double truth)
{
	cell->studies++;
	if (isnan(e->value))
		cell->undefined++;
	if (isnan(e->low))
		return;
	cell->intervals++;
	cell->holds += e->low <= truth && truth <= e->high;
	cell->length += e->high - e->low;
}

static void
run_cell(const struct nested_scenario *scenario, unsigned size, const double *truth,
	 struct table *table, unsigned at)
{
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	struct acc_address address = {SEED, PURPOSE, scenario->number, size, 0};
	unsigned themes = scenario->design->themes;
	for (unsigned i = 0; i < STUDIES; i++) {
		address.replicate = i;
		acc_random_go(rng, &address);
		struct acc_patterns patterns = nested_study(scenario, sizes[size], true, rng);
		for (unsigned m = 0; m < METHODS; m++) {
			if (i % methods[m].every)
				continue;
			struct acc_estimate *all = estimate(&patterns, methods[m].ci);
			for (unsigned c = 0; c < COEFFICIENTS; c++)
				count(&table[c].cell[m][size][at], &all[themes * COEFFICIENTS + c],
				      truth[c]);
			free(all);
		}
		acc_patterns_free(&patterns);
	}
	gsl_rng_free(rng);
}

static void
run_scenario(const struct nested_scenario *scenario, struct table *table)
{
	double truth[COEFFICIENTS];
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	acc_random_go(rng, &(struct acc_address){SEED, PURPOSE, scenario->number, SIZES, 0});
	struct acc_patterns patterns = nested_study(scenario, TRUTH, false, rng);
	struct acc_estimate *all = estimate(&patterns, ACC_CI_GWET);
	for (unsigned c = 0; c < COEFFICIENTS; c++)
		truth[c] = all[scenario->design->themes * COEFFICIENTS + c].value;
	free(all);
	acc_patterns_free(&patterns);
	gsl_rng_free(rng);
	for (unsigned size = 0; size < SIZES; size++)
		run_cell(scenario, size, truth, table, table->scenarios);
	for (unsigned c = 0; c < COEFFICIENTS; c++)
		table[c].scenarios++;
}

static void
run_design(const struct nested_design *design, uint32_t number, struct table *table)
{
	bool pooled = design->themes > 1;
	for (unsigned p = 0; p < (pooled ? 1 : PREVALENCES); p++)
		for (unsigned s = 0; s < SKILLS; s++) {
			struct nested_scenario scenario = {.design = design,
							   .skill = skills[s],
							   .number = number * 100 + p * 10 + s};
			for (unsigned t = 0; t < design->themes; t++)
				scenario.prevalence[t] = prevalences[pooled ? t : p];
			run_scenario(&scenario, table);
		}
}

/* ---- printing ---- */

static double
coverage(const struct cell *cell)
{
	return cell->intervals > 0 ? cell->holds / cell->intervals : (double)NAN;
}

/* Mean over scenarios first .. last - 1. */
static double
mean_coverage(const struct cell *cell, unsigned first, unsigned last)
{
	double sum = 0;
	for (unsigned s = first; s < last; s++)
		sum += coverage(&cell[s]);
	return sum / (last - first);
}

/* Mean coverage, worst scenario, mean length. */
static void
print_cell(const struct cell *cell, unsigned first, unsigned last)
{
	double worst = 1, length = 0, mean = mean_coverage(cell, first, last);
	for (unsigned s = first; s < last; s++) {
		worst = fmin(worst, coverage(&cell[s]));
		length += cell[s].length / cell[s].intervals;
	}
	if (isnan(mean))
		printf(" – |");
	else
		printf(" %.3f / %.3f (%.2f) |", mean, worst, length / (last - first));
}

static void
print_undefined(const struct cell *cell, unsigned first, unsigned last)
{
	double without = 0, studies = 0;
	for (unsigned s = first; s < last; s++) {
		without += cell[s].studies - cell[s].intervals;
		studies += cell[s].studies;
	}
	printf(" %.2f %% |", 100 * without / studies);
}

static void
print_table(const struct table *table, const char *title, unsigned first, unsigned last)
{
	printf("\n### %s\n\n| participants |", title);
	for (unsigned size = 0; size < SIZES; size++)
		printf(" %u |", sizes[size]);
	printf("\n|---|");
	for (unsigned size = 0; size < SIZES; size++)
		printf("---|");
	printf("\n");
	for (unsigned m = 0; m < METHODS; m++) {
		printf("| %s |", methods[m].name);
		for (unsigned size = 0; size < SIZES; size++)
			print_cell(table->cell[m][size], first, last);
		printf("\n");
	}
	printf("| studies without an interval (`auto`) |");
	for (unsigned size = 0; size < SIZES; size++)
		print_undefined(table->cell[DEFAULT][size], first, last);
	printf("\n");
}

static void
print_head(void)
{
	printf(
	    "# How far the intervals hold\n\n"
	    "Printed by `make coverage` (tests/coverage/coverage.c, seed %d); do not edit.\n\n"
	    "A 95 %% interval is to hold the true value in 95 of 100 studies. Here are studies in "
	    "which segments are nested in participants, %d of each kind; bootstraps in one of ten, "
	    "with %d replicates. Participants differ in how often they speak of a theme "
	    "(beta-distributed prevalence, correlation within participants .15) and in how hard "
	    "they are to code (beta-distributed skill of each coder, correlation .10); in one "
	    "design both correlations are .30, as in focus groups. They have 12 segments on "
	    "average, negative binomial, at least one. A coder knows whether a segment has the "
	    "theme with the probability of the skill (.76, which makes kappa .58, or .905, .82) "
	    "and otherwise guesses with the prevalence (.1, .3, .5). Coders of unequal skill have "
	    ".08 more, as much, and .16 less. The true value is that of %d participants.\n\n"
	    "Each cell: mean coverage over the scenarios of the table / the worst of them (mean "
	    "length). Studies without an interval, because nobody or everybody applied the theme "
	    "or would without one participant, do not count; the last line says how many they "
	    "are.\n",
	    SEED, STUDIES, REPLICATES, TRUTH);
}

/* What the default owes: .93 for ten participants or more, .90 for four, on average over
 * scenarios. */
static bool
print_verdict(const struct table *table, const char *what, unsigned first, unsigned last)
{
	bool good = true;
	printf("| %s |", what);
	for (unsigned size = 0; size < SIZES; size++) {
		double mean = mean_coverage(table->cell[DEFAULT][size], first, last);
		double iid = mean_coverage(table->cell[0][size], first, last);
		good = good && mean >= (sizes[size] >= 10 ? .93 : .90);
		printf(" %.3f (%.3f) |", mean, iid);
	}
	printf("\n");
	return good;
}

int
main(void)
{
	static struct table table[COEFFICIENTS];
	unsigned first[DESIGNS + 1] = {0};
	char title[128];
	bool good = true;
	acc_special_begin();
	for (uint32_t d = 0; d < DESIGNS; d++) {
		run_design(&designs[d], d, table);
		first[d + 1] = table->scenarios;
	}
	print_head();
	printf("\n## The default, beside intervals that take segments as independent\n\n"
	       "| participants | 4 | 6 | 10 | 15 | 30 |\n|---|---|---|---|---|---|\n");
	for (unsigned c = 0; c < COEFFICIENTS; c++)
		good =
		    print_verdict(&table[c], coefficients[c]->name, 0, first[DESIGNS - 1]) && good;
	for (unsigned c = 0; c < COEFFICIENTS; c++) {
		snprintf(title, sizeof title, "%s, pooled over three themes",
			 coefficients[c]->name);
		good = print_verdict(&table[c], title, first[DESIGNS - 1], first[DESIGNS]) && good;
	}
	for (unsigned c = 0; c < COEFFICIENTS; c++) {
		printf("\n## %s\n", coefficients[c]->name);
		print_table(&table[c], "One theme, all designs", first[0], first[DESIGNS - 1]);
		for (unsigned d = 0; d < DESIGNS; d++) {
			snprintf(title, sizeof title, "%c%s", designs[d].name[0] - 'a' + 'A',
				 designs[d].name + 1);
			print_table(&table[c], title, first[d], first[d + 1]);
		}
	}
	if (!good)
		fputs("coverage: the default covers less than it should\n", stderr);
	return !good;
}
