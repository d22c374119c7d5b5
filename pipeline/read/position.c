#include "pipeline/read/position.h"
#include "stats/base.h"

#include <math.h>
#include <string.h>

enum { PAGES_DIGITS = 6, PLACES_DIGITS = 9, TIME_DIGITS = 9 };

/* A whole number of at most so many digits, and where it ends; NULL where there is none. */
static const char *
whole(const char *text, size_t most, double *value)
{
	const char *end = text;
	for (*value = 0; *end >= '0' && *end <= '9'; end++)
		*value = 10 * *value + (*end - '0');
	return end > text && end <= text + most ? end : NULL;
}

/* "ss", "ss.fff" or "ss,fff", to the end of the text. */
static bool
seconds(const char *text, double *value)
{
	double fraction = 0, unit = 1;
	const char *rest = whole(text, 2, value);
	if (!rest || rest != text + 2 || *value >= 60)
		return false;
	if (!*rest)
		return true;
	if ((*rest != '.' && *rest != ',') || !rest[1] || strlen(rest) > TIME_DIGITS + 1)
		return false;
	for (rest++; *rest >= '0' && *rest <= '9'; rest++) {
		fraction = 10 * fraction + (*rest - '0');
		unit *= 10;
	}
	*value += fraction / unit;
	return !*rest;
}

static bool
take_time(const char *text, double *value)
{
	double first, minutes, last;
	const char *rest = whole(text, TIME_DIGITS, &first);
	if (!rest || *rest != ':')
		return false;
	if (seconds(rest + 1, &last)) {
		*value = 60 * first + last;
		return true;
	}
	const char *colon = whole(rest + 1, 2, &minutes);
	if (!colon || *colon != ':' || colon != rest + 3 || minutes >= 60 ||
	    !seconds(colon + 1, &last))
		return false;
	*value = 60 * (60 * first + minutes) + last;
	return true;
}

static bool
take_page(const char *text, double *value)
{
	double page, place;
	const char *rest = whole(text, PAGES_DIGITS, &page);
	if (!rest || *rest != ':' || rest[1] != ' ')
		return false;
	rest = whole(rest + 1 + strspn(rest + 1, " "), PLACES_DIGITS, &place);
	if (!rest || *rest)
		return false;
	*value = page * 0x1p32 + place; /* exact: below 2^53, and 10^9 < 2^32 */
	return true;
}

enum acc_position
acc_position(const char *text, double *value)
{
	double number;
	if (acc_number(text, &number)) {
		*value = number;
		return number >= 0 && number <= 0x1p53 ? ACC_POSITION_NUMBER : ACC_POSITION_NONE;
	}
	if (take_time(text, value))
		return ACC_POSITION_TIME;
	return take_page(text, value) ? ACC_POSITION_PAGE : ACC_POSITION_NONE;
}

/* ---- two in one text ---- */

enum { RANGE_MOST = 63 };
static const char en_dash[] = "\xe2\x80\x93";

/* Take blanks from the end. */
static void
trim(char *text)
{
	size_t length = strlen(text);
	while (length && text[length - 1] == ' ')
		text[--length] = 0;
}

enum acc_position
acc_position_range(const char *text, double *begin, double *end)
{
	char first[RANGE_MOST + 1];
	const char *dash = strstr(text, en_dash);
	size_t width = dash ? sizeof en_dash - 1 : 1;
	if (!dash)
		dash = strchr(text, '-');
	if (!dash || dash - text > RANGE_MOST)
		return ACC_POSITION_NONE;
	memcpy(first, text, (size_t)(dash - text));
	first[dash - text] = 0;
	trim(first);
	bool page = !strncmp(first, "Page ", 5);
	const char *second = dash + width + strspn(dash + width, " ");
	enum acc_position from = acc_position(first + (page ? 5 : 0), begin);
	enum acc_position to = acc_position(second, end);
	if (from == ACC_POSITION_PAGE && to == ACC_POSITION_NUMBER && *end < 0x1p32) {
		*end += 0x1p32 * floor(*begin / 0x1p32);
		to = from;
	}
	return from == to ? from : ACC_POSITION_NONE;
}
