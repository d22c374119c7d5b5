/* accord list: what is registered. */
#include "pipeline/write/sheet.h"
#include "plots/figure.h"
#include "plots/journal.h"
#include "stats/coefficient.h"
#include "stats/measure.h"
#include "stats/method.h"
#include "stats/pair_test.h"
#include "stats/sets.h"
#include "stats/weights.h"

#include <string.h>

static const struct acc_field fields[] = {
    {"key", ACC_FIELD_TEXT, true},    {"alias", ACC_FIELD_TEXT, true},
    {"name", ACC_FIELD_TEXT, true},   {"about", ACC_FIELD_TEXT, true},
    {"source", ACC_FIELD_TEXT, true},
};

static void
put(struct acc_sheet *sheet, const char *key, const char *alias, const char *name,
    const char *about, const char *source)
{
	const char *const cell[] = {key, alias, name, about, source};
	for (size_t i = 0; i < sizeof cell / sizeof *cell; i++)
		acc_sheet_text(sheet, i, cell[i] ? cell[i] : "");
	acc_sheet_row(sheet);
}

static void
list(struct acc_command *command)
{
	static const char *const lists[] = {"coefficients", "weights", "distances",
					    "measures",     "figures", "stages",
					    "intervals",    "tests",   "journals"};
	struct acc_sheet sheet;
	if (command->files != 1) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "accord list takes one of coefficients, weights, distances, measures, "
			  "figures, stages, intervals, tests, journals");
		return;
	}
	size_t which = acc_choice(command, "list", command->file[0], lists, 9);
	command->files = 0;
	acc_sheet_begin(&sheet, fields, sizeof fields / sizeof *fields);
	for (size_t i = 0; which == 0 && i < acc_coefficient_count; i++)
		put(&sheet, acc_coefficients[i]->key, acc_coefficients[i]->alias,
		    acc_coefficients[i]->name, acc_coefficients[i]->formula,
		    acc_coefficients[i]->citation);
	for (size_t i = 0; which == 1 && i < acc_scheme_count; i++)
		put(&sheet, acc_schemes[i]->key, acc_schemes[i]->alias, acc_schemes[i]->key,
		    acc_schemes[i]->formula, acc_schemes[i]->citation);
	for (size_t i = 0; which == 2 && i < acc_set_distance_count; i++)
		put(&sheet, acc_set_distances[i]->key, acc_set_distances[i]->alias,
		    acc_set_distances[i]->key, acc_set_distances[i]->formula,
		    acc_set_distances[i]->citation);
	for (size_t i = 0; which == 3 && i < acc_measure_count; i++)
		put(&sheet, acc_measures[i]->key, NULL, acc_measures[i]->name,
		    acc_measures[i]->formula, acc_measures[i]->citation);
	for (size_t i = 0; which == 4 && i < acc_figure_count; i++)
		put(&sheet, acc_figures[i]->key, NULL, acc_figures[i]->title, acc_figures[i]->needs,
		    NULL);
	for (size_t i = 0; which == 5 && i < acc_stage_count; i++)
		put(&sheet, acc_stages[i]->name, NULL, acc_stages[i]->name, acc_stages[i]->summary,
		    NULL);
	for (size_t i = 0; which == 6 && i < acc_method_count; i++)
		put(&sheet, acc_methods[i]->key, NULL, acc_methods[i]->name,
		    acc_methods[i]->formula, acc_methods[i]->citation);
	for (size_t i = 0; which == 7 && i < acc_pair_test_count; i++)
		put(&sheet, acc_pair_tests[i]->key, NULL, acc_pair_tests[i]->name,
		    acc_pair_tests[i]->about, acc_pair_tests[i]->citation);
	for (size_t i = 0; which == 8 && i < acc_journal_count; i++) {
		const struct acc_journal *journal = &acc_journals[i];
		struct acc_text about = {0};
		acc_text_printf(&about, "%s mm; text %g pt, none under %g; lines %g pt; %s",
				journal->widths, journal->text, journal->smallest, journal->line,
				journal->formats);
		put(&sheet, journal->key, NULL, journal->name, about.bytes, journal->source);
		acc_text_free(&about);
	}
	if (which < 9)
		acc_sheet_write(&sheet, command);
	acc_sheet_free(&sheet);
}

const struct acc_stage acc_stage_list = {
    .name = "list",
    .summary = "what there is: coefficients, weights, distances, measures, figures, stages, "
	       "intervals, tests, journals",
    .operands = "coefficients|weights|distances|measures|figures|stages|intervals|tests|journals",
    .about = "Lists what is registered, with formula and source.",
    .examples = "accord list coefficients\n    keys for --coefficient, formulas, sources\n",
    .groups = ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = list,
};
