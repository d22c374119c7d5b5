/* csv_record: one record of a CSV, and what it must be beside well-formed. */
#ifndef ACC_CSV_RECORD_H
#define ACC_CSV_RECORD_H

#include "pipeline/command/message.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ACC_CSV_FIELD_MAX = 1 << 20, ACC_CSV_COLUMNS_MAX = 10000, ACC_CSV_RECORD_MAX = 4 << 20 };

/* One record. All of it is borrowed for the length of the callback. */
struct acc_csv_record {
	const char *const *field; /* [fields] each ends with 0; never NULL. 16 bytes from its
				   * beginning may be read, whatever its length */
	const size_t *length;     /* [fields] bytes, without the final 0 */
	size_t fields;
	uint64_t line; /* physical line on which the record begins, from 1 */
	bool *unused;  /* [fields] the callback may set some when it sees the header: it will never
			* look at these columns, which may then be delivered unfinished */
	/* For acc_csv_place: either where each field begins, or the bytes to count it from. */
	const uint64_t *column, *line_of;
	const unsigned char *bytes;
	size_t begin;        /* of the line on which the record begins, in bytes */
	const uint32_t *end; /* [fields] of each field, in bytes */
};

/* Called per record, header first. Return false to stop; then the callback has said why. */
typedef bool acc_csv_callback(void *context, const struct acc_csv_record *record);

/* Where a field begins: the physical line and the column in characters, both from 1. */
struct acc_place acc_csv_place(const struct acc_csv_record *record, const char *file, size_t field);

/* The checks of the reader. Each says what is wrong in `file` and returns false.
 *
 * Every column has a name of its own: */
bool acc_csv_check_header(const struct acc_csv_record *record, const char *file,
			  struct acc_messages *messages);

/* As many fields as the header: */
bool acc_csv_check_width(const struct acc_csv_record *record, size_t expected, const char *file,
			 struct acc_messages *messages);

/* No byte order mark at the start of a line: files were joined there, and it would make of "d1"
 * two units: */
bool acc_csv_check_mark(const struct acc_csv_record *record, const char *file,
			struct acc_messages *messages);

#endif
