#include "pipeline/report/number.h"
#include "stats/base.h"
#include "stats/coefficient.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DECIMALS_MOST = 4 };

bool
acc_cell_is_number(enum acc_cell_kind kind)
{
	return kind != ACC_CELL_WORDS && kind != ACC_CELL_LABEL && kind != ACC_CELL_KEY;
}

static void
drop_zero(char *digits)
{
	if (digits[0] == '0')
		memmove(digits, digits + 1, strlen(digits));
}

static void
round_error(char digits[64], double value)
{
	snprintf(digits, 64, "%.3f", value);
	drop_zero(digits);
}

/* Digits of |value|; more decimals while something less than 1 would be rounded up to it. */
static void
round_bounded(char digits[64], double value)
{
	for (int decimals = 2; decimals <= DECIMALS_MOST; decimals++) {
		snprintf(digits, 64, "%.*f", decimals, value);
		if (value >= 1 || digits[0] != '1')
			break;
	}
	if (digits[0] == '1')
		snprintf(digits, 64, "%.2f", value);
	drop_zero(digits);
}

static void
round_p(char digits[64], double value)
{
	if (value < 0.001)
		snprintf(digits, 64, "< .001");
	else if (value > 0.999 && value < 1)
		snprintf(digits, 64, "> .999");
	else {
		snprintf(digits, 64, "%.3f", value);
		drop_zero(digits);
	}
}

static void
round_other(char digits[64], double value, enum acc_cell_kind kind)
{
	if (kind == ACC_CELL_COUNT || (kind == ACC_CELL_DEGREES && value == floor(value)))
		snprintf(digits, 64, value < 1e15 ? "%.0f" : "%.3g", value);
	else if (kind == ACC_CELL_PERCENT)
		snprintf(digits, 64, "%.1f%%", 100 * value);
	else
		snprintf(digits, 64, value < 1000 ? "%.2f" : value < 1e6 ? "%.0f" : "%.2e", value);
}

void
acc_number_people(struct acc_text *text, const char *given, enum acc_cell_kind kind)
{
	char digits[64];
	double value;
	if (!acc_number(given, &value)) {
		acc_text_put(text, "\xe2\x80\x94");
		return;
	}
	if (kind == ACC_CELL_BOUNDED)
		round_bounded(digits, fabs(value));
	else if (kind == ACC_CELL_ERROR)
		round_error(digits, value);
	else if (kind == ACC_CELL_P || kind == ACC_CELL_P_SAID)
		round_p(digits, value);
	else
		round_other(digits, fabs(value), kind);
	if (kind == ACC_CELL_P_SAID && !strchr("<>", digits[0]))
		acc_text_put(text, "= ");
	if (value < 0 && strpbrk(digits, "123456789"))
		acc_text_put(text, "\xe2\x88\x92");
	acc_text_put(text, digits);
}

/* The sign of per cent is said once, by the value or the upper limit. */
static void
put_limit(struct acc_text *text, const struct acc_cell *cell, size_t part)
{
	acc_number_people(text, cell->text[part], cell->kind);
	bool last = cell->parts == 2 && part == 1;
	if (cell->kind == ACC_CELL_PERCENT && !last && text->length &&
	    text->bytes[text->length - 1] == '%')
		text->bytes[--text->length] = 0;
}

void
acc_cell_people(struct acc_text *text, const struct acc_cell *cell)
{
	size_t limits = cell->parts == 2 ? 0 : 1;
	if (cell->parts != 2)
		acc_number_people(text, cell->text[0], cell->kind);
	if (cell->parts < 2)
		return;
	if (!*cell->text[limits] && !*cell->text[limits + 1]) {
		acc_text_put(text, limits ? "" : "\xe2\x80\x94");
		return;
	}
	acc_text_put(text, limits ? " [" : "[");
	put_limit(text, cell, limits);
	acc_text_put(text, ", ");
	put_limit(text, cell, limits + 1);
	acc_text_put(text, "]");
}

void
acc_coefficient_name(struct acc_text *text, const char *key)
{
	const struct acc_coefficient *coefficient = acc_coefficient_find(key);
	for (const char *c = coefficient ? coefficient->name : key; *c; c++)
		if (*c == '\'' && coefficient)
			acc_text_put(text, "\xe2\x80\x99");
		else
			acc_text_bytes(text, c, 1);
}
