/* Tables made by a plan: which rows, in which order, down or across. */
#include "pipeline/report/report.h"
#include "plots/names.h"
#include "stats/base.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- rows in order ---- */

struct picked {
	size_t row;
	double by;
};

static int
largest_first(const void *a, const void *b)
{
	const struct picked *x = a, *y = b;
	bool no_x = isnan(x->by), no_y = isnan(y->by);
	if (no_x != no_y)
		return no_x - no_y;
	if (!no_x && x->by < y->by)
		return 1;
	if (!no_x && x->by > y->by)
		return -1;
	return (x->row > y->row) - (x->row < y->row);
}

/* The rows a plan wants, in its order; NULL: out of memory, remembered. */
static struct picked *
pick(struct acc_report *report, const struct acc_table_plan *plan, size_t *count)
{
	const struct acc_result_rows *rows = acc_report_rows(report, plan->kind);
	struct picked *picked = acc_array(rows->table.rows, sizeof *picked);
	*count = 0;
	if (!picked) {
		report->document.failed = true;
		return NULL;
	}
	for (size_t r = 0; r < rows->table.rows; r++) {
		if (!plan->wanted(report, rows, r))
			continue;
		double by = plan->sort ? acc_table_number(&rows->table, r, plan->sort) : 0;
		picked[(*count)++] = (struct picked){r, plan->absolute ? fabs(by) : by};
	}
	if (*count)
		qsort(picked, *count, sizeof *picked, largest_first);
	return picked;
}

void
acc_table_of(struct acc_report *report, const struct acc_table_plan *plan)
{
	const struct acc_result_rows *rows = acc_report_rows(report, plan->kind);
	size_t count;
	struct picked *picked = pick(report, plan, &count);
	size_t shown = plan->most && count > plan->most ? plan->most : count;
	acc_add_table(&report->document, plan->id, plan->column, plan->columns);
	acc_say(&report->document, plan->caption);
	for (size_t i = 0; picked && i < shown; i++)
		acc_table_take(report, rows, picked[i].row, plan->marked);
	acc_table_done(report, count - shown);
	free(picked);
}

/* ---- down and across ---- */

enum { ACROSS_MOST = 5 };

static void
gather(const struct acc_report *report, const struct acc_table_plan *plan, const char *column,
       struct acc_names *names)
{
	const struct acc_result_rows *rows = acc_report_rows(report, plan->kind);
	for (size_t r = 0; r < rows->table.rows; r++)
		if (plan->wanted(report, rows, r))
			acc_names_add(names, acc_table_text(&rows->table, r, column));
}

static void
fill_cell(struct acc_report *report, const struct acc_table_plan *plan, struct acc_cell *cell,
	  size_t row)
{
	const struct acc_result_rows *rows = acc_report_rows(report, plan->kind);
	const char *reason = acc_table_text(&rows->table, row, "reason");
	const char *note = acc_table_text(&rows->table, row, "note");
	*cell = acc_row_cell(rows, row, plan->column);
	if (*reason || *note)
		cell->mark = acc_keep_printf(&report->document, "%s;%s", reason, note);
}

/* The row of a name in `down`: one cell for each name across. */
static void
pivot_row(struct acc_report *report, const struct acc_table_plan *plan, const char *down,
	  const char *name, const char *empty, const char *across, const struct acc_names *names)
{
	const struct acc_result_rows *rows = acc_report_rows(report, plan->kind);
	struct acc_cell *cell = NULL;
	for (size_t r = 0; r < rows->table.rows && !report->document.failed; r++) {
		const char *there = acc_table_text(&rows->table, r, across);
		if (!*there || strcmp(acc_table_text(&rows->table, r, down), name) != 0 ||
		    !plan->wanted(report, rows, r))
			continue;
		if (!cell && !(cell = acc_add_row(&report->document)))
			return;
		cell[0] = acc_row_value(rows, r, ACC_CELL_LABEL, down);
		if (!*name)
			cell[0] = (struct acc_cell){.kind = ACC_CELL_WORDS,
						    .parts = 1,
						    .text = {empty},
						    .from = cell[0].from};
		fill_cell(report, plan, &cell[1 + acc_names_find(names, there)], r);
	}
}

void
acc_table_pivot(struct acc_report *report, const struct acc_table_plan *plan, const char *down,
		const char *down_name, const char *down_empty, const char *across)
{
	struct acc_names rows = {0}, columns = {0};
	struct acc_column column[1 + ACROSS_MOST] = {{.name = down_name, .kind = ACC_CELL_LABEL}};
	gather(report, plan, down, &rows);
	gather(report, plan, across, &columns);
	report->document.failed = report->document.failed || rows.failed || columns.failed;
	if (columns.count > ACROSS_MOST) {
		const struct acc_column tall[] = {
		    {down_name, ACC_CELL_LABEL, {down}, down_empty, false},
		    {!strcmp(across, "coder") ? "Coder" : "Group",
		     ACC_CELL_LABEL,
		     {across},
		     "All",
		     false},
		    plan->column[0]};
		struct acc_table_plan other = *plan;
		other.column = tall;
		other.columns = 3;
		other.marked = 2;
		acc_table_of(report, &other);
	} else {
		for (size_t i = 0; i < columns.count; i++)
			column[1 + i] = (struct acc_column){
			    .name = columns.name[i], .kind = plan->column->kind, .label = true};
		acc_add_table(&report->document, plan->id, column, 1 + columns.count);
		acc_say(&report->document, plan->caption);
		for (size_t i = 0; i < rows.count; i++)
			pivot_row(report, plan, down, rows.name[i], down_empty, across, &columns);
		pivot_row(report, plan, down, "", down_empty, across, &columns);
		acc_table_done(report, 0);
	}
	acc_names_free(&rows);
	acc_names_free(&columns);
}
