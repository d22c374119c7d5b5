#include "pipeline/write/sheet.h"

#include "stats/base.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool
is_text(const struct acc_field *field)
{
	return field->kind == ACC_FIELD_TEXT || field->kind == ACC_FIELD_SCOPE;
}

static const char *
cell(const struct acc_table *table, size_t row, size_t column)
{
	return table->cell[row * table->columns + column];
}

/* ---- a forest of intervals ---- */

enum { FOREST_LEAST = 15, FOREST_MOST = 41 };

/* Values with their intervals, as far as there are any. */
struct forest {
	size_t value, low, high; /* columns */
	double from;             /* the left end; the right end is 1 */
	size_t width;            /* 0: there is none */
};

static size_t
find(const struct acc_table *table, const char *name)
{
	for (size_t i = 0; i < table->columns; i++)
		if (!strcmp(table->name[i], name))
			return i;
	return table->columns;
}

/* Where there is room beside the table, and something to draw. */
static struct forest
plan_forest(const struct acc_table *table, size_t used, size_t columns)
{
	struct forest forest = {find(table, "value"), find(table, "ci_low"), find(table, "ci_high"),
				0, 0};
	size_t drawn = 0;
	if (forest.value == table->columns || forest.low == table->columns ||
	    forest.high == table->columns || columns < used + FOREST_LEAST)
		return forest;
	for (size_t r = 0; r < table->rows; r++) {
		const char *value = cell(table, r, forest.value), *low = cell(table, r, forest.low);
		drawn += *value != 0;
		forest.from = fmin(forest.from, *low     ? strtod(low, NULL)
						: *value ? strtod(value, NULL)
							 : 0);
		if (*value && strtod(value, NULL) > 1)
			return forest;
	}
	forest.from = floor(forest.from * 5) / 5;
	if (drawn)
		forest.width = columns - used < FOREST_MOST ? columns - used : FOREST_MOST;
	return forest;
}

/* The place of a value on the line. */
static size_t
place(const struct forest *forest, double value)
{
	double share = (value - forest->from) / (1 - forest->from);
	return (size_t)(fmax(0, fmin(1, share)) * (double)(forest->width - 1) + 0.5);
}

static void
put_forest(struct acc_text *text, const struct forest *forest, const struct acc_table *table,
	   size_t row)
{
	const char *value = cell(table, row, forest->value), *low = cell(table, row, forest->low),
		   *high = cell(table, row, forest->high);
	char line[FOREST_MOST + 1];
	memset(line, ' ', forest->width);
	line[forest->width] = 0;
	line[place(forest, 0)] = ':';
	if (*value && *low && *high) {
		size_t from = place(forest, strtod(low, NULL)),
		       to = place(forest, strtod(high, NULL));
		memset(line + from, '-', to - from + 1);
		line[from] = '[';
		line[to] = ']';
	}
	if (*value)
		line[place(forest, strtod(value, NULL))] = 'o';
	acc_text_put(text, line);
}

/* The ends of the scale, and 0 between them. */
static void
put_scale(struct acc_text *text, const struct forest *forest)
{
	char line[FOREST_MOST + 16];
	memset(line, ' ', sizeof line - 1);
	line[forest->width] = 0;
	line[forest->width - 1] = '1';
	line[place(forest, 0)] = '0';
	if (forest->from < 0) {
		char left[16];
		int length = snprintf(left, sizeof left, "%.1f", forest->from);
		if (length > 0 && place(forest, 0) > (size_t)length)
			memcpy(line, left, (size_t)length);
	}
	acc_text_put(text, line);
}

/* ---- the table ---- */

/* A number as APA style has it: bounded ones without a leading zero, a true minus. */
static void
people_number(struct acc_text *text, const char *value, enum acc_field_kind kind)
{
	double number = strtod(value, NULL);
	char digits[64];
	if (kind == ACC_FIELD_COUNT) {
		acc_text_put(text, value);
		return;
	}
	snprintf(digits, sizeof digits, "%.*f", fabs(number) < 1000 ? 3 : 0, fabs(number));
	bool zero = strtod(digits, NULL) == 0;
	if (number < 0 && !zero)
		acc_text_put(text, "\xe2\x88\x92");
	acc_text_put(text, kind == ACC_FIELD_BOUNDED && digits[0] == '0' ? digits + 1 : digits);
}

static size_t
width_of(const char *text)
{
	size_t width = 0;
	for (; *text; text++)
		width += (*text & 0xc0) != 0x80;
	return width;
}

static void
people_cell(struct acc_text *text, const struct acc_sheet *sheet, size_t row, size_t column)
{
	const char *value = cell(&sheet->table, row, column);
	if (sheet->field[column].kind == ACC_FIELD_SCOPE && !*value)
		acc_text_put(text, "(all)");
	else if (is_text(&sheet->field[column]))
		acc_text_put(text, acc_visible(value));
	else if (*value)
		people_number(text, value, sheet->field[column].kind);
	else
		acc_text_put(text, "\xe2\x80\x94");
}

static void
pad(struct acc_text *text, size_t width)
{
	for (; width; width--)
		acc_text_put(text, " ");
}

/* One cell padded to `width`: text to the left, numbers to the right. */
static void
put_cell(struct acc_text *text, const char *value, size_t width, bool left)
{
	size_t missing = width - width_of(value);
	if (!left)
		pad(text, missing);
	acc_text_put(text, value);
	if (left)
		pad(text, missing);
	acc_text_put(text, "  ");
}

static void
end_line(struct acc_text *text)
{
	while (text->length && text->bytes[text->length - 1] == ' ')
		text->bytes[--text->length] = 0;
	acc_text_put(text, "\n");
}

static bool
is_empty(const struct acc_table *table, size_t column)
{
	for (size_t r = 0; r < table->rows; r++)
		if (*cell(table, r, column))
			return false;
	return true;
}

static size_t
column_width(const struct acc_sheet *sheet, size_t column)
{
	struct acc_text scratch = {0};
	size_t width = width_of(sheet->field[column].name);
	for (size_t r = 0; r < sheet->table.rows; r++) {
		scratch.length = 0;
		people_cell(&scratch, sheet, r, column);
		size_t here = scratch.bytes ? width_of(scratch.bytes) : 0;
		width = here > width ? here : width;
	}
	acc_text_free(&scratch);
	return width;
}

static bool
mentions(const struct acc_table *table, const char *column, const char *key)
{
	for (size_t r = 0; r < table->rows; r++)
		if (strstr(acc_table_text(table, r, column), key))
			return true;
	return false;
}

static void
explain(struct acc_text *text, const struct acc_table *table)
{
	for (int reason = 1; reason < ACC_REASONS; reason++)
		if (mentions(table, "reason", acc_reason_key((enum acc_reason)reason)))
			acc_text_printf(text, "%s: %s\n", acc_reason_key((enum acc_reason)reason),
					acc_reason_sentence((enum acc_reason)reason));
#define ACC_NOTE(bit, key, sentence)                                                               \
	if (mentions(table, "note", #key))                                                         \
		acc_text_put(text, #key ": " sentence "\n");
#include "stats/notes.def"
#undef ACC_NOTE
}

static size_t
table_width(const struct acc_sheet *sheet, size_t *width)
{
	size_t used = 0;
	for (size_t i = 0; i < sheet->table.columns; i++) {
		if (sheet->field[i].shown && !is_empty(&sheet->table, i))
			width[i] = column_width(sheet, i);
		used += width[i] ? width[i] + 2 : 0;
	}
	return used;
}

static void
put_row(struct acc_text *text, const struct acc_sheet *sheet, const size_t *width, size_t row)
{
	struct acc_text scratch = {0};
	for (size_t i = 0; i < sheet->table.columns; i++) {
		if (!width[i])
			continue;
		scratch.length = 0;
		if (scratch.bytes)
			scratch.bytes[0] = 0;
		people_cell(&scratch, sheet, row, i);
		put_cell(text, scratch.bytes ? scratch.bytes : "", width[i],
			 is_text(&sheet->field[i]));
	}
	text->failed = text->failed || scratch.failed;
	acc_text_free(&scratch);
}

void
acc_sheet_people(struct acc_text *text, const struct acc_sheet *sheet, size_t columns)
{
	const struct acc_table *table = &sheet->table;
	size_t *width = acc_array(table->columns, sizeof *width);
	if (!width) {
		text->failed = true;
		return;
	}
	struct forest forest = plan_forest(table, table_width(sheet, width), columns);
	for (size_t i = 0; i < table->columns; i++)
		if (width[i])
			put_cell(text, table->name[i], width[i], is_text(&sheet->field[i]));
	if (forest.width)
		put_scale(text, &forest);
	end_line(text);
	for (size_t r = 0; r < table->rows; r++) {
		put_row(text, sheet, width, r);
		if (forest.width)
			put_forest(text, &forest, table, r);
		end_line(text);
	}
	explain(text, table);
	free(width);
}
