#include "pipeline/write/sheet.h"
#include "pipeline/read/csv.h"
#include "pipeline/write/output.h"
#include "stats/base.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
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
	free(sheet->cell);
	acc_text_free(&sheet->line);
	acc_text_free(&sheet->csv);
	acc_table_free(&sheet->table);
	*sheet = (struct acc_sheet){0};
}

static bool
is_for_people(const struct acc_command *command)
{
	return !command->settings.output && isatty(STDOUT_FILENO);
}

void
acc_sheet_stream(struct acc_sheet *sheet, struct acc_command *command)
{
	const char *format = command->settings.format, *output = command->settings.output;
	sheet->streams = format ? !strcmp(format, "csv") : !is_for_people(command);
	if (!output || !strcmp(output, "-"))
		sheet->command = command;
	for (size_t i = 0; sheet->streams && i < sheet->fields; i++) {
		acc_text_put(&sheet->csv, i ? "," : "");
		acc_text_csv(&sheet->csv, sheet->field[i].name);
	}
	if (sheet->streams)
		acc_text_put(&sheet->csv, "\n");
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
			acc_text_json(text, table->name[i]);
			acc_text_put(text, ": ");
			if (sheet->field[i].kind == ACC_FIELD_TEXT ||
			    (*value && is_text(&sheet->field[i])))
				acc_text_json(text, value);
			else
				acc_text_put(text, *value ? value : "null");
		}
		acc_text_put(text, "}");
	}
	acc_text_put(text, "\n]\n");
}

static size_t
terminal_columns(void)
{
	struct winsize size;
	return !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col ? size.ws_col : 80;
}

void
acc_sheet_write(struct acc_sheet *sheet, struct acc_command *command)
{
	static const char *const formats[] = {"csv", "json", "table"};
	const struct acc_settings *settings = &command->settings;
	struct acc_text text = {0};
	size_t format = is_for_people(command) ? 2 : 0;
	if (settings->format)
		format = acc_choice(command, "format", settings->format, formats, 3);
	if (sheet->streams) {
		text = sheet->csv;
		sheet->csv = (struct acc_text){0};
	} else if (format == 0)
		write_csv(&text, &sheet->table);
	else if (format == 1)
		write_json(&text, sheet);
	else if (format == 2)
		acc_sheet_people(&text, sheet, is_for_people(command) ? terminal_columns() : 0);
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
