/* csv_cut: where a file can be cut, so that its parts can be read side by side.
 *
 * A cut is made where a record begins and what stands in some columns changes: rows that belong
 * together stay together. It is a guess from the rows around it, for all before might have to be
 * read to know whether it stands inside quotes. It need not be proved: where one is wrong, the part
 * before it ends inside quotes, which is an error of that part. */
#ifndef ACC_CSV_CUT_H
#define ACC_CSV_CUT_H

#include "pipeline/read/csv_stream.h"

enum { ACC_CSV_PARTS_MAX = 256 };

/* How a file begins: what each part is read behind. */
struct acc_csv_head {
	char bytes[ACC_CSV_CHUNK]; /* up to the end of the first record */
	size_t length;
	char separator;
	uint64_t size; /* of the file */
};

/* Look at a file. False where it is no regular one, or one that is not to be cut. */
bool acc_csv_head(struct acc_csv_head *head, const char *path, char separator);

/* Cut a file of so many columns into at most `parts` of about the same size, between rows that say
 * something else in one of the `kept` columns keep[kept], or between any (0 of them). Part i is
 * from at[i] to at[i + 1]. Returns how many there are: 1 where there is no place for a cut. */
size_t acc_csv_cut(const struct acc_csv_head *head, const char *path, size_t columns,
		   const size_t *keep, size_t kept, size_t parts, uint64_t *at);

#endif
