#include "pipeline/study/record.h"
#include "pipeline/command/command.h"
#include "pipeline/read/csv.h"
#include "pipeline/study/digest.h"
#include "pipeline/write/child.h"
#include "stats/base.h"
#include "stats/special.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

static const char made_by[] = "# made by ";

void
acc_record_free(struct acc_record *record)
{
	for (size_t i = 0; i < record->files; i++)
		free(record->file[i].path);
	free(record->file);
	free(record->made_by);
	*record = (struct acc_record){0};
}

static struct acc_recorded *
append(struct acc_record *record, const char *path, bool output, struct acc_messages *messages)
{
	bool room = acc_array_reserve((void **)&record->file, &record->capacity, record->files + 1,
				      sizeof *record->file);
	struct acc_recorded *file = room ? &record->file[record->files] : NULL;
	if (room)
		*file = (struct acc_recorded){.path = strdup(path), .output = output};
	if (!room || !file->path) {
		acc_error_memory(messages);
		return NULL;
	}
	record->files++;
	return file;
}

bool
acc_record_add(struct acc_record *record, const char *path, bool output,
	       struct acc_messages *messages)
{
	struct acc_digest digest;
	for (size_t i = 0; i < record->files; i++)
		if (!strcmp(record->file[i].path, path))
			return true;
	if (strpbrk(path, "\n\\")) {
		acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){path, 0, 0},
			  "a name with a line break or a backslash cannot be recorded");
		return false;
	}
	if (!acc_digest_file(&digest, path)) {
		acc_error(messages, ACC_EXIT_IO, (struct acc_place){path, 0, 0}, "cannot read: %s",
			  strerror(errno));
		return false;
	}
	struct acc_recorded *file = append(record, path, output, messages);
	if (!file)
		return false;
	memcpy(file->hex, digest.hex, sizeof file->hex);
	file->bytes = digest.bytes;
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct acc_recorded *x = a, *y = b;
	if (x->output != y->output)
		return x->output - y->output;
	return strcmp(x->path, y->path);
}

void
acc_record_sort(struct acc_record *record)
{
	if (record->files)
		qsort(record->file, record->files, sizeof *record->file, compare);
}

void
acc_record_put(const struct acc_record *record, struct acc_text *text)
{
	acc_text_printf(text, "%s%s\n", made_by, record->made_by ? record->made_by : "accord");
	for (int output = 0; output < 2; output++) {
		acc_text_put(text, output ? "# outputs\n" : "# inputs\n");
		for (size_t i = 0; i < record->files; i++)
			if (record->file[i].output == output)
				acc_text_printf(text, "%s  %s\n", record->file[i].hex,
						record->file[i].path);
	}
}

/* ---- reading back ---- */

static bool
take_line(struct acc_record *record, const char *line, bool *output, struct acc_place place,
	  struct acc_messages *messages)
{
	size_t hex = strspn(line, "0123456789abcdef");
	if (!strncmp(line, made_by, strlen(made_by)) && !record->made_by)
		record->made_by = strdup(line + strlen(made_by));
	*output = *output || !strcmp(line, "# outputs");
	if (*line == '#' || !*line)
		return true;
	if (hex != 64 || strncmp(line + hex, "  ", 2) || !line[hex + 2]) {
		acc_error(messages, ACC_EXIT_DATA, place,
			  "this is no line of sha256sum: 64 digits, two blanks, a name");
		return false;
	}
	struct acc_recorded *file = append(record, line + hex + 2, *output, messages);
	if (file)
		memcpy(file->hex, line, 64);
	return file != NULL;
}

bool
acc_record_read(struct acc_record *record, const char *path, struct acc_messages *messages)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;
	bool output = false, good = true;
	struct acc_place place = {path, 0, 0};
	FILE *file = fopen(path, "r");
	if (!file) {
		acc_error(messages, ACC_EXIT_IO, place,
			  "cannot open: %s; `make` in the study's folder writes it",
			  strerror(errno));
		return false;
	}
	while (good && (length = getline(&line, &capacity, file)) > 0) {
		place.line++;
		line[strcspn(line, "\r\n")] = 0;
		good = take_line(record, line, &output, place, messages);
	}
	if (good && (ferror(file) || !output)) {
		acc_error(messages, ACC_EXIT_DATA, (struct acc_place){path, 0, 0},
			  "this is no record of accord provenance");
		good = false;
	}
	free(line);
	fclose(file);
	return good;
}

/* ---- what made it ---- */

void
acc_record_gnuplot(struct acc_text *version)
{
	static const char *const argument[] = {"gnuplot", "--version", NULL};
	struct acc_child child = {0};
	if (!acc_child_run(&child, argument, -1, 10) && !child.status && child.said.bytes)
		acc_text_bytes(version, child.said.bytes, strcspn(child.said.bytes, "\r\n"));
	acc_text_free(&child.said);
}

void
acc_record_versions(struct acc_text *text, const char *commit, const char *gnuplot)
{
	acc_text_printf(text, "accord %s%s%s%s, GSL %s, libcsv %s", ACC_VERSION,
			*commit ? " (" : "", commit, *commit ? ")" : "", acc_special_version(),
			acc_csv_version);
	if (*gnuplot)
		acc_text_printf(text, ", %s", gnuplot);
}
