/* Chapter: the sources that the report cites, and no others. */
#include "pipeline/report/report.h"

static void
write_references(struct acc_report *report)
{
	if (report->document.citations)
		acc_add_block(&report->document, ACC_BLOCK_REFERENCES);
}

const struct acc_chapter acc_chapter_references = {"references", "References", write_references};
