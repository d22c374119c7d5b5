/* unescape: the escapes of the report's formats undone, each by its own rules and none by those of
 * the writers. All append to `text`. */
#ifndef UNESCAPE_H
#define UNESCAPE_H

#include "plots/text.h"

/* Character references as browsers read them; tags are dropped, with what stands in <sup>. */
void unescape_html(struct acc_text *text, const char *html, size_t length);

/* Backslash escapes and numeric entities of CommonMark. */
void unescape_markdown(struct acc_text *text, const char *markdown);

/* What LaTeX typesets: commands by their characters, groups without their braces. */
void unescape_latex(struct acc_text *text, const char *latex);

#endif
