/* Long form: one row per thing a coder assigned. Which columns are named decides the design. */
#include "pipeline/read/reader.h"

#include <string.h>

/* --split-themes, checked. */
static bool
split_header(struct acc_reader *reader)
{
	const struct acc_settings *settings = &reader->command->settings;
	bool design = reader->ratings->design == ACC_THEMES;
	const char *wrong =
	    settings->split_themes && !*settings->split_themes
		? "--split-themes '' separates nothing"
	    : settings->split_themes && !design
		? "--split-themes is for the themes design: a theme column and no code column"
	    : settings->theme_count && !settings->split_themes
		? "--theme-count checks --split-themes; name that too"
		: NULL;
	if (wrong)
		acc_error(reader->command->messages, ACC_EXIT_USAGE, (struct acc_place){0}, "%s",
			  wrong);
	reader->split.themes = &reader->ratings->theme;
	reader->split.separator = settings->split_themes;
	return !wrong;
}

static bool
header(struct acc_reader *reader, const struct acc_csv_record *record)
{
	unsigned needed = 1u << ACC_ROLE_UNIT | 1u << ACC_ROLE_CODER;
	struct acc_columns *columns = &reader->columns;
	struct acc_ratings *ratings = reader->ratings;
	uint32_t number;
	const struct acc_settings *settings = &reader->command->settings;
	if (settings->coder && !*settings->coder)
		needed &= ~(1u << ACC_ROLE_CODER);
	reader->span_unit = acc_reader_span_is_unit(settings, record);
	unsigned all = acc_columns_wanted(settings, reader->spans || reader->span_unit);
	needed |= all & (unsigned)ACC_ROLES_SPAN;
	if (reader->span_unit)
		needed &= ~(1u << ACC_ROLE_UNIT);
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
	if (!split_header(reader))
		return false;
	reader->plain = !reader->split.separator && columns->at[ACC_ROLE_ORDER] == columns->count &&
			columns->at[ACC_ROLE_BEGIN] == columns->count;
	for (size_t i = 0; record->unused && i < record->fields; i++)
		record->unused[i] = true;
	for (size_t r = 0; record->unused && r < ACC_ROLES; r++)
		if (columns->at[r] < columns->count)
			record->unused[columns->at[r]] = false;
	/* The only theme, or the only code, has no name. */
	if (!theme)
		return acc_reader_label(reader, &ratings->theme, "", &number);
	return code || acc_reader_label(reader, &ratings->code, "", &number);
}

/* ---- rows that say little new ---- */

#define INLINE static inline __attribute__((always_inline))

INLINE bool
same(const struct acc_reader *reader, const struct acc_csv_record *record, enum acc_role role)
{
	size_t column = reader->columns.at[role];
	return column == reader->columns.count ||
	       acc_last_is(&reader->last[role], record->field[column], record->length[column]);
}

INLINE bool
recalled(const struct acc_reader *reader, const struct acc_csv_record *record, enum acc_role role,
	 uint32_t *number)
{
	size_t column = reader->columns.at[role];
	if (role == ACC_ROLE_CODER && column == reader->columns.count) {
		*number = reader->only_coder;
		return reader->any;
	}
	const struct acc_meaning *meaning =
	    acc_said_find(&reader->said[role], record->field[column], record->length[column]);
	if (meaning)
		*number = meaning->number[0];
	return meaning;
}

/* The unit of a record of which the same is known as of the last one. */
static bool
next_unit(struct acc_reader *reader, const struct acc_csv_record *record)
{
	const char *document = acc_columns_field(&reader->columns, record, ACC_ROLE_DOCUMENT);
	size_t column = reader->columns.at[ACC_ROLE_UNIT], keep = reader->label_prefix;
	const char *name = record->field[column];
	size_t length = record->length[column];
	if (reader->reading == ACC_READ_TABLE || !reader->any || !length ||
	    (reader->shard && reader->told) ||
	    (reader->shard && reader->shard->key == ACC_SHARD_DOCUMENT))
		return false;
	if (reader->reading == ACC_READ_COUNTED && !keep && !reader->shard &&
	    length <= ACC_UNITS_SHORT) {
		struct acc_key key = acc_key_of(name, length);
		acc_units_short(&reader->name, key.low, key.high);
		return true;
	}
	if (reader->reading == ACC_READ_COUNTED)
		return acc_reader_name_unit(reader, document, keep, name, length);
	acc_reader_new_unit(reader, record->line);
	return acc_reader_next_unit(reader, document, keep, name, length) &&
	       acc_last_note(&reader->last[ACC_ROLE_UNIT], name, length);
}

static bool
glance(struct acc_reader *reader, const struct acc_csv_record *record)
{
	struct acc_ratings *ratings = reader->ratings;
	struct acc_assignment row = {.line = (uint32_t)record->line};
	if (!reader->plain || reader->unfit ||
	    !recalled(reader, record, ACC_ROLE_CODER, &row.coder) ||
	    (ratings->design != ACC_CODES &&
	     !recalled(reader, record, ACC_ROLE_THEME, &row.theme)) ||
	    (ratings->design != ACC_THEMES && !recalled(reader, record, ACC_ROLE_CODE, &row.code)))
		return false;
	if (record->line >= UINT32_MAX || !same(reader, record, ACC_ROLE_GROUP) ||
	    !same(reader, record, ACC_ROLE_PARTICIPANT) || !same(reader, record, ACC_ROLE_DOCUMENT))
		return false;
	if (reader->reading == ACC_READ_COUNTED)
		return next_unit(reader, record) && acc_reader_count(reader, &row);
	if (ratings->rows == ratings->row_capacity ||
	    (!same(reader, record, ACC_ROLE_UNIT) && !next_unit(reader, record)))
		return false;
	/* Field by field: what was just written in small pieces is slow to copy as a whole. */
	struct acc_assignment *to = &ratings->row[ratings->rows++];
	to->unit = reader->unit;
	to->coder = row.coder;
	to->theme = row.theme;
	to->code = row.code;
	to->line = row.line;
	return true;
}

bool
acc_reader_glance(void *context, const struct acc_csv_record *record)
{
	struct acc_reader *reader = context;
	bool taken = glance(reader, record);
	reader->records += taken;
	return taken;
}

/* A row was taken: remember what it said. */
static void
note_row(struct acc_reader *reader, const struct acc_csv_record *record,
	 const struct acc_assignment *row)
{
	const struct acc_columns *columns = &reader->columns;
	const uint32_t number[ACC_ROLES] = {[ACC_ROLE_CODER] = row->coder,
					    [ACC_ROLE_THEME] = row->theme,
					    [ACC_ROLE_CODE] = row->code};
	if (!reader->plain || reader->command->messages->errors)
		return;
	for (enum acc_role r = ACC_ROLE_CODER; r <= ACC_ROLE_CODE; r++)
		if (columns->at[r] < columns->count)
			acc_said_label(&reader->said[r], record->field[columns->at[r]],
				       record->length[columns->at[r]], number[r]);
}

/* ---- rows that are looked at ---- */

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

/* How many themes a row says its cell holds; 0 where it does not say. False with a message. */
static bool
theme_count(struct acc_reader *reader, const struct acc_csv_record *record, size_t *count)
{
	const char *cell = acc_columns_field(&reader->columns, record, ACC_ROLE_THEME_COUNT);
	double number = 0;
	*count = 0;
	if (*cell && (!acc_number(cell, &number) || number < 0 || number > 1e6)) {
		acc_error(
		    reader->command->messages, ACC_EXIT_DATA,
		    acc_reader_place(reader, record, reader->columns.at[ACC_ROLE_THEME_COUNT]),
		    "'%s' is not a number of themes", acc_visible(cell));
		return false;
	}
	*count = (size_t)number;
	return true;
}

static void
say_stuck(struct acc_reader *reader, const struct acc_csv_record *record, const char *cell)
{
	const struct acc_split *split = &reader->split;
	struct acc_place place =
	    acc_reader_place(reader, record, reader->columns.at[ACC_ROLE_THEME]);
	struct acc_text rest = {0};
	acc_text_put(&rest, cell + split->stuck);
	if (rest.length > 60) {
		rest.length = 60;
		rest.bytes[60] = 0;
		acc_text_put(&rest, "...");
	}
	if (!split->themes->declared)
		acc_error(
		    reader->command->messages, ACC_EXIT_DATA, place,
		    "the cell splits into %zu themes, where %zu are counted; name the codebook "
		    "with --themes",
		    split->count, split->wanted);
	else if (split->wanted)
		acc_error(
		    reader->command->messages, ACC_EXIT_DATA, place,
		    "the cell does not split into %zu themes of --themes; the trouble begins at "
		    "'%s'",
		    split->wanted, rest.bytes ? acc_visible(rest.bytes) : "");
	else
		acc_error(reader->command->messages, ACC_EXIT_DATA, place,
			  "no theme of --themes fits here: '%s'",
			  rest.bytes ? acc_visible(rest.bytes) : "");
	acc_text_free(&rest);
}

/* A cell with several themes. */
static bool
take_themes(struct acc_reader *reader, const struct acc_csv_record *record, const char *cell,
	    uint32_t unit, uint32_t coder)
{
	struct acc_split *split = &reader->split;
	bool memory = true;
	uint32_t theme;
	if (!theme_count(reader, record, &split->wanted))
		return true;
	if (!acc_split(split, cell, &memory)) {
		if (memory)
			say_stuck(reader, record, cell);
		else
			acc_error_memory(reader->command->messages);
		return memory;
	}
	for (size_t i = 0; i < split->count; i++)
		if (!acc_reader_label(reader, &reader->ratings->theme, split->theme[i], &theme) ||
		    !acc_reader_add(reader, record, unit, coder, theme, 0))
			return false;
	return true;
}

static bool
row(struct acc_reader *reader, const struct acc_csv_record *record)
{
	struct acc_ratings *ratings = reader->ratings;
	const struct acc_columns *columns = &reader->columns;
	const char *theme_name = acc_columns_field(columns, record, ACC_ROLE_THEME);
	bool one = columns->at[ACC_ROLE_CODER] == columns->count; /* --coder '' */
	const char *coder_name = one ? "coder" : acc_columns_field(columns, record, ACC_ROLE_CODER);
	uint32_t unit, coder, theme = 0, code = 0;
	if (reader->unfit)
		return false;
	if ((!reader->span_unit && !require(reader, record, ACC_ROLE_UNIT, "unit")) ||
	    (!one && !require(reader, record, ACC_ROLE_CODER, "coder")))
		return true;
	if (acc_reader_left_out(reader, coder_name))
		return true;
	const char *name = reader->span_unit ? acc_reader_span_name(reader, record)
					     : record->field[columns->at[ACC_ROLE_UNIT]];
	if (!name || !acc_reader_unit(reader, record, name, &unit) ||
	    !acc_reader_label(reader, &ratings->coder, coder_name, &coder))
		return false;
	reader->only_coder = coder;
	if (ratings->design == ACC_THEMES && !*theme_name)
		return acc_reader_add(reader, record, unit, coder, ACC_NONE, 0);
	if (ratings->design == ACC_THEMES && acc_reader_missing(reader, theme_name))
		return acc_reader_add(reader, record, unit, coder, ACC_NONE, ACC_NONE);
	if (reader->command->settings.split_themes)
		return take_themes(reader, record, theme_name, unit, coder);
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
	note_row(reader, record, &(struct acc_assignment){unit, coder, theme, code, 0});
	return acc_reader_add(reader, record, unit, coder, theme, code);
}

const struct acc_shape acc_shape_long = {header, row};
