/* Chapter: what the report was made from. */
#include "pipeline/command/command.h"
#include "pipeline/report/report.h"

#include <string.h>

static const struct acc_column columns[] = {
    {"Results", ACC_CELL_LABEL, {0}, NULL, false},
    {"Made by", ACC_CELL_WORDS, {0}, NULL, false},
    {"Rows", ACC_CELL_COUNT, {0}, NULL, false},
};

static const char *
base_name(const char *file)
{
	const char *slash = strrchr(file, '/');
	return slash ? slash + 1 : file;
}

static void
write_provenance(struct acc_report *report)
{
	struct acc_document *document = &report->document;
	acc_add_table(document, "provenance-results", columns, 3);
	acc_say(document, "Made by Accord " ACC_VERSION " from these results.");
	for (size_t i = 0; i < report->files.sources; i++) {
		const struct acc_source *source = &report->files.source[i];
		struct acc_cell *cell = acc_add_row(document);
		if (!cell)
			return;
		cell[0] = (struct acc_cell){
		    .kind = ACC_CELL_LABEL, .parts = 1, .text = {base_name(source->file)}};
		cell[1] =
		    (struct acc_cell){.kind = ACC_CELL_WORDS,
				      .parts = 1,
				      .text = {acc_keep_printf(document, "accord %s",
							       acc_result_stage(source->kind))}};
		cell[2] =
		    (struct acc_cell){.kind = ACC_CELL_COUNT,
				      .parts = 1,
				      .text = {acc_keep_printf(document, "%zu", source->rows)}};
	}
	acc_table_done(report, 0);
	if (report->provenance) {
		acc_add_heading(document, "Record");
		acc_add_block(document, ACC_BLOCK_VERBATIM);
		acc_say(document, report->provenance);
	}
}

const struct acc_chapter acc_chapter_provenance = {"provenance", "Provenance", write_provenance};
