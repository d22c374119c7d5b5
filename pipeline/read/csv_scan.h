/* csv_scan: one pass over every byte that knows where it is.
 *
 * libcsv says neither lines nor columns and lets any byte pass. The scan goes ahead of it, checks
 * the bytes (strict UTF-8, no NUL, no Ctrl-Z), counts lines and characters, notes where each field
 * begins, passes over blank lines, and cuts the input into pieces that end where a record ends.
 * Quotes are only counted: in text that libcsv accepts, an odd number of them means inside.
 *
 * Private to the CSV reader. */
#ifndef ACC_CSV_SCAN_H
#define ACC_CSV_SCAN_H

#include "pipeline/read/csv_record.h"
#include "plots/utf8.h"

struct acc_csv_scan {
	const char *file;         /* borrowed, for messages */
	unsigned char class[256]; /* 0: a byte that needs no look */
	char separator;
	bool comments; /* lines before the first record may begin with '#' */

	uint64_t offset;     /* of the first byte not scanned yet */
	uint64_t line;       /* of that byte, from 1 */
	uint64_t line_start; /* offset at which the line begins */
	uint64_t inner;      /* continuation bytes in the line so far: they are no characters */
	uint64_t cr_end;     /* offset after the last CR: a LF there ends no further line */
	struct acc_utf8 utf8;
	unsigned char lead; /* first byte of the character that utf8 is inside */
	uint64_t lead_column;

	enum { ACC_CSV_BETWEEN, ACC_CSV_COMMENT, ACC_CSV_RECORD } state;
	bool any;                           /* a record has begun */
	bool quoted;                        /* inside quotes */
	bool field_quoted;                  /* the open field has had a quote */
	uint64_t record_start, field_start; /* offsets */
	size_t fields;                      /* of the open record, the open field included */
	uint64_t column[ACC_CSV_COLUMNS_MAX], line_of[ACC_CSV_COLUMNS_MAX]; /* of each field */
};

/* A run of bytes of one record. */
struct acc_csv_piece {
	size_t begin, length;   /* length 0: nothing to parse */
	bool ends;              /* the record ends with it */
	struct acc_place place; /* of its first byte */
	bool after_cr;          /* the byte before it was a CR inside quotes */
};

void acc_csv_scan_begin(struct acc_csv_scan *scan, const char *file, uint64_t line, char separator,
			bool comments);

/* Scan bytes up to the end of a record or of the bytes. Returns how many were scanned; 0 with a
 * message when something is refused. */
size_t acc_csv_scan_piece(struct acc_csv_scan *scan, const unsigned char *bytes, size_t length,
			  struct acc_csv_piece *piece, struct acc_messages *messages);

/* The input has ended here. False with a message inside a character or inside quotes. */
bool acc_csv_scan_end(const struct acc_csv_scan *scan, struct acc_messages *messages);

/* The place of byte `at` of a piece. */
struct acc_place acc_csv_piece_place(const struct acc_csv_piece *piece, const unsigned char *bytes,
				     size_t at);

#endif
