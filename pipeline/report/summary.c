/* Chapter: the results in short, to begin with. */
#include "pipeline/report/methods.h"

#include <string.h>

/* The theme with the lowest or highest value over all groups. */
static size_t
extreme_theme(const struct acc_report *report, double sign)
{
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	size_t best = rows->table.rows;
	double most = 0;
	for (size_t r = 0; r < rows->table.rows; r++) {
		if (!acc_row_is_agreement(report, r) || !acc_row_has(rows, r, "group", "", NULL) ||
		    !*acc_table_text(&rows->table, r, "theme") ||
		    !*acc_table_text(&rows->table, r, "value"))
			continue;
		double value = sign * acc_table_number(&rows->table, r, "value");
		if (best == rows->table.rows || value > most) {
			best = r;
			most = value;
		}
	}
	return best;
}

static void
say_theme(struct acc_report *report, size_t row)
{
	struct acc_document *document = &report->document;
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	acc_say_cell(document, acc_row_value(rows, row, ACC_CELL_LABEL, "theme"));
	acc_say(document, ", ");
	acc_say_estimate(report, rows, row, ACC_CELL_BOUNDED);
}

static void
write_summary(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	size_t row = acc_row_pooled(report), low = extreme_theme(report, -1),
	       high = extreme_theme(report, 1), count = rows->table.rows;
	if (row == count || !*acc_table_text(&rows->table, row, "value"))
		return;
	acc_add_block(document, ACC_BLOCK_PARAGRAPH);
	acc_say_printf(document, "%s was ", acc_coefficient_people(report, report->coefficient));
	acc_say_estimate(report, rows, row, ACC_CELL_BOUNDED);
	if (low < count && low != high) {
		acc_say(document, ", over all themes and groups; by theme it was lowest for ");
		say_theme(report, low);
		acc_say(document, ", and highest for ");
		say_theme(report, high);
	}
	acc_say(document, ". ");
	acc_say_group_results(report);
}

const struct acc_chapter acc_chapter_summary = {"summary", "In short", write_summary};
