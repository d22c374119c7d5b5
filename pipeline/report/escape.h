/* escape: text from outside, exact in each format. The only place where anything is escaped.
 *
 * What is appended stands for exactly the characters of `text`: nothing is interpreted, joined to
 * what stands beside it, or lost. Text is valid UTF-8 without NUL (csv.h refuses other). */
#ifndef ACC_ESCAPE_H
#define ACC_ESCAPE_H

#include "plots/text.h"

/* Between tags and in double-quoted attributes. */
void acc_escape_html(struct acc_text *text, const char *string);

/* In a paragraph, list item or cell of a table of GitHub-flavoured Markdown. */
void acc_escape_markdown(struct acc_text *text, const char *string);

/* In text mode with fontenc T1 and \accordchar, which the writer defines: characters outside of
 * Latin print where the engine's font has them and otherwise as U+ and their number. */
void acc_escape_latex(struct acc_text *text, const char *string);

/* A JSON string with its quotes. */
void acc_escape_json(struct acc_text *text, const char *string);

#endif
