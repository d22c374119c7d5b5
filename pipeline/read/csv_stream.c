#include "pipeline/read/csv_stream.h"

#include "pipeline/command/progress.h"
#include "pipeline/write/output.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- opening, reading, closing ---- */

static bool
fail_reading(const struct acc_csv_stream *stream, const char *what, struct acc_messages *messages)
{
	struct acc_place place = {.file = stream->name};
	if (errno == ENOMEM)
		acc_error_memory(messages);
	else
		acc_error(messages, ACC_EXIT_IO, place, "cannot %s: %s", what, strerror(errno));
	return false;
}

bool
acc_csv_stream_next(struct acc_csv_stream *stream, struct acc_messages *messages)
{
	stream->length -= stream->begin;
	memmove(stream->chunk, stream->chunk + stream->begin, stream->length);
	stream->begin = 0;
	do {
		size_t room = ACC_CSV_CHUNK - stream->length;
		if (stream->part && stream->left < room)
			room = (size_t)stream->left;
		clearerr(stream->file);
		size_t read = fread(stream->chunk + stream->length, 1, room, stream->file);
		stream->length += read;
		acc_progress_step(read);
		stream->left -= stream->part ? read : 0;
	} while (ferror(stream->file) && errno == EINTR);
	stream->ended = feof(stream->file) || (stream->part && !stream->left);
	if (ferror(stream->file)) {
		stream->length = 0;
		return fail_reading(stream, "read", messages);
	}
	return true;
}

static bool
open_file(struct acc_csv_stream *stream, const char *path, struct acc_messages *messages)
{
	stream->line = 1;
	stream->name = path ? path : "-";
	if (strcmp(stream->name, "-")) {
		stream->file = fopen(path, "rbe");
		/* Chunks are large: a buffer between would be filled and copied beside them. */
		if (stream->file)
			setvbuf(stream->file, NULL, _IONBF, 0);
		return stream->file || fail_reading(stream, "open", messages);
	}
	if (acc_output_stdin_closed()) {
		struct acc_place place = {.file = "-"};
		acc_error(messages, ACC_EXIT_IO, place, "cannot read: standard input is closed");
		return false;
	}
	stream->file = stdin;
	off_t origin = lseek(STDIN_FILENO, 0, SEEK_CUR);
	stream->origin = origin < 0 ? 0 : (uint64_t)origin;
	return true;
}

static bool
is_regular(const struct acc_csv_stream *stream, struct stat *stat)
{
	return !fstat(fileno(stream->file), stat) && S_ISREG(stat->st_mode);
}

uint64_t
acc_csv_stream_size(const struct acc_csv_stream *stream)
{
	struct stat stat;
	return is_regular(stream, &stat) ? (uint64_t)stat.st_size : 0;
}

bool
acc_csv_repeats(const struct acc_csv_stream *stream)
{
	struct stat stat;
	return is_regular(stream, &stat);
}

struct acc_csv_stream *
acc_csv_reopen(const char *path, uint64_t origin, struct acc_messages *messages)
{
	char none[1];
	size_t length;
	bool standard = !path || !strcmp(path, "-");
	if (standard && fseeko(stdin, (off_t)origin, SEEK_SET)) {
		struct acc_place place = {.file = "-"};
		acc_error(messages, ACC_EXIT_IO, place, "cannot read again: %s", strerror(errno));
		return NULL;
	}
	return acc_csv_open(path, none, 0, &length, messages);
}

void
acc_csv_close(struct acc_csv_stream *stream)
{
	if (stream && stream->file && stream->file != stdin)
		fclose(stream->file);
	free(stream);
}

struct acc_csv_stream *
acc_csv_open(const char *path, char *head, size_t size, size_t *length,
	     struct acc_messages *messages)
{
	*length = 0;
	struct acc_csv_stream *stream = calloc(1, sizeof *stream);
	if (!stream) {
		acc_error_memory(messages);
		return NULL;
	}
	if (!open_file(stream, path, messages) || !acc_csv_stream_next(stream, messages)) {
		acc_csv_close(stream);
		return NULL;
	}
	*length = stream->length < size ? stream->length : size;
	memcpy(head, stream->chunk, *length);
	return stream;
}

struct acc_csv_stream *
acc_csv_open_part(const char *path, const char *head, size_t length, uint64_t begin, uint64_t end,
		  struct acc_messages *messages)
{
	struct acc_csv_stream *stream = calloc(1, sizeof *stream);
	if (!stream) {
		acc_error_memory(messages);
		return NULL;
	}
	stream->part = true;
	stream->left = end - begin;
	memcpy(stream->chunk, head, length);
	stream->length = length;
	if (!open_file(stream, path, messages) || (fseeko(stream->file, (off_t)begin, SEEK_SET) &&
						   !fail_reading(stream, "read", messages))) {
		acc_csv_close(stream);
		return NULL;
	}
	return stream;
}

/* ---- what is no CSV ---- */

#define SAVE "save it as CSV in UTF-8"

/* First match wins: the UTF-32 mark begins with that of UTF-16. */
static const struct {
	const char *bytes;
	size_t length;
	const char *what, *advice;
} signatures[] = {
    {"\xff\xfe\0\0", 4, "UTF-32 text", SAVE},
    {"\0\0\xfe\xff", 4, "UTF-32 text", SAVE},
    {"\xff\xfe", 2, "UTF-16 text", SAVE " (in Excel: \"CSV UTF-8\")"},
    {"\xfe\xff", 2, "UTF-16 text", SAVE " (in Excel: \"CSV UTF-8\")"},
    {"\x1f\x8b", 2, "a gzip file", "unpack it first, as with gunzip"},
    {"BZh", 3, "a bzip2 file", "unpack it first, as with bunzip2"},
    {"\xfd\x37zXZ\0", 6, "an xz file", "unpack it first, as with unxz"},
    {"\x28\xb5\x2f\xfd", 4, "a Zstandard file", "unpack it first, as with unzstd"},
    {"PK\3\4", 4, "a zip file (also XLSX, ODS, QDPX)", "open it in its program and " SAVE},
    {"PK\5\6", 4, "an empty zip file", SAVE},
    {"%PDF", 4, "a PDF document", "get the table itself and " SAVE},
    {"\xd0\xcf\x11\xe0", 4, "an old Office file (XLS)", "open it in its program and " SAVE},
};

static bool
refuse_signature(const struct acc_csv_stream *stream, struct acc_messages *messages)
{
	struct acc_place place = {.file = stream->name, .line = 1, .column = 1};
	for (size_t k = 0; k < sizeof signatures / sizeof *signatures; k++) {
		size_t length = signatures[k].length;
		if (stream->length < length || memcmp(stream->chunk, signatures[k].bytes, length))
			continue;
		acc_error(messages, ACC_EXIT_DATA, place, "this is %s, not CSV; %s",
			  signatures[k].what, signatures[k].advice);
		return true;
	}
	return false;
}

/* ---- the separator ---- */

static bool
ends_line(unsigned char byte)
{
	return byte == '\n' || byte == '\r';
}

/* Excel's first line "sep=;" names the separator: pass over it. 0: there is none. */
static char
pass_separator_line(struct acc_csv_stream *stream)
{
	const unsigned char *at = stream->chunk + stream->begin;
	const unsigned char *end = stream->chunk + stream->length;
	bool quoted = at < end && *at == '"';
	at += quoted;
	if (end - at < 5 || strncasecmp((const char *)at, "sep=", 4) || *at == '"')
		return 0;
	char separator = (char)at[4];
	at += 5;
	if (!memchr(",;\t|:^~!", separator, 8) || (quoted && (at == end || *at++ != '"')))
		return 0;
	if (at < end && !ends_line(*at))
		return 0;
	at += end - at >= 2 && at[0] == '\r' && at[1] == '\n' ? 2 : at < end;
	stream->begin = (size_t)(at - stream->chunk);
	stream->line = 2;
	return separator;
}

/* The line that holds the header: neither blank nor a comment. */
static const unsigned char *
header_line(const struct acc_csv_stream *stream, bool comments)
{
	const unsigned char *at = stream->chunk + stream->begin;
	const unsigned char *end = stream->chunk + stream->length;
	while (at < end) {
		const unsigned char *begin = at;
		while (at < end && (*at == ' ' || *at == '\t'))
			at++;
		if (at == end || (!ends_line(*at) && !(comments && *at == '#')))
			return begin;
		while (at < end && !ends_line(*at))
			at++;
		at += at < end;
	}
	return at;
}

/* The candidate that occurs most often outside quotes; the comma when there is none. */
static char
find_separator(const struct acc_csv_stream *stream, bool comments)
{
	static const char candidates[4] = {',', ';', '\t', '|'};
	size_t count[4] = {0}, best = 0;
	bool quoted = false;
	const unsigned char *end = stream->chunk + stream->length;
	for (const unsigned char *at = header_line(stream, comments); at < end; at++) {
		if (!quoted && ends_line(*at))
			break;
		if (*at == '"')
			quoted = !quoted;
		for (size_t k = 0; k < 4 && !quoted; k++)
			count[k] += *at == (unsigned char)candidates[k];
	}
	for (size_t k = 1; k < 4; k++)
		if (count[k] > count[best])
			best = k;
	return candidates[best];
}

bool
acc_csv_stream_begin(struct acc_csv_stream *stream, char separator, bool comments,
		     struct acc_messages *messages)
{
	if (refuse_signature(stream, messages))
		return false;
	if (stream->length >= 3 && !memcmp(stream->chunk, "\xef\xbb\xbf", 3))
		stream->begin = 3;
	char named = pass_separator_line(stream);
	stream->separator = separator ? separator : named;
	if (!stream->separator)
		stream->separator = find_separator(stream, comments);
	return true;
}
