/* The span of a unit: where in its document it begins and ends. */
#include "pipeline/command/status.h"
#include "pipeline/read/position.h"
#include "pipeline/read/reader.h"

#include <math.h>
#include <string.h>

bool
acc_reader_span_is_unit(const struct acc_settings *settings, const struct acc_csv_record *header)
{
	if (settings->unit)
		return !*settings->unit;
	return !acc_columns_has(header, settings, ACC_ROLE_UNIT) &&
	       acc_columns_has(header, settings, ACC_ROLE_BEGIN) &&
	       acc_columns_has(header, settings, ACC_ROLE_END);
}

/* Do --begin and --end name the same column? */
static bool
in_one_cell(const struct acc_reader *reader)
{
	return reader->columns.at[ACC_ROLE_BEGIN] == reader->columns.at[ACC_ROLE_END];
}

const char *
acc_reader_span_name(struct acc_reader *reader, const struct acc_csv_record *record)
{
	const char *begin = acc_columns_field(&reader->columns, record, ACC_ROLE_BEGIN);
	const char *end = acc_columns_field(&reader->columns, record, ACC_ROLE_END);
	size_t need = strlen(begin) + strlen(end) + 2;
	if (in_one_cell(reader))
		return begin;
	if (!acc_array_reserve((void **)&reader->span_name, &reader->span_name_capacity, need, 1)) {
		acc_error_memory(reader->command->messages);
		return NULL;
	}
	strcpy(reader->span_name, begin);
	strcat(reader->span_name, "-");
	strcat(reader->span_name, end);
	return reader->span_name;
}

/* ---- cells ---- */

static bool
is_whole(double value)
{
	return !(floor(value) < value);
}

/* Where the cell of a role says; ACC_POSITION_NONE with a message. */
static enum acc_position
take_cell(struct acc_reader *reader, const struct acc_csv_record *record, enum acc_role role,
	  double *value)
{
	const char *cell = acc_columns_field(&reader->columns, record, role);
	const char *option = role == ACC_ROLE_BEGIN ? "begin" : "end";
	struct acc_place place = acc_reader_place(reader, record, reader->columns.at[role]);
	double number;
	enum acc_position kind = acc_position(cell, value);
	if (kind != ACC_POSITION_NONE)
		return kind;
	if (!*cell)
		acc_error(reader->command->messages, ACC_EXIT_DATA, place,
			  "the %s is empty; every row says where its unit begins and ends", option);
	else if (acc_number(cell, &number))
		acc_error(reader->command->messages, ACC_EXIT_DATA, place,
			  "'%s' is %s; --%s takes numbers from 0 to 2^53", acc_visible(cell),
			  number < 0 ? "negative" : "too large", option);
	else
		acc_error(reader->command->messages, ACC_EXIT_DATA, place,
			  "'%s' is not a number, a time (h:mm:ss) or page: position, as --%s takes "
			  "them%s",
			  acc_visible(cell), option,
			  in_one_cell(reader) ? ", or two of them with a hyphen between" : "");
	return ACC_POSITION_NONE;
}

/* The cells of both roles; of what is none there is a message. */
static void
take_both(struct acc_reader *reader, const struct acc_csv_record *record, struct acc_span *span,
	  enum acc_position *from, enum acc_position *to)
{
	const char *cell = acc_columns_field(&reader->columns, record, ACC_ROLE_BEGIN);
	if (!in_one_cell(reader)) {
		*from = take_cell(reader, record, ACC_ROLE_BEGIN, &span->begin);
		*to = take_cell(reader, record, ACC_ROLE_END, &span->end);
		return;
	}
	*from = *to = acc_position_range(cell, &span->begin, &span->end);
	if (*from)
		return;
	*from = *to = take_cell(reader, record, ACC_ROLE_BEGIN, &span->begin);
	span->end = span->begin;
}

/* Begin and end of a record. False with a message. */
static bool
take_cells(struct acc_reader *reader, const struct acc_csv_record *record, struct acc_span *span)
{
	struct acc_messages *messages = reader->command->messages;
	const char *end = acc_columns_field(&reader->columns, record, ACC_ROLE_END);
	const char *begin = acc_columns_field(&reader->columns, record, ACC_ROLE_BEGIN);
	struct acc_place place = acc_reader_place(reader, record, reader->columns.at[ACC_ROLE_END]);
	bool included = reader->command->settings.end_included;
	enum acc_position from, to;
	take_both(reader, record, span, &from, &to);
	if (!from || !to)
		return false;
	if (from != to)
		acc_error(messages, ACC_EXIT_DATA, place,
			  "the unit begins at '%s' and ends at '%s', which is not of the same kind",
			  acc_visible(begin), acc_visible(end));
	else if (span->end < span->begin && in_one_cell(reader))
		acc_error(messages, ACC_EXIT_DATA, place, "'%s' ends before it begins",
			  acc_visible(begin));
	else if (span->end < span->begin)
		acc_error(messages, ACC_EXIT_DATA, place,
			  "the unit ends at '%s', before it begins at '%s'", acc_visible(end),
			  acc_visible(begin));
	else if (included && to == ACC_POSITION_NUMBER &&
		 !(is_whole(span->begin) && is_whole(span->end)))
		acc_error(messages, ACC_EXIT_DATA, place,
			  "the unit is from '%s' to '%s'; --end-included needs whole numbers",
			  acc_visible(begin), acc_visible(end));
	else {
		span->end += included && to != ACC_POSITION_TIME;
		return true;
	}
	return false;
}

/* ---- units ---- */

static void
contradiction(struct acc_reader *reader, const struct acc_csv_record *record, const char *name,
	      uint32_t unit, bool begin)
{
	acc_error(
	    reader->command->messages, ACC_EXIT_DATA,
	    acc_reader_place(reader, record,
			     reader->columns.at[begin ? ACC_ROLE_BEGIN : ACC_ROLE_END]),
	    "unit '%s' %s elsewhere than on line %llu; if units are numbered anew in each "
	    "document, name the document with --document; if they have no names of their own, say "
	    "--unit ''",
	    acc_visible(name), begin ? "begins" : "ends",
	    (unsigned long long)reader->ratings->about[unit].line);
}

bool
acc_reader_take_span(struct acc_reader *reader, const struct acc_csv_record *record,
		     const char *name, uint32_t unit)
{
	struct acc_span span;
	enum acc_status status = ACC_OK;
	if (reader->columns.at[ACC_ROLE_BEGIN] == reader->columns.count ||
	    !take_cells(reader, record, &span) || reader->reading != ACC_READ_TABLE)
		return true;
	if (!acc_ratings_span(reader->ratings, unit, span, &status)) {
		const struct acc_span *known = &reader->ratings->span[unit];
		contradiction(reader, record, name, unit,
			      known->begin < span.begin || known->begin > span.begin);
	}
	return acc_status_ok(reader->command->messages, status);
}
