#include "pipeline/report/report.h"
#include "plots/figure.h"

#include <string.h>

#define ACC_CHAPTER(name) extern const struct acc_chapter acc_chapter_##name;
#include "pipeline/report/chapters.def"
#undef ACC_CHAPTER

const struct acc_chapter *const acc_chapters[] = {
#define ACC_CHAPTER(name) &acc_chapter_##name,
#include "pipeline/report/chapters.def"
#undef ACC_CHAPTER
};
const size_t acc_chapter_count = sizeof acc_chapters / sizeof *acc_chapters;

/* ---- figures ---- */

static const char *
needs_of(const char *name)
{
	for (size_t i = 0; i < acc_figure_count; i++)
		if (!strcmp(acc_figures[i]->key, name))
			return acc_figures[i]->needs;
	return "";
}

/* What a figure shows when nobody described it: its registered title. */
static const char *
title_of(struct acc_report *report, const char *name)
{
	for (size_t i = 0; i < acc_figure_count; i++)
		if (!strcmp(acc_figures[i]->key, name))
			return acc_keep_printf(
			    &report->document,
			    "Figure: %s. The caption says what the marks mean; the numbers are in "
			    "the tables of this section.",
			    acc_figures[i]->title);
	return acc_keep_printf(&report->document, "Figure %s; see its caption.", name);
}

static void
add_figure(struct acc_report *report, struct acc_pictured *figure)
{
	struct acc_document *document = &report->document;
	acc_add_block(document, ACC_BLOCK_FIGURE);
	acc_say(document, figure->caption.bytes ? figure->caption.bytes : "");
	if (document->failed)
		return;
	struct acc_block *block = acc_last_block(document);
	block->id = figure->name;
	block->alt = figure->alt.length ? figure->alt.bytes : title_of(report, figure->name);
	block->file = figure->wide.file ? figure->wide.file : "";
	block->picture = figure->wide.data.bytes;
	block->picture_length = figure->wide.data.length;
	block->narrow = figure->narrow.data.bytes;
	block->narrow_length = figure->narrow.data.length;
	figure->placed = true;
}

void
acc_report_figures(struct acc_report *report, const char *needs)
{
	for (size_t i = 0; i < report->pictures.figures; i++) {
		struct acc_pictured *figure = &report->pictures.figure[i];
		if (!figure->placed && (!needs || !strcmp(needs_of(figure->name), needs)))
			add_figure(report, figure);
	}
}

/* ---- the whole ---- */

static void
write_chapter(struct acc_report *report, const struct acc_chapter *chapter)
{
	struct acc_document *document = &report->document;
	acc_add_section(document, chapter->id, chapter->title);
	chapter->write(report);
	if (!document->failed && !document->section[document->sections - 1].blocks)
		acc_drop_section(document);
}

void
acc_report_write(struct acc_report *report, unsigned chosen)
{
	for (size_t i = 0; i < acc_chapter_count; i++)
		if (!chosen || chosen & 1u << i)
			write_chapter(report, acc_chapters[i]);
}
