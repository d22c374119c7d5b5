/* Tables of a study that never was, for the tests of the figures, and how they are filled: every
 * fifth value is undefined. */
#ifndef ACC_MADE_UP_TABLE_H
#define ACC_MADE_UP_TABLE_H

#include "plots/figure.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct study {
	const char *const *theme, *const *group, *const *coder;
	size_t themes, groups, coders;
	struct acc_table agreement, cooccurrence, sets, comparison, map, saturation;
	struct acc_table explanation, codeline, specifications;
	unsigned values; /* made so far */
};

/* ---- filling a table by column names: "name", "value", ..., NULL ---- */

static void
add_row(struct acc_table *table, ...)
{
	const char *field[32];
	for (size_t c = 0; c < table->columns; c++)
		field[c] = "";
	va_list list;
	va_start(list, table);
	for (const char *name; (name = va_arg(list, const char *));) {
		size_t c = acc_table_column(table, name);
		assert_true(c < table->columns);
		field[c] = va_arg(list, const char *);
	}
	va_end(list);
	assert_true(acc_table_row(table, field));
}

static void
add_header(struct acc_table *table, const char *line)
{
	const char *field[32];
	char *copy = strdup(line), *rest = copy;
	size_t columns = 0;
	for (char *name; (name = strtok_r(rest, ",", &rest));)
		field[columns++] = name;
	assert_true(acc_table_header(table, field, columns));
	free(copy);
}

/* The next value, low and high; every fifth is empty. */
struct estimate {
	char value[16], low[16], high[16];
};

static struct estimate
next_estimate(struct study *study)
{
	struct estimate e = {"", "", ""};
	unsigned k = study->values++;
	double value = ((double)(k * 37 % 100) - 15) / 100;
	if (k % 5 == 4)
		return e;
	snprintf(e.value, sizeof e.value, "%.2f", value);
	snprintf(e.low, sizeof e.low, "%.2f", value - 0.2);
	snprintf(e.high, sizeof e.high, "%.2f", value + 0.3);
	return e;
}

#endif
