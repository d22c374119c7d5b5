#include "pipeline/read/csv.h"

#include "pipeline/read/csv_quick.h"
#include "pipeline/read/nfc.h"
#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD_PADDING = 16 }; /* see struct acc_csv_record */

struct reader {
	struct acc_csv_stream *stream;
	const struct acc_csv_options *options;
	acc_csv_callback *callback;
	void *context;
	struct acc_messages *messages;
	struct csv_parser parser;
	struct acc_csv_scan scan;
	struct acc_csv_quick quick;
	struct acc_nfc nfc;

	char *bytes; /* the fields of the open record, each with a final 0 */
	size_t used, capacity;
	size_t fields;
	size_t start[ACC_CSV_COLUMNS_MAX], length[ACC_CSV_COLUMNS_MAX];
	const char *field[ACC_CSV_COLUMNS_MAX];
	bool whole;  /* libcsv has seen the end of the record */
	bool failed; /* out of memory in a callback of libcsv */

	size_t expected;  /* fields of the header */
	uint64_t records; /* seen, the header included */
	bool bad;         /* a record was refused; reading goes on to find the others */
};

/* ---- callbacks of libcsv ---- */

static bool
reserve(struct reader *reader, size_t more)
{
	if (more <= reader->capacity - reader->used)
		return true;
	size_t capacity = reader->capacity ? reader->capacity : 1024;
	while (capacity - reader->used < more)
		capacity *= 2; /* the scan keeps records below ACC_CSV_RECORD_MAX */
	char *bytes = realloc(reader->bytes, capacity);
	if (!bytes)
		return false;
	reader->bytes = bytes;
	reader->capacity = capacity;
	return true;
}

static void
on_field(void *bytes, size_t length, void *context)
{
	struct reader *reader = context;
	if (reader->failed || reader->fields == ACC_CSV_COLUMNS_MAX ||
	    !reserve(reader, length + 1 + FIELD_PADDING)) {
		reader->failed = true;
		return;
	}
	char *to = reader->bytes + reader->used;
	if (length)
		memcpy(to, bytes, length);
	to[length] = 0;
	reader->start[reader->fields] = reader->used;
	reader->length[reader->fields] = length;
	reader->fields++;
	reader->used += length + 1;
}

static void
on_record(int end, void *context)
{
	(void)end;
	((struct reader *)context)->whole = true;
}

/* ---- one record ---- */

static struct acc_place
field_place(const struct reader *reader, size_t k)
{
	return (struct acc_place){.file = reader->stream->name,
				  .line = reader->scan.line_of[k],
				  .column = reader->scan.column[k]};
}

/* Check the record and hand it on. False: stop reading. */
static bool
deliver(struct reader *reader)
{
	for (size_t k = 0; k < reader->fields; k++)
		reader->field[k] = reader->bytes + reader->start[k];
	struct acc_csv_record record = {.field = reader->field,
					.length = reader->length,
					.fields = reader->fields,
					.line = reader->scan.line_of[0],
					.unused = reader->quick.unused,
					.column = reader->scan.column,
					.line_of = reader->scan.line_of};
	const char *file = reader->stream->name;
	bool header = !reader->records++, ragged = reader->options->ragged;
	if (header)
		reader->expected = ragged ? 0 : reader->fields;
	if (!acc_csv_check_mark(&record, file, reader->messages) ||
	    (!ragged && !acc_csv_check_width(&record, reader->expected, file, reader->messages))) {
		reader->bad = true;
		return !header;
	}
	if (!reader->options->as_is && !acc_nfc_record(&reader->nfc, &record)) {
		acc_error_memory(reader->messages);
		return false;
	}
	if (header && !ragged && !reader->options->no_header &&
	    !acc_csv_check_header(&record, file, reader->messages))
		return false;
	return reader->callback(reader->context, &record);
}

/* ---- libcsv, piece by piece ---- */

/* libcsv refused byte `at` of a piece. A quoted field that began lines before most likely lost its
 * closing quote there. */
static bool
refuse_quote(struct reader *reader, const struct acc_csv_piece *piece, size_t at)
{
	const unsigned char *bytes = reader->stream->chunk + reader->stream->begin;
	struct acc_place place = acc_csv_piece_place(piece, bytes, at);
	struct acc_place opened = field_place(reader, reader->fields);
	unsigned char byte = bytes[piece->begin + at];
	place.file = reader->stream->name;
	if (opened.line < place.line)
		acc_error(reader->messages, ACC_EXIT_DATA, opened,
			  "the quote that opens here closes on line %llu, column %llu, in the "
			  "middle of a text; is its closing quote missing?",
			  (unsigned long long)place.line, (unsigned long long)place.column);
	else if (byte == '"')
		acc_error(reader->messages, ACC_EXIT_DATA, place,
			  "a quote inside a field; put the whole field in quotes and write each "
			  "quote in it twice");
	else
		acc_error(reader->messages, ACC_EXIT_DATA, place,
			  "text after a closing quote; write each quote inside a field twice");
	return false;
}

static bool
parse_piece(struct reader *reader, const struct acc_csv_piece *piece)
{
	const unsigned char *bytes = reader->stream->chunk + reader->stream->begin + piece->begin;
	size_t done = csv_parse(&reader->parser, bytes, piece->length, on_field, on_record, reader);
	if (reader->failed || csv_error(&reader->parser) == CSV_ENOMEM ||
	    csv_error(&reader->parser) == CSV_ETOOBIG) {
		acc_error_memory(reader->messages);
		return false;
	}
	return done == piece->length || refuse_quote(reader, piece, done);
}

static bool
take_record(struct reader *reader)
{
	bool go_on = !reader->whole || deliver(reader);
	reader->whole = false;
	reader->fields = 0;
	reader->used = 0;
	return go_on;
}

/* What the index can cut. False: stop reading. *more: only the next chunk says how it goes on. */
static bool
read_quickly(struct reader *reader, bool *more)
{
	struct acc_csv_stream *stream = reader->stream;
	const struct acc_csv_scan *scan = &reader->scan;
	*more = false;
	if (reader->options->careful || !reader->records || scan->state != ACC_CSV_BETWEEN ||
	    scan->offset != scan->line_start || !acc_csv_index_takes(stream->separator))
		return true;
	reader->quick.glance = reader->options->glance;
	reader->quick.nfc = reader->options->as_is ? NULL : &reader->nfc;
	enum acc_csv_run run = acc_csv_quick_run(
	    &reader->quick, stream, &reader->scan, reader->expected, reader->callback,
	    reader->context, &reader->records, &reader->bad, reader->messages);
	*more = run == ACC_CSV_MORE && !stream->ended && stream->begin;
	return run != ACC_CSV_STOPPED;
}

static bool
read_chunk(struct reader *reader)
{
	struct acc_csv_stream *stream = reader->stream;
	while (stream->begin < stream->length) {
		struct acc_csv_piece piece;
		bool more;
		if (!read_quickly(reader, &more))
			return false;
		if (more || stream->begin == stream->length)
			return true;
		size_t used =
		    acc_csv_scan_piece(&reader->scan, stream->chunk + stream->begin,
				       stream->length - stream->begin, &piece, reader->messages);
		if (!used || (piece.length && !parse_piece(reader, &piece)))
			return false;
		if (piece.ends && piece.length && !take_record(reader))
			return false;
		stream->begin += used;
	}
	return true;
}

static bool
read_end(struct reader *reader)
{
	if (!acc_csv_scan_end(&reader->scan, reader->messages))
		return false;
	if (csv_fini(&reader->parser, on_field, on_record, reader) || reader->failed) {
		acc_error_memory(reader->messages);
		return false;
	}
	if (!take_record(reader))
		return false;
	struct acc_place place = {.file = reader->stream->name};
	bool lenient = reader->options->headerless_ok;
	bool headed = !reader->options->ragged && !reader->options->no_header;
	if (!reader->records && !lenient)
		acc_error(reader->messages, ACC_EXIT_DATA, place, "empty input");
	else if (reader->records == 1 && !lenient && headed)
		acc_error(reader->messages, ACC_EXIT_DATA, place,
			  "no data rows: there is a header and nothing after it");
	else
		return !reader->bad;
	return false;
}

static bool
read_all(struct reader *reader)
{
	struct acc_csv_stream *stream = reader->stream;
	if (!acc_csv_stream_begin(stream, reader->options->separator, reader->options->comments,
				  reader->messages))
		return false;
	acc_csv_scan_begin(&reader->scan, stream->name, stream->line, stream->separator,
			   reader->options->comments);
	csv_set_delim(&reader->parser, (unsigned char)stream->separator);
	while (stream->length) {
		if (!read_chunk(reader) || !acc_csv_stream_next(stream, reader->messages))
			return false;
		reader->quick.window_bytes = 0;
	}
	return read_end(reader);
}

bool
acc_csv_read_stream(struct acc_csv_stream *stream, const struct acc_csv_options *options,
		    acc_csv_callback *callback, void *context, struct acc_messages *messages)
{
	struct reader *reader = calloc(1, sizeof *reader);
	if (!reader) {
		acc_error_memory(messages);
		acc_csv_close(stream);
		return false;
	}
	reader->stream = stream;
	reader->options = options;
	reader->callback = callback;
	reader->context = context;
	reader->messages = messages;
	bool memory = acc_csv_index_begin(&reader->quick.index);
	if (!memory)
		acc_error_memory(messages);
	csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
	/* The default step of 128 bytes makes long fields quadratic. */
	csv_set_blk_size(&reader->parser, 1 << 16);
	bool good = memory && read_all(reader);
	acc_csv_index_free(&reader->quick.index);
	free(reader->quick.unescaped);
	csv_free(&reader->parser);
	acc_nfc_free(&reader->nfc);
	free(reader->bytes);
	free(reader);
	acc_csv_close(stream);
	return good;
}

bool
acc_csv_read(const char *path, const struct acc_csv_options *options, acc_csv_callback *callback,
	     void *context, struct acc_messages *messages)
{
	char none[1];
	size_t length;
	struct acc_csv_stream *stream = acc_csv_open(path, none, 0, &length, messages);
	return stream && acc_csv_read_stream(stream, options, callback, context, messages);
}

#define TEXT(x)  TEXT_(x)
#define TEXT_(x) #x
const char acc_csv_version[] = TEXT(CSV_MAJOR) "." TEXT(CSV_MINOR) "." TEXT(CSV_RELEASE);
