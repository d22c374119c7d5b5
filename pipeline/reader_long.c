/* Long form: one row per thing a coder assigned. Which columns are named decides the design. */
#include "pipeline/reader.h"

#include <string.h>

static bool
header(struct acc_reader *reader, const struct acc_csv_record *record)
{
	unsigned needed = 1u << ACC_ROLE_UNIT | 1u << ACC_ROLE_CODER;
	unsigned all = (1u << ACC_ROLES) - 1;
	struct acc_columns *columns = &reader->columns;
	struct acc_ratings *ratings = reader->ratings;
	uint32_t number;
	if (!acc_columns_find(columns, record, reader->command, reader->file, all, needed))
		return false;
	bool theme = columns->at[ACC_ROLE_THEME] < columns->count;
	bool code = columns->at[ACC_ROLE_CODE] < columns->count;
	if (!theme && !code) {
		/* Say which columns there are. */
		return acc_columns_find(columns, record, reader->command, reader->file, all,
					1u << ACC_ROLE_CODE);
	}
	ratings->design = !theme ? ACC_CODES : code ? ACC_THEME_CODES : ACC_THEMES;
	/* The only theme, or the only code, has no name. */
	if (!theme)
		return acc_reader_label(reader, &ratings->theme, "", &number);
	return code || acc_reader_label(reader, &ratings->code, "", &number);
}

/* Unit and coder must be said on every row. */
static bool
require(struct acc_reader *reader, const struct acc_csv_record *record, enum acc_role role,
	const char *what)
{
	if (*acc_columns_field(&reader->columns, record, role))
		return true;
	acc_error(reader->command->messages, ACC_EXIT_DATA,
		  acc_reader_place(reader, record, reader->columns.at[role]),
		  "the %s is empty; every row names its unit and its coder", what);
	return false;
}

static bool
known_theme(struct acc_reader *reader, const struct acc_csv_record *record, const char *theme)
{
	struct acc_vocabulary *themes = &reader->ratings->theme;
	if (!themes->declared || acc_vocabulary_find(themes, theme) != ACC_NONE)
		return true;
	const char *near = acc_nearest(theme, (const char *const *)themes->label, themes->count);
	acc_error(reader->command->messages, ACC_EXIT_DATA,
		  acc_reader_place(reader, record, reader->columns.at[ACC_ROLE_THEME]),
		  "theme '%s' is not in --themes%s%s%s", acc_visible(theme),
		  near ? ", did you mean '" : "", near ? acc_visible(near) : "", near ? "'?" : "");
	return false;
}

static bool
row(struct acc_reader *reader, const struct acc_csv_record *record)
{
	struct acc_ratings *ratings = reader->ratings;
	const struct acc_columns *columns = &reader->columns;
	const char *theme_name = acc_columns_field(columns, record, ACC_ROLE_THEME);
	uint32_t unit, coder, theme = 0, code = 0;
	if (!require(reader, record, ACC_ROLE_UNIT, "unit") ||
	    !require(reader, record, ACC_ROLE_CODER, "coder"))
		return true;
	if (acc_reader_left_out(reader, record->field[columns->at[ACC_ROLE_CODER]]))
		return true;
	if (!acc_reader_unit(reader, record, record->field[columns->at[ACC_ROLE_UNIT]], &unit) ||
	    !acc_reader_label(reader, &ratings->coder, record->field[columns->at[ACC_ROLE_CODER]],
			      &coder))
		return false;
	if (ratings->design == ACC_THEMES && !*theme_name)
		return acc_reader_add(reader, record, unit, coder, ACC_NONE, 0);
	if (ratings->design == ACC_THEMES && acc_reader_missing(reader, theme_name))
		return acc_reader_add(reader, record, unit, coder, ACC_NONE, ACC_NONE);
	if (ratings->design != ACC_CODES) {
		if (!require(reader, record, ACC_ROLE_THEME, "theme") ||
		    !known_theme(reader, record, theme_name))
			return true;
		if (!acc_reader_label(reader, &ratings->theme, theme_name, &theme))
			return false;
	}
	if (ratings->design != ACC_THEMES &&
	    !acc_reader_code(reader, record, columns->at[ACC_ROLE_CODE], &code))
		return false;
	return acc_reader_add(reader, record, unit, coder, theme, code);
}

const struct acc_shape acc_shape_long = {header, row};
