#include "plots/label.h"

#include "plots/metrics.h"
#include "plots/utf8.h"

#include <stdint.h>
#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */
static const char zero_width_space[] = "\xE2\x80\x8B";
static const char ellipsis[] = "\xE2\x80\xA6";

/* The character at the start of a string and its length in bytes; an invalid byte is one U+FFFD. */
static size_t
decode(const char *string, uint32_t *character)
{
	size_t length;
	*character = acc_utf8_next(string, &length);
	if (*character == UINT32_MAX)
		*character = 0xFFFD;
	return length;
}

static bool
harmful(uint32_t character)
{
	return character < 0x20 || (character >= 0x7F && character <= 0x9F) ||
	       character == 0x2028 || character == 0x2029 ||
	       (character >= 0x202A && character <= 0x202E) ||
	       (character >= 0x2066 && character <= 0x2069) ||
	       (character >= 0xFDD0 && character <= 0xFDEF) || (character & 0xFFFE) == 0xFFFE;
}

/* Bytes of `name` that fit into `columns`, of which an ellipsis takes one if not all do. */
static size_t
fitting(const char *name, unsigned columns, bool *cut)
{
	size_t length = 0, room_for_ellipsis = 0;
	unsigned used = 0;
	*cut = false;
	while (name[length]) {
		uint32_t character;
		size_t bytes = decode(name + length, &character);
		used += acc_char_columns(character);
		if (columns && used > columns) {
			*cut = true;
			return room_for_ellipsis;
		}
		length += bytes;
		if (used < columns)
			room_for_ellipsis = length;
	}
	return length;
}

/* Inside an SVG file, `]]>` ends a section and `&#` begins a character reference. */
static bool
breaks_xml(const char *name, size_t at)
{
	if (name[at] == '#')
		return at >= 1 && name[at - 1] == '&';
	return name[at] == '>' && at >= 2 && name[at - 1] == ']' && name[at - 2] == ']';
}

bool
acc_label_clean(struct acc_text *text, const char *name, unsigned columns)
{
	bool cut;
	size_t length = fitting(name, columns, &cut);
	for (size_t at = 0; at < length;) {
		uint32_t character;
		size_t bytes = decode(name + at, &character);
		if (breaks_xml(name, at))
			acc_text_put(text, zero_width_space);
		if (character == 0xFFFD || harmful(character))
			acc_text_put(text, replacement);
		else
			acc_text_bytes(text, name + at, bytes);
		at += bytes;
	}
	if (cut)
		acc_text_put(text, ellipsis);
	return cut;
}

static double
width(const char *clean, size_t length)
{
	double em = 0;
	for (size_t at = 0; at < length;) {
		uint32_t character;
		at += decode(clean + at, &character);
		em += acc_char_em(character);
	}
	return em;
}

double
acc_label_em(const char *clean)
{
	double widest = 0;
	while (*clean) {
		size_t line = strcspn(clean, "\n");
		double em = width(clean, line);
		if (em > widest)
			widest = em;
		clean += line + (clean[line] == '\n');
	}
	return widest;
}

/* What a break before byte `at` costs beside the width of the wider line: nothing at a blank, after
 * a hyphen or a slash, or between ideographs; much inside a word. */
static double
break_penalty(const char *clean, size_t at)
{
	uint32_t next;
	decode(clean + at, &next);
	if (next == ' ' || strchr("-/", clean[at - 1]) || acc_char_wide(next))
		return 0;
	return acc_char_columns(next) ? 20 : 1e6;
}

void
acc_label_break(struct acc_text *text, const char *clean, double em)
{
	size_t length = strlen(clean), best = 0;
	double whole = width(clean, length), least = 1e9, left = 0;
	for (size_t at = 0; whole > em && at < length;) {
		uint32_t character;
		size_t bytes = decode(clean + at, &character);
		left += acc_char_em(character);
		at += bytes;
		double right = whole - left - (clean[at] == ' ' ? acc_char_em(' ') : 0);
		double cost = (left > right ? left : right) + break_penalty(clean, at);
		if (at < length && cost < least) {
			least = cost;
			best = at;
		}
	}
	acc_text_bytes(text, clean, best);
	if (best)
		acc_text_put(text, break_penalty(clean, best) > 0 ? "-\n" : "\n");
	acc_text_put(text, clean + best + (best && clean[best] == ' '));
}

void
acc_label_quote(struct acc_text *text, const char *clean)
{
	acc_text_put(text, "\"");
	for (; *clean; clean++) {
		if (*clean == '\n')
			acc_text_put(text, "\\n");
		else if (strchr("\\\"`", *clean)) {
			acc_text_put(text, "\\");
			acc_text_bytes(text, clean, 1);
		} else
			acc_text_bytes(text, clean, 1);
	}
	acc_text_put(text, "\"");
}
