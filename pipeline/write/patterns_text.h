/* patterns_text: patterns as the text of a patterns file (pipeline/read/patterns_file.h reads it).
 */
#ifndef ACC_PATTERNS_TEXT_H
#define ACC_PATTERNS_TEXT_H

#include "pipeline/read/shard_head.h"
#include "stats/patterns.h"

/* The text of canonical patterns; of one shard, or with NULL (or no parts) of a whole study. */
void acc_patterns_write(struct acc_text *text, const struct acc_patterns *patterns,
			const struct acc_shard *shard);

#endif
