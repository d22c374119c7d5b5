#include "pipeline/study/ini_lines.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void
say(struct acc_ini_lines *lines, const char *what)
{
	acc_error(lines->messages, ACC_EXIT_USAGE,
		  (struct acc_place){lines->path, lines->number, 0}, "%s", what);
}

/* Cut a comment behind the value, mask semicolons in quotes. Both apply behind the first '='. */
static void
mask(char *line)
{
	bool quoted = false;
	char *c = strchr(line, '=');
	for (c = c ? c : line; *c; c++) {
		quoted ^= *c == '"';
		if (*c == ';' && quoted)
			*c = ACC_INI_MASK;
		else if (*c == ';' && c > line && is_blank(c[-1])) {
			*c = 0;
			return;
		}
	}
}

/* What is wrong with a line, or NULL. */
static const char *
fault(const char *line, size_t length)
{
	size_t end = strlen(line);
	if (end != length)
		return "a byte that is no text (NUL)";
	for (const char *c = line; *c; c++)
		if ((unsigned char)*c < ' ' && *c != '\t')
			return "a control character; study.ini is text";
	if (*line == '[')
		return strchr(line, ']') ? NULL : "a section ends with ']'";
	if (*line && !strchr(";#", *line) && (!strchr(line, '=') || *line == '='))
		return "this is neither '[section]', 'key = value' nor a comment ('; ...')";
	return NULL;
}

/* Read a line, without its end and its indentation. False at the end of the file. */
static bool
read_line(struct acc_ini_lines *lines)
{
	ssize_t got = getline(&lines->line, &lines->capacity, lines->file);
	if (got <= 0)
		return false;
	size_t length = (size_t)got, skip = 0;
	lines->number++;
	while (length && strchr("\r\n \t", lines->line[length - 1]) && lines->line[length - 1])
		lines->line[--length] = 0;
	if (lines->number == 1 && length >= 3 && !memcmp(lines->line, "\xef\xbb\xbf", 3))
		skip = 3;
	while (is_blank(lines->line[skip]))
		skip++;
	lines->rest = lines->line + skip;
	const char *wrong = fault(lines->rest, length - skip);
	if (wrong) {
		say(lines, wrong);
		*lines->rest = 0;
	}
	if (*lines->rest && strchr(";#", *lines->rest))
		*lines->rest = 0;
	mask(lines->rest);
	return true;
}

/* Where to break what does not fit: between two bytes that inih neither strips nor takes for a
 * comment. 0: nowhere. */
static size_t
break_at(const char *text, size_t most)
{
	while (most > 1 && (is_blank(text[most - 1]) || strchr(" \t;#=:", text[most])))
		most--;
	return most > 1 ? most : 0;
}

char *
acc_ini_lines_next(char *piece, int size, void *context)
{
	struct acc_ini_lines *lines = context;
	lines->piece = lines->rest != NULL;
	if (!lines->rest && !read_line(lines))
		return NULL;
	size_t length = strlen(lines->rest), at = lines->piece, most = (size_t)size - 2 - at;
	if (length > most)
		length = break_at(lines->rest, most);
	if (!length && *lines->rest) {
		say(lines, "a run of blanks that is too long");
		*lines->rest = 0;
	}
	if (at)
		piece[0] = ' ';
	memcpy(piece + at, lines->rest, length);
	piece[at + length] = 0;
	lines->rest = lines->rest[length] ? lines->rest + length : NULL;
	return piece;
}
