/* results: the CSV files that other stages wrote, recognised by their columns and joined by kind.
 *
 * A row that two files have is kept once. Every row remembers the file and the line of data it came
 * from, so that what is printed of it can be traced. */
#ifndef ACC_RESULTS_H
#define ACC_RESULTS_H

#include "pipeline/command/message.h"
#include "plots/table.h"
#include "stats/vocabulary.h"

enum acc_result_kind {
	ACC_RESULT_AGREEMENT,
	ACC_RESULT_EXPLANATION,
	ACC_RESULT_COOCCURRENCE,
	ACC_RESULT_SETS,
	ACC_RESULT_COMPARISON,
	ACC_RESULT_CODERS,
	ACC_RESULT_MAP,
	ACC_RESULT_SATURATION,
	ACC_RESULT_DISAGREEMENTS,
	ACC_RESULT_KINDS
};

struct acc_origin {
	size_t source, row; /* both from 1: which file, which row of its data */
};

struct acc_result_rows {
	struct acc_table table;
	struct acc_vocabulary known; /* rows that are there already */
	struct acc_origin *origin;   /* owned, [table.rows] */
	size_t capacity;
};

struct acc_source {
	const char *file; /* borrowed: as given */
	enum acc_result_kind kind;
	size_t rows;
};

struct acc_result_files {
	struct acc_result_rows rows[ACC_RESULT_KINDS];
	struct acc_source *source; /* owned */
	size_t sources, capacity;
};

/* The stage that writes a kind: "agree". */
const char *acc_result_stage(enum acc_result_kind kind);

/* Read files. False with messages. Free in either case. */
bool acc_results_read(struct acc_result_files *files, const char *const *file, size_t count,
		      struct acc_messages *messages);
void acc_results_free(struct acc_result_files *files);

#endif
