#include "pipeline/write/drawn.h"

#include "pipeline/read/whole.h"
#include "pipeline/write/output.h"
#include "plots/script.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char file_name[] = ".pictures";

bool
acc_drawn_edited(const char *path)
{
	struct acc_text text = {0};
	size_t length = strlen(path);
	bool script = length > 3 && !strcmp(path + length - 3, ".gp");
	bool edited = script && acc_whole_add(&text, path) && text.bytes &&
		      !acc_script_untouched(text.bytes, text.length);
	acc_text_free(&text);
	return edited;
}

static struct acc_drawn_one *
find(const struct acc_drawn *record, const char *name)
{
	for (size_t d = 0; d < record->count; d++)
		if (!strcmp(record->drawn[d].name, name))
			return &record->drawn[d];
	return NULL;
}

/* The place of a picture in the record, a new one if need be. */
static struct acc_drawn_one *
place_of(struct acc_drawn *record, const char *name)
{
	struct acc_drawn_one *drawn = find(record, name);
	if (drawn || strlen(name) >= sizeof drawn->name)
		return drawn;
	if (record->count == record->capacity) {
		size_t capacity = record->capacity ? 2 * record->capacity : 32;
		struct acc_drawn_one *more =
		    reallocarray(record->drawn, capacity, sizeof *record->drawn);
		if (!more) {
			record->failed = true;
			return NULL;
		}
		record->drawn = more;
		record->capacity = capacity;
	}
	drawn = &record->drawn[record->count++];
	*drawn = (struct acc_drawn_one){0};
	memcpy(drawn->name, name, strlen(name) + 1);
	return drawn;
}

void
acc_drawn_read(struct acc_drawn *record, const char *directory)
{
	struct acc_text text = {0};
	acc_whole_add_in(&text, directory, file_name);
	for (const char *line = text.bytes; line && *line;) {
		struct acc_drawn_one read = {0};
		size_t length = strcspn(line, "\n");
		if (sscanf(line, "%95s %" SCNx64 " %" SCNx64 " %u", read.name, &read.source,
			   &read.picture, &read.pages) == 4) {
			struct acc_drawn_one *drawn = place_of(record, read.name);
			if (drawn)
				*drawn = read;
		}
		line += length + (line[length] == '\n');
	}
	acc_text_free(&text);
}

static bool
fingerprint_of(const char *directory, const char *name, uint64_t *fingerprint)
{
	struct acc_text bytes = {0};
	bool there = acc_whole_add_in(&bytes, directory, name) && bytes.length;
	if (there)
		*fingerprint = acc_fingerprint(bytes.bytes, bytes.length);
	acc_text_free(&bytes);
	return there;
}

unsigned
acc_drawn_current(const struct acc_drawn *record, const char *directory, const char *name,
		  uint64_t source)
{
	const struct acc_drawn_one *drawn = find(record, name);
	uint64_t picture;
	if (!drawn || drawn->source != source || !fingerprint_of(directory, name, &picture))
		return 0;
	return picture == drawn->picture ? drawn->pages : 0;
}

void
acc_drawn_add(struct acc_drawn *record, const char *directory, const char *name, uint64_t source,
	      unsigned pages)
{
	struct acc_drawn_one *drawn = place_of(record, name);
	uint64_t picture;
	if (!drawn || !fingerprint_of(directory, name, &picture))
		return;
	drawn->source = source;
	drawn->picture = picture;
	drawn->pages = pages;
}

void
acc_drawn_remove(struct acc_drawn *record, const char *directory, const char *name)
{
	struct acc_drawn_one *drawn = find(record, name);
	struct acc_text path = {0};
	uint64_t picture;
	if (!drawn)
		return;
	acc_text_printf(&path, "%s/%s", directory, name);
	if (!path.failed && fingerprint_of(directory, name, &picture) && picture == drawn->picture)
		unlink(path.bytes);
	acc_text_free(&path);
	*drawn = record->drawn[--record->count];
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct acc_drawn_one *)a)->name,
		      ((const struct acc_drawn_one *)b)->name);
}

bool
acc_drawn_write(const struct acc_drawn *record, const char *directory,
		struct acc_messages *messages)
{
	struct acc_text text = {0}, path = {0};
	if (record->count)
		qsort(record->drawn, record->count, sizeof *record->drawn, by_name);
	for (size_t d = 0; d < record->count; d++)
		acc_text_printf(&text, "%s %016" PRIx64 " %016" PRIx64 " %u\n",
				record->drawn[d].name, record->drawn[d].source,
				record->drawn[d].picture, record->drawn[d].pages);
	acc_text_printf(&path, "%s/%s", directory, file_name);
	bool good = !text.failed && !path.failed;
	if (!good)
		acc_error_memory(messages);
	else if (text.length)
		good = acc_output_write(path.bytes, text.bytes, text.length, NULL, messages);
	acc_text_free(&text);
	acc_text_free(&path);
	return good;
}

void
acc_drawn_free(struct acc_drawn *record)
{
	free(record->drawn);
	*record = (struct acc_drawn){0};
}
