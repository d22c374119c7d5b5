#include "pipeline/report/reference.h"
#include "pipeline/command/command.h"

#include <string.h>

const struct acc_reference acc_references[] = {
#define ACC_REFERENCE(key, cited, type, author, year, title, where, volume, pages, doi)            \
	{#key, cited, #type, author, year, title, where, volume, pages, doi},
#include "pipeline/report/references.def"
#undef ACC_REFERENCE
};
const size_t acc_reference_count = sizeof acc_references / sizeof *acc_references;

const struct acc_reference *
acc_reference_by_key(const char *key)
{
	for (size_t i = 0; i < acc_reference_count; i++)
		if (!strcmp(acc_references[i].key, key))
			return &acc_references[i];
	return NULL;
}

static const struct acc_reference *
find(const char *cited, size_t length)
{
	for (size_t i = 0; i < acc_reference_count; i++)
		if (strlen(acc_references[i].cited) == length &&
		    !strncmp(acc_references[i].cited, cited, length))
			return &acc_references[i];
	return NULL;
}

size_t
acc_references_find(const char *sources, const struct acc_reference **reference)
{
	size_t count = 0;
	while (*sources && count < ACC_CITED_MAX) {
		size_t length = strcspn(sources, ";");
		const struct acc_reference *found = find(sources, length);
		if (found)
			reference[count++] = found;
		sources += length;
		sources += strspn(sources, "; ");
	}
	return count;
}

/* A field without the braces that BibTeX needs, with an en dash for "--". */
static void
plain(struct acc_text *text, const char *field, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (field[i] == '{' || field[i] == '}')
			continue;
		if (field[i] == '-' && i + 1 < length && field[i + 1] == '-') {
			acc_text_put(text, "\xe2\x80\x93");
			i++;
		} else
			acc_text_bytes(text, field + i, 1);
	}
}

/* The author at the start of a list "A, B. and C, D."; *length of the whole name. Returns the rest,
 * or NULL after the last. */
static const char *
next_author(const char *author, size_t *length)
{
	const char *and = strstr(author, " and ");
	*length = and? (size_t)(and-author) : strlen(author);
	return and? and+5 : NULL;
}

static size_t
surname(const char *author, size_t length)
{
	const char *comma = memchr(author, ',', length);
	return comma ? (size_t)(comma - author) : length;
}

void
acc_reference_cited(struct acc_text *text, const struct acc_reference *reference)
{
	size_t length, second;
	const char *rest = next_author(reference->author, &length);
	plain(text, reference->author, surname(reference->author, length));
	if (rest && next_author(rest, &second))
		acc_text_put(text, " et al.");
	else if (rest) {
		acc_text_put(text, " & ");
		plain(text, rest, surname(rest, second));
	}
	if (*reference->year)
		acc_text_put(text, ", ");
	acc_text_put(text, reference->year);
}

void
acc_references_put(struct acc_text *text, const char *sources,
		   void (*put)(struct acc_text *, const struct acc_reference *, const char *cited))
{
	const struct acc_reference *reference[ACC_CITED_MAX];
	size_t count = acc_references_find(sources, reference);
	for (size_t i = 0; i < count; i++) {
		struct acc_text cited = {0};
		acc_reference_cited(&cited, reference[i]);
		acc_text_put(text, i ? "; " : "(");
		if (put)
			put(text, reference[i], cited.bytes ? cited.bytes : "");
		else
			acc_text_put(text, cited.bytes ? cited.bytes : "");
		text->failed = text->failed || cited.failed;
		acc_text_free(&cited);
	}
	acc_text_put(text, ")");
}

static void
authors(struct acc_text *text, const char *author)
{
	for (bool first = true; author; first = false) {
		size_t length;
		const char *rest = next_author(author, &length);
		if (!first)
			acc_text_put(text, rest ? ", " : ", & ");
		plain(text, author, length);
		author = rest;
	}
}

void
acc_reference_line(struct acc_text *text, const struct acc_reference *reference)
{
	authors(text, reference->author);
	if (*reference->year)
		acc_text_printf(text, " (%s)", reference->year);
	else
		acc_text_put(text, ".");
	if (text->length && text->bytes[text->length - 1] != '.')
		acc_text_put(text, ".");
	acc_text_put(text, " ");
	plain(text, reference->title, strlen(reference->title));
	acc_text_put(text,
		     strchr("?!", reference->title[strlen(reference->title) - 1]) ? " " : ". ");
	plain(text, reference->where, strlen(reference->where));
	if (*reference->volume)
		acc_text_printf(text, ", %s", reference->volume);
	if (*reference->pages) {
		acc_text_put(text, ", ");
		plain(text, reference->pages, strlen(reference->pages));
	}
	if (text->length && text->bytes[text->length - 1] != '.')
		acc_text_put(text, ".");
}

/* ---- BibTeX ---- */

/* What LaTeX would take for its own is escaped; braces and accents are meant. */
static void
field(struct acc_text *text, const char *name, const char *value)
{
	if (!*value)
		return;
	acc_text_printf(text, "  %s = {", name);
	for (; *value; value++) {
		if (strchr("&%#_$", *value) && strcmp(name, "doi") != 0)
			acc_text_put(text, "\\");
		acc_text_bytes(text, value, 1);
	}
	acc_text_put(text, "},\n");
}

static const char *
where_field(const char *type)
{
	return !strcmp(type, "article") ? "journal"
	       : !strcmp(type, "book")  ? "publisher"
	       : !strcmp(type, "misc")  ? "howpublished"
					: "booktitle";
}

void
acc_reference_bibtex(struct acc_text *text, const struct acc_reference *reference)
{
	acc_text_printf(text, "@%s{%s,\n", reference->type, reference->key);
	field(text, "author", reference->author);
	field(text, "title", reference->title);
	field(text, where_field(reference->type), reference->where);
	field(text, "year", reference->year);
	field(text, "volume", reference->volume);
	field(text, "pages", reference->pages);
	field(text, "doi", reference->doi);
	acc_text_put(text, "}\n");
}
