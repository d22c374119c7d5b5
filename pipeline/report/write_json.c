/* A report as JSON, by docs/report.schema.json. */
#include "pipeline/command/command.h"
#include "pipeline/report/escape.h"
#include "pipeline/report/number.h"
#include "pipeline/report/reference.h"
#include "pipeline/report/writer.h"
#include "stats/base.h"

#include <stdlib.h>
#include <string.h>

static const char *
base_name(const char *file)
{
	const char *slash = strrchr(file, '/');
	return slash ? slash + 1 : file;
}

static void
put_member(struct acc_text *text, const char *name, const char *value)
{
	acc_text_printf(text, "\"%s\": ", name);
	acc_text_json(text, value);
}

/* ---- cells and runs ---- */

/* The digits of the results, which are JSON numbers already; null where there are none. */
static void
put_value(struct acc_text *text, const struct acc_cell *cell, unsigned part)
{
	double value;
	if (!acc_cell_is_number(cell->kind))
		acc_text_json(text, cell->text[part]);
	else if (acc_number(cell->text[part], &value))
		acc_text_number(text, value);
	else
		acc_text_put(text, "null");
}

static void
put_cell(struct acc_text *text, const struct acc_cell *cell)
{
	acc_text_put(text, "{\"text\": ");
	acc_cell_escaped(text, cell, acc_text_json);
	acc_text_put(text, ", \"values\": [");
	for (unsigned i = 0; i < cell->parts; i++) {
		acc_text_put(text, i ? ", " : "");
		put_value(text, cell, i);
	}
	acc_text_put(text, "]");
	if (cell->mark) {
		acc_text_put(text, ", ");
		put_member(text, "notes", cell->mark);
	}
	if (cell->from.source) {
		acc_text_printf(text, ", \"from\": {\"source\": %zu, \"row\": %zu, \"columns\": [",
				cell->from.source, cell->from.row);
		for (unsigned i = 0; i < cell->parts; i++) {
			acc_text_put(text, i ? ", " : "");
			acc_text_json(text, cell->from.column[i]);
		}
		acc_text_put(text, "]}");
	}
	acc_text_put(text, "}");
}

static void
put_runs(struct acc_text *text, const char *name, const struct acc_runs *runs)
{
	struct acc_text words = {0};
	for (size_t i = 0; i < runs->count; i++) {
		if (runs->run[i].kind == ACC_RUN_CELL)
			acc_cell_words(&words, &runs->run[i].cell);
		else if (runs->run[i].kind == ACC_RUN_CITE)
			acc_references_put(&words, runs->run[i].text, NULL);
		else
			acc_text_put(&words, runs->run[i].text);
	}
	put_member(text, name, words.bytes ? words.bytes : "");
	text->failed = text->failed || words.failed;
	acc_text_free(&words);
}

/* The numbers and names of a paragraph, with where they are from. */
static void
put_cells(struct acc_text *text, const struct acc_runs *runs)
{
	bool some = false;
	acc_text_put(text, ", \"cells\": [");
	for (size_t i = 0; i < runs->count; i++)
		if (runs->run[i].kind == ACC_RUN_CELL) {
			acc_text_put(text, some ? ", " : "");
			put_cell(text, &runs->run[i].cell);
			some = true;
		}
	acc_text_put(text, "]");
}

/* ---- blocks ---- */

static void
put_table(struct acc_text *text, const struct acc_block *block)
{
	acc_text_put(text, ", ");
	put_member(text, "id", block->id);
	acc_text_put(text, ", \"columns\": [");
	for (size_t i = 0; i < block->columns; i++) {
		acc_text_put(text, i ? ", " : "");
		acc_text_json(text, block->column[i].name);
	}
	acc_text_put(text, "], \"rows\": [");
	for (size_t r = 0; r < block->rows; r++) {
		acc_text_put(text, r ? ",\n    [" : "\n    [");
		for (size_t i = 0; i < block->columns; i++) {
			acc_text_put(text, i ? ", " : "");
			put_cell(text, &block->cell[r * block->columns + i]);
		}
		acc_text_put(text, "]");
	}
	acc_text_printf(text, "], \"left_out\": %zu, ", block->left_out);
	put_runs(text, "note", &block->note);
}

static void
put_figure(struct acc_text *text, const struct acc_block *block)
{
	acc_text_put(text, ", ");
	put_member(text, "id", block->id);
	acc_text_put(text, ", ");
	put_member(text, "file", block->file);
	acc_text_put(text, ", ");
	put_member(text, "alt", block->alt);
}

static void
put_block(struct acc_text *text, const struct acc_block *block)
{
	static const char *const names[] = {[ACC_BLOCK_HEADING] = "heading",
					    [ACC_BLOCK_PARAGRAPH] = "paragraph",
					    [ACC_BLOCK_ITEM] = "item",
					    [ACC_BLOCK_TABLE] = "table",
					    [ACC_BLOCK_FIGURE] = "figure",
					    [ACC_BLOCK_VERBATIM] = "verbatim",
					    [ACC_BLOCK_REFERENCES] = "references"};
	acc_text_put(text, "{");
	put_member(text, "type", names[block->kind]);
	acc_text_put(text, ", ");
	put_runs(text, "text", &block->runs);
	if (block->kind == ACC_BLOCK_PARAGRAPH || block->kind == ACC_BLOCK_ITEM)
		put_cells(text, &block->runs);
	if (block->kind == ACC_BLOCK_TABLE)
		put_table(text, block);
	if (block->kind == ACC_BLOCK_FIGURE)
		put_figure(text, block);
	acc_text_put(text, "}");
}

/* ---- the whole ---- */

static void
put_sources(struct acc_text *text, const struct acc_result_files *files)
{
	acc_text_put(text, "\"sources\": [");
	for (size_t i = 0; i < files->sources; i++) {
		acc_text_put(text, i ? ",\n  {" : "\n  {");
		put_member(text, "file", base_name(files->source[i].file));
		acc_text_put(text, ", ");
		put_member(text, "stage", acc_result_stage(files->source[i].kind));
		acc_text_printf(text, ", \"rows\": %zu}", files->source[i].rows);
	}
	acc_text_put(text, "]");
}

static void
put_references(struct acc_text *text, const struct acc_document *document)
{
	size_t count;
	const struct acc_reference **cited = acc_cited_in_order(document, &count);
	text->failed = text->failed || !cited;
	acc_text_put(text, "\"references\": [");
	for (size_t i = 0; cited && i < count; i++) {
		struct acc_text line = {0}, entry = {0};
		acc_reference_line(&line, cited[i]);
		acc_reference_bibtex(&entry, cited[i]);
		acc_text_put(text, i ? ",\n  {" : "\n  {");
		put_member(text, "key", cited[i]->key);
		acc_text_put(text, ", ");
		put_member(text, "text", line.bytes ? line.bytes : "");
		acc_text_put(text, ", ");
		put_member(text, "bibtex", entry.bytes ? entry.bytes : "");
		acc_text_put(text, "}");
		acc_text_free(&line);
		acc_text_free(&entry);
	}
	acc_text_put(text, "]");
	free(cited);
}

void
acc_write_json(struct acc_text *text, const struct acc_writing *writing)
{
	const struct acc_document *document = writing->document;
	acc_text_put(text, "{\"report\": 1, \"accord\": \"" ACC_VERSION "\",\n ");
	put_member(text, "title", document->title);
	acc_text_printf(text, ", \"synthetic\": %s,\n ", document->synthetic ? "true" : "false");
	put_sources(text, writing->files);
	acc_text_put(text, ",\n \"sections\": [");
	for (size_t s = 0; s < document->sections; s++) {
		const struct acc_section *section = &document->section[s];
		acc_text_put(text, s ? ",\n  {" : "\n  {");
		put_member(text, "id", section->id);
		acc_text_put(text, ", ");
		put_member(text, "title", section->title);
		acc_text_put(text, ", \"blocks\": [");
		for (size_t i = 0; i < section->blocks; i++) {
			acc_text_put(text, i ? ",\n   " : "\n   ");
			put_block(text, &section->block[i]);
		}
		acc_text_put(text, "]}");
	}
	acc_text_put(text, "],\n ");
	put_references(text, document);
	acc_text_put(text, "}\n");
}
