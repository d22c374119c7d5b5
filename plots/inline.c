#include "plots/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Single-file figures: what a script loads is put where it was loaded. Data become a block, whose
 * rows are numbers and so can never be the line that ends it. */

static bool
ends_in(const char *name, const char *suffix)
{
	size_t length = strlen(name), tail = strlen(suffix);
	return length > tail && !strcmp(name + length - tail, suffix);
}

static bool
is_figure(const char *name)
{
	return ends_in(name, ".gp") && strcmp(name, "style.gp") && strcmp(name, "page.gp");
}

/* The file that a line names as HERE."/FILE", or NULL; *at: where that expression begins. */
static const struct acc_file *
named(const struct acc_bundle *bundle, const char *line, size_t length, const char **at)
{
	static const char here[] = "HERE.\"/";
	*at = memmem(line, length, here, sizeof here - 1);
	if (!*at)
		return NULL;
	const char *name = *at + sizeof here - 1;
	for (size_t f = 0; f < bundle->files; f++) {
		size_t bytes = strlen(bundle->file[f].name);
		if (!strncmp(name, bundle->file[f].name, bytes) && name[bytes] == '"')
			return &bundle->file[f];
	}
	return NULL;
}

/* $NAME << EOD ... EOD, then the line with "$NAME" for the name of the file. */
static void
put_block(struct acc_text *text, const struct acc_file *data, const char *line, size_t length,
	  const char *at)
{
	char name[128];
	size_t kept = 0;
	for (const char *c = data->name; *c != '.' && kept < sizeof name - 1; c++)
		name[kept++] = (char)(*c == '-' ? '_' : *c);
	name[kept] = 0;
	const char *rest = at + strlen("HERE.\"/") + strlen(data->name) + 1;
	acc_text_printf(text, "$%s << EOD_accord\n", name);
	acc_text_bytes(text, data->text.bytes, data->text.length);
	acc_text_put(text, "EOD_accord\n");
	acc_text_bytes(text, line, (size_t)(at - line));
	acc_text_printf(text, "\"$%s\"", name);
	acc_text_bytes(text, rest, (size_t)(line + length - rest));
	acc_text_put(text, "\n");
}

static const char *
without_first_line(const struct acc_text *text)
{
	const char *end = text->bytes ? strchr(text->bytes, '\n') : NULL;
	return end ? end + 1 : "";
}

static void
inline_one(struct acc_bundle *bundle, struct acc_file *script)
{
	struct acc_text whole = {0};
	const char *line = without_first_line(&script->text);
	while (*line) {
		size_t length = strcspn(line, "\n");
		const char *at;
		const struct acc_file *file = named(bundle, line, length, &at);
		if (file && ends_in(file->name, ".dat"))
			put_block(&whole, file, line, length, at);
		else if (file && !strncmp(line, "load ", 5))
			acc_text_put(&whole, without_first_line(&file->text));
		else {
			acc_text_bytes(&whole, line, length);
			acc_text_put(&whole, "\n");
		}
		line += length + (line[length] == '\n');
	}
	whole.failed |= script->text.failed;
	acc_text_free(&script->text);
	script->text = acc_script_sealed(&whole);
}

void
acc_script_inline(struct acc_bundle *bundle)
{
	size_t kept = 0;
	for (size_t f = 0; f < bundle->files; f++)
		if (is_figure(bundle->file[f].name))
			inline_one(bundle, &bundle->file[f]);
	for (size_t f = 0; f < bundle->files; f++) {
		struct acc_file *file = &bundle->file[f];
		if (is_figure(file->name) || ends_in(file->name, ".txt"))
			bundle->file[kept++] = *file;
		else {
			free(file->name);
			acc_text_free(&file->text);
		}
	}
	bundle->files = kept;
}
