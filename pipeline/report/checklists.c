/* Chapter: GRRAS and COREQ, filled where the data tell; what they cannot tell is left to the
 * author. */
#include "pipeline/report/report.h"
#include "plots/names.h"

#include <string.h>

/* Says an answer and returns true; or false: the data do not tell. */
typedef bool answer(struct acc_report *report);

static bool
author(struct acc_report *report)
{
	(void)report;
	return false;
}

/* The pooled row of agreement of a group ("": all); table.rows: none. */
static size_t
pooled(const struct acc_report *report, size_t row, bool groups)
{
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	while (row < rows->table.rows &&
	       !(acc_row_is_agreement(report, row) && acc_row_has(rows, row, "theme", "", NULL) &&
		 groups == (*acc_table_text(&rows->table, row, "group") != 0)))
		row++;
	return row;
}

static bool
say_count(struct acc_report *report, const char *column, const char *after)
{
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	size_t row = pooled(report, 0, false);
	if (row == rows->table.rows || !*acc_table_text(&rows->table, row, column))
		return false;
	acc_say_cell(&report->document, acc_row_value(rows, row, ACC_CELL_COUNT, column));
	acc_say(&report->document, after);
	return true;
}

static bool
themes(struct acc_report *report)
{
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	struct acc_names names = {0};
	for (size_t r = 0; r < rows->table.rows; r++)
		acc_names_add(&names, acc_table_text(&rows->table, r, "theme"));
	for (size_t i = 0; i < names.count; i++) {
		acc_say(&report->document, i ? "; " : "Themes: ");
		acc_say_label(&report->document, names.name[i]);
	}
	bool some = names.count;
	if (some)
		acc_say(&report->document, ". Their definitions are for the author.");
	report->document.failed = report->document.failed || names.failed;
	acc_names_free(&names);
	return some;
}

static bool
methods(struct acc_report *report)
{
	acc_say(&report->document, "See the section Methods.");
	return true;
}

static bool
numbers(struct acc_report *report)
{
	return say_count(report, "coder_count", " coders, ") &&
	       say_count(report, "units", " units, ") && say_count(report, "ratings", " ratings.");
}

static bool
estimates(struct acc_report *report)
{
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	size_t row = pooled(report, 0, false);
	if (row == rows->table.rows || !*acc_table_text(&rows->table, row, "value"))
		return false;
	acc_say_printf(&report->document, "%s ",
		       acc_coefficient_people(report, report->coefficient));
	acc_say_estimate(report, rows, row, ACC_CELL_BOUNDED);
	acc_say(&report->document, "; see the section Agreement.");
	return true;
}

static bool
details(struct acc_report *report)
{
	acc_say(&report->document,
		"This report and the CSV files that it was made from can be a supplement.");
	return true;
}

static bool
participants(struct acc_report *report)
{
	return !strcmp(report->cluster, "participants") &&
	       say_count(report, "clusters", " participants.");
}

static bool
groups(struct acc_report *report)
{
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	bool some = false;
	if (strcmp(report->cluster, "participants") != 0)
		return false;
	for (size_t r = pooled(report, 0, true); r < rows->table.rows;
	     r = pooled(report, r + 1, true)) {
		acc_say(&report->document, some ? "; " : "By group: ");
		acc_say_cell(&report->document, acc_row_value(rows, r, ACC_CELL_LABEL, "group"));
		acc_say(&report->document, ", ");
		acc_say_cell(&report->document, acc_row_value(rows, r, ACC_CELL_COUNT, "clusters"));
		some = true;
	}
	if (some)
		acc_say(&report->document, ". Other characteristics are for the author.");
	return some;
}

static bool
saturation(struct acc_report *report)
{
	if (!acc_report_rows(report, ACC_RESULT_SATURATION)->table.rows)
		return false;
	acc_say(&report->document,
		"See the section on saturation; what follows is for the author.");
	return true;
}

static bool
coders(struct acc_report *report)
{
	return say_count(report, "coder_count", " coders.");
}

static bool
software(struct acc_report *report)
{
	acc_say(&report->document, "Agreement was computed with Accord ");
	acc_cite(&report->document, "Accord");
	acc_say(&report->document, "; what the data were coded with is for the author.");
	return true;
}

enum list { GRRAS, COREQ };

static const struct {
	enum list list;
	const char *number, *topic, *what;
	answer *answer;
} items[] = {
#define ACC_ITEM(list, number, topic, what, answer) {list, number, topic, what, answer},
#include "pipeline/report/checklists.def"
#undef ACC_ITEM
};

static void
write_list(struct acc_report *report, enum list list)
{
	struct acc_document *document = &report->document;
	for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
		if (items[i].list != list)
			continue;
		acc_add_block(document, ACC_BLOCK_ITEM);
		acc_say_run(document, ACC_RUN_STRONG,
			    acc_keep_printf(document, "%s. %s", items[i].number, items[i].topic));
		acc_say_printf(document, " (%s): ", items[i].what);
		if (!items[i].answer(report))
			acc_say_run(document, ACC_RUN_OPEN, "for the author");
	}
}

static void
write_checklists(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	acc_add_block(document, ACC_BLOCK_PARAGRAPH);
	acc_say(document, "Items are in short; what the data do not tell is marked ");
	acc_say_run(document, ACC_RUN_OPEN, "for the author");
	acc_say(document, ".");
	acc_add_heading(document, "GRRAS: reliability and agreement");
	acc_add_block(document, ACC_BLOCK_PARAGRAPH);
	acc_say(document, "Guidelines for Reporting Reliability and Agreement Studies ");
	acc_cite(document, "Kottner et al. 2011");
	acc_say(document, ".");
	write_list(report, GRRAS);
	acc_add_heading(document, "COREQ: interviews and focus groups");
	acc_add_block(document, ACC_BLOCK_PARAGRAPH);
	acc_say(document, "Consolidated criteria for reporting qualitative research ");
	acc_cite(document, "Tong et al. 2007");
	acc_say(document, ".");
	write_list(report, COREQ);
}

const struct acc_chapter acc_chapter_checklists = {"checklists", "Checklists", write_checklists};
