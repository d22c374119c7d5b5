/* Chapter: who coded what. */
#include "pipeline/report/report.h"

#include <string.h>

static const struct acc_column columns[] = {
    {"Group", ACC_CELL_LABEL, {"group"}, "All groups", false},
    {"Units", ACC_CELL_COUNT, {"units"}, NULL, false},
    {"Ratings", ACC_CELL_COUNT, {"ratings"}, NULL, false},
    {"Units with one rating", ACC_CELL_COUNT, {"units_single"}, NULL, false},
    {"Coders", ACC_CELL_COUNT, {"coder_count"}, NULL, false},
    {"Clusters", ACC_CELL_COUNT, {"clusters"}, NULL, false},
    {"Effective clusters", ACC_CELL_NUMBER, {"effective_clusters"}, NULL, false},
};

static const struct acc_column theme_columns[] = {
    {"Theme", ACC_CELL_LABEL, {"theme"}, "All themes", false},
    {"Units", ACC_CELL_COUNT, {"units"}, NULL, false},
    {"Ratings", ACC_CELL_COUNT, {"ratings"}, NULL, false},
    {"Share of units with the theme, mean over coders",
     ACC_CELL_PERCENT,
     {"prevalence"},
     NULL,
     false},
};

static void
say_lead(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	size_t row = acc_row_pooled(report);
	if (row == rows->table.rows)
		return;
	acc_add_block(document, ACC_BLOCK_PARAGRAPH);
	acc_say_cell(document, acc_row_value(rows, row, ACC_CELL_COUNT, "units"));
	acc_say(document, " units were rated by two coders or more (of ");
	acc_say_cell(document, acc_row_value(rows, row, ACC_CELL_COUNT, "coder_count"));
	acc_say(document, " coders).");
	if (!strcmp(report->cluster, "units")) {
		acc_say(document, " They were taken as independent pieces.");
		return;
	}
	acc_say(document, " They come from ");
	acc_say_cell(document, acc_row_value(rows, row, ACC_CELL_COUNT, "clusters"));
	acc_say_printf(
	    document,
	    " %s, the independent pieces; because some give more units than others, these "
	    "are worth ",
	    report->cluster);
	acc_say_cell(document, acc_row_value(rows, row, ACC_CELL_NUMBER, "effective_clusters"));
	acc_say(document, " equal ones ");
	acc_cite(document, "Kish 1965");
	acc_say(document, ".");
}

static void
write_sample(struct acc_report *report)
{
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	say_lead(report);
	acc_add_table(&report->document, "sample", columns, sizeof columns / sizeof *columns);
	acc_say(&report->document, "Units, ratings and clusters by group.");
	for (size_t r = 0; r < rows->table.rows; r++)
		if (acc_row_is_agreement(report, r) && acc_row_has(rows, r, "theme", "", NULL))
			acc_table_take(report, rows, r, 0);
	acc_table_done(report, 0);
	acc_add_table(&report->document, "sample-themes", theme_columns,
		      sizeof theme_columns / sizeof *theme_columns);
	acc_say(&report->document, "Ratings and prevalence by theme, over all groups.");
	for (size_t r = 0; r < rows->table.rows; r++)
		if (acc_row_is_agreement(report, r) && acc_row_has(rows, r, "group", "", NULL) &&
		    *acc_table_text(&rows->table, r, "theme"))
			acc_table_take(report, rows, r, 0);
	acc_table_done(report, 0);
}

const struct acc_chapter acc_chapter_sample = {"sample", "Sample", write_sample};
