#include "pipeline/read/csv_quick.h"

#include <stdlib.h>
#include <string.h>

/* Where a run stands. */
struct run {
	struct acc_csv_quick *quick;
	struct acc_csv_stream *stream;
	unsigned char *bytes; /* of the window */
	size_t begin;         /* of the next line, in the window */
	uint64_t line;
	bool after_cr;
	unsigned char separator;
	size_t expected; /* fields; 0: any number */
	acc_csv_callback *glance, *callback;
	void *context;
	struct acc_messages *messages;
	uint64_t records;
	bool bad;
	struct acc_csv_record record; /* the open one */
};

/* ---- the window ---- */

static void
index_window(struct run *run)
{
	struct acc_csv_quick *quick = run->quick;
	quick->window += run->begin;
	run->bytes += run->begin;
	run->begin = 0;
	size_t bytes = run->stream->length - quick->window;
	quick->window_bytes = bytes < ACC_CSV_INDEX_BYTES ? bytes : ACC_CSV_INDEX_BYTES;
	quick->end = quick->inner = 0;
	acc_csv_index_bytes(&quick->index, run->bytes, quick->window_bytes, (char)run->separator);
}

/* Is there an index for what comes next? One that was left for libcsv goes on after its record. */
static void
find_window(struct run *run)
{
	struct acc_csv_quick *quick = run->quick;
	struct acc_csv_index *index = &quick->index;
	size_t begin = run->stream->begin;
	bool within =
	    quick->window_bytes && begin >= quick->window && begin - quick->window < index->stop;
	if (!within)
		quick->window = begin;
	run->bytes = run->stream->chunk + quick->window;
	run->begin = begin - quick->window;
	if (!within) {
		index_window(run);
		return;
	}
	while (quick->end < index->ends && index->end[quick->end] < run->begin)
		quick->end++;
	while (quick->inner < index->inners && index->inner[quick->inner] < run->begin)
		quick->inner++;
}

/* ---- lines ---- */

/* Pass over what ends no record: the LF of a CR LF, and empty lines. */
static void
pass_empty(struct run *run)
{
	struct acc_csv_quick *quick = run->quick;
	const uint32_t *end = quick->index.end;
	while (quick->end < quick->index.ends && end[quick->end] == run->begin) {
		unsigned char byte = run->bytes[run->begin];
		if (byte == run->separator)
			return;
		run->line += !(byte == '\n' && run->after_cr);
		run->after_cr = byte == '\r';
		run->begin++;
		quick->end++;
	}
}

/* The record is over. */
static void
pass_record(struct run *run, size_t fields)
{
	struct acc_csv_quick *quick = run->quick;
	const struct acc_csv_index *index = &quick->index;
	size_t end = index->end[quick->end + fields - 1];
	while (quick->inner < index->inners && index->inner[quick->inner] < end) {
		quick->inner++;
		run->line++;
	}
	run->line++;
	run->begin = end + 1;
	quick->end += fields;
}

/* ---- fields ---- */

static bool
blank(const struct run *run, unsigned char byte)
{
	return (byte == ' ' || byte == '\t') && byte != run->separator;
}

/* A text with doubled quotes, with single ones. False: no memory. */
static bool
unescape(struct acc_csv_quick *quick, size_t k)
{
	/* All fields of a record are within one window. */
	if (!quick->unescaped &&
	    !(quick->unescaped = malloc(ACC_CSV_INDEX_BYTES + ACC_CSV_PADDING)))
		return false;
	char *begin = quick->unescaped + quick->unescaped_used, *to = begin;
	const char *from = quick->field[k], *end = from + quick->length[k];
	while (from < end) {
		const char *quote = memchr(from, '"', (size_t)(end - from));
		size_t length = (size_t)((quote ? quote + 1 : end) - from);
		memcpy(to, from, length);
		to += length;
		from += length + (quote != NULL);
	}
	*to = 0;
	quick->field[k] = begin;
	quick->length[k] = (size_t)(to - begin);
	quick->unescaped_used += quick->length[k] + 1;
	return true;
}

/* A field that is quoted, or has something to trim. False: no memory. */
static bool
finish(struct run *run, size_t k, size_t from, size_t to)
{
	struct acc_csv_quick *quick = run->quick;
	const unsigned char *bytes = run->bytes;
	bool quoted = bytes[from] == '"';
	if (quoted)
		from++, to--;
	while (!quoted && from < to && blank(run, bytes[from]))
		from++;
	while (!quoted && from < to && blank(run, bytes[to - 1]))
		to--;
	quick->field[k] = (const char *)bytes + from;
	quick->length[k] = to - from;
	return !quoted || !memchr(bytes + from, '"', to - from) || unescape(quick, k);
}

/* Find the fields of the record that begins here. Returns how many: 0 when its end is not indexed,
 * or there are not as many as expected, or (*memory false) there is no memory. */
static size_t
cut(struct run *run, bool *memory)
{
	struct acc_csv_quick *quick = run->quick;
	const unsigned char *bytes = run->bytes;
	const uint32_t *end = quick->index.end + quick->end;
	size_t left = quick->index.ends - quick->end, from = run->begin;
	size_t most = run->expected ? run->expected : ACC_CSV_COLUMNS_MAX;
	if (left < most)
		most = left;
	for (size_t k = 0; k < most; k++) {
		size_t to = end[k];
		/* Blanks and the quote are the least bytes that text begins or ends with. */
		if (from < to && (bytes[from] <= '"' || bytes[to - 1] <= ' ') &&
		    !quick->unused[k]) {
			if (!finish(run, k, from, to)) {
				*memory = false;
				return 0;
			}
		} else {
			quick->field[k] = (const char *)bytes + from;
			quick->length[k] = to - from;
		}
		if (bytes[to] != run->separator)
			return run->expected && k + 1 != run->expected ? 0 : k + 1;
		from = to + 1;
	}
	return 0;
}

/* ---- records ---- */

static bool
deliver(struct run *run)
{
	struct acc_csv_record *record = &run->record;
	struct acc_csv_quick *quick = run->quick;
	for (size_t k = 0; k < record->fields; k++)
		*(char *)(uintptr_t)(record->field[k] + record->length[k]) = 0;
	if (quick->index.high && quick->nfc && !acc_nfc_record(quick->nfc, record)) {
		acc_error_memory(run->messages);
		return false;
	}
	if ((unsigned char)*record->field[0] != 0xef ||
	    acc_csv_check_mark(record, run->stream->name, run->messages))
		return run->callback(run->context, record);
	run->bad = true;
	return true;
}

/* Hand the record on, which has been cut. */
static bool
take_record(struct run *run, size_t fields)
{
	struct acc_csv_quick *quick = run->quick;
	struct acc_csv_record *record = &run->record;
	bool go_on = true;
	run->after_cr = run->bytes[quick->index.end[quick->end + fields - 1]] == '\r';
	if (fields > 1 || quick->length[0] || run->bytes[run->begin] == '"') {
		record->fields = fields;
		record->line = run->line;
		record->begin = run->begin;
		record->end = quick->index.end + quick->end;
		run->records++;
		if (!run->glance || quick->index.high || !run->glance(run->context, record))
			go_on = deliver(run);
	}
	pass_record(run, fields);
	return go_on;
}

static enum acc_csv_run
take_records(struct run *run)
{
	struct acc_csv_quick *quick = run->quick;
	bool memory = true;
	for (;;) {
		pass_empty(run);
		quick->unescaped_used = 0;
		run->record.field = quick->field;
		run->record.length = quick->length;
		run->record.bytes = run->bytes;
		size_t fields = cut(run, &memory);
		if (fields) {
			if (!take_record(run, fields))
				return ACC_CSV_STOPPED;
			continue;
		}
		if (!memory) {
			acc_error_memory(run->messages);
			return ACC_CSV_STOPPED;
		}
		size_t left = quick->index.ends - quick->end;
		bool all = left < (run->expected ? run->expected : SIZE_MAX);
		bool last = quick->window + quick->window_bytes == run->stream->length;
		if (!all || quick->index.stumbled || (!last && !run->begin))
			return ACC_CSV_CAREFUL;
		if (last)
			return ACC_CSV_MORE;
		index_window(run);
	}
}

enum acc_csv_run
acc_csv_quick_run(struct acc_csv_quick *quick, struct acc_csv_stream *stream,
		  struct acc_csv_scan *scan, size_t expected, acc_csv_callback *callback,
		  void *context, uint64_t *records, bool *bad, struct acc_messages *messages)
{
	struct run run = {.quick = quick,
			  .stream = stream,
			  .line = scan->line,
			  .after_cr = scan->cr_end == scan->offset,
			  .separator = (unsigned char)stream->separator,
			  .expected = expected,
			  .glance = quick->glance,
			  .callback = callback,
			  .context = context,
			  .messages = messages,
			  .record.unused = quick->unused};
	find_window(&run);
	enum acc_csv_run ended = take_records(&run);
	size_t begin = quick->window + run.begin;
	scan->offset += begin - stream->begin;
	stream->begin = begin;
	scan->line = run.line;
	scan->line_start = scan->offset;
	scan->inner = 0;
	scan->cr_end = run.after_cr ? scan->offset : UINT64_MAX;
	*records += run.records;
	*bad = *bad || run.bad;
	return ended;
}
