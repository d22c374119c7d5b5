/* Tables of results: rows, and what their reasons and notes say, by letter. */
#include "pipeline/report/report.h"
#include "stats/estimate.h"

#include <string.h>

enum { MARKS = 26 };

/* ---- the sentences ---- */

static const char *
sentence_of(const char *key, size_t length)
{
	static const struct {
		const char *key, *sentence;
	} known[] = {
#define ACC_REASON(name, text) {#name, text},
#include "stats/reasons.def"
#undef ACC_REASON
#define ACC_NOTE(bit, name, text) {#name, text},
#include "stats/notes.def"
#undef ACC_NOTE
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strlen(known[i].key) == length && !strncmp(known[i].key, key, length))
			return known[i].sentence;
	return NULL;
}

/* ---- rows ---- */

void
acc_table_take(struct acc_report *report, const struct acc_result_rows *rows, size_t row,
	       size_t marked)
{
	struct acc_cell *cell = acc_add_row(&report->document);
	if (!cell)
		return;
	struct acc_block *block = acc_last_block(&report->document);
	for (size_t i = 0; i < block->columns; i++)
		cell[i] = acc_row_cell(rows, row, &block->column[i]);
	const char *reason = acc_table_text(&rows->table, row, "reason");
	const char *note = acc_table_text(&rows->table, row, "note");
	if (*reason || *note)
		cell[marked].mark = acc_keep_printf(&report->document, "%s;%s", reason, note);
}

/* ---- marks ---- */

struct marks {
	struct {
		const char *key, *sentence;
		size_t length, rows;
		char letter; /* 0: it is said of all rows */
	} mark[MARKS];
	size_t count;
};

/* Go over the keys in "key;MEASURE:key;...": the next one, its sentence, and the rest; NULL at the
 * end. */
static const char *
next_key(const char *keys, const char **key, size_t *length)
{
	keys += strspn(keys, ";");
	if (!*keys)
		return NULL;
	size_t whole = strcspn(keys, ";"), prefix = strcspn(keys, ":;");
	*key = prefix < whole ? keys + prefix + 1 : keys;
	*length = prefix < whole ? whole - prefix - 1 : whole;
	return keys + whole;
}

static size_t
find_mark(const struct marks *marks, const char *key, size_t length)
{
	size_t i = 0;
	while (i < marks->count &&
	       (marks->mark[i].length != length || strncmp(marks->mark[i].key, key, length) != 0))
		i++;
	return i;
}

static void
count_marks(struct marks *marks, const char *keys)
{
	const char *key;
	size_t length;
	bool seen[MARKS] = {false};
	while ((keys = next_key(keys, &key, &length))) {
		const char *sentence = sentence_of(key, length);
		size_t i = find_mark(marks, key, length);
		if (!sentence || i == MARKS)
			continue;
		if (i == marks->count) {
			marks->mark[i].key = key;
			marks->mark[i].length = length;
			marks->mark[i].sentence = sentence;
			marks->count++;
		}
		marks->mark[i].rows += !seen[i];
		seen[i] = true;
	}
}

static const char *
letters(struct acc_report *report, const struct marks *marks, const char *keys)
{
	const char *key;
	size_t length;
	bool has[MARKS] = {false};
	struct acc_text text = {0};
	while ((keys = next_key(keys, &key, &length))) {
		size_t i = find_mark(marks, key, length);
		if (i < marks->count)
			has[i] = true;
	}
	for (size_t i = 0; i < marks->count; i++)
		if (has[i] && marks->mark[i].letter)
			acc_text_printf(&text, "%s%c", text.length ? "," : "",
					marks->mark[i].letter);
	const char *kept = text.length ? acc_keep(&report->document, text.bytes) : NULL;
	acc_text_free(&text);
	return kept;
}

/* First what is true of all rows, then each letter. */
static void
say_marks(struct acc_report *report, const struct marks *marks)
{
	struct acc_document *document = &report->document;
	const char *before = "Of all rows: ";
	for (size_t i = 0; i < marks->count; i++)
		if (!marks->mark[i].letter) {
			acc_say_printf(document, "%s%s", before, marks->mark[i].sentence);
			before = "; ";
		}
	acc_say(document, *before == ';' ? ". " : "");
	for (size_t i = 0; i < marks->count; i++)
		if (marks->mark[i].letter) {
			acc_say_run(document, ACC_RUN_MARK,
				    acc_keep_printf(document, "%c", marks->mark[i].letter));
			acc_say_printf(document, " %s. ", marks->mark[i].sentence);
		}
}

void
acc_table_done(struct acc_report *report, size_t left_out)
{
	struct marks marks = {.count = 0};
	char letter = 'a';
	if (report->document.failed)
		return;
	struct acc_block *block = acc_last_block(&report->document);
	size_t cells = block->rows * block->columns;
	if (!block->rows) {
		acc_drop_block(&report->document);
		return;
	}
	for (size_t i = 0; i < cells; i++)
		if (block->cell[i].mark)
			count_marks(&marks, block->cell[i].mark);
	for (size_t i = 0; i < marks.count; i++)
		if (marks.mark[i].rows < block->rows || block->rows == 1)
			marks.mark[i].letter = letter++;
	for (size_t i = 0; i < cells; i++)
		if (block->cell[i].mark)
			block->cell[i].mark = letters(report, &marks, block->cell[i].mark);
	block->left_out = left_out;
	acc_add_note(&report->document);
	if (left_out)
		acc_say_printf(&report->document, "%zu more rows are in the results. ", left_out);
	say_marks(report, &marks);
}
