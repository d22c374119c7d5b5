/* The methods paragraph: comparisons, co-occurrence, coders, map, saturation. */
#include "pipeline/report/methods.h"
#include "stats/measure.h"
#include "stats/pair_test.h"

#include <string.h>

/* Does some row of a kind have something in a column? */
static bool
filled(const struct acc_report *report, enum acc_result_kind kind, const char *column)
{
	const struct acc_result_rows *rows = acc_report_rows(report, kind);
	for (size_t r = 0; r < rows->table.rows; r++)
		if (*acc_table_text(&rows->table, r, column))
			return true;
	return false;
}

static size_t
find(const struct acc_report *report, enum acc_result_kind kind, const char *column,
     const char *text)
{
	return acc_row_find(acc_report_rows(report, kind), 0, column, text, NULL);
}

static bool
has(const struct acc_report *report, enum acc_result_kind kind, const char *column,
    const char *text)
{
	return find(report, kind, column, text) < acc_report_rows(report, kind)->table.rows;
}

/* Sentences that depend on nothing but their being true. */
static void
say_cited(struct acc_document *document, const char *before, const char *sources, const char *after)
{
	acc_say(document, before);
	acc_cite(document, sources);
	acc_say(document, after);
}

/* ---- comparisons ---- */

static bool
of_density(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report;
	return acc_row_has(rows, row, "kind", "estimate", "quantity", "density", NULL);
}

static bool
of_mentions(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report;
	return acc_row_has(rows, row, "kind", "estimate", "quantity", "mention_rate", NULL);
}

static void
say_tests(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const enum acc_result_kind kind = ACC_RESULT_COMPARISON;
	if (has(report, kind, "method", "Welch F on Fisher z, cluster jackknife") ||
	    has(report, kind, "method", "Welch F on logit, cluster jackknife"))
		say_cited(
		    document,
		    "Groups were compared by Welch\xe2\x80\x99s F with cluster-jackknife errors, "
		    "agreement on Fisher\xe2\x80\x99s z and shares on the logit ",
		    "Welch 1951", ". ");
	if (has(report, kind, "p_by", "permutation"))
		say_cited(document,
			  "p is from the permutation of whole clusters between groups with the "
			  "same statistic ",
			  "Phipson & Smyth 2010",
			  filled(report, kind, "p_welch")
			      ? "; that of the F or t distribution stands beside it. "
			      : ". ");
	if (has(report, kind, "p_by", "mid-p"))
		say_cited(document,
			  "Shares of clusters with a theme were compared by the mid-p of an "
			  "exact test ",
			  "Fisher 1935; Freeman & Halton 1951", ". ");
	if (filled(report, kind, "p_bh"))
		say_cited(document,
			  "p values were adjusted over themes for the false discovery rate ",
			  "Benjamini & Hochberg 1995", "");
	if (filled(report, kind, "p_holm"))
		say_cited(document,
			  filled(report, kind, "p_bh")
			      ? ", and over pairs of groups by Holm\xe2\x80\x99s method "
			      : "p values were adjusted over pairs of groups by "
				"Holm\xe2\x80\x99s method ",
			  "Holm 1979", "");
	if (filled(report, kind, "p_bh") || filled(report, kind, "p_holm"))
		acc_say(document, ". ");
	if (filled(report, kind, "p_tost"))
		say_cited(document, "Equivalence was tested by two one-sided tests ",
			  "Schuirmann 1987", ". ");
	if (filled(report, kind, "cramers_v_bergsma"))
		say_cited(document,
			  "Cram\xc3\xa9r\xe2\x80\x99s V is also given with its bias corrected ",
			  "Bergsma 2013", ". ");
}

void
acc_say_comparison_methods(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const enum acc_result_kind kind = ACC_RESULT_COMPARISON;
	if (!acc_report_rows(report, kind)->table.rows)
		return;
	say_tests(report);
	if (has(report, kind, "quantity", "density")) {
		acc_say(document, "Intervals of the share of units with a theme are from ");
		acc_say_methods(report, kind, of_density);
		acc_say(document, ". ");
	}
	if (has(report, kind, "quantity", "mention_rate")) {
		acc_say_printf(document, "Intervals of the share of %s with a theme are from ",
			       report->cluster);
		acc_say_methods(report, kind, of_mentions);
		acc_say(document, ". ");
	}
	if (has(report, kind, "method", "interval from both intervals (MOVER)"))
		say_cited(document, "Intervals of differences combine those of both groups ",
			  "Newcombe 1998; Zou & Donner 2008", ". ");
	if (*report->layer)
		acc_say_printf(document, "A theme counted in a unit if %s. ",
			       acc_layer_people(report, report->layer));
}

/* ---- co-occurrence ---- */

static bool
with_method(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report;
	return *acc_table_text(&rows->table, row, "method");
}

static void
say_measures(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const struct acc_table *table = &acc_report_rows(report, ACC_RESULT_COOCCURRENCE)->table;
	size_t count = 0, said = 0;
	for (size_t i = 0; i < acc_measure_count; i++)
		count += acc_table_column(table, acc_measures[i]->key) < table->columns;
	acc_say(document, "Co-occurrence of themes was measured by ");
	for (size_t i = 0; i < acc_measure_count; i++) {
		if (acc_table_column(table, acc_measures[i]->key) == table->columns)
			continue;
		acc_say_joint(document, said++, count);
		acc_say_printf(document, "%s ", acc_measures[i]->name);
		acc_cite(document, acc_measures[i]->citation);
	}
}

void
acc_say_cooccurrence_methods(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_COOCCURRENCE);
	if (!rows->table.rows)
		return;
	const struct acc_pair_test *test =
	    acc_pair_test_find(acc_table_text(&rows->table, 0, "test"));
	const char *adjust = acc_table_text(&rows->table, 0, "adjust");
	say_measures(report);
	if (filled(report, ACC_RESULT_COOCCURRENCE, "method")) {
		acc_say(document, "; intervals are from ");
		acc_say_methods(report, ACC_RESULT_COOCCURRENCE, with_method);
	}
	acc_say(document, ". ");
	if (test) {
		acc_say_printf(document, "Each pair of themes was tested by %s ", test->name);
		acc_cite(document, test->citation);
		acc_say(document, *adjust ? "; p values were adjusted over pairs " : "");
		acc_cite(document, !strcmp(adjust, "bh")   ? "Benjamini & Hochberg 1995"
				   : !strcmp(adjust, "by") ? "Benjamini & Yekutieli 2001"
							   : "");
		acc_say(document, ". ");
	}
}

/* ---- coders, map, saturation ---- */

void
acc_say_theme_methods(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const struct acc_result_rows *map = acc_report_rows(report, ACC_RESULT_MAP);
	if (has(report, ACC_RESULT_CODERS, "quantity", "sensitivity"))
		say_cited(document,
			  "Coders\xe2\x80\x99 sensitivity and specificity are those of a "
			  "latent-class model ",
			  "Dawid & Skene 1979", ". ");
	if (map->table.rows) {
		say_cited(document, "Themes and groups were mapped by correspondence analysis ",
			  "Greenacre 2017", "");
		size_t row = acc_row_find(map, 0, "kind", "group", NULL);
		if (row < map->table.rows && *acc_table_text(&map->table, row, "replicates")) {
			acc_say(document, ", with regions from ");
			acc_say_cell(document,
				     acc_row_value(map, row, ACC_CELL_COUNT, "replicates"));
			acc_say(document, " bootstrap maps (seed ");
			acc_say_cell(document, acc_row_value(map, row, ACC_CELL_COUNT, "seed"));
			acc_say(document, ")");
		}
		acc_say(document, ". ");
	}
	if (has(report, ACC_RESULT_SATURATION, "quantity", "themes"))
		say_cited(document, "Themes by number of participants are means over all orders ",
			  "Colwell, Mao & Chang 2004", ". ");
	if (has(report, ACC_RESULT_SATURATION, "quantity", "chao2"))
		say_cited(document, "The number of themes expected in the end is Chao2 ",
			  "Chao 1987", ". ");
}

/* ---- results ---- */

void
acc_say_group_results(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_COMPARISON);
	size_t row =
	    acc_row_find(rows, 0, "what", "agreement", "kind", "test", "quantity",
			 report->coefficient, "weights", report->weights, "theme", "", NULL);
	if (row == rows->table.rows || !*acc_table_text(&rows->table, row, "p"))
		return;
	acc_say(document, "The test that all groups agree equally well over all themes gave F(");
	acc_say_cell(document, acc_row_value(rows, row, ACC_CELL_DEGREES, "df1"));
	acc_say(document, ", ");
	acc_say_cell(document, acc_row_value(rows, row, ACC_CELL_DEGREES, "df2"));
	acc_say(document, ") = ");
	acc_say_cell(document, acc_row_value(rows, row, ACC_CELL_NUMBER, "statistic"));
	acc_say(document, ", p ");
	acc_say_p(report, rows, row, "p");
	if (!strcmp(acc_table_text(&rows->table, row, "p_by"), "permutation")) {
		acc_say(document, " by permutation of participants (by the F distribution p ");
		acc_say_p(report, rows, row, "p_welch");
		acc_say(document, ")");
	}
	acc_say(document, ".");
}
