/* Text and tables of the page. */
#include "pipeline/report/html.h"
#include "pipeline/report/escape.h"
#include "pipeline/report/number.h"
#include "pipeline/report/reference.h"
#include "pipeline/report/writer.h"
#include "plots/utf8.h"

#include <stdint.h>
#include <string.h>

/* ---- runs ---- */

static void
put_from(struct acc_text *text, const struct acc_cell *cell)
{
	if (!cell->from.source)
		return;
	acc_text_printf(text, " data-from=\"%zu:%zu:", cell->from.source, cell->from.row);
	for (unsigned i = 0; i < cell->parts; i++) {
		acc_text_put(text, i ? "," : "");
		acc_escape_html(text, cell->from.column[i]);
	}
	acc_text_put(text, "\"");
}

static void
put_cited(struct acc_text *text, const struct acc_reference *reference, const char *cited)
{
	acc_text_printf(text, "<a href=\"#ref-%s\">", reference->key);
	acc_escape_html(text, cited);
	acc_text_put(text, "</a>");
}

static void
put_citation(struct acc_text *text, const char *sources)
{
	acc_references_put(text, sources, put_cited);
}

static void
put_run_cell(struct acc_text *text, const struct acc_cell *cell)
{
	const char *element = cell->kind == ACC_CELL_LABEL     ? "bdi"
			      : acc_cell_is_number(cell->kind) ? "span class=\"n\""
							       : "span";
	acc_text_printf(text, "<%s", element);
	put_from(text, cell);
	acc_text_put(text, ">");
	acc_cell_escaped(text, cell, acc_escape_html);
	acc_text_put(text, cell->kind == ACC_CELL_LABEL ? "</bdi>" : "</span>");
}

static const struct acc_markup markup = {.escape = acc_escape_html,
					 .strong = {"<strong>", "</strong>"},
					 .code = {"<code>", "</code>"},
					 .mark = {"<sup>", "</sup>"},
					 .open = {"<span class=\"open\">", "</span>"},
					 .cell = put_run_cell,
					 .cite = put_citation};

void
acc_html_runs(struct acc_text *text, const struct acc_runs *runs)
{
	acc_markup_runs(text, runs, &markup);
}

/* ---- tables ---- */

/* What the script sorts by: the first number of the cell. */
static void
put_value(struct acc_text *text, const struct acc_cell *cell)
{
	if (!cell->parts || !acc_cell_is_number(cell->kind) || !*cell->text[0])
		return;
	acc_text_put(text, " data-value=\"");
	acc_escape_html(text, cell->text[0]);
	acc_text_put(text, "\"");
}

/* A name that shows nothing: a screen reader would find an empty heading. */
static bool
is_blank(const char *name)
{
	for (size_t length; *name; name += length) {
		uint32_t c = acc_utf8_next(name, &length);
		if (c > ' ' && c != 0x7F && c != 0xA0 && !(c >= 0x2000 && c <= 0x200F) &&
		    !(c >= 0x2028 && c <= 0x202F) && c != 0x3000 && c != 0xFEFF)
			return false;
	}
	return true;
}

static void
put_cell(struct acc_text *text, const struct acc_column *column, const struct acc_cell *cell,
	 bool header)
{
	acc_text_put(text, header ? "<th scope=\"row\"" : "<td");
	acc_text_put(text, acc_cell_is_number(column->kind) ? " class=\"num\"" : "");
	put_from(text, cell);
	put_value(text, cell);

	acc_text_put(text, ">");
	acc_text_put(text, cell->kind != ACC_CELL_LABEL ? ""
			   : is_blank(cell->text[0])
			       ? "<bdi role=\"img\" aria-label=\"a name of blanks\">"
			       : "<bdi>");
	if (cell->parts)
		acc_cell_escaped(text, cell, acc_escape_html);
	else
		acc_text_put(text, "\xe2\x80\x94");
	acc_text_put(text, cell->kind == ACC_CELL_LABEL ? "</bdi>" : "");
	if (cell->mark)
		acc_markup_put(text, &markup, "<sup>", cell->mark, "</sup>");
	acc_text_put(text, header ? "</th>" : "</td>");
}

static void
put_head(struct acc_text *text, const struct acc_block *block)
{
	acc_text_put(text, "<thead><tr>");
	for (size_t i = 0; i < block->columns; i++) {
		acc_text_printf(text, "<th scope=\"col\"%s>",
				acc_cell_is_number(block->column[i].kind) ? " class=\"num\"" : "");
		acc_text_put(text, block->column[i].label ? "<bdi>" : "");
		acc_escape_html(text, block->column[i].name);
		acc_text_put(text, block->column[i].label ? "</bdi></th>" : "</th>");
	}
	acc_text_put(text, "</tr></thead>\n<tbody>\n");
}

void
acc_html_table(struct acc_html *html, const struct acc_block *block)
{
	struct acc_text *text = html->text;
	acc_text_printf(text,
			"<figure class=\"table\" id=\"table-%s\">\n<figcaption "
			"id=\"caption-%s\"><strong>Table %u.</strong> ",
			block->id, block->id, ++html->tables);
	acc_html_runs(text, &block->runs);
	acc_text_printf(text,
			"</figcaption>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
			"aria-labelledby=\"caption-%s\">\n<table aria-labelledby=\"caption-%s\">\n",
			block->id, block->id);
	put_head(text, block);
	for (size_t r = 0; r < block->rows; r++) {
		acc_text_put(text, "<tr>");
		for (size_t i = 0; i < block->columns; i++)
			put_cell(text, &block->column[i], &block->cell[r * block->columns + i],
				 i == 0);
		acc_text_put(text, "</tr>\n");
	}
	acc_text_put(text, "</tbody>\n</table>\n</div>\n");
	if (block->note.count) {
		acc_text_put(text, "<p class=\"note\">");
		acc_html_runs(text, &block->note);
		acc_text_put(text, "</p>\n");
	}
	acc_text_put(text, "</figure>\n");
}
