/* Chapter: the methods paragraph, from the settings and numbers that the results hold. */
#include "pipeline/report/methods.h"
#include "stats/coefficient.h"
#include "stats/weights.h"

#include <string.h>

/* ---- shared ---- */

static const struct {
	const char *method, *clause, *sources;
} phrases[] = {
#define ACC_PHRASE(method, clause, sources) {method, clause, sources},
#include "pipeline/report/method_phrases.def"
#undef ACC_PHRASE
};

static void
say_clause(struct acc_document *document, const char *method)
{
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
		if (!strcmp(phrases[i].method, method)) {
			acc_say(document, phrases[i].clause);
			acc_say(document, " ");
			acc_cite(document, phrases[i].sources);
			return;
		}
	acc_say_printf(document, "\xe2\x80\x9c%s\xe2\x80\x9d", method);
}

void
acc_say_joint(struct acc_document *document, size_t i, size_t count)
{
	if (i)
		acc_say(document, i + 1 < count ? ", " : count > 2 ? ", and " : " and ");
}

void
acc_say_methods(struct acc_report *report, enum acc_result_kind kind, acc_row_wanted *wanted)
{
	const struct acc_result_rows *rows = acc_report_rows(report, kind);
	struct acc_names names = {0};
	for (size_t r = 0; r < rows->table.rows; r++)
		if (wanted(report, rows, r) && *acc_table_text(&rows->table, r, "method"))
			acc_names_add(&names, acc_table_text(&rows->table, r, "method"));
	for (size_t i = 0; i < names.count; i++) {
		acc_say_joint(&report->document, i, names.count);
		say_clause(&report->document, names.name[i]);
	}
	if (names.failed)
		report->document.failed = true;
	acc_names_free(&names);
}

/* ---- what was coded, and agreement ---- */

static bool
any_agreement(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report;
	return acc_row_has(rows, row, "coders", "", NULL);
}

static void
say_groups(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	size_t count = 0, said = 0;
	for (int pass = 0; pass < 2; pass++)
		for (size_t r = 0; r < rows->table.rows; r++) {
			if (!acc_row_is_agreement(report, r) ||
			    !acc_row_has(rows, r, "theme", "", NULL) ||
			    !*acc_table_text(&rows->table, r, "group"))
				continue;
			if (!pass) {
				count++;
				continue;
			}
			if (!said)
				acc_say(document, " (");
			acc_say_joint(document, said++, count);
			acc_say_cell(document, acc_row_value(rows, r, ACC_CELL_LABEL, "group"));
			acc_say(document, ": ");
			acc_say_cell(document, acc_row_value(rows, r, ACC_CELL_COUNT, "clusters"));
		}
	acc_say(document, said ? ")" : "");
}

static void
say_sample(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	size_t row = acc_row_pooled(report);
	if (row == rows->table.rows)
		return;
	if (document->synthetic)
		acc_say(document, "The data are synthetic. ");
	acc_say(document, "Agreement was estimated from ");
	acc_say_cell(document, acc_row_value(rows, row, ACC_CELL_COUNT, "units"));
	acc_say(document, " units that two or more of ");
	acc_say_cell(document, acc_row_value(rows, row, ACC_CELL_COUNT, "coder_count"));
	acc_say(document, " coders rated (");
	acc_say_cell(document, acc_row_value(rows, row, ACC_CELL_COUNT, "ratings"));
	acc_say(document, " ratings)");
	if (!strcmp(report->cluster, "units"))
		acc_say(document, ", which were taken as independent");
	else {
		acc_say(document, ", from ");
		acc_say_cell(document, acc_row_value(rows, row, ACC_CELL_COUNT, "clusters"));
		acc_say_printf(document, " %s", report->cluster);
		say_groups(report);
	}
	acc_say(document, ". ");
	const char *seen = acc_table_text(&rows->table, row, "seen");
	if (!strcmp(seen, "all"))
		acc_say(document, "All coders were taken to have looked at all units. ");
	else if (!strcmp(seen, "document"))
		acc_say(document, "A coder was taken to have looked at every unit of a document in "
				  "which the coder had coded something. ");
	else if (*seen)
		acc_say(document,
			"A coder without an entry for a unit was taken not to have looked "
			"at it. ");
}

static void
say_weights(struct acc_report *report)
{
	const struct acc_scheme *scheme = acc_scheme_find(report->weights);
	if (!*report->weights || !strcmp(report->weights, "identity"))
		return;
	acc_say_printf(&report->document, " with %s weights ", report->weights);
	if (scheme)
		acc_cite(&report->document, scheme->citation);
}

/* The other coefficients that the results hold. */
static void
say_others(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	struct acc_names names = {0};
	for (size_t r = 0; r < rows->table.rows; r++)
		if (*acc_table_text(&rows->table, r, "value") &&
		    !acc_row_has(rows, r, "coefficient", report->coefficient, NULL))
			acc_names_add(&names, acc_table_text(&rows->table, r, "coefficient"));
	for (size_t i = 0; i < names.count; i++) {
		const struct acc_coefficient *coefficient = acc_coefficient_find(names.name[i]);
		acc_say(document, i ? "" : "; beside it we report ");
		acc_say_joint(document, i, names.count);
		acc_say(document, acc_coefficient_people(report, names.name[i]));
		acc_say(document, " ");
		if (coefficient)
			acc_cite(document, coefficient->citation);
	}
	document->failed = document->failed || names.failed;
	acc_names_free(&names);
}

static void
say_agreement(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	const struct acc_coefficient *coefficient = acc_coefficient_find(report->coefficient);
	bool themes = false;
	if (!rows->table.rows)
		return;
	for (size_t r = 0; r < rows->table.rows; r++)
		themes = themes || *acc_table_text(&rows->table, r, "theme");
	acc_say_printf(document, "Agreement was measured by %s ",
		       acc_coefficient_people(report, report->coefficient));
	if (coefficient)
		acc_cite(document, coefficient->citation);
	say_weights(report);
	say_others(report);
	acc_say(document, ". ");
	if (themes) {
		acc_say(document,
			"Over themes it was pooled as one minus the summed observed over the "
			"summed expected disagreement ");
		acc_cite(document, "de Vries et al. 2008");
		acc_say(document, ". ");
	}
	acc_say_printf(document, "Confidence intervals (%s) are from ",
		       acc_row_level(report, rows, 0));
	acc_say_methods(report, ACC_RESULT_AGREEMENT, any_agreement);
	acc_say(document, ". ");
}

static void
write_methods(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	acc_add_block(document, ACC_BLOCK_PARAGRAPH);
	say_sample(report);
	say_agreement(report);
	acc_say_comparison_methods(report);
	acc_say_cooccurrence_methods(report);
	acc_say_theme_methods(report);
	acc_say(document, "All numbers were computed with Accord ");
	acc_cite(document, "Accord");
	acc_say(document, ".");
}

const struct acc_chapter acc_chapter_methods = {"methods", "Methods", write_methods};
