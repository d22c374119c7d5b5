/* table: results as the figures see them: named columns of text, one row per estimate.
 *
 * The pipeline fills it from a results CSV; figures only read it. */
#ifndef ACC_TABLE_H
#define ACC_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct acc_table {
	size_t columns, rows;
	char **name;     /* [columns] owned */
	char **cell;     /* [rows * columns] owned, row by row; never NULL, empty when undefined;
			    read only */
	size_t capacity; /* rows that fit */
};

void acc_table_free(struct acc_table *table);

/* Append a row of `columns` fields (the first call gives the header). Copies. False: out of memory.
 */
bool acc_table_header(struct acc_table *table, const char *const *field, size_t fields);
bool acc_table_row(struct acc_table *table, const char *const *field);

/* Index of a column, or table->columns when there is none of that name. */
size_t acc_table_column(const struct acc_table *table, const char *name);

/* The cell of a named column ("" when there is no such column), and its number (NaN when it
 * is empty or not a number). */
const char *acc_table_text(const struct acc_table *table, size_t row, const char *name);
double acc_table_number(const struct acc_table *table, size_t row, const char *name);

#endif
