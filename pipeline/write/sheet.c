#include "pipeline/write/sheet.h"
#include "pipeline/read/csv.h"
#include "pipeline/write/json.h"
#include "pipeline/write/output.h"
#include "stats/agreement.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
acc_sheet_begin(struct acc_sheet *sheet, const struct acc_field *field, size_t fields)
{
	const char **name = acc_array(fields, sizeof *name);
	*sheet = (struct acc_sheet){
	    .field = field, .fields = fields, .cell = acc_array(fields, sizeof *sheet->cell)};
	for (size_t i = 0; name && i < fields; i++)
		name[i] = field[i].name;
	sheet->failed = !name || !sheet->cell || !acc_table_header(&sheet->table, name, fields);
	free(name);
}

void
acc_sheet_free(struct acc_sheet *sheet)
{
	for (size_t i = 0; sheet->cell && i < sheet->fields; i++)
		acc_text_free(&sheet->cell[i]);
	free(sheet->cell);
	acc_table_free(&sheet->table);
	*sheet = (struct acc_sheet){0};
}

void
acc_sheet_text(struct acc_sheet *sheet, size_t field, const char *text)
{
	if (sheet->cell)
		acc_text_put(&sheet->cell[field], text);
}

void
acc_sheet_number(struct acc_sheet *sheet, size_t field, double number)
{
	if (sheet->cell && isfinite(number))
		acc_text_number(&sheet->cell[field], number);
}

void
acc_sheet_count(struct acc_sheet *sheet, size_t field, uint64_t count)
{
	if (sheet->cell)
		acc_text_printf(&sheet->cell[field], "%llu", (unsigned long long)count);
}

void
acc_sheet_row(struct acc_sheet *sheet)
{
	const char **row = acc_array(sheet->fields, sizeof *row);
	for (size_t i = 0; row && sheet->cell && i < sheet->fields; i++) {
		row[i] = sheet->cell[i].bytes ? sheet->cell[i].bytes : "";
		sheet->failed = sheet->failed || sheet->cell[i].failed;
	}
	if (sheet->failed || !row || !acc_table_row(&sheet->table, row))
		sheet->failed = true;
	free(row);
	for (size_t i = 0; sheet->cell && i < sheet->fields; i++) {
		sheet->cell[i].length = 0;
		if (sheet->cell[i].bytes)
			sheet->cell[i].bytes[0] = 0;
	}
}

void
acc_notes_text(struct acc_text *text, unsigned notes)
{
	static const char *const key[] = {
#define ACC_NOTE(bit, key, sentence) [bit] = #key,
#include "stats/notes.def"
#undef ACC_NOTE
	};
	bool some = false;
	for (size_t i = 0; i < sizeof key / sizeof *key; i++)
		if (notes & 1u << i) {
			acc_text_put(text, some ? ";" : "");
			acc_text_put(text, key[i]);
			some = true;
		}
}

/* ---- CSV and JSON ---- */

static bool
is_text(const struct acc_field *field)
{
	return field->kind == ACC_FIELD_TEXT || field->kind == ACC_FIELD_SCOPE;
}

static const char *
cell(const struct acc_table *table, size_t row, size_t column)
{
	return table->cell[row * table->columns + column];
}

static void
write_csv(struct acc_text *text, const struct acc_table *table)
{
	for (size_t i = 0; i < table->columns; i++) {
		acc_text_put(text, i ? "," : "");
		acc_text_csv(text, table->name[i]);
	}
	acc_text_put(text, "\n");
	for (size_t r = 0; r < table->rows; r++) {
		for (size_t i = 0; i < table->columns; i++) {
			acc_text_put(text, i ? "," : "");
			acc_text_csv(text, cell(table, r, i));
		}
		acc_text_put(text, "\n");
	}
}

static void
write_json(struct acc_text *text, const struct acc_sheet *sheet)
{
	const struct acc_table *table = &sheet->table;
	acc_text_put(text, "[");
	for (size_t r = 0; r < table->rows; r++) {
		acc_text_put(text, r ? ",\n {" : "\n {");
		for (size_t i = 0; i < table->columns; i++) {
			const char *value = cell(table, r, i);
			acc_text_put(text, i ? ", " : "");
			acc_json_string(text, table->name[i]);
			acc_text_put(text, ": ");
			if (sheet->field[i].kind == ACC_FIELD_TEXT ||
			    (*value && is_text(&sheet->field[i])))
				acc_json_string(text, value);
			else
				acc_text_put(text, *value ? value : "null");
		}
		acc_text_put(text, "}");
	}
	acc_text_put(text, "\n]\n");
}

/* ---- for people ---- */

/* A number as APA style has it: bounded ones without a leading zero, a true minus. */
static void
people_number(struct acc_text *text, const char *value, enum acc_field_kind kind)
{
	double number = strtod(value, NULL);
	char digits[64];
	if (kind == ACC_FIELD_COUNT) {
		acc_text_put(text, value);
		return;
	}
	snprintf(digits, sizeof digits, "%.*f", fabs(number) < 1000 ? 3 : 0, fabs(number));
	bool zero = strtod(digits, NULL) == 0;
	if (number < 0 && !zero)
		acc_text_put(text, "\xe2\x88\x92");
	acc_text_put(text, kind == ACC_FIELD_BOUNDED && digits[0] == '0' ? digits + 1 : digits);
}

static size_t
width_of(const char *text)
{
	size_t width = 0;
	for (; *text; text++)
		width += (*text & 0xc0) != 0x80;
	return width;
}

static void
people_cell(struct acc_text *text, const struct acc_sheet *sheet, size_t row, size_t column)
{
	const char *value = cell(&sheet->table, row, column);
	if (sheet->field[column].kind == ACC_FIELD_SCOPE && !*value)
		acc_text_put(text, "(all)");
	else if (is_text(&sheet->field[column]))
		acc_text_put(text, acc_visible(value));
	else if (*value)
		people_number(text, value, sheet->field[column].kind);
	else
		acc_text_put(text, "\xe2\x80\x94");
}

static void
pad(struct acc_text *text, size_t width)
{
	for (; width; width--)
		acc_text_put(text, " ");
}

/* One cell padded to `width`: text to the left, numbers to the right. */
static void
put_cell(struct acc_text *text, const char *value, size_t width, bool left)
{
	size_t missing = width - width_of(value);
	if (!left)
		pad(text, missing);
	acc_text_put(text, value);
	if (left)
		pad(text, missing);
	acc_text_put(text, "  ");
}

static void
end_line(struct acc_text *text)
{
	while (text->length && text->bytes[text->length - 1] == ' ')
		text->bytes[--text->length] = 0;
	acc_text_put(text, "\n");
}

static bool
is_empty(const struct acc_table *table, size_t column)
{
	for (size_t r = 0; r < table->rows; r++)
		if (*cell(table, r, column))
			return false;
	return true;
}

static size_t
column_width(const struct acc_sheet *sheet, size_t column)
{
	struct acc_text scratch = {0};
	size_t width = width_of(sheet->field[column].name);
	for (size_t r = 0; r < sheet->table.rows; r++) {
		scratch.length = 0;
		people_cell(&scratch, sheet, r, column);
		size_t here = scratch.bytes ? width_of(scratch.bytes) : 0;
		width = here > width ? here : width;
	}
	acc_text_free(&scratch);
	return width;
}

static bool
mentions(const struct acc_table *table, const char *column, const char *key)
{
	for (size_t r = 0; r < table->rows; r++)
		if (strstr(acc_table_text(table, r, column), key))
			return true;
	return false;
}

static void
explain(struct acc_text *text, const struct acc_table *table)
{
	for (int reason = 1; reason < ACC_REASONS; reason++)
		if (mentions(table, "reason", acc_reason_key((enum acc_reason)reason)))
			acc_text_printf(text, "%s: %s\n", acc_reason_key((enum acc_reason)reason),
					acc_reason_sentence((enum acc_reason)reason));
#define ACC_NOTE(bit, key, sentence)                                                               \
	if (mentions(table, "note", #key))                                                         \
		acc_text_put(text, #key ": " sentence "\n");
#include "stats/notes.def"
#undef ACC_NOTE
}

static void
write_people(struct acc_text *text, const struct acc_sheet *sheet)
{
	const struct acc_table *table = &sheet->table;
	struct acc_text scratch = {0};
	size_t *width = acc_array(table->columns, sizeof *width);
	if (!width) {
		text->failed = true;
		return;
	}
	for (size_t i = 0; i < table->columns; i++)
		if (sheet->field[i].shown && !is_empty(table, i))
			width[i] = column_width(sheet, i);
	for (size_t i = 0; i < table->columns; i++)
		if (width[i])
			put_cell(text, table->name[i], width[i], is_text(&sheet->field[i]));
	end_line(text);
	for (size_t r = 0; r < table->rows; r++) {
		for (size_t i = 0; i < table->columns; i++) {
			if (!width[i])
				continue;
			scratch.length = 0;
			if (scratch.bytes)
				scratch.bytes[0] = 0;
			people_cell(&scratch, sheet, r, i);
			put_cell(text, scratch.bytes ? scratch.bytes : "", width[i],
				 is_text(&sheet->field[i]));
		}
		end_line(text);
	}
	explain(text, table);
	text->failed = text->failed || scratch.failed;
	acc_text_free(&scratch);
	free(width);
}

void
acc_sheet_write(struct acc_sheet *sheet, struct acc_command *command)
{
	static const char *const formats[] = {"csv", "json", "table"};
	const struct acc_settings *settings = &command->settings;
	struct acc_text text = {0};
	bool terminal = !settings->output && isatty(STDOUT_FILENO);
	size_t format = terminal ? 2 : 0;
	if (settings->format)
		format = acc_choice(command, "format", settings->format, formats, 3);
	if (format == 0)
		write_csv(&text, &sheet->table);
	else if (format == 1)
		write_json(&text, sheet);
	else if (format == 2)
		write_people(&text, sheet);
	if (sheet->failed || text.failed)
		acc_error_memory(command->messages);
	else if (format < 3 && !command->messages->errors)
		acc_output_write(settings->output, text.bytes, text.length,
				 command->files ? command->file[0] : NULL, command->messages);
	acc_text_free(&text);
}

/* ---- reading back ---- */

struct back {
	struct acc_table *table;
	struct acc_messages *messages;
	bool header;
};

static bool
take(void *context, const struct acc_csv_record *record)
{
	struct back *back = context;
	bool good = back->header ? acc_table_row(back->table, record->field)
				 : acc_table_header(back->table, record->field, record->fields);
	back->header = true;
	if (!good)
		acc_error_memory(back->messages);
	return good;
}

bool
acc_sheet_read(struct acc_table *table, const char *file, struct acc_messages *messages)
{
	struct back back = {table, messages, false};
	struct acc_csv_options options = {.separator = ',', .headerless_ok = true};
	return acc_csv_read(file, &options, take, &back, messages);
}
