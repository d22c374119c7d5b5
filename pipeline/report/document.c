#include "pipeline/report/document.h"
#include "pipeline/report/reference.h"
#include "stats/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
free_block(struct acc_block *block)
{
	free(block->runs.run);
	free(block->note.run);
	free(block->column);
	free(block->cell);
}

void
acc_document_free(struct acc_document *document)
{
	for (size_t s = 0; s < document->sections; s++) {
		for (size_t b = 0; b < document->section[s].blocks; b++)
			free_block(&document->section[s].block[b]);
		free(document->section[s].block);
	}
	for (size_t i = 0; i < document->keeps; i++)
		free(document->kept[i]);
	free(document->section);
	free(document->kept);
	free(document->cited);
	*document = (struct acc_document){0};
}

/* Room for one more element, or `failed`. */
static bool
room(struct acc_document *document, void **array, size_t *capacity, size_t count, size_t size)
{
	if (!document->failed && !acc_array_reserve(array, capacity, count + 1, size))
		document->failed = true;
	return !document->failed;
}

/* ---- strings ---- */

/* Takes `string`, which may be NULL: out of memory. */
static const char *
own(struct acc_document *document, char *string)
{
	if (!string)
		document->failed = true;
	if (!room(document, (void **)&document->kept, &document->keep_capacity, document->keeps,
		  sizeof *document->kept)) {
		free(string);
		return "";
	}
	return document->kept[document->keeps++] = string;
}

const char *
acc_keep(struct acc_document *document, const char *string)
{
	return own(document, strdup(string));
}

static const char *
keep_list(struct acc_document *document, const char *format, va_list list)
{
	char *string = NULL;
	return own(document, vasprintf(&string, format, list) < 0 ? NULL : string);
}

const char *
acc_keep_printf(struct acc_document *document, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	const char *kept = keep_list(document, format, list);
	va_end(list);
	return kept;
}

/* ---- blocks ---- */

void
acc_add_section(struct acc_document *document, const char *id, const char *title)
{
	document->open = NULL;
	if (room(document, (void **)&document->section, &document->capacity, document->sections,
		 sizeof *document->section))
		document->section[document->sections++] =
		    (struct acc_section){.id = id, .title = title};
}

void
acc_drop_section(struct acc_document *document)
{
	document->open = NULL;
	free(document->section[--document->sections].block);
}

struct acc_block *
acc_last_block(struct acc_document *document)
{
	struct acc_section *section = &document->section[document->sections - 1];
	return &section->block[section->blocks - 1];
}

void
acc_add_block(struct acc_document *document, enum acc_block_kind kind)
{
	document->open = NULL;
	if (document->failed || !document->sections)
		return;
	struct acc_section *section = &document->section[document->sections - 1];
	if (!room(document, (void **)&section->block, &section->capacity, section->blocks,
		  sizeof *section->block))
		return;
	section->block[section->blocks++] = (struct acc_block){.kind = kind};
	document->open = &section->block[section->blocks - 1].runs;
}

void
acc_add_heading(struct acc_document *document, const char *title)
{
	acc_add_block(document, ACC_BLOCK_HEADING);
	acc_say(document, title);
}

void
acc_drop_block(struct acc_document *document)
{
	struct acc_section *section = &document->section[document->sections - 1];
	if (document->failed || !section->blocks)
		return;
	free_block(&section->block[--section->blocks]);
	document->open = NULL;
}

void
acc_add_table(struct acc_document *document, const char *id, const struct acc_column *column,
	      size_t columns)
{
	acc_add_block(document, ACC_BLOCK_TABLE);
	struct acc_column *copy = acc_array(columns, sizeof *copy);
	if (!copy)
		document->failed = true;
	if (document->failed) {
		free(copy);
		return;
	}
	memcpy(copy, column, columns * sizeof *copy);
	struct acc_block *block = acc_last_block(document);
	block->id = id;
	block->column = copy;
	block->columns = columns;
}

struct acc_cell *
acc_add_row(struct acc_document *document)
{
	if (document->failed)
		return NULL;
	struct acc_block *block = acc_last_block(document);
	size_t used = block->rows * block->columns;
	if (!acc_array_reserve((void **)&block->cell, &block->capacity, used + block->columns,
			       sizeof *block->cell)) {
		document->failed = true;
		return NULL;
	}
	memset(block->cell + used, 0, block->columns * sizeof *block->cell);
	block->rows++;
	return block->cell + used;
}

void
acc_add_note(struct acc_document *document)
{
	if (!document->failed)
		document->open = &acc_last_block(document)->note;
}

/* ---- text ---- */

static void
add_run(struct acc_document *document, struct acc_run run)
{
	struct acc_runs *runs = document->open;
	if (runs && room(document, (void **)&runs->run, &runs->capacity, runs->count, sizeof run))
		runs->run[runs->count++] = run;
}

void
acc_say_run(struct acc_document *document, enum acc_run_kind kind, const char *text)
{
	add_run(document, (struct acc_run){.kind = kind, .text = text});
}

void
acc_say(struct acc_document *document, const char *text)
{
	acc_say_run(document, ACC_RUN_TEXT, text);
}

void
acc_say_printf(struct acc_document *document, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	acc_say(document, keep_list(document, format, list));
	va_end(list);
}

void
acc_say_cell(struct acc_document *document, struct acc_cell cell)
{
	add_run(document, (struct acc_run){.kind = ACC_RUN_CELL, .text = "", .cell = cell});
}

void
acc_say_label(struct acc_document *document, const char *label)
{
	acc_say_cell(document,
		     (struct acc_cell){.kind = ACC_CELL_LABEL, .parts = 1, .text = {label}});
}

static void
remember(struct acc_document *document, const char *key)
{
	for (size_t i = 0; i < document->citations; i++)
		if (!strcmp(document->cited[i], key))
			return;
	if (room(document, (void **)&document->cited, &document->cite_capacity, document->citations,
		 sizeof *document->cited))
		document->cited[document->citations++] = key;
}

void
acc_cite(struct acc_document *document, const char *sources)
{
	const struct acc_reference *reference[ACC_CITED_MAX];
	size_t count = acc_references_find(sources, reference);
	if (!count || document->failed)
		return;
	for (size_t i = 0; i < count; i++)
		remember(document, reference[i]->key);
	acc_say_run(document, ACC_RUN_CITE, sources);
}
