/* writer: a document in a format. One file per format: write_NAME.c. */
#ifndef ACC_WRITER_H
#define ACC_WRITER_H

#include "pipeline/read/results.h"
#include "pipeline/report/document.h"

/* What a writer is told beside the document. */
struct acc_writing {
	const struct acc_document *document;
	const struct acc_result_files *files; /* what `from.source` counts */
	const char *figures;                  /* folder of the figures, as given */
	bool whole; /* false: chosen sections only, to be put into another document */
};

/* A file of pipeline/report/, embedded when the program is built: lines, NULL last. */
extern const char *const acc_asset_report_css[];
extern const char *const acc_asset_report_js[];

void acc_write_html(struct acc_text *text, const struct acc_writing *writing);
void acc_write_markdown(struct acc_text *text, const struct acc_writing *writing);
void acc_write_latex(struct acc_text *text, const struct acc_writing *writing);
void acc_write_json(struct acc_text *text, const struct acc_writing *writing);
void acc_write_bibtex(struct acc_text *text, const struct acc_writing *writing);

/* ---- shared ---- */

/* The cited references in the order of their authors; *count of them. Owned; NULL: no memory. */
const struct acc_reference **acc_cited_in_order(const struct acc_document *document, size_t *count);

/* A cell's words for people, unescaped; numbers by number.h. */
void acc_cell_words(struct acc_text *text, const struct acc_cell *cell);

/* Escape what acc_cell_words says, by one of escape.h. */
void acc_cell_escaped(struct acc_text *text, const struct acc_cell *cell,
		      void (*escape)(struct acc_text *, const char *));

#endif
