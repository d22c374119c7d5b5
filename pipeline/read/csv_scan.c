#include "pipeline/read/csv_scan.h"

enum { PLAIN, LINE_END, QUOTE, SEPARATOR, REFUSED, HIGH };

void
acc_csv_scan_begin(struct acc_csv_scan *scan, const char *file, uint64_t line, char separator,
		   bool comments)
{
	scan->file = file;
	scan->line = line;
	scan->separator = separator;
	scan->comments = comments;
	scan->cr_end = UINT64_MAX;
	for (size_t byte = 0x80; byte < 256; byte++)
		scan->class[byte] = HIGH;
	scan->class[(unsigned char)separator] = SEPARATOR;
	scan->class['"'] = QUOTE;
	scan->class['\n'] = scan->class['\r'] = LINE_END;
	scan->class[0] = scan->class[0x1a] = REFUSED;
}

/* ---- places ---- */

static struct acc_place
here(const struct acc_csv_scan *scan, uint64_t offset)
{
	return (struct acc_place){.file = scan->file,
				  .line = scan->line,
				  .column = offset - scan->line_start - scan->inner + 1};
}

static void
end_line(struct acc_csv_scan *scan, uint64_t offset, unsigned char byte)
{
	if (byte != '\n' || scan->cr_end != offset)
		scan->line++;
	if (byte == '\r')
		scan->cr_end = offset + 1;
	scan->line_start = offset + 1;
	scan->inner = 0;
}

struct acc_place
acc_csv_piece_place(const struct acc_csv_piece *piece, const unsigned char *bytes, size_t at)
{
	struct acc_place place = piece->place;
	bool after_cr = piece->after_cr;
	for (const unsigned char *byte = bytes + piece->begin; byte < bytes + piece->begin + at;
	     byte++) {
		if (*byte == '\n' || *byte == '\r') {
			place.line += !(*byte == '\n' && after_cr);
			place.column = 1;
		} else if ((*byte & 0xc0) != 0x80) {
			place.column++;
		}
		after_cr = *byte == '\r';
	}
	return place;
}

/* ---- bytes that cannot stand in a text ---- */

static bool
refuse_control(const struct acc_csv_scan *scan, uint64_t offset, unsigned char byte,
	       struct acc_messages *messages)
{
	const char *what = "Ctrl-Z (0x1A), an old end-of-file mark; remove it";
	if (!byte)
		what = scan->line == 1
			   ? "a NUL byte; is this UTF-16 or no text at all? Save it as "
			     "CSV in UTF-8"
			   : "a NUL byte; the file is damaged, or no text: export it again";
	acc_error(messages, ACC_EXIT_DATA, here(scan, offset), "%s", what);
	return false;
}

/* `byte` cannot follow. A lead without any continuation is what Windows-1252 looks like. */
static bool
refuse_character(const struct acc_csv_scan *scan, unsigned char byte, bool alone,
		 struct acc_messages *messages)
{
	struct acc_place place = {
	    .file = scan->file, .line = scan->line, .column = scan->lead_column};
	if ((byte & 0xc0) == 0x80 && !alone)
		acc_error(messages, ACC_EXIT_DATA, place,
			  "bytes 0x%02X 0x%02X are not valid UTF-8 (%s); save the file as UTF-8",
			  scan->lead, byte,
			  scan->lead == 0xed   ? "half a surrogate pair"
			  : scan->lead == 0xf4 ? "beyond U+10FFFF"
					       : "an overlong form");
	else
		acc_error(messages, ACC_EXIT_DATA, place,
			  "byte 0x%02X is not valid UTF-8 here; the file looks like Windows-1252: "
			  "save it as UTF-8",
			  scan->lead);
	return false;
}

/* Take the run of bytes that are not ASCII. */
static bool
take_characters(struct acc_csv_scan *scan, const unsigned char **at, const unsigned char *end,
		uint64_t origin, struct acc_messages *messages)
{
	const unsigned char *byte = *at;
	for (; byte < end && (*byte >= 0x80 || scan->utf8.need); byte++) {
		bool inside = scan->utf8.need;
		if (!inside) {
			scan->lead = *byte;
			scan->lead_column = here(scan, origin + (uint64_t)(byte - *at)).column;
		}
		if (!acc_utf8_step(&scan->utf8, *byte))
			return refuse_character(scan, *byte, !inside, messages);
		scan->inner += inside;
	}
	*at = byte;
	return true;
}

/* ---- fields and records ---- */

static bool
begin_field(struct acc_csv_scan *scan, uint64_t offset, struct acc_messages *messages)
{
	struct acc_place place = here(scan, offset);
	if (scan->fields == ACC_CSV_COLUMNS_MAX) {
		acc_error(messages, ACC_EXIT_LIMIT, place, "more than %d fields in one record",
			  ACC_CSV_COLUMNS_MAX);
		return false;
	}
	scan->column[scan->fields] = place.column;
	scan->line_of[scan->fields] = place.line;
	scan->fields++;
	scan->field_start = offset;
	scan->field_quoted = false;
	return true;
}

/* Every second quote closes; the place of a quoted field is that of the quote that opens it. */
static void
take_quote(struct acc_csv_scan *scan, uint64_t offset)
{
	scan->quoted = !scan->quoted;
	if (scan->field_quoted)
		return;
	struct acc_place place = here(scan, offset);
	scan->field_quoted = true;
	scan->column[scan->fields - 1] = place.column;
	scan->line_of[scan->fields - 1] = place.line;
}

static bool
within_limits(const struct acc_csv_scan *scan, uint64_t offset, struct acc_messages *messages)
{
	size_t last = scan->fields - 1;
	struct acc_place field = {
	    .file = scan->file, .line = scan->line_of[last], .column = scan->column[last]};
	if (offset - scan->field_start > ACC_CSV_FIELD_MAX) {
		acc_error(messages, ACC_EXIT_LIMIT, field, "this field is longer than %d bytes%s",
			  ACC_CSV_FIELD_MAX,
			  scan->field_quoted ? "; is its closing quote missing?" : "");
		return false;
	}
	if (offset - scan->record_start > ACC_CSV_RECORD_MAX) {
		field.line = scan->line_of[0];
		field.column = scan->column[0];
		acc_error(messages, ACC_EXIT_LIMIT, field, "this record is longer than %d bytes",
			  ACC_CSV_RECORD_MAX);
		return false;
	}
	return true;
}

/* ---- the pass ---- */

/* Pass over what stands between records: blanks and line ends. */
static const unsigned char *
pass_blank(struct acc_csv_scan *scan, const unsigned char *at, const unsigned char *end,
	   uint64_t origin)
{
	for (const unsigned char *begin = at; at < end; at++) {
		if (*at == '\n' || *at == '\r')
			end_line(scan, origin + (uint64_t)(at - begin), *at);
		else if ((*at != ' ' && *at != '\t') || *at == (unsigned char)scan->separator)
			break;
	}
	return at;
}

static bool
begin_record(struct acc_csv_scan *scan, unsigned char first, uint64_t offset,
	     struct acc_messages *messages)
{
	bool comment = scan->comments && !scan->any && first == '#';
	scan->state = comment ? ACC_CSV_COMMENT : ACC_CSV_RECORD;
	scan->any |= !comment;
	scan->fields = 0;
	scan->record_start = offset;
	return begin_field(scan, offset, messages);
}

/* One byte that needs a look. Sets *ends where a record ends. */
static bool
take_byte(struct acc_csv_scan *scan, unsigned char byte, uint64_t offset, bool *ends,
	  struct acc_messages *messages)
{
	bool record = scan->state == ACC_CSV_RECORD;
	switch (scan->class[byte]) {
	case LINE_END:
		if (record && !scan->quoted && !within_limits(scan, offset, messages))
			return false;
		end_line(scan, offset, byte);
		*ends = !scan->quoted;
		return true;
	case QUOTE:
		if (record)
			take_quote(scan, offset);
		return true;
	case SEPARATOR:
		return !record || scan->quoted ||
		       (within_limits(scan, offset, messages) &&
			begin_field(scan, offset + 1, messages));
	default:
		return refuse_control(scan, offset, byte, messages);
	}
}

/* From inside a record to its end or that of the bytes. Returns where, NULL when refused. */
static const unsigned char *
take_record(struct acc_csv_scan *scan, const unsigned char *at, const unsigned char *end,
	    uint64_t origin, bool *ends, struct acc_messages *messages)
{
	const unsigned char *begin = at;
	if (scan->utf8.need && !take_characters(scan, &at, end, origin, messages))
		return NULL;
	while (!*ends) {
		while (at < end && scan->class[*at] == PLAIN)
			at++;
		if (at == end)
			break;
		uint64_t offset = origin + (uint64_t)(at - begin);
		if (scan->class[*at] == HIGH) {
			if (!take_characters(scan, &at, end, offset, messages))
				return NULL;
		} else if (!take_byte(scan, *at++, offset, ends, messages)) {
			return NULL;
		}
	}
	return at;
}

size_t
acc_csv_scan_piece(struct acc_csv_scan *scan, const unsigned char *bytes, size_t length,
		   struct acc_csv_piece *piece, struct acc_messages *messages)
{
	const unsigned char *at = bytes, *end = bytes + length;
	uint64_t origin = scan->offset;
	*piece = (struct acc_csv_piece){0};
	if (scan->state == ACC_CSV_BETWEEN) {
		at = pass_blank(scan, at, end, origin);
		origin += (uint64_t)(at - bytes);
		if (at < end && !begin_record(scan, *at, origin, messages))
			return 0;
	}
	piece->begin = (size_t)(at - bytes);
	piece->place = here(scan, origin);
	piece->after_cr = scan->cr_end == origin;
	const unsigned char *stop = take_record(scan, at, end, origin, &piece->ends, messages);
	if (!stop)
		return 0;
	scan->offset += (uint64_t)(stop - bytes);
	if (scan->state == ACC_CSV_RECORD) {
		piece->length = (size_t)(stop - at);
		if (!piece->ends && !within_limits(scan, scan->offset, messages))
			return 0;
	}
	if (piece->ends)
		scan->state = ACC_CSV_BETWEEN;
	return (size_t)(stop - bytes);
}

bool
acc_csv_scan_end(const struct acc_csv_scan *scan, struct acc_messages *messages)
{
	struct acc_place place = {
	    .file = scan->file, .line = scan->line, .column = scan->lead_column};
	if (scan->utf8.need) {
		acc_error(messages, ACC_EXIT_DATA, place,
			  "the file ends inside a UTF-8 character that begins with byte 0x%02X; it "
			  "is cut off, or Windows-1252: save it as UTF-8",
			  scan->lead);
		return false;
	}
	if (scan->state == ACC_CSV_RECORD && scan->quoted) {
		place.line = scan->line_of[scan->fields - 1];
		place.column = scan->column[scan->fields - 1];
		acc_error(messages, ACC_EXIT_DATA, place,
			  "the quote that opens here never closes; add the closing quote");
		return false;
	}
	return true;
}
