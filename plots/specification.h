/* specification: the specification curves while they are drawn: which questions there are, which
 * choices, and which specification comes where. */
#ifndef ACC_SPECIFICATION_H
#define ACC_SPECIFICATION_H

#include "plots/script.h"

/* The columns that say a choice, and what they are called. none: what an empty cell means; "": the
 * choice does not apply. */
enum { ACC_CHOICES = 5, ACC_MOST_QUESTIONS = 200 };
struct acc_choice_column {
	const char *column, *heading, *none;
};
extern const struct acc_choice_column acc_choice_columns[ACC_CHOICES];

/* Agreement and co-occurrence have choices and a scale each. */
enum { ACC_CURVE_AGREEMENT, ACC_CURVE_COOCCURRENCE, ACC_CURVE_KINDS };

struct acc_curve_kind {
	struct acc_names level[ACC_CHOICES];
	size_t label;     /* number of its first label, the heading of its first choice */
	size_t rows;      /* of the matrix: headings and levels */
	double low, high; /* of the values and limits drawn */
};

struct acc_question {
	size_t first; /* a row of the table that asks it */
	size_t kind;
	size_t *row; /* owned: rows of the table, ascending, undefined ones last */
	size_t rows, defined;
	double median;
};

struct acc_curves {
	const struct acc_table *table; /* borrowed */
	struct acc_curve_kind kind[ACC_CURVE_KINDS];
	struct acc_question *question; /* owned */
	size_t questions;
	struct acc_names reasons; /* of undefined ones */
	struct acc_names left;    /* measures without a common scale */
	size_t undefined;
};

/* Of a row of the table: agreement or co-occurrence? Can it be drawn beside others, from -1 to 1?
 */
size_t acc_curve_kind_of(const struct acc_table *table, size_t row);
bool acc_curve_drawn(const struct acc_table *table, size_t row);

/* Find the questions of curves->table and order their specifications. False: out of memory. Free in
 * either case. */
bool acc_curves_gather(struct acc_curves *curves);
void acc_curves_free(struct acc_curves *curves);

/* Labels: of each kind its headings and levels, then the questions. */
void acc_curves_labels(struct acc_curves *curves, struct acc_labels *labels);

/* What the figure shows, in words. */
void acc_curves_caption(const struct acc_curves *curves, const struct acc_facts *facts,
			struct acc_text *caption);

#endif
