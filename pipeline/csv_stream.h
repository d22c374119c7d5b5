/* csv_stream: an input in chunks, and what its first bytes say.
 *
 * Private to the CSV reader. */
#ifndef ACC_CSV_STREAM_H
#define ACC_CSV_STREAM_H

#include "pipeline/csv.h"

enum { ACC_CSV_CHUNK = 1 << 16 };

struct acc_csv_stream {
	FILE *file;       /* owned unless it is standard input */
	const char *name; /* borrowed; "-" for standard input */
	size_t begin;     /* first byte of the chunk that is not read yet */
	size_t length;    /* bytes in the chunk */
	uint64_t line;    /* line on which `begin` stands, known for the first chunk */
	char separator;   /* found by acc_csv_stream_begin */
	unsigned char chunk[ACC_CSV_CHUNK];
};

/* Look at the first chunk: refuse what is no UTF-8 CSV, pass over a byte order mark and a "sep="
 * line, find the separator. */
bool acc_csv_stream_begin(struct acc_csv_stream *stream, const struct acc_csv_options *options,
			  struct acc_messages *messages);

/* Read the next chunk; a length of 0 is the end. False with a message when reading fails. */
bool acc_csv_stream_next(struct acc_csv_stream *stream, struct acc_messages *messages);

#endif
