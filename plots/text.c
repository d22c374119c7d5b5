#include "plots/text.h"
#include "plots/utf8.h"

#include "plots/decimal.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
acc_text_free(struct acc_text *text)
{
	free(text->bytes);
	*text = (struct acc_text){0};
}

static bool
reserve(struct acc_text *text, size_t more)
{
	if (text->failed)
		return false;
	size_t need;
	if (__builtin_add_overflow(text->length, more, &need) || need == SIZE_MAX) {
		text->failed = true;
		return false;
	}
	if (need + 1 <= text->capacity)
		return true;
	size_t capacity = text->capacity ? text->capacity : 256;
	while (capacity < need + 1)
		capacity = capacity > SIZE_MAX / 2 ? need + 1 : capacity * 2;
	char *bytes = realloc(text->bytes, capacity);
	if (!bytes) {
		text->failed = true;
		return false;
	}
	text->bytes = bytes;
	text->capacity = capacity;
	return true;
}

char *
acc_text_more(struct acc_text *text, size_t more)
{
	return reserve(text, more) ? text->bytes + text->length : NULL;
}

void
acc_text_bytes(struct acc_text *text, const char *bytes, size_t length)
{
	if (!reserve(text, length))
		return;
	if (length)
		memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	text->bytes[text->length] = 0;
}

void
acc_text_put(struct acc_text *text, const char *string)
{
	acc_text_bytes(text, string, strlen(string));
}

void
acc_text_printf(struct acc_text *text, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	va_list again;
	va_copy(again, list);
	int length = vsnprintf(NULL, 0, format, list);
	va_end(list);
	if (length < 0)
		text->failed = true;
	else if (reserve(text, (size_t)length)) {
		vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
		text->length += (size_t)length;
	}
	va_end(again);
}

void
acc_text_number(struct acc_text *text, double value)
{
	if (isnan(value))
		return;
	char digits[40];
	size_t length = acc_decimal(value, digits);
	if (length) {
		acc_text_bytes(text, digits, length);
		return;
	}
	for (int precision = 15; precision <= 17; precision++) {
		snprintf(digits, sizeof digits, "%.*g", precision, value);
		if (strtod(digits, NULL) == value)
			break;
	}
	acc_text_put(text, digits);
}

/* Is there any byte before '-', such as all that a field is quoted for? Eight at a time. */
static bool
any_low(const char *bytes, size_t length)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t word, low = 0;
	size_t at = 0;
	for (; at + sizeof word <= length; at += sizeof word) {
		memcpy(&word, bytes + at, sizeof word);
		low |= (word - ones * '-') & ~word;
	}
	for (; at < length; at++)
		low |= (unsigned char)bytes[at] < '-' ? ones << 7 : 0;
	return low & ones << 7;
}

bool
acc_text_csv_quotes(const char *field, size_t length)
{
	/* Blanks at the ends are quoted too: many readers trim what is not. */
	char first = length ? field[0] : 0, last = length ? field[length - 1] : 0;
	if (first == ' ' || first == '\t' || last == ' ' || last == '\t')
		return true;
	if (!any_low(field, length))
		return false;
	for (size_t i = 0; i < length; i++)
		if (field[i] == ',' || field[i] == '"' || field[i] == '\r' || field[i] == '\n')
			return true;
	return false;
}

void
acc_text_csv_bytes(struct acc_text *text, const char *field, size_t length)
{
	if (!acc_text_csv_quotes(field, length)) {
		acc_text_bytes(text, field, length);
		return;
	}
	acc_text_put(text, "\"");
	for (size_t i = 0; i < length; i++) {
		if (field[i] == '"')
			acc_text_put(text, "\"");
		acc_text_bytes(text, field + i, 1);
	}
	acc_text_put(text, "\"");
}

void
acc_text_csv(struct acc_text *text, const char *field)
{
	acc_text_csv_bytes(text, field, strlen(field));
}

void
acc_text_json(struct acc_text *text, const char *string)
{
	size_t length;
	acc_text_put(text, "\"");
	for (; *string; string += length) {
		uint32_t code = acc_utf8_next(string, &length);
		if (code == UINT32_MAX)
			acc_text_put(text, "\xef\xbf\xbd");
		else if (code == '"' || code == '\\')
			acc_text_printf(text, "\\%c", (char)code);
		else if (code < 0x20 || code == 0x7f)
			acc_text_printf(text, "\\u%04x", (unsigned)code);
		else
			acc_text_bytes(text, string, length);
	}
	acc_text_put(text, "\"");
}
