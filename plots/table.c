#include "plots/table.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* All empty cells: most cells of wide results are. */
static char nothing[] = "";

static void
free_strings(char **string, size_t count)
{
	for (size_t k = 0; k < count; k++)
		if (string[k] != nothing)
			free(string[k]);
}

void
acc_table_free(struct acc_table *table)
{
	if (table->name)
		free_strings(table->name, table->columns);
	if (table->cell)
		free_strings(table->cell, table->rows * table->columns);
	free(table->name);
	free(table->cell);
	*table = (struct acc_table){0};
}

/* Copy all of them or none. */
static bool
copy_strings(char **to, const char *const *from, size_t count)
{
	for (size_t k = 0; k < count; k++) {
		to[k] = *from[k] ? strdup(from[k]) : nothing;
		if (!to[k]) {
			free_strings(to, k);
			return false;
		}
	}
	return true;
}

bool
acc_table_header(struct acc_table *table, const char *const *field, size_t fields)
{
	char **name = calloc(fields ? fields : 1, sizeof *name);
	if (!name)
		return false;
	if (!copy_strings(name, field, fields)) {
		free(name);
		return false;
	}
	table->name = name;
	table->columns = fields;
	return true;
}

static bool
grow(struct acc_table *table)
{
	size_t capacity = table->capacity ? table->capacity : 64, size;
	while (capacity < table->rows + 1 && capacity <= SIZE_MAX / 2)
		capacity *= 2;
	if (table->cell && capacity == table->capacity)
		return true;
	if (__builtin_mul_overflow(capacity, table->columns, &size) ||
	    __builtin_mul_overflow(size, sizeof *table->cell, &size))
		return false;
	char **cell = realloc(table->cell, size ? size : 1);
	if (!cell)
		return false;
	table->cell = cell;
	table->capacity = capacity;
	return true;
}

bool
acc_table_row(struct acc_table *table, const char *const *field)
{
	if (!grow(table))
		return false;
	if (!copy_strings(table->cell + table->rows * table->columns, field, table->columns))
		return false;
	table->rows++;
	return true;
}

size_t
acc_table_column(const struct acc_table *table, const char *name)
{
	size_t column = 0;
	while (column < table->columns && strcmp(table->name[column], name))
		column++;
	return column;
}

const char *
acc_table_text(const struct acc_table *table, size_t row, const char *name)
{
	size_t column = acc_table_column(table, name);
	return column < table->columns ? table->cell[row * table->columns + column] : "";
}

double
acc_table_number(const struct acc_table *table, size_t row, const char *name)
{
	const char *text = acc_table_text(table, row, name);
	/* strtod also reads hexadecimal, "inf" and leading blanks; results hold none of these. */
	if (!*text || strspn(text, "0123456789+-.eE") != strlen(text))
		return NAN;
	char *end;
	double value = strtod(text, &end);
	return *end ? NAN : value;
}
