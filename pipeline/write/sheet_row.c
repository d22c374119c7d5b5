/* The row of a sheet that is being filled, and where it goes. */
#include "pipeline/write/output.h"
#include "pipeline/write/sheet.h"
#include "plots/decimal.h"
#include "stats/base.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHORT = 32 }; /* bytes that are copied whatever the length of a cell */

/* A field was filled in parts, and others came between: it moves to the end of the line. */
static void
move_cell(struct acc_sheet *sheet, struct acc_cell *cell)
{
	size_t length = cell->length, begin = cell->begin;
	char *to = acc_text_room(&sheet->line, length);
	if (!to)
		return;
	memcpy(to, sheet->line.bytes + begin, length);
	cell->begin = sheet->line.length;
	sheet->line.length += length;
}

/* What is appended to the line from here on is of a field. */
static inline struct acc_cell *
open_cell(struct acc_sheet *sheet, size_t field)
{
	struct acc_cell *cell = &sheet->cell[field];
	if (!cell->length)
		cell->begin = sheet->line.length;
	else if (cell->begin + cell->length != sheet->line.length)
		move_cell(sheet, cell);
	return cell;
}

static inline void
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
	char *to = acc_text_room(&sheet->line, ACC_DECIMAL_ROOM);
	size_t length = to ? acc_decimal(number, to) : 0;
	sheet->line.length += length;
	if (!length)
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

/* One field of a line of CSV, which has room for it unless it is quoted. Returns where the next
 * one goes; NULL: no memory. */
static inline char *
put_cell(struct acc_sheet *sheet, const struct acc_cell *cell, char *to, size_t rest)
{
	const char *from = sheet->line.bytes + cell->begin;
	if (cell->is_text && acc_text_csv_quotes(from, cell->length)) {
		sheet->csv.length = (size_t)(to - sheet->csv.bytes);
		acc_text_csv_bytes(&sheet->csv, from, cell->length);
		return acc_text_room(&sheet->csv, rest);
	}
	if (cell->length <= SHORT)
		memcpy(to, from, SHORT);
	else
		memcpy(to, from, cell->length);
	return to + cell->length;
}

static void
stream_row(struct acc_sheet *sheet)
{
	size_t rest = sheet->line.length + sheet->fields + SHORT;
	char *to = acc_text_room(&sheet->csv, rest);
	if (!acc_text_room(&sheet->line, SHORT))
		return;
	for (size_t i = 0; to && i < sheet->fields; i++) {
		if (i)
			*to++ = ',';
		if (sheet->cell[i].length)
			to = put_cell(sheet, &sheet->cell[i], to, rest);
	}
	if (!to)
		return;
	*to++ = '\n';
	*to = 0;
	sheet->csv.length = (size_t)(to - sheet->csv.bytes);
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
