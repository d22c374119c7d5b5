#include "pipeline/report/escape.h"
#include "plots/utf8.h"

#include <stdint.h>
#include <string.h>

void
acc_escape_html(struct acc_text *text, const char *string)
{
	for (const char *c = string; *c; c++)
		switch (*c) {
		case '&':
			acc_text_put(text, "&amp;");
			break;
		case '<':
			acc_text_put(text, "&lt;");
			break;
		case '>':
			acc_text_put(text, "&gt;");
			break;
		case '"':
			acc_text_put(text, "&quot;");
			break;
		case '\r': /* a bare one would become a line feed */
			acc_text_put(text, "&#13;");
			break;
		default:
			acc_text_bytes(text, c, 1);
		}
}

void
acc_escape_json(struct acc_text *text, const char *string)
{
	acc_text_put(text, "\"");
	for (const char *c = string; *c; c++) {
		if (*c == '"' || *c == '\\')
			acc_text_put(text, "\\");
		if ((unsigned char)*c < 0x20)
			acc_text_printf(text, "\\u%04x", (unsigned)*c);
		else
			acc_text_bytes(text, c, 1);
	}
	acc_text_put(text, "\"");
}

/* ---- Markdown ---- */

/* Characters that could begin markup, an entity, or an address ("www.", "https:"). */
static bool
marks_up(const char *string, const char *c)
{
	if (strchr("\\`*_{}[]<>#|~&!$^@", *c))
		return true;
	if (c == string) /* of a line, it may be: a list, a rule, a heading */
		return strchr("-+=", *c) != NULL;
	if (strchr(".)", *c) && strspn(string, "0123456789") == (size_t)(c - string))
		return true;
	return (*c == '.' && strchr("wW", c[-1])) || (*c == ':' && c[1] == '/') ||
	       (*c == ':' && (c[1] & 0x80 || !strchr(" \t\n", c[1])));
}

void
acc_escape_markdown(struct acc_text *text, const char *string)
{
	for (const char *c = string; *c; c++) {
		bool blank = *c == ' ' && (c == string || c[-1] == ' ' || !c[1]);
		if ((unsigned char)*c < 0x20 || blank || *c == 0x7f)
			acc_text_printf(text, "&#%d;", *c);
		else {
			acc_text_put(text, marks_up(string, c) ? "\\" : "");
			acc_text_bytes(text, c, 1);
		}
	}
}

/* ---- LaTeX ---- */

static const struct {
	uint32_t character;
	const char *latex;
} latex[] = {
    {'\\', "\\textbackslash{}"},
    {'{', "\\{"},
    {'}', "\\}"},
    {'$', "\\$"},
    {'&', "\\&"},
    {'#', "\\#"},
    {'%', "\\%"},
    {'_', "\\_"},
    {'~', "\\textasciitilde{}"},
    {'^', "\\textasciicircum{}"},
    {'"', "\\textquotedbl{}"},
    {'\'', "\\textquotesingle{}"},
    {'`', "\\textasciigrave{}"},
    {'<', "\\textless{}"},
    {'>', "\\textgreater{}"},
    {'|', "\\textbar{}"},
    {0xA0, "~"},
    {0xA7, "\\S{}"},
    {0xB0, "\\textdegree{}"},
    {0xB1, "\\ensuremath{\\pm}"},
    {0xB5, "\\textmu{}"},
    {0xB7, "\\textperiodcentered{}"},
    {0xD7, "\\texttimes{}"},
    {0xF7, "\\textdiv{}"},
    {0x20AC, "\\texteuro{}"},
    {0x2212, "\\ensuremath{-}"},
};

/* What would be joined to what follows it, two hyphens to a dash, two commas to a quotation mark;
 * or be taken for an option of the line end before it. */
static const char *
joined(const char *string, const char *c)
{
	if ((*c == '-' || *c == ',') && (c[1] == *c || !c[1]))
		return *c == '-' ? "-{}" : ",{}";
	if (c == string && (*c == '[' || *c == '*'))
		return *c == '[' ? "{[}" : "{*}";
	return NULL;
}

/* Letters and marks that every Latin font of LaTeX has. */
static bool
is_latin(uint32_t character)
{
	static const uint32_t rare[] = {0x108, 0x109, 0x126, 0x127, 0x13F,
					0x140, 0x149, 0x166, 0x167};
	if ((character >= 0x2018 && character <= 0x201D && character % 4 < 2) ||
	    character == 0x2013 || character == 0x2014 || character == 0x2026)
		return true;
	if (character < 0xC0 || character > 0x17E || character == 0x138)
		return false;
	for (size_t i = 0; i < sizeof rare / sizeof *rare; i++)
		if (rare[i] == character)
			return false;
	return true;
}

static const char *
find_latex(uint32_t character)
{
	for (size_t i = 0; i < sizeof latex / sizeof *latex; i++)
		if (latex[i].character == character)
			return latex[i].latex;
	return NULL;
}

void
acc_escape_latex(struct acc_text *text, const char *string)
{
	for (const char *c = string; *c;) {
		size_t length;
		uint32_t character = acc_utf8_next(c, &length);
		const char *known = joined(string, c);
		known = known ? known : find_latex(character);
		bool blank = character == ' ' && (c == string || c[-1] == ' ' || !c[1]);
		if (known)
			acc_text_put(text, known);
		else if (blank)
			acc_text_put(text, "\\ ");
		else if ((character >= 0x20 && character < 0x7F) || is_latin(character))
			acc_text_bytes(text, c, length);
		else
			acc_text_printf(text, "\\accordchar{%04X}", (unsigned)character);
		c += length;
	}
}
