/* csv_check: what a record must be beside well-formed.
 *
 * Private to the CSV reader. Each says what is wrong and returns false. */
#ifndef ACC_CSV_CHECK_H
#define ACC_CSV_CHECK_H

#include "pipeline/csv.h"

/* Every column has a name of its own. */
bool acc_csv_check_header(const struct acc_csv_record *record, const char *file,
			  struct acc_messages *messages);

/* As many fields as the header. */
bool acc_csv_check_width(const struct acc_csv_record *record, size_t expected, const char *file,
			 struct acc_messages *messages);

/* No byte order mark at the start of a line: files were joined there, and it would make of "d1"
 * two units. */
bool acc_csv_check_mark(const struct acc_csv_record *record, const char *file,
			struct acc_messages *messages);

#endif
