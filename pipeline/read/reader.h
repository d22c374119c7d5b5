/* reader: a ratings CSV in one of its shapes, row by row into ratings. */
#ifndef ACC_READER_H
#define ACC_READER_H

#include "pipeline/read/columns.h"
#include "pipeline/read/exchange.h"
#include "pipeline/read/said.h"
#include "pipeline/read/shard_head.h"
#include "pipeline/read/split.h"
#include "stats/deal_patterns.h"
#include "stats/gather.h"
#include "stats/lists.h"
#include "stats/states.h"

/* How units are kept while rows are read. */
enum acc_reading {
	ACC_READ_TABLE,   /* all of them, with every row: then all that is wrong can be said */
	ACC_READ_GROUPED, /* one at a time: their rows stand together, their names ascend */
	ACC_READ_COUNTED  /* all, in a few bytes each: few vectors, in any order */
};
enum { ACC_ORDER_BYTES = 1, ACC_ORDER_NUMBERS = 2 }; /* bits: ways to ascend */

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
	const struct acc_shape *shape;
	bool header_done;
	uint64_t records;
	/* The last row: where most of the next one is known from. */
	struct acc_last last[ACC_ROLES];
	uint32_t unit;                       /* of it */
	struct acc_said said[ACC_ROLES + 1]; /* of labels; the last of all beside the unit */
	bool plain;          /* long form in which rows can be taken from these alone */
	uint32_t only_coder; /* where there is no column of coders: once there was a row */

	enum acc_reading reading;
	/* Borrowed; NULL: units become patterns. In the themes design units are lists instead,
	 * where they are not ACC_READ_TABLE; in others this becomes NULL. */
	struct acc_lists *lists;
	/* ACC_READ_COUNTED: */
	struct acc_deal *deal; /* borrowed; rows wait there until all are read. NULL: they do not,
				* because it was not asked for, or cannot be with these columns */
	struct acc_states *states; /* owned */
	struct acc_sender *sender; /* owned; in their place where several threads read */
	struct acc_unit_name name; /* of the unit of this row; borrows reader->joint */
	/* ACC_READ_GROUPED: */
	struct acc_gather gather; /* .patterns is borrowed */
	bool told;                /* gather.conflict says what is wrong: nothing is counted later */
	uint64_t unfit_line;      /* where it showed */
	bool unfit;      /* not for this reading: a unit out of order, or something wrong */
	bool any, open;  /* there has been a unit; its rows are in ratings->row */
	unsigned orders; /* those that hold so far */
	char *label;     /* owned: of the unit; the part before label_prefix is of its document */
	size_t label_length, label_capacity, label_prefix;
	char *first; /* owned: label of the first unit */

	char *joint; /* scratch: label of a unit */
	size_t joint_capacity;
	bool spans;      /* asked for: every unit needs its begin and end */
	bool span_unit;  /* long form without a column of units: a span is a unit */
	char *span_name; /* scratch */
	size_t span_name_capacity;
	uint64_t left_out; /* rows of coders, or columns, that were not asked for */
};

/* Read a whole CSV into reader->ratings, or into reader->gather. False with messages, or unfit. */
bool acc_reader_read(struct acc_reader *reader, struct acc_csv_stream *stream);
void acc_reader_free(struct acc_reader *reader);

/* ---- for the shapes: reader_long.c, reader_wide.c, reader_matrix.c ---- */

/* A shape: what it takes from the header, and from each further record. */
struct acc_shape {
	bool (*header)(struct acc_reader *reader, const struct acc_csv_record *header);
	bool (*row)(struct acc_reader *reader, const struct acc_csv_record *record);
};

/* Take a row of the long form of which all is known from earlier ones (acc_csv_options.glance). */
acc_csv_callback acc_reader_glance;

/* The same for a run of them (acc_csv_options.rows); where documents and shards are not asked for
 * and labels are short. */
acc_csv_rows_callback acc_reader_rows;

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

/* reader_span.c. Take begin and end of a unit, where there are such columns. False: no memory. */
bool acc_reader_take_span(struct acc_reader *reader, const struct acc_csv_record *record,
			  const char *name, uint32_t unit);

/* Without a column of units (none by a known name, or --unit ''), is a span the unit? Then it is
 * named "BEGIN-END", as the cells have it; NULL with a message: no memory. */
bool acc_reader_span_is_unit(const struct acc_settings *settings,
			     const struct acc_csv_record *header);
const char *acc_reader_span_name(struct acc_reader *reader, const struct acc_csv_record *record);

/* Units that are not kept. The label of the next one is the first `keep` bytes of the last one's,
 * then a name: the last unit is counted. False: the reading is unfit, or there are messages. */
bool acc_reader_next_unit(struct acc_reader *reader, const char *document, size_t keep,
			  const char *name, size_t length);
/* The label of this row's unit: the first `keep` bytes of reader->joint, then a name. */
bool acc_reader_name_unit(struct acc_reader *reader, const char *document, size_t keep,
			  const char *name, size_t length);

/* What is known of units that are not kept is that of this row. */
void acc_reader_new_unit(struct acc_reader *reader, uint64_t line);

/* Which of the orders still hold when b comes after a. */
unsigned acc_reader_ascends(const char *a, size_t la, const char *b, size_t lb);

bool acc_reader_close_unit(struct acc_reader *reader);
void acc_reader_conflict(void *context, const struct acc_conflict *conflict);

/* Is this one of the marks for "not rated" (--missing)? */
bool acc_reader_missing(const struct acc_reader *reader, const char *label);

/* The number of a label (false: no memory), and of a code: ACC_NONE when it means "not rated". */
bool acc_reader_label(struct acc_reader *reader, struct acc_vocabulary *vocabulary,
		      const char *label, uint32_t *number);
bool acc_reader_code(struct acc_reader *reader, const struct acc_csv_record *record, size_t column,
		     uint32_t *number);

/* Count a row of the unit reader->name. False: unfit, or a message. */
bool acc_reader_count(struct acc_reader *reader, const struct acc_assignment *row);

bool acc_reader_add(struct acc_reader *reader, const struct acc_csv_record *record, uint32_t unit,
		    uint32_t coder, uint32_t theme, uint32_t code);

/* Where a field of a record stands. */
struct acc_place acc_reader_place(const struct acc_reader *reader,
				  const struct acc_csv_record *record, size_t column);

#endif
