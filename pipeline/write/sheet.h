/* sheet: results on their way out: rows of named fields, as CSV, JSON or a table for people. */
#ifndef ACC_SHEET_H
#define ACC_SHEET_H

#include "pipeline/command/command.h"
#include "plots/table.h"
#include <stdint.h>

enum acc_field_kind {
	ACC_FIELD_TEXT,
	ACC_FIELD_SCOPE,  /* text; empty means all of them */
	ACC_FIELD_COUNT,  /* a whole number */
	ACC_FIELD_NUMBER, /* any number */
	ACC_FIELD_BOUNDED /* a number that cannot leave [-1, 1]: people see it without the leading 0
			   */
};

struct acc_field {
	const char *name;
	enum acc_field_kind kind;
	bool shown; /* in the table for people */
};

/* A field of the row being filled: where it stands in the sheet's line. */
struct acc_cell {
	size_t begin, length;
	bool is_text; /* a number holds nothing that CSV quotes */
};

struct acc_sheet {
	const struct acc_field *field; /* borrowed */
	size_t fields;
	struct acc_table table;
	struct acc_cell *cell;       /* owned, [fields]: the row being filled */
	struct acc_text line;        /* owned: its bytes, field after field as they came */
	bool streams;                /* rows go to csv and not to table */
	struct acc_text csv;         /* owned */
	struct acc_command *command; /* borrowed: where much csv goes before it is all; NULL: no */
	bool failed;                 /* out of memory */
};

/* A stage lists its columns once, `#define FIELDS(FIELD) FIELD(value, NUMBER, true) ...`: name,
 * kind without ACC_FIELD_, shown. ACC_FIELDS(FIELDS) makes of it their places, F_value, ..., and
 * the table fields[] that acc_sheet_begin takes. Where several files fill one sheet, all have the
 * places and one the table. */
#define ACC_FIELD_PLACE(name, kind, shown) F_##name,
#define ACC_FIELD_ROW(name, kind, shown)   {#name, ACC_FIELD_##kind, shown},
#define ACC_FIELD_PLACES(FIELDS)           enum { FIELDS(ACC_FIELD_PLACE) };
#define ACC_FIELD_TABLE(FIELDS)            static const struct acc_field fields[] = {FIELDS(ACC_FIELD_ROW)};
#define ACC_FIELDS(FIELDS)                 ACC_FIELD_PLACES(FIELDS) ACC_FIELD_TABLE(FIELDS)

/* Start a sheet. Failures are remembered and said by acc_sheet_write. */
void acc_sheet_begin(struct acc_sheet *sheet, const struct acc_field *field, size_t fields);
void acc_sheet_free(struct acc_sheet *sheet);

/* There may be a million rows: where CSV is asked for, each becomes text at once and takes no other
 * room; on standard output what is more than ACC_SHEET_PART goes out before the end. Before the
 * first row. */
enum { ACC_SHEET_PART = 1 << 20 };
void acc_sheet_stream(struct acc_sheet *sheet, struct acc_command *command);

/* Fill a field of the row at hand (an undefined number stays empty), then end the row. */
void acc_sheet_text(struct acc_sheet *sheet, size_t field, const char *text);
void acc_sheet_number(struct acc_sheet *sheet, size_t field, double number);
void acc_sheet_count(struct acc_sheet *sheet, size_t field, uint64_t count);
void acc_sheet_row(struct acc_sheet *sheet);

/* Write in the format that was asked for, to --output or standard output. The columns `reason` and
 * `note` are explained below the table for people. */
void acc_sheet_write(struct acc_sheet *sheet, struct acc_command *command);

/* Append the sheet as a table for people: the columns that are shown, and below them what reasons
 * and notes mean. `columns` is the width of the terminal it is for, 0 for none: beside values with
 * intervals a terminal that is wide enough gets them drawn. */
void acc_sheet_people(struct acc_text *text, const struct acc_sheet *sheet, size_t columns);

/* Read a results CSV back. False with messages. */
bool acc_sheet_read(struct acc_table *table, const char *file, struct acc_messages *messages);

/* The keys of the bits that are set in `notes`, joined by ';'. */
void acc_notes_text(struct acc_text *text, unsigned notes);

#endif
