/* Chapter: what a careful reader wants to know before the numbers. */
#include "pipeline/report/report.h"

#include <string.h>

static const struct acc_column columns[] = {
    {"Key", ACC_CELL_WORDS, {0}, NULL, false},
    {"What it says", ACC_CELL_WORDS, {0}, NULL, false},
    {"Agreement", ACC_CELL_COUNT, {0}, NULL, false},
    {"Co-occurrence", ACC_CELL_COUNT, {0}, NULL, false},
    {"Comparison", ACC_CELL_COUNT, {0}, NULL, false},
    {"Coders", ACC_CELL_COUNT, {0}, NULL, false},
};
static const enum acc_result_kind counted[] = {ACC_RESULT_AGREEMENT, ACC_RESULT_COOCCURRENCE,
					       ACC_RESULT_COMPARISON, ACC_RESULT_CODERS};
enum { COUNTED = sizeof counted / sizeof *counted };

static void
say_design(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	const struct acc_result_rows *rows = acc_report_rows(report, ACC_RESULT_AGREEMENT);
	const char *seen = rows->table.rows ? acc_table_text(&rows->table, 0, "seen") : "";
	if (document->synthetic) {
		acc_add_block(document, ACC_BLOCK_ITEM);
		acc_say_run(document, ACC_RUN_STRONG, "The data are synthetic:");
		acc_say(document,
			" nobody said or coded this. Numbers show the method, not people.");
	}
	if (!*seen)
		return;
	acc_add_block(document, ACC_BLOCK_ITEM);
	acc_say(document, "A coder without a row for a unit ");
	acc_say(
	    document,
	    !strcmp(seen, "all") ? "was taken to have looked at it and applied nothing."
	    : !strcmp(seen, "document")
		? "was taken to have looked at it and applied nothing, if the coder has a row in "
		  "the unit\xe2\x80\x99s document; otherwise not to have looked."
		: "was taken not to have looked at it; a row with an empty theme says that the "
		  "coder looked and applied nothing.");
}

/* Is `key` one of "key;MEASURE:key"? */
static bool
holds(const char *keys, const char *key)
{
	size_t length = strlen(key);
	for (const char *at = keys; (at = strstr(at, key)); at += length)
		if ((at == keys || at[-1] == ';' || at[-1] == ':') &&
		    (!at[length] || at[length] == ';'))
			return true;
	return false;
}

static size_t
count(const struct acc_result_rows *rows, const char *column, const char *key)
{
	size_t found = 0;
	for (size_t r = 0; r < rows->table.rows; r++)
		found += holds(acc_table_text(&rows->table, r, column), key);
	return found;
}

static void
take(struct acc_report *report, const char *column, const char *key, const char *sentence)
{
	size_t number[COUNTED], sum = 0;
	for (size_t i = 0; i < COUNTED; i++)
		sum += number[i] = count(acc_report_rows(report, counted[i]), column, key);
	struct acc_cell *cell = sum ? acc_add_row(&report->document) : NULL;
	if (!cell)
		return;
	cell[0] = (struct acc_cell){.kind = ACC_CELL_WORDS, .parts = 1, .text = {key}};
	cell[1] = (struct acc_cell){.kind = ACC_CELL_WORDS, .parts = 1, .text = {sentence}};
	for (size_t i = 0; i < COUNTED; i++)
		cell[2 + i] = (struct acc_cell){
		    .kind = ACC_CELL_COUNT,
		    .parts = acc_report_rows(report, counted[i])->table.rows ? 1 : 0,
		    .text = {acc_keep_printf(&report->document, "%zu", number[i])}};
}

static void
write_checks(struct acc_report *report)
{
	say_design(report);
	acc_add_table(&report->document, "checks-notes", columns, sizeof columns / sizeof *columns);
	acc_say(&report->document, "Values that are there, with a catch: rows of the results.");
#define ACC_NOTE(bit, key, sentence) take(report, "note", #key, sentence);
#include "stats/notes.def"
#undef ACC_NOTE
	acc_table_done(report, 0);
	acc_add_table(&report->document, "checks-reasons", columns,
		      sizeof columns / sizeof *columns);
	acc_say(
	    &report->document,
	    "Values or intervals that are not defined, and why: rows of the results. Nothing that "
	    "is undefined was taken for 0 or 1.");
#define ACC_REASON(key, sentence) take(report, "reason", #key, sentence);
#include "stats/reasons.def"
#undef ACC_REASON
	acc_table_done(report, 0);
}

const struct acc_chapter acc_chapter_checks = {"checks", "Checks", write_checks};
