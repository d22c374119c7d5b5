/* Chapter: themes and groups on one map, and saturation; and figures that no chapter asked for. */
#include "pipeline/report/report.h"

#include <string.h>

static bool
axes(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_row_has(rows, row, "kind", "axis", "layer", report->layer, NULL);
}

static bool
points(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_row_has(rows, row, "layer", report->layer, NULL) &&
	       (acc_row_has(rows, row, "kind", "theme", NULL) ||
		acc_row_has(rows, row, "kind", "group", NULL));
}

static bool
expected(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_row_has(rows, row, "quantity", "chao2", "layer", report->layer, NULL);
}

static bool
saturated(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_row_has(rows, row, "quantity", "saturation", "layer", report->layer, NULL);
}

static const struct acc_column axis_columns[] = {
    {"Axis", ACC_CELL_LABEL, {"name"}, NULL, false},
    {"Inertia", ACC_CELL_NUMBER, {"inertia"}, NULL, false},
    {"Share", ACC_CELL_PERCENT, {"share"}, NULL, false},
};
static const struct acc_column point_columns[] = {
    {"Name", ACC_CELL_LABEL, {"name"}, NULL, false},
    {"Kind", ACC_CELL_LABEL, {"kind"}, NULL, false},
    {"Units", ACC_CELL_COUNT, {"count"}, NULL, false},
    {"First axis", ACC_CELL_NUMBER, {"x"}, NULL, false},
    {"Second axis", ACC_CELL_NUMBER, {"y"}, NULL, false},
    {"Quality", ACC_CELL_PERCENT, {"quality"}, NULL, false},
};
static const struct acc_column expected_columns[] = {
    {"Group", ACC_CELL_LABEL, {"group"}, "All groups", false},
    {"Themes expected in the end [CI]", ACC_CELL_DEGREES, {"value", "low", "high"}, NULL, false},
};
static const struct acc_column saturated_columns[] = {
    {"Group", ACC_CELL_LABEL, {"group"}, "All groups", false},
    {"Base", ACC_CELL_COUNT, {"base"}, NULL, false},
    {"Run", ACC_CELL_COUNT, {"run"}, NULL, false},
    {"New information at most", ACC_CELL_PERCENT, {"threshold"}, NULL, false},
    {"Participants, median over orders", ACC_CELL_DEGREES, {"value"}, NULL, false},
    {"5th to 95th percentile", ACC_CELL_DEGREES, {"low", "high"}, NULL, false},
    {"Orders that reach it", ACC_CELL_PERCENT, {"reached"}, NULL, false},
};

static void
write_themes(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const size_t top = report->top;
	if (acc_report_rows(report, ACC_RESULT_MAP)->table.rows)
		acc_add_heading(document, "Map of themes and groups");
	acc_table_of(report, &(struct acc_table_plan){
				 "map-axes", "Axes of the map (correspondence analysis).",
				 axis_columns, 3, 0, top, ACC_RESULT_MAP, axes, NULL, false});
	acc_table_of(
	    report,
	    &(struct acc_table_plan){
		"map-points",
		"Places on the map; quality: how much of a point\xe2\x80\x99s inertia it shows.",
		point_columns, 6, 0, top, ACC_RESULT_MAP, points, NULL, false});
	acc_report_figures(report, "map");
	if (acc_report_rows(report, ACC_RESULT_SATURATION)->table.rows)
		acc_add_heading(document, "Saturation");
	acc_table_of(report,
		     &(struct acc_table_plan){
			 "saturation-expected",
			 "Themes that each group would name in the end (Chao2).", expected_columns,
			 2, 1, top, ACC_RESULT_SATURATION, expected, NULL, false});
	acc_table_of(report,
		     &(struct acc_table_plan){
			 "saturation",
			 "After how many participants new information is at most the threshold.",
			 saturated_columns, 7, 4, top, ACC_RESULT_SATURATION, saturated, NULL,
			 false});
	acc_report_figures(report, "saturate");
	acc_report_figures(report, NULL);
}

const struct acc_chapter acc_chapter_themes = {"themes", "Themes, groups and saturation",
					       write_themes};
