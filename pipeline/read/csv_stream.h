/* csv_stream: an input in chunks, and what its first bytes say.
 *
 * For those who must look at an input before they know what reads it: what was looked at is not
 * lost. */
#ifndef ACC_CSV_STREAM_H
#define ACC_CSV_STREAM_H

#include "pipeline/command/message.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { ACC_CSV_CHUNK = 1 << 16, ACC_CSV_CHUNK_PADDING = 64 };

struct acc_csv_stream {
	FILE *file;       /* owned unless it is standard input */
	const char *name; /* borrowed; "-" for standard input */
	size_t begin;     /* first byte of the chunk that is not read yet */
	size_t length;    /* bytes in the chunk */
	uint64_t origin;  /* offset in the file at which it began */
	uint64_t line;    /* line on which `begin` stands, known for the first chunk */
	char separator;   /* found by acc_csv_stream_begin */
	bool ended;       /* nothing comes after this chunk */
	bool part;        /* only `left` further bytes of the file are read */
	uint64_t left;
	unsigned char
	    chunk[ACC_CSV_CHUNK + ACC_CSV_CHUNK_PADDING]; /* the padding is read, not used */
};

/* Open `path` ("-" or NULL: standard input), which stays borrowed, and fill `head` with its first
 * *length bytes (at most `size`). NULL with a message on error. */
struct acc_csv_stream *acc_csv_open(const char *path, char *head, size_t size, size_t *length,
				    struct acc_messages *messages);

/* Open what stands from `begin` to `end` of a file, as if `head` (at most ACC_CSV_CHUNK bytes)
 * stood before it. NULL with a message on error. */
struct acc_csv_stream *acc_csv_open_part(const char *path, const char *head, size_t length,
					 uint64_t begin, uint64_t end,
					 struct acc_messages *messages);

/* Bytes of the file; 0 where that is not known. */
uint64_t acc_csv_stream_size(const struct acc_csv_stream *stream);

/* Can the input be read again, from where it began? */
bool acc_csv_repeats(const struct acc_csv_stream *stream);

/* Open the input of a stream again, which must repeat and is closed. NULL with a message. */
struct acc_csv_stream *acc_csv_reopen(const char *path, uint64_t origin,
				      struct acc_messages *messages);

/* Give up a stream. */
void acc_csv_close(struct acc_csv_stream *stream);

/* ---- for the reader ---- */

/* Look at the first chunk: refuse what is no UTF-8 CSV, pass over a byte order mark and a "sep="
 * line, find the separator unless it is given. */
bool acc_csv_stream_begin(struct acc_csv_stream *stream, char separator, bool comments,
			  struct acc_messages *messages);

/* Read the next chunk; a length of 0 is the end. What stands after `begin` moves to its front.
 * False with a message when reading fails. */
bool acc_csv_stream_next(struct acc_csv_stream *stream, struct acc_messages *messages);

#endif
