/* A report as one HTML file: nothing is fetched, and nothing runs but the script whose digest the
 * content security policy names. Without it the page reads the same. */
#include "pipeline/command/command.h"
#include "pipeline/report/encode.h"
#include "pipeline/report/escape.h"
#include "pipeline/report/number.h"
#include "pipeline/report/reference.h"
#include "pipeline/report/writer.h"
#include "plots/utf8.h"

#include <stdlib.h>
#include <string.h>

struct html {
	struct acc_text *text;
	const struct acc_writing *writing;
	unsigned tables, figures;
};

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
put_citation(struct acc_text *text, const char *sources)
{
	const struct acc_reference *reference[ACC_CITED_MAX];
	size_t count = acc_references_find(sources, reference);
	for (size_t i = 0; i < count; i++) {
		struct acc_text cited = {0};
		acc_reference_cited(&cited, reference[i]);
		acc_text_printf(text, "%s<a href=\"#ref-%s\">", i ? "; " : "(", reference[i]->key);
		acc_escape_html(text, cited.bytes ? cited.bytes : "");
		acc_text_put(text, "</a>");
		acc_text_free(&cited);
	}
	acc_text_put(text, ")");
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

static void
put_between(struct acc_text *text, const char *open, const char *inside, const char *close)
{
	acc_text_put(text, open);
	acc_escape_html(text, inside);
	acc_text_put(text, close);
}

static void
put_runs(struct acc_text *text, const struct acc_runs *runs)
{
	for (size_t i = 0; i < runs->count; i++) {
		const struct acc_run *run = &runs->run[i];
		switch (run->kind) {
		case ACC_RUN_TEXT:
			acc_escape_html(text, run->text);
			break;
		case ACC_RUN_STRONG:
			put_between(text, "<strong>", run->text, "</strong>");
			break;
		case ACC_RUN_CODE:
			put_between(text, "<code>", run->text, "</code>");
			break;
		case ACC_RUN_MARK:
			put_between(text, "<sup>", run->text, "</sup>");
			break;
		case ACC_RUN_OPEN:
			put_between(text, "<span class=\"open\">", run->text, "</span>");
			break;
		case ACC_RUN_CELL:
			put_run_cell(text, &run->cell);
			break;
		case ACC_RUN_CITE:
			put_citation(text, run->text);
			break;
		}
	}
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
	if (header && cell->kind == ACC_CELL_LABEL && is_blank(cell->text[0]))
		acc_text_put(text, " aria-label=\"a name of blanks\"");
	acc_text_put(text, ">");
	acc_text_put(text, cell->kind == ACC_CELL_LABEL ? "<bdi>" : "");
	if (cell->parts)
		acc_cell_escaped(text, cell, acc_escape_html);
	else
		acc_text_put(text, "\xe2\x80\x94");
	acc_text_put(text, cell->kind == ACC_CELL_LABEL ? "</bdi>" : "");
	if (cell->mark)
		put_between(text, "<sup>", cell->mark, "</sup>");
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

static void
put_table(struct html *html, const struct acc_block *block)
{
	struct acc_text *text = html->text;
	acc_text_printf(text,
			"<figure class=\"table\" id=\"table-%s\">\n<figcaption "
			"id=\"caption-%s\"><strong>Table %u.</strong> ",
			block->id, block->id, ++html->tables);
	put_runs(text, &block->runs);
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
		put_runs(text, &block->note);
		acc_text_put(text, "</p>\n");
	}
	acc_text_put(text, "</figure>\n");
}

/* ---- other blocks ---- */

static void
put_figure(struct html *html, const struct acc_block *block)
{
	struct acc_text *text = html->text;
	acc_text_put(text, "<figure class=\"picture\" id=\"figure-");
	acc_escape_html(text, block->id);
	acc_text_put(text, "\">\n");
	if (block->picture) {
		acc_text_put(text, "<picture>");
		if (block->narrow) {
			acc_text_put(text, "<source media=\"(max-width: 36em)\" srcset=\"");
			acc_text_bytes(text, block->narrow, block->narrow_length);
			acc_text_put(text, "\">");
		}
		acc_text_put(text, "<img alt=\"");
		acc_escape_html(text, block->alt);
		acc_text_put(text, "\" src=\"");
		acc_text_bytes(text, block->picture, block->picture_length);
		acc_text_put(text, "\"></picture>\n");
	}
	acc_text_printf(text, "<figcaption><strong>Figure %u.</strong> ", ++html->figures);
	put_runs(text, &block->runs);
	acc_text_put(text, "</figcaption>\n</figure>\n");
}

static void
put_references(struct html *html)
{
	struct acc_text *text = html->text;
	size_t count;
	const struct acc_reference **cited = acc_cited_in_order(html->writing->document, &count);
	text->failed = text->failed || !cited;
	acc_text_put(text, "<ul class=\"refs\">\n");
	for (size_t i = 0; cited && i < count; i++) {
		struct acc_text line = {0};
		acc_reference_line(&line, cited[i]);
		acc_text_printf(text, "<li id=\"ref-%s\">", cited[i]->key);
		acc_escape_html(text, line.bytes ? line.bytes : "");
		if (*cited[i]->doi) {
			acc_text_put(text, " doi:");
			acc_escape_html(text, cited[i]->doi);
		}
		acc_text_put(text, "</li>\n");
		acc_text_free(&line);
	}
	acc_text_put(text, "</ul>\n");
	free(cited);
}

static void
put_simple(struct html *html, const char *element, const struct acc_block *block)
{
	acc_text_printf(html->text, "<%s>", element);
	put_runs(html->text, &block->runs);
	acc_text_printf(html->text, "</%s>\n", element);
}

static void
put_block(struct html *html, const struct acc_block *block)
{
	switch (block->kind) {
	case ACC_BLOCK_HEADING:
		put_simple(html, "h3", block);
		break;
	case ACC_BLOCK_PARAGRAPH:
		put_simple(html, "p", block);
		break;
	case ACC_BLOCK_ITEM:
		put_simple(html, "li", block);
		break;
	case ACC_BLOCK_TABLE:
		put_table(html, block);
		break;
	case ACC_BLOCK_FIGURE:
		put_figure(html, block);
		break;
	case ACC_BLOCK_VERBATIM:
		acc_text_put(html->text,
			     "<pre role=\"region\" aria-label=\"Record\" tabindex=\"0\">");
		put_runs(html->text, &block->runs);
		acc_text_put(html->text, "</pre>\n");
		break;
	case ACC_BLOCK_REFERENCES:
		put_references(html);
		break;
	}
}

static void
put_section(struct html *html, const struct acc_section *section)
{
	bool list = false;
	acc_text_printf(
	    html->text,
	    "<section id=\"%s\" aria-labelledby=\"title-%s\">\n<h2 id=\"title-%s\">%s</h2>\n",
	    section->id, section->id, section->id, section->title);
	for (size_t i = 0; i < section->blocks; i++) {
		bool item = section->block[i].kind == ACC_BLOCK_ITEM;
		if (item != list)
			acc_text_put(html->text, item ? "<ul>\n" : "</ul>\n");
		list = item;
		put_block(html, &section->block[i]);
	}
	acc_text_put(html->text, list ? "</ul>\n</section>\n" : "</section>\n");
}

/* ---- the page ---- */

static void
put_lines(struct acc_text *text, const char *const *line)
{
	for (; *line; line++)
		acc_text_put(text, *line);
}

/* 'sha256-...' of what stands between the tags. */
static void
put_digest(struct acc_text *text, const char *const *line)
{
	struct acc_text all = {0};
	unsigned char digest[32];
	put_lines(&all, line);
	acc_sha256(all.bytes ? all.bytes : "", all.length, digest);
	acc_text_put(text, "'sha256-");
	acc_base64(text, digest, sizeof digest);
	acc_text_put(text, "'");
	text->failed = text->failed || all.failed;
	acc_text_free(&all);
}

static void
put_head_of_page(struct html *html)
{
	struct acc_text *text = html->text;
	acc_text_put(text,
		     "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		     "img-src data:; base-uri 'none'; form-action 'none'; style-src ");
	put_digest(text, acc_asset_report_css);
	acc_text_put(text, "; script-src ");
	put_digest(text, acc_asset_report_js);
	acc_text_put(text,
		     "\">\n<meta name=\"viewport\" content=\"width=device-width, "
		     "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
		     "<meta name=\"referrer\" content=\"no-referrer\">\n"
		     "<meta name=\"generator\" content=\"Accord " ACC_VERSION "\">\n<title>");
	acc_escape_html(text, html->writing->document->title);
	acc_text_put(text, "</title>\n<style>");
	put_lines(text, acc_asset_report_css);
	acc_text_put(text, "</style>\n</head>\n");
}

static void
put_contents(struct html *html)
{
	const struct acc_document *document = html->writing->document;
	acc_text_put(html->text, "<nav aria-label=\"Contents\">\n<ul>\n");
	for (size_t i = 0; i < document->sections; i++)
		acc_text_printf(html->text, "<li><a href=\"#%s\">%s</a></li>\n",
				document->section[i].id, document->section[i].title);
	acc_text_put(html->text, "</ul>\n</nav>\n");
}

void
acc_write_html(struct acc_text *text, const struct acc_writing *writing)
{
	struct html html = {.text = text, .writing = writing};
	const struct acc_document *document = writing->document;
	put_head_of_page(&html);
	acc_text_put(text, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n"
			   "<header>\n<h1>");
	acc_escape_html(text, document->title);
	acc_text_put(text, "</h1>\n");
	if (document->synthetic)
		acc_text_put(text, "<p class=\"synthetic\">Synthetic data</p>\n");
	put_contents(&html);
	acc_text_put(text, "</header>\n<main id=\"main\" tabindex=\"-1\">\n");
	for (size_t i = 0; i < document->sections; i++)
		put_section(&html, &document->section[i]);
	acc_text_put(text, "</main>\n<footer>Made with Accord " ACC_VERSION
			   ". Numbers are rounded; the results files have all digits.</footer>\n"
			   "<script>");
	put_lines(text, acc_asset_report_js);
	acc_text_put(text, "</script>\n</body>\n</html>\n");
}
