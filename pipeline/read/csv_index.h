/* csv_index: where the fields of a run of records end, sixteen or more bytes at a time.
 *
 * The quick way through what needs no judgement: valid UTF-8 in which each quote stands where it
 * must. A quote opens after a separator or a line end and closes before one; two inside are one.
 * Whatever else comes is left to libcsv: the index stops there. What it does index, it reads as
 * libcsv does; tests/unit/test_csv_index.c holds the two against each other.
 *
 * Private to the CSV reader. */
#ifndef ACC_CSV_INDEX_H
#define ACC_CSV_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	ACC_CSV_INDEX_BYTES = 1 << 16, /* indexed at a time, at most */
	ACC_CSV_PADDING = 64           /* bytes that may be read after the last one */
};

struct acc_csv_index {
	uint32_t *end;   /* owned: offsets of separators and line ends outside quotes, ascending */
	size_t ends;     /* how many, all of them before `stop` */
	uint32_t *inner; /* owned: offsets at which lines end inside quotes; CR LF ends one */
	size_t inners;
	bool high;     /* some of them are not ASCII */
	size_t stop;   /* up to here the bytes are indexed */
	bool stumbled; /* because of what stands within the 64 bytes after `stop` */
};

/* False: no memory. */
bool acc_csv_index_begin(struct acc_csv_index *index);
void acc_csv_index_free(struct acc_csv_index *index);

/* Can this separator be indexed? */
bool acc_csv_index_takes(char separator);

/* Index bytes[length], at most ACC_CSV_INDEX_BYTES; a record begins at the first. */
void acc_csv_index_bytes(struct acc_csv_index *index, const unsigned char *bytes, size_t length,
			 char separator);

/* The same by machine words only, as on processors that have nothing wider: for the tests. */
void acc_csv_index_words(struct acc_csv_index *index, const unsigned char *bytes, size_t length,
			 char separator);

#endif
