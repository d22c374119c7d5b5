/* The row of a sheet that is being filled, and where it goes. */
#include "pipeline/write/output.h"
#include "pipeline/write/sheet.h"
#include "stats/base.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is appended to the line from here on is of a field. */
static struct acc_cell *
open_cell(struct acc_sheet *sheet, size_t field)
{
	struct acc_cell *cell = &sheet->cell[field];
	size_t end = sheet->line.length, length = cell->length;
	if (length && cell->begin + length != end) {
		/* Others came between: it moves to the end. */
		struct acc_text moved = {0};
		acc_text_bytes(&moved, sheet->line.bytes + cell->begin, length);
		acc_text_bytes(&sheet->line, moved.bytes, moved.length);
		sheet->failed = sheet->failed || moved.failed;
		acc_text_free(&moved);
	}
	if (!cell->length || cell->begin + cell->length != end)
		cell->begin = end;
	cell->length = length;
	return cell;
}

static void
close_cell(struct acc_sheet *sheet, struct acc_cell *cell)
{
	cell->length = sheet->line.length - cell->begin;
}

void
acc_sheet_text(struct acc_sheet *sheet, size_t field, const char *text)
{
	if (!sheet->cell || !*text)
		return;
	struct acc_cell *cell = open_cell(sheet, field);
	acc_text_put(&sheet->line, text);
	cell->is_text = true;
	close_cell(sheet, cell);
}

void
acc_sheet_number(struct acc_sheet *sheet, size_t field, double number)
{
	if (!sheet->cell || !isfinite(number))
		return;
	struct acc_cell *cell = open_cell(sheet, field);
	acc_text_number(&sheet->line, number);
	close_cell(sheet, cell);
}

void
acc_sheet_count(struct acc_sheet *sheet, size_t field, uint64_t count)
{
	if (!sheet->cell)
		return;
	struct acc_cell *cell = open_cell(sheet, field);
	acc_text_printf(&sheet->line, "%llu", (unsigned long long)count);
	close_cell(sheet, cell);
}

static void
keep_row(struct acc_sheet *sheet)
{
	const char **row = acc_array(sheet->fields, sizeof *row);
	char *bytes = acc_array(sheet->line.length + sheet->fields, 1), *at = bytes;
	for (size_t i = 0; row && bytes && i < sheet->fields; i++) {
		const struct acc_cell *cell = &sheet->cell[i];
		row[i] = at;
		if (cell->length)
			memcpy(at, sheet->line.bytes + cell->begin, cell->length);
		at += cell->length + 1;
	}
	if (!row || !bytes || !acc_table_row(&sheet->table, row))
		sheet->failed = true;
	free(row);
	free(bytes);
}

/* Numbers and what is between fields, which are most of a row, gathered a few at a time. */
static void
stream_row(struct acc_sheet *sheet)
{
	char some[256];
	size_t used = 0;
	for (size_t i = 0; i < sheet->fields; i++) {
		const struct acc_cell *cell = &sheet->cell[i];
		if (i)
			some[used++] = ',';
		if (cell->length && !cell->is_text && used + cell->length < sizeof some / 2) {
			memcpy(some + used, sheet->line.bytes + cell->begin, cell->length);
			used += cell->length;
		} else if (cell->length) {
			acc_text_bytes(&sheet->csv, some, used);
			acc_text_csv_bytes(&sheet->csv, sheet->line.bytes + cell->begin,
					   cell->length);
			used = 0;
		}
		if (used >= sizeof some / 2) {
			acc_text_bytes(&sheet->csv, some, used);
			used = 0;
		}
	}
	some[used++] = '\n';
	acc_text_bytes(&sheet->csv, some, used);
}

/* What is there goes out, unless something is wrong: then there is no more to say. */
static void
flush(struct acc_sheet *sheet)
{
	struct acc_command *command = sheet->command;
	struct acc_messages *messages = command->messages;
	if (!messages->errors && messages->code == ACC_EXIT_DONE)
		acc_output_write(NULL, sheet->csv.bytes, sheet->csv.length,
				 command->files ? command->file[0] : NULL, messages);
	sheet->csv.length = 0;
}

void
acc_sheet_row(struct acc_sheet *sheet)
{
	sheet->failed = sheet->failed || !sheet->cell || sheet->line.failed || sheet->csv.failed;
	if (!sheet->failed && sheet->streams)
		stream_row(sheet);
	else if (!sheet->failed)
		keep_row(sheet);
	if (sheet->cell)
		memset(sheet->cell, 0, sheet->fields * sizeof *sheet->cell);
	sheet->line.length = 0;
	if (sheet->command && !sheet->failed && sheet->csv.length >= ACC_SHEET_PART)
		flush(sheet);
}
