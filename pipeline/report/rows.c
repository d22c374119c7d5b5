#include "pipeline/report/number.h"
#include "pipeline/report/report.h"
#include "stats/base.h"
#include "stats/coefficient.h"

#include <stdarg.h>
#include <string.h>

const struct acc_result_rows *
acc_report_rows(const struct acc_report *report, enum acc_result_kind kind)
{
	return &report->files.rows[kind];
}

static bool
has_list(const struct acc_result_rows *rows, size_t row, va_list list)
{
	const char *column;
	while ((column = va_arg(list, const char *)))
		if (strcmp(acc_table_text(&rows->table, row, column), va_arg(list, const char *)))
			return false;
	return true;
}

bool
acc_row_has(const struct acc_result_rows *rows, size_t row, ...)
{
	va_list list;
	va_start(list, row);
	bool has = has_list(rows, row, list);
	va_end(list);
	return has;
}

size_t
acc_row_find(const struct acc_result_rows *rows, size_t row, ...)
{
	for (bool has = false; row < rows->table.rows; row++) {
		va_list list;
		va_start(list, row);
		has = has_list(rows, row, list);
		va_end(list);
		if (has)
			break;
	}
	return row;
}

bool
acc_row_is_agreement(const struct acc_report *report, size_t row)
{
	return acc_row_has(acc_report_rows(report, ACC_RESULT_AGREEMENT), row, "coefficient",
			   report->coefficient, "weights", report->weights, "coders", "",
			   "category", "", NULL);
}

size_t
acc_row_pooled(const struct acc_report *report)
{
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	size_t row = 0;
	while (row < rows->table.rows && !(acc_row_is_agreement(report, row) &&
					   acc_row_has(rows, row, "group", "", "theme", "", NULL)))
		row++;
	return row;
}

struct acc_cell
acc_row_cell(const struct acc_result_rows *rows, size_t row, const struct acc_column *column)
{
	struct acc_cell cell = {.kind = column->kind,
				.from = {rows->origin[row].source, rows->origin[row].row, {0}}};
	for (; cell.parts < ACC_CELL_PARTS && column->from[cell.parts]; cell.parts++) {
		cell.text[cell.parts] = acc_table_text(&rows->table, row, column->from[cell.parts]);
		cell.from.column[cell.parts] = column->from[cell.parts];
	}
	if (cell.parts && !*cell.text[0] && column->empty) {
		cell.kind = ACC_CELL_WORDS;
		cell.text[0] = column->empty;
	}
	return cell;
}

struct acc_cell
acc_row_value(const struct acc_result_rows *rows, size_t row, enum acc_cell_kind kind,
	      const char *column)
{
	return acc_row_cell(rows, row, &(struct acc_column){.kind = kind, .from = {column}});
}

const char *
acc_row_level(struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_keep_printf(&report->document, "%g%%",
			       100 * acc_table_number(&rows->table, row, "level"));
}

void
acc_say_estimate(struct acc_report *report, const struct acc_result_rows *rows, size_t row,
		 enum acc_cell_kind kind)
{
	struct acc_document *document = &report->document;
	acc_say_cell(document, acc_row_value(rows, row, kind, "value"));
	if (!*acc_table_text(&rows->table, row, "ci_low"))
		return;
	acc_say_printf(document, ", %s CI ", acc_row_level(report, rows, row));
	acc_say_cell(document, acc_row_cell(rows, row,
					    &(struct acc_column){.kind = kind,
								 .from = {"ci_low", "ci_high"}}));
}

void
acc_say_p(struct acc_report *report, const struct acc_result_rows *rows, size_t row,
	  const char *column)
{
	acc_say_cell(&report->document, acc_row_value(rows, row, ACC_CELL_P_SAID, column));
}

/* Names that do not begin with a person's begin small inside a sentence. */
static bool
begins_small(const char *name)
{
	static const char *const words[] = {"Percent ",    "Positive ", "Negative ",
					    "Intraclass ", "Largest ",  "All"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strncmp(name, words[i], strlen(words[i])))
			return true;
	return false;
}

const char *
acc_coefficient_people(struct acc_report *report, const char *key)
{
	struct acc_text name = {0};
	acc_coefficient_name(&name, key);
	if (name.bytes && begins_small(name.bytes))
		name.bytes[0] = (char)(name.bytes[0] + 'a' - 'A');
	const char *kept = acc_keep(&report->document, name.bytes ? name.bytes : "");
	acc_text_free(&name);
	return kept;
}

const char *
acc_layer_people(struct acc_report *report, const char *layer)
{
	if (!strcmp(layer, "any"))
		return "at least one coder applied it";
	if (!strcmp(layer, "majority"))
		return "more than half of the coders who looked applied it";
	if (!strcmp(layer, "all"))
		return "all coders who looked applied it";
	if (!strncmp(layer, "coder:", 6))
		return acc_keep_printf(&report->document, "%s applied it", layer + 6);
	return layer;
}

/* ---- what is told at length ---- */

/* The first row over all coders that is wanted: of a key, or of any coefficient corrected for
 * chance. */
static size_t
first_row(const struct acc_result_rows *rows, const char *key)
{
	for (size_t r = 0; r < rows->table.rows; r++) {
		const char *here = acc_table_text(&rows->table, r, "coefficient");
		bool wanted = key ? !strcmp(here, key) : strcmp(here, "percent_agreement") != 0;
		if (wanted && acc_row_has(rows, r, "coders", "", "category", "", NULL) &&
		    *acc_table_text(&rows->table, r, "value"))
			return r;
	}
	return rows->table.rows;
}

static void
choose_coefficient(struct acc_report *report)
{
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	const struct acc_coefficient *asked =
	    report->coefficient ? acc_coefficient_find(report->coefficient) : NULL;
	const char *key = asked ? asked->key : report->coefficient;
	size_t row = first_row(rows, key ? key : "krippendorff_alpha");
	if (row == rows->table.rows && !key)
		row = first_row(rows, NULL);
	if (row == rows->table.rows && !key)
		row = first_row(rows, "percent_agreement");
	if (row == rows->table.rows && !key && rows->table.rows)
		row = 0;
	bool found = row < rows->table.rows;
	report->coefficient =
	    found ? acc_table_text(&rows->table, row, "coefficient") : (key ? key : "");
	report->weights = found ? acc_table_text(&rows->table, row, "weights") : "";
}

static void
choose_layer(struct acc_report *report)
{
	static const enum acc_result_kind layered[] = {
	    ACC_RESULT_COOCCURRENCE, ACC_RESULT_COMPARISON, ACC_RESULT_MAP, ACC_RESULT_SATURATION};
	const char *any = "";
	for (size_t i = 0; i < sizeof layered / sizeof *layered; i++) {
		const struct acc_result_rows *rows = acc_report_rows(report, layered[i]);
		for (size_t r = 0; r < rows->table.rows; r++) {
			const char *layer = acc_table_text(&rows->table, r, "layer");
			if (!strcmp(layer, "majority")) {
				report->layer = layer;
				return;
			}
			any = *any ? any : layer;
		}
	}
	report->layer = any;
}

/* Results do not say what the independent pieces are, but some of them show it. */
static const char *
cluster_found(const struct acc_report *report)
{
	const struct acc_result_rows *map = acc_report_rows(report, ACC_RESULT_MAP);
	const struct acc_result_rows *agreement = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	if (acc_row_find(map, 0, "kind", "participant", NULL) < map->table.rows)
		return "participants";
	if (acc_row_find(map, 0, "kind", "document", NULL) < map->table.rows)
		return "documents";
	const struct acc_result_rows *comparison = acc_report_rows(report, ACC_RESULT_COMPARISON);
	if (acc_row_find(comparison, 0, "method", "median units per participant", NULL) <
	    comparison->table.rows)
		return "participants";
	if (acc_row_find(comparison, 0, "method", "median units per document", NULL) <
	    comparison->table.rows)
		return "documents";
	if (agreement->table.rows &&
	    strstr(acc_table_text(&agreement->table, 0, "note"), "units_as_clusters"))
		return "units";
	return "clusters";
}

void
acc_report_choose(struct acc_report *report)
{
	choose_coefficient(report);
	if (!report->layer)
		choose_layer(report);
	if (!report->cluster)
		report->cluster = cluster_found(report);
}
