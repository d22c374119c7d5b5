/* A report as one HTML file: nothing is fetched, and nothing runs but the script whose digest the
 * content security policy names. Without it the page reads the same. */
#include "pipeline/command/command.h"
#include "pipeline/report/encode.h"
#include "pipeline/report/escape.h"
#include "pipeline/report/html.h"
#include "pipeline/report/reference.h"

#include <stdlib.h>
#include <string.h>

/* ---- blocks ---- */

static void
put_figure(struct acc_html *html, const struct acc_block *block)
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
	acc_html_runs(text, &block->runs);
	acc_text_put(text, "</figcaption>\n</figure>\n");
}

static void
put_references(struct acc_html *html)
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
put_simple(struct acc_html *html, const char *element, const struct acc_block *block)
{
	acc_text_printf(html->text, "<%s>", element);
	acc_html_runs(html->text, &block->runs);
	acc_text_printf(html->text, "</%s>\n", element);
}

static void
put_block(struct acc_html *html, const struct acc_block *block)
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
		acc_html_table(html, block);
		break;
	case ACC_BLOCK_FIGURE:
		put_figure(html, block);
		break;
	case ACC_BLOCK_VERBATIM:
		acc_text_put(html->text,
			     "<pre role=\"region\" aria-label=\"Record\" tabindex=\"0\">");
		acc_html_runs(html->text, &block->runs);
		acc_text_put(html->text, "</pre>\n");
		break;
	case ACC_BLOCK_REFERENCES:
		put_references(html);
		break;
	}
}

static void
put_section(struct acc_html *html, const struct acc_section *section)
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
put_head_of_page(struct acc_html *html)
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
put_contents(struct acc_html *html)
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
	struct acc_html html = {.text = text, .writing = writing};
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
