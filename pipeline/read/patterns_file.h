/* patterns_file: patterns as text, to keep, merge and reread. docs/formats.md section 3 says how it
 * looks. */
#ifndef ACC_PATTERNS_FILE_H
#define ACC_PATTERNS_FILE_H

#include "pipeline/read/csv.h"
#include "stats/patterns.h"

/* How every patterns file begins, and how those of this version do. */
#define ACC_PATTERNS_KIND      "# accord patterns "
#define ACC_PATTERNS_SIGNATURE ACC_PATTERNS_KIND "1"

/* The text of canonical patterns. */
void acc_patterns_write(struct acc_text *text, const struct acc_patterns *patterns);

/* Read patterns from an opened stream, which is closed. False with messages: a broken or truncated
 * file, or one of another version. */
bool acc_patterns_read(struct acc_patterns *patterns, struct acc_csv_stream *stream,
		       const char *file, struct acc_messages *messages);

/* "codes", "themes", "theme codes"; "listed", "document", "all". */
extern const char *const acc_design_names[3];
extern const char *const acc_seen_names[3];

#endif
