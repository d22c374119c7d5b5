#include "pipeline/read/csv_record.h"

#include <string.h>

/* Count lines and characters from the beginning of the line. */
static struct acc_place
counted_place(const struct acc_csv_record *record, const char *file, size_t field)
{
	struct acc_place place = {.file = file, .line = record->line, .column = 1};
	size_t to = field ? record->end[field - 1] + (size_t)1 : record->begin;
	bool after_cr = false;
	/* Blanks before a record are not of its first field. */
	while (!field && (record->bytes[to] == ' ' || record->bytes[to] == '\t'))
		to++;
	for (size_t at = record->begin; at < to; at++) {
		unsigned char byte = record->bytes[at];
		if (byte == '\n' || byte == '\r') {
			place.line += !(byte == '\n' && after_cr);
			place.column = 1;
		} else if ((byte & 0xc0) != 0x80) {
			place.column++;
		}
		after_cr = byte == '\r';
	}
	return place;
}

struct acc_place
acc_csv_place(const struct acc_csv_record *record, const char *file, size_t field)
{
	if (!record->column)
		return counted_place(record, file, field);
	return (struct acc_place){
	    .file = file, .line = record->line_of[field], .column = record->column[field]};
}

static bool
same_name(const struct acc_csv_record *record, size_t a, size_t b)
{
	return record->length[a] == record->length[b] &&
	       !memcmp(record->field[a], record->field[b], record->length[a]);
}

bool
acc_csv_check_header(const struct acc_csv_record *record, const char *file,
		     struct acc_messages *messages)
{
	bool good = true;
	for (size_t k = 0; k < record->fields; k++) {
		size_t first = 0;
		while (first < k && !same_name(record, first, k))
			first++;
		if (record->length[k] && first == k)
			continue;
		good = false;
		if (!record->length[k])
			acc_error(messages, ACC_EXIT_DATA, acc_csv_place(record, file, k),
				  "column %zu of the header has no name", k + 1);
		else
			acc_error(messages, ACC_EXIT_DATA, acc_csv_place(record, file, k),
				  "columns %zu and %zu are both named \"%s\"; rename one",
				  first + 1, k + 1, acc_visible(record->field[k]));
	}
	return good;
}

static const char *
ragged_hint(const struct acc_csv_record *record, size_t expected)
{
	size_t last = record->fields - 1;
	if (expected == 1)
		return "; is line 1 a title or a comment?";
	if (last == expected && !record->length[last])
		return "; remove the separator at its end";
	if (last == expected)
		return "; is a text with a separator in it not quoted?";
	return "";
}

bool
acc_csv_check_width(const struct acc_csv_record *record, size_t expected, const char *file,
		    struct acc_messages *messages)
{
	if (record->fields == expected)
		return true;
	bool longer = record->fields > expected;
	acc_error(messages, ACC_EXIT_DATA,
		  acc_csv_place(record, file, longer ? expected : record->fields - 1),
		  "this line has %zu field%s, the header has %zu%s", record->fields,
		  record->fields == 1 ? "" : "s", expected, ragged_hint(record, expected));
	return false;
}

bool
acc_csv_check_mark(const struct acc_csv_record *record, const char *file,
		   struct acc_messages *messages)
{
	if (record->length[0] < 3 || memcmp(record->field[0], "\xef\xbb\xbf", 3))
		return true;
	acc_error(messages, ACC_EXIT_DATA, acc_csv_place(record, file, 0),
		  "a byte order mark (U+FEFF) inside the file; were files joined? Remove it");
	return false;
}
