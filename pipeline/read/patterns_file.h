/* patterns_file: patterns as text, to keep, merge and reread. docs/formats.md section 3 says how it
 * looks. */
#ifndef ACC_PATTERNS_FILE_H
#define ACC_PATTERNS_FILE_H

#include "pipeline/read/csv.h"
#include "pipeline/read/shard_head.h"
#include "stats/patterns.h"

/* How every patterns file begins, and how those of this version do. */
#define ACC_PATTERNS_KIND      "# accord patterns "
#define ACC_PATTERNS_SIGNATURE ACC_PATTERNS_KIND "1"

/* Read patterns from an opened stream, which is closed; `shard` is told which shard they are, if
 * they are one (columns owned by the caller), as far as the file could be read. False with
 * messages: a broken or truncated file, or one of another version. */
bool acc_patterns_read(struct acc_patterns *patterns, struct acc_shard *shard,
		       struct acc_csv_stream *stream, const char *file,
		       struct acc_messages *messages);

/* "codes", "themes", "theme codes"; "listed", "document", "all". */
extern const char *const acc_design_names[3];
extern const char *const acc_seen_names[3];

/* "panel", "folded", "pair": what the patterns keep of units. */
enum acc_section { ACC_SECTION_PANEL, ACC_SECTION_FOLDED, ACC_SECTION_PAIR, ACC_SECTIONS };
extern const char *const acc_section_names[ACC_SECTIONS];
enum acc_section acc_patterns_section(const struct acc_patterns *patterns);

/* The labels of a patterns file: the word that begins their lines, and where they are kept. */
struct acc_label_kind {
	const char *word;
	struct acc_vocabulary *vocabulary;
};
enum { ACC_LABEL_KINDS = 6 };
void acc_label_kinds(struct acc_patterns *patterns, struct acc_label_kind kind[ACC_LABEL_KINDS]);

#endif
