/* csv: strict CSV reading on libcsv, with everything libcsv does not check.
 *
 * Reads a whole input and calls back once per record. Refuses, each with file:line:column: what is
 * not UTF-8, NUL and Ctrl-Z; UTF-16/32, gzip, zip, PDF and spreadsheet files by their first bytes;
 * quotes in the wrong place, a quote that never closes (naming where it opened); columns without a
 * name or with the same one; records with more or fewer fields than the header (all of them are
 * said, the others still delivered); fields above ACC_CSV_FIELD_MAX bytes, records above
 * ACC_CSV_COLUMNS_MAX fields or ACC_CSV_RECORD_MAX bytes. Accepts a UTF-8 byte order mark, Excel's
 * "sep=;" line, LF, CRLF and CR, blank lines, no final newline. Lines are those of the file, also
 * after blank lines and line ends inside quotes. Blanks around a field are dropped unless it is
 * quoted. Text is brought into NFC (nfc.h). */
#ifndef ACC_CSV_H
#define ACC_CSV_H

#include "pipeline/command/message.h"
#include "pipeline/read/csv_record.h"
#include "pipeline/read/csv_stream.h"
#include <stdbool.h>

struct acc_csv_options {
	/* Called before the callback, which is passed over where this returns true, with records
	 * that need no judgement, the header never. Their fields do not end with 0: to end them
	 * costs more than to read them. Optional. */
	acc_csv_callback *glance;
	char separator; /* 0: a first line "sep=;", else found from the header line: , ; TAB or | */
	bool ragged; /* records may differ in their number of fields (Accord's own sectioned files);
		      * then the first record is not checked as a header */
	bool headerless_ok; /* do not object to an input without records, or with a header only */
	bool no_header;     /* the first record is data: it is not checked as a header */
	bool as_is;         /* fields as they are; otherwise in Unicode's composed form (nfc.h) */
	bool careful;  /* every record through libcsv, for tests: it is slower and no different */
	bool comments; /* lines before the first record that begin with '#' are passed over */
};

/* Read `path` ("-" or NULL: standard input) to its end. Returns true when every record was
 * delivered and accepted; else messages says why. */
bool acc_csv_read(const char *path, const struct acc_csv_options *options,
		  acc_csv_callback *callback, void *context, struct acc_messages *messages);

/* The same for a stream from acc_csv_open, which it closes. */
bool acc_csv_read_stream(struct acc_csv_stream *stream, const struct acc_csv_options *options,
			 acc_csv_callback *callback, void *context, struct acc_messages *messages);

/* The version of libcsv it was built with. */
extern const char acc_csv_version[];

#endif
