/* reader: a ratings CSV in one of its shapes, row by row into ratings. */
#ifndef ACC_READER_H
#define ACC_READER_H

#include "pipeline/read/columns.h"
#include "pipeline/read/shard_head.h"
#include "pipeline/read/split.h"
#include "stats/ratings.h"

struct acc_reader {
	struct acc_command *command;
	const char *file;
	struct acc_ratings *ratings;
	struct acc_shard *shard; /* borrowed; NULL: a whole study. Every unit must belong to it;
				  * .columns is made */
	bool headed;             /* the file begins with a shard's line */
	struct acc_columns columns;
	char **missing; /* codes that mean "not rated", ended by NULL; owned */
	/* Wide and matrix form: coder or theme number of each column, ACC_NONE for others; owned.
	 */
	uint32_t *label_of;
	struct acc_split split; /* long form, --split-themes */
	bool header_done;
	uint64_t records;
	char *joint; /* scratch: label of a unit */
	size_t joint_capacity;
	uint64_t left_out; /* rows of coders, or columns, that were not asked for */
};

/* Read a whole CSV into reader->ratings. False with messages. */
bool acc_reader_read(struct acc_reader *reader, struct acc_csv_stream *stream);
void acc_reader_free(struct acc_reader *reader);

/* ---- for the shapes: reader_long.c, reader_wide.c, reader_matrix.c ---- */

/* A shape: what it takes from the header, and from each further record. */
struct acc_shape {
	bool (*header)(struct acc_reader *reader, const struct acc_csv_record *header);
	bool (*row)(struct acc_reader *reader, const struct acc_csv_record *record);
};
extern const struct acc_shape acc_shape_long, acc_shape_wide, acc_shape_matrix;

/* Take the columns without a role as labels: reader->label_of is made. Where labels were declared,
 * other columns are left out. False with a message. */
bool acc_reader_other_columns(struct acc_reader *reader, const struct acc_csv_record *header,
			      struct acc_vocabulary *vocabulary);

/* Was this coder left out by --coders? Counted. */
bool acc_reader_left_out(struct acc_reader *reader, const char *coder);

/* The number of the unit of a record, with what the record says of it. `name` is the unit's own
 * label. False with a message: it contradicts an earlier row. */
bool acc_reader_unit(struct acc_reader *reader, const struct acc_csv_record *record,
		     const char *name, uint32_t *unit);

/* Is this one of the marks for "not rated" (--missing)? */
bool acc_reader_missing(const struct acc_reader *reader, const char *label);

/* The number of a label (false: no memory), and of a code: ACC_NONE when it means "not rated". */
bool acc_reader_label(struct acc_reader *reader, struct acc_vocabulary *vocabulary,
		      const char *label, uint32_t *number);
bool acc_reader_code(struct acc_reader *reader, const struct acc_csv_record *record, size_t column,
		     uint32_t *number);

bool acc_reader_add(struct acc_reader *reader, const struct acc_csv_record *record, uint32_t unit,
		    uint32_t coder, uint32_t theme, uint32_t code);

/* Where a field of a record stands. */
struct acc_place acc_reader_place(const struct acc_reader *reader,
				  const struct acc_csv_record *record, size_t column);

#endif
