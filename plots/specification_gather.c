#include "plots/order.h"
#include "plots/specification.h"
#include "stats/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct acc_choice_column acc_choice_columns[ACC_CHOICES] = {
    {"quantity", "Coefficient", ""},
    {"missing", "Missing rows", ""},
    {"left_out", "Coder left out", "nobody"},
    {"layer", "Layer of codings", ""},
    {"window", "Window", ""}};

size_t
acc_curve_kind_of(const struct acc_table *table, size_t row)
{
	return strcmp(acc_table_text(table, row, "what"), "cooccurrence") ? ACC_CURVE_AGREEMENT
									  : ACC_CURVE_COOCCURRENCE;
}

/* Can the value be drawn beside others, from -1 to 1? */
bool
acc_curve_drawn(const struct acc_table *table, size_t row)
{
	const struct acc_measure *measure =
	    acc_measure_find(acc_table_text(table, row, "quantity"));
	return acc_curve_kind_of(table, row) == ACC_CURVE_AGREEMENT ||
	       (measure && measure->bounded);
}

static bool
same_question(const struct acc_table *table, size_t a, size_t b)
{
	static const char *const column[] = {"what", "group", "theme", "theme_a", "theme_b"};
	for (size_t c = 0; c < sizeof column / sizeof *column; c++)
		if (strcmp(acc_table_text(table, a, column[c]),
			   acc_table_text(table, b, column[c])))
			return false;
	return true;
}

static bool
add_question(struct acc_curves *curves, size_t row)
{
	for (size_t q = 0; q < curves->questions; q++)
		if (same_question(curves->table, row, curves->question[q].first))
			return true;
	if (curves->questions == ACC_MOST_QUESTIONS)
		return true;
	struct acc_question *question = &curves->question[curves->questions++];
	question->first = row;
	question->kind = acc_curve_kind_of(curves->table, row);
	question->row = calloc(curves->table->rows, sizeof *question->row);
	return question->row != NULL;
}

/* All groups and themes come before one of them, agreement before co-occurrence. */
static bool
find_questions(struct acc_curves *curves)
{
	const struct acc_table *table = curves->table;
	bool ready = true;
	curves->question = calloc(ACC_MOST_QUESTIONS, sizeof *curves->question);
	for (size_t pass = 0; curves->question && pass < 4; pass++)
		for (size_t r = 0; ready && r < table->rows; r++) {
			bool whole = !*acc_table_text(table, r, "group") &&
				     !*acc_table_text(table, r, "theme");
			if (acc_curve_drawn(table, r) && acc_curve_kind_of(table, r) == pass / 2 &&
			    whole == (pass % 2 == 0))
				ready = add_question(curves, r);
		}
	return curves->question && ready;
}

static bool
sort_question(struct acc_curves *curves, struct acc_question *question)
{
	const struct acc_table *table = curves->table;
	double *value = calloc(table->rows + 1, sizeof *value);
	size_t *row = calloc(table->rows + 1, sizeof *row);
	size_t *order = calloc(table->rows + 1, sizeof *order);
	bool ready = value && row && order;
	for (size_t r = 0; ready && r < table->rows; r++)
		if (acc_curve_drawn(table, r) && same_question(table, r, question->first)) {
			double number = acc_table_number(table, r, "value");
			question->defined += isnan(number) ? 0 : 1;
			value[question->rows] = isnan(number) ? -INFINITY : -number;
			row[question->rows++] = r;
		}
	if (ready)
		acc_rank(value, question->rows, order);
	for (size_t i = 0; ready && i < question->rows; i++)
		question->row[i] = row[order[i]];
	size_t n = question->defined;
	question->median = NAN;
	if (ready && n)
		question->median = -(value[order[(n - 1) / 2]] + value[order[n / 2]]) / 2;
	free(value);
	free(row);
	free(order);
	return ready;
}

static void
take_row(struct acc_curves *curves, size_t r)
{
	const struct acc_table *table = curves->table;
	struct acc_curve_kind *kind = &curves->kind[acc_curve_kind_of(table, r)];
	double value = acc_table_number(table, r, "value");
	if (!acc_curve_drawn(table, r)) {
		acc_names_add(&curves->left, acc_table_text(table, r, "quantity"));
		return;
	}
	for (size_t c = 0; c < ACC_CHOICES; c++) {
		const char *level = acc_table_text(table, r, acc_choice_columns[c].column);
		bool none = !*level && kind == &curves->kind[ACC_CURVE_AGREEMENT];
		acc_names_add(&kind->level[c], none ? acc_choice_columns[c].none : level);
	}
	if (isnan(value)) {
		curves->undefined++;
		acc_names_add(&curves->reasons, acc_table_text(table, r, "reason"));
		return;
	}
	kind->low = fmin(kind->low, fmax(-1, fmin(value, acc_table_number(table, r, "ci_low"))));
	kind->high = fmax(kind->high, fmin(1, fmax(value, acc_table_number(table, r, "ci_high"))));
}

bool
acc_curves_gather(struct acc_curves *curves)
{
	bool ready = find_questions(curves);
	for (size_t k = 0; k < ACC_CURVE_KINDS; k++) {
		curves->kind[k].low = 1;
		curves->kind[k].high = -1;
	}
	for (size_t q = 0; ready && q < curves->questions; q++)
		ready = sort_question(curves, &curves->question[q]);
	for (size_t r = 0; r < curves->table->rows; r++)
		take_row(curves, r);
	for (size_t k = 0; k < ACC_CURVE_KINDS; k++)
		for (size_t c = 0; c < ACC_CHOICES; c++) {
			ready = ready && !curves->kind[k].level[c].failed;
			if (curves->kind[k].level[c].count)
				curves->kind[k].rows += 1 + curves->kind[k].level[c].count;
		}
	return ready && !curves->reasons.failed && !curves->left.failed;
}

void
acc_curves_free(struct acc_curves *curves)
{
	for (size_t k = 0; k < ACC_CURVE_KINDS; k++)
		for (size_t c = 0; c < ACC_CHOICES; c++)
			acc_names_free(&curves->kind[k].level[c]);
	for (size_t q = 0; q < curves->questions; q++)
		free(curves->question[q].row);
	free(curves->question);
	acc_names_free(&curves->reasons);
	acc_names_free(&curves->left);
}
