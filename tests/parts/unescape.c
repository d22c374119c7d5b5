#include "tests/parts/unescape.h"

#include <stdlib.h>
#include <string.h>

static void
put_character(struct acc_text *text, unsigned long code)
{
	unsigned char byte[4];
	size_t count = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = count; i-- > 1; code >>= 6)
		byte[i] = (unsigned char)(0x80 | (code & 0x3f));
	byte[0] = (unsigned char)(count == 1 ? code : (0xf00u >> count & 0xff) | code);
	acc_text_bytes(text, (char *)byte, count);
}

void
unescape_html(struct acc_text *text, const char *html, size_t length)
{
	static const struct {
		const char *name, *is;
	} names[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}};
	for (size_t i = 0; i < length;) {
		size_t n = 0;
		if (html[i] == '<') {
			const char *until = strncmp(html + i, "<sup>", 5) ? ">" : "</sup>";
			i = (size_t)(strstr(html + i, until) - html) + strlen(until);
			continue;
		}
		while (n < 4 && strncmp(html + i, names[n].name, strlen(names[n].name)) != 0)
			n++;
		if (n < 4) {
			acc_text_put(text, names[n].is);
			i += strlen(names[n].name);
		} else if (!strncmp(html + i, "&#", 2)) {
			char *end;
			put_character(text, strtoul(html + i + 2, &end, 10));
			i = (size_t)(end - html) + 1;
		} else
			acc_text_bytes(text, html + i++, 1);
	}
}

void
unescape_markdown(struct acc_text *text, const char *markdown)
{
	for (const char *c = markdown; *c;) {
		if (*c == '\\' && c[1] && strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c[1])) {
			acc_text_bytes(text, c + 1, 1);
			c += 2;
		} else if (c[0] == '&' && c[1] == '#') {
			char *end;
			put_character(text, strtoul(c + 2, &end, 10));
			c = end + 1;
		} else
			acc_text_bytes(text, c++, 1);
	}
}

void
unescape_latex(struct acc_text *text, const char *latex)
{
	static const struct {
		const char *command, *is;
	} known[] = {{"\\textbackslash{}", "\\"},
		     {"\\textasciitilde{}", "~"},
		     {"\\textasciicircum{}", "^"},
		     {"\\textquotedbl{}", "\""},
		     {"\\textquotesingle{}", "'"},
		     {"\\textasciigrave{}", "`"},
		     {"\\textless{}", "<"},
		     {"\\textgreater{}", ">"},
		     {"\\textbar{}", "|"},
		     {"\\S{}", "\xc2\xa7"},
		     {"\\textdegree{}", "\xc2\xb0"},
		     {"\\ensuremath{\\pm}", "\xc2\xb1"},
		     {"\\textmu{}", "\xc2\xb5"},
		     {"\\textperiodcentered{}", "\xc2\xb7"},
		     {"\\texttimes{}", "\xc3\x97"},
		     {"\\textdiv{}", "\xc3\xb7"},
		     {"\\textendash{}", "\xe2\x80\x93"},
		     {"\\textemdash{}", "\xe2\x80\x94"},
		     {"\\textquoteleft{}", "\xe2\x80\x98"},
		     {"\\textquoteright{}", "\xe2\x80\x99"},
		     {"\\textquotedblleft{}", "\xe2\x80\x9c"},
		     {"\\textquotedblright{}", "\xe2\x80\x9d"},
		     {"\\textellipsis{}", "\xe2\x80\xa6"},
		     {"\\texteuro{}", "\xe2\x82\xac"},
		     {"\\ensuremath{-}", "\xe2\x88\x92"},
		     {"-{}", "-"},
		     {",{}", ","},
		     {"{[}", "["},
		     {"{]}", "]"},
		     {"{*}", "*"},
		     {"~", "\xc2\xa0"}};
	enum { KNOWN = sizeof known / sizeof *known };
	for (const char *c = latex; *c;) {
		size_t n = 0;
		while (n < KNOWN && strncmp(c, known[n].command, strlen(known[n].command)) != 0)
			n++;
		if (n < KNOWN) {
			acc_text_put(text, known[n].is);
			c += strlen(known[n].command);
		} else if (!strncmp(c, "\\accordchar{", 12)) {
			char *end;
			put_character(text, strtoul(c + 12, &end, 16));
			c = end + 1;
		} else if (*c == '\\' && c[1] && strchr("{}$&#%_ ", c[1])) {
			acc_text_bytes(text, c + 1, 1);
			c += 2;
		} else
			acc_text_bytes(text, c++, 1);
	}
}
