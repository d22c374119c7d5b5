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
