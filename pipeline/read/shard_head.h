/* shard_head: what a part of a study says of itself, so that merging can prove that every unit is
 * in exactly one part, and every part there once.
 *
 * A shard's CSV begins with a line
 *
 *   # accord shard 3/64, key unit, xxh3_64 seed 0, rows 00000000000000001234, study HEX, version
 * 0.1.0
 *
 * and the patterns tabulated from it carry the same in their lines `shard`, `version` and `columns`
 * (docs/formats.md sections 1.9 and 3). */
#ifndef ACC_SHARD_HEAD_H
#define ACC_SHARD_HEAD_H

#include "pipeline/command/command.h"
#include "pipeline/read/unit_hash.h"

/* How a shard's CSV begins, and the most parts there can be. */
#define ACC_SHARD_HEAD "# accord shard "
enum { ACC_SHARD_HEAD_MAX = 256, ACC_SHARD_PARTS_MAX = 100000 };

/* What is kept together: all rows of a unit, or of a document. */
enum acc_shard_key { ACC_SHARD_UNIT, ACC_SHARD_DOCUMENT, ACC_SHARD_KEYS };
extern const char *const acc_shard_keys[ACC_SHARD_KEYS];

struct acc_shard {
	uint32_t index, parts; /* parts 0: not a shard, but a whole study */
	enum acc_shard_key key;
	uint64_t seed;
	uint64_t rows;               /* records, the header not counted */
	char study[ACC_DIGEST_TEXT]; /* fingerprint or name of the data; "": unknown */
	char version[24];            /* of Accord, which wrote it */
	char *columns;               /* owned: CSV fields that say how the ratings were read; NULL:
					unknown */
};

void acc_shard_free(struct acc_shard *shard);

/* The line, with its end; always equally long for the same parts, key and seed. */
void acc_shard_write_head(const struct acc_shard *shard, char line[ACC_SHARD_HEAD_MAX]);

/* Read it from the first bytes of a file. False: it is no such line of this version. */
bool acc_shard_read_head(struct acc_shard *shard, const char *bytes);

/* What --shard, --key, --shard-seed and --shard-study say of the input; parts 0 without --shard.
 * False with a message. */
bool acc_shard_options(struct acc_command *command, struct acc_shard *shard);

/* Say where two shards are not of one study, as an error in `file`; `first` is the file that
 * `expected` was read from. */
bool acc_shard_fits(const struct acc_shard *expected, const struct acc_shard *shard,
		    const char *first, const char *file, struct acc_messages *messages);

#endif
