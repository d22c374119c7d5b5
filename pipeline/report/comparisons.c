/* Chapter: whether groups differ: in agreement, in what they mention, in what goes together. */
#include "pipeline/report/report.h"

#include <string.h>

/* ---- which rows ---- */

static bool
is_agreement(const struct acc_report *report, const struct acc_result_rows *rows, size_t row,
	     const char *kind)
{
	return acc_row_has(rows, row, "what", "agreement", "kind", kind, "quantity",
			   report->coefficient, "weights", report->weights, NULL);
}

static bool
is_prevalence(const struct acc_report *report, const struct acc_result_rows *rows, size_t row,
	      const char *kind, const char *quantity)
{
	return acc_row_has(rows, row, "what", "prevalence", "kind", kind, "quantity", quantity,
			   "layer", report->layer, NULL);
}

static bool
agreement_tests(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return is_agreement(report, rows, row, "test");
}

static bool
agreement_differences(const struct acc_report *report, const struct acc_result_rows *rows,
		      size_t row)
{
	return is_agreement(report, rows, row, "difference");
}

static bool
densities(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return is_prevalence(report, rows, row, "estimate", "density");
}

static bool
density_tests(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return is_prevalence(report, rows, row, "test", "density");
}

static bool
density_differences(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return is_prevalence(report, rows, row, "difference", "density");
}

static bool
mentions(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return is_prevalence(report, rows, row, "estimate", "mention_rate");
}

static bool
mention_tests(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return is_prevalence(report, rows, row, "test", "mention_rate");
}

static bool
volumes(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report;
	return acc_row_has(rows, row, "quantity", "volume", "kind", "estimate", NULL);
}

static bool
equivalences(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report;
	return *acc_table_text(&rows->table, row, "margin") &&
	       *acc_table_text(&rows->table, row, "p_tost");
}

static bool
edges(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report;
	return acc_row_has(rows, row, "what", "cooccurrence", "kind", "test", NULL) &&
	       *acc_table_text(&rows->table, row, "theme_b");
}

/* ---- columns ---- */

#define THEME                                                                                      \
	{                                                                                          \
		"Theme", ACC_CELL_LABEL, {"theme"}, "All themes", false                            \
	}
#define ADJUSTED                                                                                   \
	{                                                                                          \
		"p, adjusted over themes", ACC_CELL_P, {"p_bh"}, NULL, false                       \
	}
#define BY_WELCH                                                                                   \
	{                                                                                          \
		"p, Welch", ACC_CELL_P, {"p_welch"}, NULL, false                                   \
	}

static const struct acc_column test_columns[] = {
    THEME,
    {"F", ACC_CELL_NUMBER, {"statistic"}, NULL, false},
    {"df1", ACC_CELL_DEGREES, {"df1"}, NULL, false},
    {"df2", ACC_CELL_DEGREES, {"df2"}, NULL, false},
    {"p", ACC_CELL_P, {"p"}, NULL, false},
    BY_WELCH,
    ADJUSTED,
};
static const struct acc_column exact_columns[] = {
    THEME,
    {"p, mid-p", ACC_CELL_P, {"p"}, NULL, false},
    {"p, exact", ACC_CELL_P, {"p_exact"}, NULL, false},
    ADJUSTED,
    {"Cram\xc3\xa9r\xe2\x80\x99s V", ACC_CELL_BOUNDED, {"cramers_v"}, NULL, false},
    {"V, bias-corrected", ACC_CELL_BOUNDED, {"cramers_v_bergsma"}, NULL, false},
};
#define BETWEEN                                                                                    \
	THEME, {"Group", ACC_CELL_LABEL, {"group"}, NULL, false},                                  \
	{                                                                                          \
		"less group", ACC_CELL_LABEL, {"versus"}, NULL, false                              \
	}
static const struct acc_column difference_columns[] = {
    BETWEEN,
    {"Difference [CI]", ACC_CELL_BOUNDED, {"value", "ci_low", "ci_high"}, NULL, false},
    {"p", ACC_CELL_P, {"p"}, NULL, false},
    {"p, Holm", ACC_CELL_P, {"p_holm"}, NULL, false},
};
static const struct acc_column equivalence_columns[] = {
    {"What", ACC_CELL_LABEL, {"what"}, NULL, false},
    BETWEEN,
    {"Difference [CI]", ACC_CELL_BOUNDED, {"value", "ci_low", "ci_high"}, NULL, false},
    {"Margin", ACC_CELL_BOUNDED, {"margin"}, NULL, false},
    {"p, within the margin", ACC_CELL_P, {"p_tost"}, NULL, false},
};
static const struct acc_column volume_columns[] = {
    {"Group", ACC_CELL_LABEL, {"group"}, "All groups", false},
    {"Units", ACC_CELL_COUNT, {"total"}, NULL, false},
    {"Median per cluster", ACC_CELL_DEGREES, {"value"}, NULL, false},
    {"Gini", ACC_CELL_BOUNDED, {"gini"}, NULL, false},
    {"Largest share of one", ACC_CELL_PERCENT, {"max_share"}, NULL, false},
};
static const struct acc_column edge_columns[] = {
    THEME,
    {"and theme", ACC_CELL_LABEL, {"theme_b"}, NULL, false},
    {"F", ACC_CELL_NUMBER, {"statistic"}, NULL, false},
    {"p", ACC_CELL_P, {"p"}, NULL, false},
    {"p, over all pairs", ACC_CELL_P, {"p_maxt"}, NULL, false},
};
static const struct acc_column share_column[] = {
    {"Share [CI]", ACC_CELL_PERCENT, {"value", "ci_low", "ci_high"}, NULL, false}};

/* ---- the chapter ---- */

static struct acc_table_plan
plan(const struct acc_report *report, const char *id, const char *caption,
     const struct acc_column *column, size_t columns, size_t marked, acc_row_wanted *wanted)
{
	return (struct acc_table_plan){.id = id,
				       .caption = caption,
				       .column = column,
				       .columns = columns,
				       .marked = marked,
				       .most = report->top,
				       .kind = ACC_RESULT_COMPARISON,
				       .wanted = wanted};
}

static void
table(struct acc_report *report, const char *id, const char *caption,
      const struct acc_column *column, size_t columns, size_t marked, acc_row_wanted *wanted)
{
	struct acc_table_plan made = plan(report, id, caption, column, columns, marked, wanted);
	acc_table_of(report, &made);
}

static void
write_shares(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const char *layer = acc_layer_people(report, report->layer);
	struct acc_table_plan density = plan(
	    report, "comparison-density",
	    acc_keep_printf(document,
			    "Share of units with each theme, with intervals. A theme counts in a "
			    "unit if %s.",
			    layer),
	    share_column, 1, 0, densities);
	struct acc_table_plan mention =
	    plan(report, "comparison-mentions",
		 acc_keep_printf(document,
				 "Share of %s who have the theme in some unit, with intervals.",
				 report->cluster),
		 share_column, 1, 0, mentions);
	acc_table_pivot(report, &density, "theme", "Theme", "All themes", "group");
	table(report, "comparison-density-tests",
	      "Do the groups differ in the share of units? Welch\xe2\x80\x99s F on the logit, p by "
	      "permutation where it could be.",
	      test_columns, 7, 1, density_tests);
	table(report, "comparison-density-differences",
	      "Differences between groups in the share of units, with intervals.",
	      difference_columns, 6, 3, density_differences);
	acc_table_pivot(report, &mention, "theme", "Theme", "All themes", "group");
	table(report, "comparison-mention-tests",
	      acc_keep_printf(document,
			      "Do the groups differ in the share of %s? Exact test (mid-p).",
			      report->cluster),
	      exact_columns, 6, 1, mention_tests);
	table(report, "comparison-volume", "How much each group says.", volume_columns, 5, 0,
	      volumes);
}

static void
write_comparisons(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const char *name = acc_coefficient_people(report, report->coefficient);
	if (!acc_report_rows(report, ACC_RESULT_COMPARISON)->table.rows)
		return;
	acc_add_heading(document, "Agreement by group");
	table(report, "comparison-agreement",
	      acc_keep_printf(document,
			      "Do the groups agree equally well? Welch\xe2\x80\x99s F on "
			      "Fisher\xe2\x80\x99s z of %s, p by permutation where it could be.",
			      name),
	      test_columns, 7, 1, agreement_tests);
	table(report, "comparison-agreement-differences",
	      acc_keep_printf(document, "Differences between groups in %s, with intervals.", name),
	      difference_columns, 6, 3, agreement_differences);
	acc_add_heading(document, "What the groups say");
	write_shares(report);
	table(report, "comparison-equivalence",
	      "Are differences within the margin that was asked for?", equivalence_columns, 7, 4,
	      equivalences);
	table(report, "comparison-edges", "Do themes travel together differently in the groups?",
	      edge_columns, 5, 2, edges);
	acc_report_figures(report, "compare");
}

const struct acc_chapter acc_chapter_comparisons = {"comparisons", "Comparisons of groups",
						    write_comparisons};
