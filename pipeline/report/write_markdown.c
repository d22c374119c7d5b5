/* A report as GitHub-flavoured Markdown: pipe tables, pictures by their files. */
#include "pipeline/command/command.h"
#include "pipeline/report/escape.h"
#include "pipeline/report/number.h"
#include "pipeline/report/reference.h"
#include "pipeline/report/writer.h"

#include <stdlib.h>
#include <string.h>

struct markdown {
	struct acc_text *text;
	const struct acc_writing *writing;
	unsigned tables, figures;
};

static void
put_cited(struct acc_text *text, const struct acc_reference *reference, const char *cited)
{
	(void)reference;
	acc_escape_markdown(text, cited);
}

static void
put_citation(struct acc_text *text, const char *sources)
{
	acc_references_put(text, sources, put_cited);
}

/* Digits, brackets and signs of numbers mark nothing up. */
static void
put_words_of(struct acc_text *text, const struct acc_cell *cell)
{
	if (acc_cell_is_number(cell->kind))
		acc_cell_words(text, cell);
	else
		acc_cell_escaped(text, cell, acc_escape_markdown);
}

static const struct acc_markup markup = {.escape = acc_escape_markdown,
					 .strong = {"**", "**"},
					 .code = {"<code>", "</code>"},
					 .mark = {"<sup>", "</sup>"},
					 .open = {"*", "*"},
					 .cell = put_words_of,
					 .cite = put_citation};

/* ---- blocks ---- */

static void
put_cell(struct acc_text *text, const struct acc_cell *cell)
{
	acc_text_put(text, "| ");
	if (cell->parts)
		put_words_of(text, cell);
	else
		acc_text_put(text, "\xe2\x80\x94");
	if (cell->mark)
		acc_markup_put(text, &markup, "<sup>", cell->mark, "</sup>");
	acc_text_put(text, " ");
}

static void
put_table(struct markdown *markdown, const struct acc_block *block)
{
	struct acc_text *text = markdown->text;
	acc_text_printf(text, "**Table %u.** ", ++markdown->tables);
	acc_markup_runs(text, &block->runs, &markup);
	acc_text_put(text, "\n\n");
	for (size_t i = 0; i < block->columns; i++)
		acc_markup_put(text, &markup, "| ", block->column[i].name, " ");
	acc_text_put(text, "|\n");
	for (size_t i = 0; i < block->columns; i++)
		acc_text_put(text,
			     acc_cell_is_number(block->column[i].kind) ? "| ---: " : "| --- ");
	acc_text_put(text, "|\n");
	for (size_t r = 0; r < block->rows; r++) {
		for (size_t i = 0; i < block->columns; i++)
			put_cell(text, &block->cell[r * block->columns + i]);
		acc_text_put(text, "|\n");
	}
	acc_text_put(text, "\n");
	if (block->note.count) {
		acc_markup_runs(text, &block->note, &markup);
		acc_text_put(text, "\n\n");
	}
}

/* A path in an address: what is no plain character is written by its number. */
static void
put_path(struct acc_text *text, const char *path)
{
	for (; *path; path++)
		if (strchr("/._-", *path) || (*path >= '0' && *path <= '9') ||
		    (*path >= 'A' && *path <= 'Z') || (*path >= 'a' && *path <= 'z'))
			acc_text_bytes(text, path, 1);
		else
			acc_text_printf(text, "%%%02X", (unsigned char)*path);
}

static void
put_figure(struct markdown *markdown, const struct acc_block *block)
{
	struct acc_text *text = markdown->text;
	if (*block->file) {
		acc_markup_put(text, &markup, "![", block->alt, "](");
		put_path(text, markdown->writing->figures);
		acc_text_put(text, "/");
		put_path(text, block->file);
		acc_text_put(text, ")\n\n");
	}
	acc_text_printf(text, "**Figure %u.** ", ++markdown->figures);
	acc_markup_runs(text, &block->runs, &markup);
	acc_text_put(text, "\n\n");
}

/* Lines with a fence longer than any in them. */
static void
put_verbatim(struct acc_text *text, const struct acc_block *block)
{
	size_t longest = 2, run = 0;
	const char *inside = block->runs.count ? block->runs.run[0].text : "";
	for (const char *c = inside; *c; c++) {
		run = *c == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	for (int end = 0; end < 2; end++) {
		for (size_t i = 0; i <= longest; i++)
			acc_text_put(text, "`");
		acc_text_put(text, "\n");
		acc_text_put(text, end ? "\n" : inside);
		if (!end && text->length && text->bytes[text->length - 1] != '\n')
			acc_text_put(text, "\n");
	}
}

static void
put_references(struct markdown *markdown)
{
	size_t count;
	struct acc_text *text = markdown->text;
	const struct acc_reference **cited =
	    acc_cited_in_order(markdown->writing->document, &count);
	text->failed = text->failed || !cited;
	for (size_t i = 0; cited && i < count; i++) {
		struct acc_text line = {0};
		acc_reference_line(&line, cited[i]);
		if (*cited[i]->doi)
			acc_text_printf(&line, " doi:%s", cited[i]->doi);
		acc_markup_put(text, &markup, "- ", line.bytes ? line.bytes : "", "\n");
		acc_text_free(&line);
	}
	acc_text_put(text, "\n");
	free(cited);
}

static void
put_block(struct markdown *markdown, const struct acc_block *block)
{
	struct acc_text *text = markdown->text;
	switch (block->kind) {
	case ACC_BLOCK_TABLE:
		put_table(markdown, block);
		return;
	case ACC_BLOCK_FIGURE:
		put_figure(markdown, block);
		return;
	case ACC_BLOCK_VERBATIM:
		put_verbatim(text, block);
		return;
	case ACC_BLOCK_REFERENCES:
		put_references(markdown);
		return;
	case ACC_BLOCK_HEADING:
		acc_text_put(text, "### ");
		break;
	case ACC_BLOCK_ITEM:
		acc_text_put(text, "- ");
		break;
	case ACC_BLOCK_PARAGRAPH:
		break;
	}
	acc_markup_runs(text, &block->runs, &markup);
	while (text->length && text->bytes[text->length - 1] == ' ')
		text->bytes[--text->length] = 0;
	acc_text_put(text, block->kind == ACC_BLOCK_ITEM ? "\n" : "\n\n");
}

void
acc_write_markdown(struct acc_text *text, const struct acc_writing *writing)
{
	struct markdown markdown = {.text = text, .writing = writing};
	const struct acc_document *document = writing->document;
	if (writing->whole) {
		acc_markup_put(text, &markup, "# ", document->title, "\n\n");
		acc_text_put(text, document->synthetic ? "**Synthetic data**\n\n" : "");
	}
	for (size_t s = 0; s < document->sections; s++) {
		const struct acc_section *section = &document->section[s];
		acc_text_printf(text, "## %s\n\n", section->title);
		for (size_t i = 0; i < section->blocks; i++) {
			put_block(&markdown, &section->block[i]);
			bool last = i + 1 == section->blocks ||
				    section->block[i + 1].kind != ACC_BLOCK_ITEM;
			if (section->block[i].kind == ACC_BLOCK_ITEM && last)
				acc_text_put(text, "\n");
		}
	}
	while (text->length > 1 && !strcmp(text->bytes + text->length - 2, "\n\n"))
		text->bytes[--text->length] = 0;
	if (writing->whole)
		acc_text_put(text, "\nMade with Accord " ACC_VERSION ".\n");
}
