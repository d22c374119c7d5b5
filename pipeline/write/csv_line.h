/* csv_line: a record back to the line of CSV it was. */
#ifndef ACC_PIPELINE_CSV_LINE_H
#define ACC_PIPELINE_CSV_LINE_H

#include "pipeline/read/csv.h"
#include "plots/text.h"

/* Set the text to a record and the end of its line. A field is quoted only where a strict reader
 * would not take it back as it is, or would take the line for a comment. */
void acc_csv_line(struct acc_text *text, const struct acc_csv_record *record, char separator);

#endif
