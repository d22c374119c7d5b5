/* document: a report before it has a format: sections of paragraphs, lists, tables and figures.
 *
 * Chapters build it, writers render it; neither knows the other. A number is never text here: it is
 * a cell that holds the digits of the results file and where they stand in it, so that every format
 * rounds it alike and a reader can go back to its source. Strings are borrowed from the results,
 * which live longer, unless acc_keep made them. Running out of memory is remembered in `failed`. */
#ifndef ACC_DOCUMENT_H
#define ACC_DOCUMENT_H

#include "plots/text.h"
#include <stdbool.h>
#include <stddef.h>

/* How a cell is printed (number.h), and what it is. */
enum acc_cell_kind {
	ACC_CELL_WORDS,   /* our own words */
	ACC_CELL_LABEL,   /* a name from outside, exact */
	ACC_CELL_KEY,     /* key of a coefficient or measure: people read its name */
	ACC_CELL_COUNT,   /* a whole number */
	ACC_CELL_BOUNDED, /* cannot leave [-1, 1]: no leading zero */
	ACC_CELL_ERROR,   /* a standard error of these: three decimals */
	ACC_CELL_NUMBER,
	ACC_CELL_DEGREES, /* degrees of freedom: whole where they are */
	ACC_CELL_P,
	ACC_CELL_P_SAID, /* in a sentence: "= .034", "< .001" */
	ACC_CELL_PERCENT /* a share, printed as per cent */
};

enum { ACC_CELL_PARTS = 3 };

/* Where digits come from: row 1.. of the data of source 1..; source 0: from nowhere. */
struct acc_from {
	size_t source, row;
	const char *column[ACC_CELL_PARTS];
};

/* One part: a value. Two: the limits of an interval. Three: a value and its interval. */
struct acc_cell {
	enum acc_cell_kind kind;
	unsigned parts; /* 0: nothing stands here */
	const char *text[ACC_CELL_PARTS];
	struct acc_from from;
	const char *mark; /* letters of notes below the table; NULL: none */
};

enum acc_run_kind {
	ACC_RUN_TEXT,
	ACC_RUN_STRONG,
	ACC_RUN_CODE,
	ACC_RUN_MARK, /* a raised letter */
	ACC_RUN_OPEN, /* what is left to the author */
	ACC_RUN_CELL,
	ACC_RUN_CITE /* text: "Cohen 1960; Fleiss 1971", as the registries say it */
};

struct acc_run {
	enum acc_run_kind kind;
	const char *text;
	struct acc_cell cell;
};

struct acc_runs {
	struct acc_run *run; /* owned */
	size_t count, capacity;
};

struct acc_column {
	const char *name; /* heading */
	enum acc_cell_kind kind;
	const char *from[ACC_CELL_PARTS]; /* columns of the results; NULL after the last */
	const char *empty;                /* words for an empty cell: "all"; NULL: undefined */
	bool label;                       /* `name` is a name from outside */
};

enum acc_block_kind {
	ACC_BLOCK_HEADING,
	ACC_BLOCK_PARAGRAPH,
	ACC_BLOCK_ITEM, /* of a list */
	ACC_BLOCK_TABLE,
	ACC_BLOCK_FIGURE,
	ACC_BLOCK_VERBATIM,
	ACC_BLOCK_REFERENCES /* those cited, from the document */
};

struct acc_block {
	enum acc_block_kind kind;
	struct acc_runs runs; /* text, caption, heading */
	const char *id;       /* of tables and figures: unique in the document */
	/* Table: heads[0] is the row header. notes: below it, each after its letter. */
	struct acc_column *column; /* owned */
	struct acc_cell *cell;     /* owned, [rows * columns] */
	size_t columns, rows, capacity, left_out;
	struct acc_runs note;
	/* Figure: a picture for screens and paper and one for phones (may be the same). */
	const char *alt, *file, *picture, *narrow;
	size_t picture_length, narrow_length;
};

struct acc_section {
	const char *id, *title;
	struct acc_block *block; /* owned */
	size_t blocks, capacity;
};

struct acc_document {
	const char *title;
	bool synthetic;
	struct acc_section *section; /* owned */
	size_t sections, capacity;
	char **kept; /* owned strings */
	size_t keeps, keep_capacity;
	const char **cited; /* owned array of reference keys, as first cited */
	size_t citations, cite_capacity;
	struct acc_runs *open; /* where text goes: the last block's, or a table's note */
	bool failed;
};

void acc_document_free(struct acc_document *document);

/* A copy of a string that lives as long as the document; never NULL. */
const char *acc_keep(struct acc_document *document, const char *string);
const char *acc_keep_printf(struct acc_document *document, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Start a section, a heading, a paragraph, an item of a list, verbatim lines: text goes there now.
 */
void acc_add_section(struct acc_document *document, const char *id, const char *title);
void acc_add_block(struct acc_document *document, enum acc_block_kind kind);
void acc_add_heading(struct acc_document *document, const char *title);

/* Start a table: its caption is said next, then rows. Columns are copied. */
void acc_add_table(struct acc_document *document, const char *id, const struct acc_column *column,
		   size_t columns);
/* The cells of a new row, zeroed, or NULL (out of memory, remembered). */
struct acc_cell *acc_add_row(struct acc_document *document);
/* From here on text is the table's note. */
void acc_add_note(struct acc_document *document);
/* Take away the last section, which has no block. */
void acc_drop_section(struct acc_document *document);
/* Take away the last block, such as a table that stayed without rows. */
void acc_drop_block(struct acc_document *document);
struct acc_block *acc_last_block(struct acc_document *document);

/* Say something where text goes. */
void acc_say(struct acc_document *document, const char *text);
void acc_say_printf(struct acc_document *document, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void acc_say_run(struct acc_document *document, enum acc_run_kind kind, const char *text);
void acc_say_cell(struct acc_document *document, struct acc_cell cell);
void acc_say_label(struct acc_document *document, const char *label);
/* Cite sources as the registries name them, "Cohen 1960; Gwet 2014"; remembers them. */
void acc_cite(struct acc_document *document, const char *sources);

#endif
