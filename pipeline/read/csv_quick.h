/* csv_quick: the records of a chunk that an index can cut, without libcsv and without copies.
 *
 * Fields are ended with a 0 where they stand, for those who want it. Private to the CSV reader. */
#ifndef ACC_CSV_QUICK_H
#define ACC_CSV_QUICK_H

#include "pipeline/read/csv_index.h"
#include "pipeline/read/csv_scan.h"
#include "pipeline/read/csv_stream.h"
#include "pipeline/read/nfc.h"

struct acc_csv_quick {
	struct acc_csv_index index;
	size_t window;            /* offset in the chunk of what is indexed */
	size_t window_bytes;      /* 0: nothing is */
	size_t end, inner;        /* the next ones of the index */
	acc_csv_callback *glance; /* see acc_csv_options */
	struct acc_nfc *nfc;      /* borrowed; NULL: fields as they are */
	char *unescaped;          /* owned: texts with doubled quotes */
	size_t unescaped_used;
	const char *field[ACC_CSV_COLUMNS_MAX];
	size_t length[ACC_CSV_COLUMNS_MAX];
	bool unused[ACC_CSV_COLUMNS_MAX];
};

/* How a run of records ended. */
enum acc_csv_run {
	ACC_CSV_CAREFUL, /* the next record needs libcsv */
	ACC_CSV_MORE,    /* the chunk ends inside the next record, or with the last */
	ACC_CSV_STOPPED  /* the callback said so, or there is no memory */
};

/* Deliver records from stream->begin on, which must be the beginning of a line, and take the scan
 * along. `expected` is the number of fields each must have; 0: any. Counts them in *records and
 * sets *bad when one was refused with a message. */
enum acc_csv_run acc_csv_quick_run(struct acc_csv_quick *quick, struct acc_csv_stream *stream,
				   struct acc_csv_scan *scan, size_t expected,
				   acc_csv_callback *callback, void *context, uint64_t *records,
				   bool *bad, struct acc_messages *messages);

#endif
