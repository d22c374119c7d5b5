/* html: the parts of the page that hold results. Private to write_html. */
#ifndef ACC_HTML_H
#define ACC_HTML_H

#include "pipeline/report/writer.h"

struct acc_html {
	struct acc_text *text;
	const struct acc_writing *writing;
	unsigned tables, figures;
};

void acc_html_runs(struct acc_text *text, const struct acc_runs *runs);

/* A table in a figure: caption, a region that scrolls, notes. Numbers it. */
void acc_html_table(struct acc_html *html, const struct acc_block *block);

#endif
