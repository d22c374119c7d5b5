#include "pipeline/catalogue.h"
#include "pipeline/command/command.h"
#include "plots/figure.h"
#include "plots/journal.h"
#include "stats/coefficient.h"
#include "stats/measure.h"
#include "stats/method.h"
#include "stats/pair_test.h"
#include "stats/sets.h"
#include "stats/weights.h"

static struct acc_entry
coefficient(size_t at)
{
	const struct acc_coefficient *it = acc_coefficients[at];
	return (struct acc_entry){it->key, it->alias, it->name, it->formula, it->citation};
}

static struct acc_entry
scheme(size_t at)
{
	const struct acc_scheme *it = acc_schemes[at];
	return (struct acc_entry){it->key, it->alias, it->key, it->formula, it->citation};
}

static struct acc_entry
distance(size_t at)
{
	const struct acc_set_distance *it = acc_set_distances[at];
	return (struct acc_entry){it->key, it->alias, it->key, it->formula, it->citation};
}

static struct acc_entry
measure(size_t at)
{
	const struct acc_measure *it = acc_measures[at];
	return (struct acc_entry){it->key, NULL, it->name, it->formula, it->citation};
}

static struct acc_entry
figure(size_t at)
{
	const struct acc_figure *it = acc_figures[at];
	return (struct acc_entry){it->key, NULL, it->title, it->needs, NULL};
}

static struct acc_entry
stage(size_t at)
{
	const struct acc_stage *it = acc_stages[at];
	return (struct acc_entry){it->name, NULL, it->name, it->summary, NULL};
}

static struct acc_entry
method(size_t at)
{
	const struct acc_method *it = acc_methods[at];
	return (struct acc_entry){it->key, NULL, it->name, it->formula, it->citation};
}

static struct acc_entry
pair_test(size_t at)
{
	const struct acc_pair_test *it = acc_pair_tests[at];
	return (struct acc_entry){it->key, NULL, it->name, it->about, it->citation};
}

static struct acc_entry
journal(size_t at)
{
	const struct acc_journal *it = &acc_journals[at];
	return (struct acc_entry){it->key, NULL, it->name, it->about, it->source};
}

const struct acc_catalogue acc_catalogues[] = {
    {"coefficients", "coefficient", &acc_coefficient_count, coefficient},
    {"weights", "weights", &acc_scheme_count, scheme},
    {"distances", "weights", &acc_set_distance_count, distance},
    {"measures", "measure", &acc_measure_count, measure},
    {"figures", "figure", &acc_figure_count, figure},
    {"stages", "", &acc_stage_count, stage},
    {"intervals", "ci", &acc_method_count, method},
    {"tests", "test", &acc_pair_test_count, pair_test},
    {"journals", "journal", &acc_journal_count, journal},
};
const size_t acc_catalogue_count = sizeof acc_catalogues / sizeof *acc_catalogues;
