#include "pipeline/report/writer.h"
#include "pipeline/report/number.h"
#include "pipeline/report/reference.h"
#include "stats/base.h"

#include <stdlib.h>
#include <string.h>

static int
by_author(const void *a, const void *b)
{
	const struct acc_reference *const *x = a, *const *y = b;
	int order = strcasecmp((*x)->author, (*y)->author);
	return order ? order : strcmp((*x)->key, (*y)->key);
}

const struct acc_reference **
acc_cited_in_order(const struct acc_document *document, size_t *count)
{
	const struct acc_reference **cited = acc_array(document->citations, sizeof *cited);
	*count = 0;
	for (size_t i = 0; cited && i < document->citations; i++)
		cited[(*count)++] = acc_reference_by_key(document->cited[i]);
	if (*count)
		qsort(cited, *count, sizeof *cited, by_author);
	return cited;
}

void
acc_cell_words(struct acc_text *text, const struct acc_cell *cell)
{
	if (!cell->parts)
		return;
	if (cell->kind == ACC_CELL_KEY)
		acc_coefficient_name(text, cell->text[0]);
	else if (acc_cell_is_number(cell->kind))
		acc_cell_people(text, cell);
	else
		acc_text_put(text, cell->text[0]);
}

void
acc_cell_escaped(struct acc_text *text, const struct acc_cell *cell,
		 void (*escape)(struct acc_text *, const char *))
{
	struct acc_text words = {0};
	acc_cell_words(&words, cell);
	escape(text, words.bytes ? words.bytes : "");
	text->failed = text->failed || words.failed;
	acc_text_free(&words);
}

void
acc_write_bibtex(struct acc_text *text, const struct acc_writing *writing)
{
	size_t count;
	const struct acc_reference **cited = acc_cited_in_order(writing->document, &count);
	text->failed = text->failed || !cited;
	for (size_t i = 0; cited && i < count; i++) {
		acc_text_put(text, i ? "\n" : "");
		acc_reference_bibtex(text, cited[i]);
	}
	free(cited);
}

/* ---- runs ---- */

void
acc_markup_put(struct acc_text *text, const struct acc_markup *markup, const char *open,
	       const char *inside, const char *close)
{
	acc_text_put(text, open);
	markup->escape(text, inside);
	acc_text_put(text, close);
}

/* Our own words: blanks at their ends stay plain. */
static void
put_words(struct acc_text *text, const char *words, const struct acc_markup *markup)
{
	size_t before = strspn(words, " "), length = strlen(words), after = length;
	while (after > before && words[after - 1] == ' ')
		after--;
	struct acc_text middle = {0};
	acc_text_bytes(&middle, words + before, after - before);
	acc_text_bytes(text, words, before);
	markup->escape(text, middle.bytes ? middle.bytes : "");
	acc_text_bytes(text, words + after, length - after);
	text->failed = text->failed || middle.failed;
	acc_text_free(&middle);
}

static void
put_run(struct acc_text *text, const struct acc_run *run, const struct acc_markup *markup)
{
	switch (run->kind) {
	case ACC_RUN_TEXT:
		put_words(text, run->text, markup);
		break;
	case ACC_RUN_STRONG:
		acc_text_put(text, markup->strong[0]);
		put_words(text, run->text, markup);
		acc_text_put(text, markup->strong[1]);
		break;
	case ACC_RUN_CODE:
		acc_markup_put(text, markup, markup->code[0], run->text, markup->code[1]);
		break;
	case ACC_RUN_MARK:
		acc_markup_put(text, markup, markup->mark[0], run->text, markup->mark[1]);
		break;
	case ACC_RUN_OPEN:
		acc_markup_put(text, markup, markup->open[0], run->text, markup->open[1]);
		break;
	case ACC_RUN_CELL:
		markup->cell(text, &run->cell);
		break;
	case ACC_RUN_CITE:
		markup->cite(text, run->text);
		break;
	}
}

void
acc_markup_runs(struct acc_text *text, const struct acc_runs *runs, const struct acc_markup *markup)
{
	for (size_t i = 0; i < runs->count; i++)
		put_run(text, &runs->run[i], markup);
}
