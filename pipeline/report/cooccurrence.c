/* Chapter: which themes travel together. */
#include "pipeline/report/report.h"
#include "stats/measure.h"

#include <string.h>

enum { MEASURES_SHOWN = 2, COLUMNS_MOST = 12 };

static bool
together(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_row_has(rows, row, "layer", report->layer, "group", "", NULL);
}

static bool
in_groups(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_row_has(rows, row, "layer", report->layer, NULL) &&
	       *acc_table_text(&rows->table, row, "group");
}

/* The measures that the results have, phi and the odds ratio first. */
static size_t
choose_measures(const struct acc_table *table, const struct acc_measure *measure[MEASURES_SHOWN])
{
	static const char *const first[] = {"phi", "odds_ratio"};
	size_t count = 0;
	for (size_t i = 0; i < 2 && count < MEASURES_SHOWN; i++)
		if (acc_table_column(table, first[i]) < table->columns)
			measure[count++] = acc_measure_find(first[i]);
	for (size_t i = 0; i < acc_measure_count && count < MEASURES_SHOWN; i++)
		if (acc_table_column(table, acc_measures[i]->key) < table->columns &&
		    !(count && measure[0] == acc_measures[i]))
			measure[count++] = acc_measures[i];
	return count;
}

static struct acc_column
measure_column(struct acc_report *report, const struct acc_measure *measure)
{
	struct acc_document *document = &report->document;
	return (struct acc_column){acc_keep_printf(document, "%s [CI]", measure->name),
				   measure->bounded ? ACC_CELL_BOUNDED : ACC_CELL_NUMBER,
				   {measure->key, acc_keep_printf(document, "%s_low", measure->key),
				    acc_keep_printf(document, "%s_high", measure->key)},
				   NULL,
				   false};
}

/* Fill the columns of the table; returns how many. */
static size_t
make_columns(struct acc_report *report, struct acc_column column[COLUMNS_MOST], bool groups)
{
	const struct acc_table *table = &acc_report_rows(report, ACC_RESULT_COOCCURRENCE)->table;
	const struct acc_measure *measure[MEASURES_SHOWN];
	size_t measures = choose_measures(table, measure), count = 0;
	column[count++] = (struct acc_column){"Theme", ACC_CELL_LABEL, {"theme_a"}, NULL, false};
	column[count++] =
	    (struct acc_column){"and theme", ACC_CELL_LABEL, {"theme_b"}, NULL, false};
	if (groups)
		column[count++] =
		    (struct acc_column){"Group", ACC_CELL_LABEL, {"group"}, NULL, false};
	column[count++] = (struct acc_column){"Both", ACC_CELL_COUNT, {"n_ab"}, NULL, false};
	column[count++] = (struct acc_column){"First", ACC_CELL_COUNT, {"n_a"}, NULL, false};
	column[count++] = (struct acc_column){"Second", ACC_CELL_COUNT, {"n_b"}, NULL, false};
	for (size_t i = 0; i < measures && (!groups || !i); i++)
		column[count++] = measure_column(report, measure[i]);
	if (acc_table_column(table, "p_adjusted") < table->columns)
		column[count++] =
		    (struct acc_column){"p, adjusted", ACC_CELL_P, {"p_adjusted"}, NULL, false};
	return count;
}

static void
write_cooccurrence(struct acc_report *report)
{
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_COOCCURRENCE);
	struct acc_document *document = &report->document;
	const struct acc_measure *measure[MEASURES_SHOWN];
	struct acc_column column[COLUMNS_MOST];
	if (!rows->table.rows)
		return;
	const char *sort = choose_measures(&rows->table, measure) ? measure[0]->key : NULL;
	const char *layer = acc_layer_people(report, report->layer);
	for (int groups = 0; groups < 2; groups++) {
		size_t count = make_columns(report, column, groups);
		acc_table_of(
		    report,
		    &(struct acc_table_plan){
			groups ? "cooccurrence-groups" : "cooccurrence-pairs",
			acc_keep_printf(document,
					"Pairs of themes in the same unit, %s. A theme counts in a "
					"unit if %s. Both, first, second: units with both themes, "
					"with the first, with the second.",
					groups ? "by group" : "over all groups", layer),
			column, count, groups ? 6 : 5, report->top, ACC_RESULT_COOCCURRENCE,
			groups ? in_groups : together, sort, true});
		if (!groups)
			acc_report_figures(report, "cooccur");
	}
}

const struct acc_chapter acc_chapter_cooccurrence = {"cooccurrence", "Co-occurrence of themes",
						     write_cooccurrence};
