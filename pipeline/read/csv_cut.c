#include "pipeline/read/csv_cut.h"

#include "pipeline/read/csv_index.h"
#include "pipeline/read/csv_scan.h"
#include <stdlib.h>
#include <string.h>

enum { TRIES = 256 }; /* line ends that are tried as the place of a cut */

/* ---- the head ---- */

/* Bytes up to the end of the first record; 0 where it does not end in the first chunk. */
static size_t
head_length(const struct acc_csv_stream *stream, struct acc_messages *aside)
{
	struct acc_csv_scan *scan = calloc(1, sizeof *scan);
	struct acc_csv_piece piece = {0};
	size_t at = stream->begin, used = 1;
	if (!scan)
		return 0;
	acc_csv_scan_begin(scan, stream->name, 1, stream->separator, false);
	while (used && at < stream->length && !(piece.ends && piece.length)) {
		used = acc_csv_scan_piece(scan, stream->chunk + at, stream->length - at, &piece,
					  aside);
		at += used;
	}
	free(scan);
	return piece.ends && piece.length ? at : 0;
}

bool
acc_csv_head(struct acc_csv_head *head, const char *path, char separator)
{
	struct acc_messages aside = {0};
	size_t length;
	struct acc_csv_stream *stream =
	    path && strcmp(path, "-")
		? acc_csv_open(path, head->bytes, sizeof head->bytes, &length, &aside)
		: NULL;
	head->length = 0;
	if (stream && acc_csv_repeats(stream) &&
	    acc_csv_stream_begin(stream, separator, false, &aside)) {
		head->size = acc_csv_stream_size(stream);
		head->separator = stream->separator;
		head->length = head_length(stream, &aside);
	}
	acc_csv_close(stream);
	acc_messages_free(&aside);
	return head->length && acc_csv_index_takes(head->separator);
}

/* ---- cuts ---- */

/* Some bytes of the file, indexed as if a record began at the first. */
struct window {
	const unsigned char *bytes;
	const uint32_t *end;
	size_t ends, columns;
	unsigned char separator;
};

/* Is the record whose fields end at end[0] .. of the shape that all have? */
static bool
shaped(const struct window *window, const uint32_t *end)
{
	size_t before = (size_t)(end - window->end), last = window->columns - 1;
	if (before + last >= window->ends || window->bytes[end[last]] == window->separator)
		return false;
	for (size_t k = 0; k < last; k++)
		if (window->bytes[end[k]] != window->separator)
			return false;
	return true;
}

/* Do two records, which begin at a and b, say the same in a column? */
static bool
alike(const struct window *window, const uint32_t *a, size_t begin_a, const uint32_t *b,
      size_t begin_b, size_t column)
{
	size_t from_a = column ? a[column - 1] + (size_t)1 : begin_a, to_a = a[column];
	size_t from_b = column ? b[column - 1] + (size_t)1 : begin_b, to_b = b[column];
	return to_a - from_a == to_b - from_b &&
	       !memcmp(window->bytes + from_a, window->bytes + from_b, to_a - from_a);
}

/* The ends of the record after this one, which ends with a LF, a CR or both. */
static const uint32_t *
next_record(const struct window *window, const uint32_t *end)
{
	const uint32_t *last = end + window->columns - 1;
	bool pair = window->bytes[*last] == '\r' && window->bytes[*last + 1] == '\n';
	return last + (pair ? 2 : 1);
}

/* Where the first record begins that says something else than the one before; 0: there is none. */
static size_t
change(const struct window *window, const size_t *keep, size_t kept)
{
	const uint32_t *last = window->end, *end;
	size_t last_begin = 0, begin;
	for (; shaped(window, last); last = end, last_begin = begin) {
		end = next_record(window, last);
		begin = end[-1] + (size_t)1;
		if (!shaped(window, end))
			return 0;
		if (!kept)
			return begin;
		for (size_t k = 0; k < kept; k++)
			if (!alike(window, last, last_begin, end, begin, keep[k]))
				return begin;
	}
	return 0;
}

/* The place of a cut in bytes that may begin anywhere; 0: none is found. */
static size_t
find_cut(const unsigned char *bytes, size_t length, struct acc_csv_index *index, char separator,
	 size_t columns, const size_t *keep, size_t kept)
{
	const unsigned char *at = bytes, *stop = bytes + length;
	for (int tries = 0; tries < TRIES; tries++) {
		at = memchr(at, '\n', (size_t)(stop - at));
		if (!at++ || at == stop)
			return 0;
		acc_csv_index_bytes(index, at, (size_t)(stop - at), separator);
		struct window window = {at, index->end, index->ends, columns,
					(unsigned char)separator};
		size_t place = change(&window, keep, kept);
		if (place)
			return place + (size_t)(at - bytes);
	}
	return 0;
}

size_t
acc_csv_cut(const struct acc_csv_head *head, const char *path, size_t columns, const size_t *keep,
	    size_t kept, size_t parts, uint64_t *at)
{
	unsigned char *bytes = calloc(1, ACC_CSV_INDEX_BYTES + ACC_CSV_PADDING);
	struct acc_csv_index index;
	bool memory = acc_csv_index_begin(&index);
	FILE *file = fopen(path, "rbe");
	size_t cuts = 0;
	at[0] = head->length;
	for (size_t i = 1; bytes && memory && file && columns && i < parts; i++) {
		uint64_t from = head->length + (head->size - head->length) / parts * i;
		if (fseeko(file, (off_t)from, SEEK_SET))
			break;
		size_t length = fread(bytes, 1, ACC_CSV_INDEX_BYTES, file);
		size_t place =
		    find_cut(bytes, length, &index, head->separator, columns, keep, kept);
		if (place && from + place > at[cuts])
			at[++cuts] = from + place;
	}
	at[++cuts] = head->size;
	if (file)
		fclose(file);
	acc_csv_index_free(&index);
	free(bytes);
	return cuts;
}
