/* report: what the chapters of a report know, and what they share.
 *
 * Each chapter is one file here that ends in its descriptor, and one line in chapters.def. */
#ifndef ACC_REPORT_H
#define ACC_REPORT_H

#include "pipeline/read/results.h"
#include "pipeline/report/document.h"
#include "pipeline/report/pictures.h"

struct acc_report {
	struct acc_document document;
	struct acc_result_files files;
	struct acc_pictures pictures;
	const char *coefficient,
	    *weights;           /* the one that is told at length; "" without agreement */
	const char *layer;      /* whose codings make a theme present; "" for none */
	const char *cluster;    /* plural: "participants", "clusters" */
	const char *provenance; /* text, or NULL */
	size_t top;             /* rows of long tables */
};

struct acc_chapter {
	const char *id, *title;
	/* Say what there is to say; a section without a block is left out. */
	void (*write)(struct acc_report *report);
};
extern const struct acc_chapter *const acc_chapters[];
extern const size_t acc_chapter_count;

/* Choose coefficient, weights, layer and cluster from the results where they are NULL. */
void acc_report_choose(struct acc_report *report);

/* Write all chapters whose bit is set in `chosen` (0: all) into the document. */
void acc_report_write(struct acc_report *report, unsigned chosen);

/* ---- rows of results ---- */

const struct acc_result_rows *acc_report_rows(const struct acc_report *report,
					      enum acc_result_kind kind);

/* Do the columns of a row have these texts? "column", "text", ..., NULL. */
bool acc_row_has(const struct acc_result_rows *rows, size_t row, ...) __attribute__((sentinel));

/* The first row from `row` on that the same is true of, else table.rows. */
size_t acc_row_find(const struct acc_result_rows *rows, size_t row, ...) __attribute__((sentinel));

/* A row of agreement over all coders, of the coefficient told at length, not by category. */
bool acc_row_is_agreement(const struct acc_report *report, size_t row);

/* The row of that coefficient over all themes and groups, or table.rows. */
size_t acc_row_pooled(const struct acc_report *report);

/* A cell made of the columns it names; where they are empty, of its words for that. */
struct acc_cell acc_row_cell(const struct acc_result_rows *rows, size_t row,
			     const struct acc_column *column);
struct acc_cell acc_row_value(const struct acc_result_rows *rows, size_t row,
			      enum acc_cell_kind kind, const char *column);

/* The level of a row's interval for people, "95%"; kept. */
const char *acc_row_level(struct acc_report *report, const struct acc_result_rows *rows,
			  size_t row);

/* ---- tables of results ---- */

/* Add a row with the cells of its columns; what its reason and note say is marked at column
 * `marked`. */
void acc_table_take(struct acc_report *report, const struct acc_result_rows *rows, size_t row,
		    size_t marked);

/* Which rows a table takes. */
typedef bool acc_row_wanted(const struct acc_report *report, const struct acc_result_rows *rows,
			    size_t row);

/* A whole table: id, columns, caption, and the rows wanted, at most `most` of them (0: all). */
struct acc_table_plan {
	const char *id, *caption;
	const struct acc_column *column;
	size_t columns, marked, most;
	enum acc_result_kind kind;
	acc_row_wanted *wanted;
	const char *sort; /* column to sort by, largest first; NULL: the order of the results */
	bool absolute;    /* by size, whatever the sign */
};
void acc_table_of(struct acc_report *report, const struct acc_table_plan *plan);

/* A table with a row per name in column `down` and a column per name in column `across`; cells as
 * in `column[0]`. Too wide: one row per estimate. */
void acc_table_pivot(struct acc_report *report, const struct acc_table_plan *plan, const char *down,
		     const char *down_name, const char *down_empty, const char *across);

/* Letters for what is marked on some rows, sentences below; or take the table away if it has no
 * rows. `left_out` rows are in the results only. */
void acc_table_done(struct acc_report *report, size_t left_out);

/* Say: value, 95% CI [low, high]. */
void acc_say_estimate(struct acc_report *report, const struct acc_result_rows *rows, size_t row,
		      enum acc_cell_kind kind);
/* "= .034", "< .001" of a column. */
void acc_say_p(struct acc_report *report, const struct acc_result_rows *rows, size_t row,
	       const char *column);

/* Names for people: a coefficient (in a sentence: "percent agreement"), a layer. */
const char *acc_coefficient_people(struct acc_report *report, const char *key);
const char *acc_layer_people(struct acc_report *report, const char *layer);

/* Figures drawn from the results of a stage ("agree", "compare"), where their chapter wants them.
 */
void acc_report_figures(struct acc_report *report, const char *needs);

#endif
