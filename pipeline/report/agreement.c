/* Chapter: how far the coders agree: overall, by theme, group, pair, code. */
#include "pipeline/report/report.h"

#include <string.h>

#define COLUMNS(array) array, sizeof array / sizeof *array

/* ---- which rows ---- */

static bool
is_whole(const struct acc_result_rows *rows, size_t row)
{
	return acc_row_has(rows, row, "coders", "", "category", "", NULL);
}

static bool
overall(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return is_whole(rows, row) && acc_row_has(rows, row, "group", "", "theme", "", NULL) &&
	       (*acc_table_text(&rows->table, row, "value") ||
		!strcmp(acc_table_text(&rows->table, row, "coefficient"), report->coefficient));
}

static bool
by_theme(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_row_is_agreement(report, row) && acc_row_has(rows, row, "group", "", NULL) &&
	       *acc_table_text(&rows->table, row, "theme");
}

static bool
by_group(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_row_is_agreement(report, row) && acc_row_has(rows, row, "theme", "", NULL) &&
	       *acc_table_text(&rows->table, row, "group");
}

static bool
by_both(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_row_is_agreement(report, row) && *acc_table_text(&rows->table, row, "group");
}

static bool
by_pair(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report;
	return *acc_table_text(&rows->table, row, "coder_a") &&
	       acc_row_has(rows, row, "theme", "", "category", "", NULL);
}

static bool
by_category(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return *acc_table_text(&rows->table, row, "category") &&
	       acc_row_has(rows, row, "coders", "", "coefficient", report->coefficient, NULL);
}

static bool
with_minimum(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_row_is_agreement(report, row) && *acc_table_text(&rows->table, row, "minimum");
}

static bool
with_benchmark(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_row_is_agreement(report, row) && *acc_table_text(&rows->table, row, "benchmark");
}

/* ---- columns ---- */

#define ESTIMATE(name)                                                                             \
	{                                                                                          \
		name, ACC_CELL_BOUNDED, {"value", "ci_low", "ci_high"}, NULL, false                \
	}
#define GROUP                                                                                      \
	{                                                                                          \
		"Group", ACC_CELL_LABEL, {"group"}, "All groups", false                            \
	}
#define THEME                                                                                      \
	{                                                                                          \
		"Theme", ACC_CELL_LABEL, {"theme"}, "All themes", false                            \
	}

static const struct acc_column overall_columns[] = {
    {"Coefficient", ACC_CELL_KEY, {"coefficient"}, NULL, false},
    {"Observed", ACC_CELL_BOUNDED, {"observed"}, NULL, false},
    {"By chance", ACC_CELL_BOUNDED, {"expected"}, NULL, false},
    ESTIMATE("Value [CI]"),
    {"SE", ACC_CELL_ERROR, {"se"}, NULL, false},
};
static const struct acc_column theme_columns[] = {
    THEME,
    {"Units", ACC_CELL_COUNT, {"units"}, NULL, false},
    {"Observed", ACC_CELL_BOUNDED, {"observed"}, NULL, false},
    {"By chance", ACC_CELL_BOUNDED, {"expected"}, NULL, false},
    ESTIMATE("Value [CI]"),
};
static const struct acc_column group_columns[] = {
    GROUP,
    {"Units", ACC_CELL_COUNT, {"units"}, NULL, false},
    {"Clusters", ACC_CELL_COUNT, {"clusters"}, NULL, false},
    {"Observed", ACC_CELL_BOUNDED, {"observed"}, NULL, false},
    {"By chance", ACC_CELL_BOUNDED, {"expected"}, NULL, false},
    ESTIMATE("Value [CI]"),
};
static const struct acc_column cell_column[] = {ESTIMATE("Value [CI]")};
static const struct acc_column pair_columns[] = {
    {"First coder", ACC_CELL_LABEL, {"coder_a"}, NULL, false},
    {"Second coder", ACC_CELL_LABEL, {"coder_b"}, NULL, false},
    GROUP,
    {"Coefficient", ACC_CELL_KEY, {"coefficient"}, NULL, false},
    {"Units", ACC_CELL_COUNT, {"units"}, NULL, false},
    ESTIMATE("Value [CI]"),
};
static const struct acc_column category_columns[] = {
    {"Code", ACC_CELL_LABEL, {"category"}, NULL, false},
    THEME,
    GROUP,
    ESTIMATE("Value [CI]"),
};
static const struct acc_column minimum_columns[] = {
    THEME,
    GROUP,
    {"Minimum asked for", ACC_CELL_BOUNDED, {"minimum"}, NULL, false},
    ESTIMATE("Value [CI]"),
    {"p, no higher", ACC_CELL_P, {"p_minimum"}, NULL, false},
    {"Probability that it is lower", ACC_CELL_P, {"p_fail"}, NULL, false},
};
static const struct acc_column benchmark_columns[] = {
    THEME,
    GROUP,
    ESTIMATE("Value [CI]"),
    {"Level reached", ACC_CELL_LABEL, {"benchmark"}, NULL, false},
    {"Probability", ACC_CELL_P, {"benchmark_probability"}, NULL, false},
};

/* ---- the chapter ---- */

static void
table(struct acc_report *report, const char *id, const char *caption,
      const struct acc_column *column, size_t columns, size_t marked, acc_row_wanted *wanted)
{
	acc_table_of(report, &(struct acc_table_plan){.id = id,
						      .caption = caption,
						      .column = column,
						      .columns = columns,
						      .marked = marked,
						      .most = report->top,
						      .kind = ACC_RESULT_AGREEMENT,
						      .wanted = wanted});
}

static void
write_agreement(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	const char *name = acc_coefficient_people(report, report->coefficient);
	const char *level = rows->table.rows ? acc_row_level(report, rows, 0) : "";
	if (!rows->table.rows)
		return;
	table(report, "agreement-overall",
	      acc_keep_printf(
		  document, "All coders, groups and themes: every coefficient, with %s intervals.",
		  level),
	      COLUMNS(overall_columns), 3, overall);
	table(report, "agreement-themes",
	      acc_keep_printf(document, "%s by theme, over all groups, with %s intervals.", name,
			      level),
	      COLUMNS(theme_columns), 4, by_theme);
	acc_report_figures(report, "agree");
	table(report, "agreement-groups",
	      acc_keep_printf(document, "%s by group, over all themes, with %s intervals.", name,
			      level),
	      COLUMNS(group_columns), 5, by_group);
	acc_table_pivot(report,
			&(struct acc_table_plan){
			    .id = "agreement-themes-groups",
			    .caption = acc_keep_printf(
				document, "%s by theme and group, with %s intervals.", name, level),
			    .column = cell_column,
			    .kind = ACC_RESULT_AGREEMENT,
			    .wanted = by_both},
			"theme", "Theme", "All themes", "group");
	table(report, "agreement-pairs",
	      acc_keep_printf(document,
			      "Agreement of each two coders, over all themes, with %s intervals.",
			      level),
	      COLUMNS(pair_columns), 5, by_pair);
	acc_report_figures(report, "agree --by pair");
	table(report, "agreement-codes",
	      acc_keep_printf(document, "%s of each code against all others, with %s intervals.",
			      name, level),
	      COLUMNS(category_columns), 3, by_category);
	table(report, "agreement-minimum",
	      acc_keep_printf(document, "%s against the minimum that was asked for.", name),
	      COLUMNS(minimum_columns), 3, with_minimum);
	table(report, "agreement-benchmark",
	      acc_keep_printf(document, "%s on the verbal scale that was asked for.", name),
	      COLUMNS(benchmark_columns), 2, with_benchmark);
}

const struct acc_chapter acc_chapter_agreement = {"agreement", "Agreement", write_agreement};
