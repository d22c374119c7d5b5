/* Matrix form: one row per unit and coder, a 0/1 column per theme; an empty cell is "not rated". */
#include "pipeline/read/reader.h"

#include <stdlib.h>
#include <string.h>

static bool
declare_binary(struct acc_reader *reader)
{
	struct acc_vocabulary *codes = &reader->ratings->code;
	struct acc_messages *messages = reader->command->messages;
	if (codes->declared) {
		acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--categories makes no sense with --matrix: its codes are 0 and 1");
		return false;
	}
	bool done = acc_vocabulary_declare(codes, "0") == ACC_OK &&
		    acc_vocabulary_declare(codes, "1") == ACC_OK;
	if (!done)
		acc_error_memory(messages);
	return done;
}

static bool
header(struct acc_reader *reader, const struct acc_csv_record *record)
{
	unsigned wanted = acc_columns_wanted(&reader->command->settings, reader->spans);
	wanted &= ~(1u << ACC_ROLE_THEME | 1u << ACC_ROLE_CODE);
	unsigned needed = 1u << ACC_ROLE_UNIT | 1u << ACC_ROLE_CODER;
	needed |= wanted & (unsigned)ACC_ROLES_SPAN;
	struct acc_ratings *ratings = reader->ratings;
	if (!acc_columns_find(&reader->columns, record, reader->command, reader->file, wanted,
			      needed) ||
	    !declare_binary(reader) || !acc_reader_other_columns(reader, record, &ratings->theme))
		return false;
	ratings->design = ACC_THEME_CODES;
	if (!ratings->theme.count)
		acc_error(reader->command->messages, ACC_EXIT_DATA,
			  acc_reader_place(reader, record, 0),
			  "no column is left for the themes: --matrix takes one column per theme");
	return ratings->theme.count > 0;
}

static bool
row(struct acc_reader *reader, const struct acc_csv_record *record)
{
	const char *name = acc_columns_field(&reader->columns, record, ACC_ROLE_UNIT);
	const char *who = acc_columns_field(&reader->columns, record, ACC_ROLE_CODER);
	uint32_t unit, coder, code;
	if (!*name || !*who) {
		acc_error(reader->command->messages, ACC_EXIT_DATA,
			  acc_reader_place(reader, record, 0),
			  "unit or coder is empty; every row names its unit and its coder");
		return true;
	}
	if (acc_reader_left_out(reader, who))
		return true;
	if (!acc_reader_unit(reader, record, name, &unit) ||
	    !acc_reader_label(reader, &reader->ratings->coder, who, &coder))
		return false;
	for (size_t i = 0; i < record->fields; i++) {
		if (reader->label_of[i] == ACC_NONE)
			continue;
		if (!acc_reader_code(reader, record, i, &code) ||
		    !acc_reader_add(reader, record, unit, coder, reader->label_of[i], code))
			return false;
	}
	return true;
}

const struct acc_shape acc_shape_matrix = {header, row};
