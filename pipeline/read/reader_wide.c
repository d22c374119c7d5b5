/* Wide form: one row per unit, one column per coder; the shape R, SPSS and ReCal users have. */
#include "pipeline/read/reader.h"

#include <stdlib.h>

static bool
header(struct acc_reader *reader, const struct acc_csv_record *record)
{
	unsigned wanted = 1u << ACC_ROLE_UNIT | 1u << ACC_ROLE_GROUP | 1u << ACC_ROLE_PARTICIPANT |
			  1u << ACC_ROLE_DOCUMENT;
	unsigned spans = acc_columns_wanted(&reader->command->settings, reader->spans) &
			 (unsigned)ACC_ROLES_SPAN;
	struct acc_ratings *ratings = reader->ratings;
	uint32_t number;
	if (!acc_columns_find(&reader->columns, record, reader->command, reader->file,
			      wanted | spans, spans))
		return false;
	if (!acc_reader_other_columns(reader, record, &ratings->coder))
		return false;
	uint32_t coders = ratings->coder.count;
	if (!coders)
		acc_error(reader->command->messages, ACC_EXIT_DATA,
			  acc_reader_place(reader, record, 0),
			  "no column is left for the coders: --wide takes one column per coder");
	ratings->design = ACC_CODES;
	return coders && acc_reader_label(reader, &ratings->theme, "", &number);
}

static bool
row(struct acc_reader *reader, const struct acc_csv_record *record)
{
	char number[24];
	const char *name = acc_columns_field(&reader->columns, record, ACC_ROLE_UNIT);
	uint32_t unit, code;
	if (reader->columns.at[ACC_ROLE_UNIT] == reader->columns.count) {
		/* Without a column of units, a row is a unit. */
		snprintf(number, sizeof number, "%llu", (unsigned long long)reader->records);
		name = number;
	}
	if (!*name) {
		acc_error(reader->command->messages, ACC_EXIT_DATA,
			  acc_reader_place(reader, record, reader->columns.at[ACC_ROLE_UNIT]),
			  "the unit is empty; every row names its unit");
		return true;
	}
	if (!acc_reader_unit(reader, record, name, &unit))
		return false;
	for (size_t i = 0; i < record->fields; i++) {
		if (reader->label_of[i] == ACC_NONE)
			continue;
		if (!acc_reader_code(reader, record, i, &code) ||
		    !acc_reader_add(reader, record, unit, reader->label_of[i], 0, code))
			return false;
	}
	return true;
}

const struct acc_shape acc_shape_wide = {header, row};
