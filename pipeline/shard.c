/* accord shard: a ratings CSV to parts that hold whole units. */
#include "pipeline/command/status.h"
#include "pipeline/read/columns.h"
#include "pipeline/read/header.h"
#include "pipeline/read/nfc.h"
#include "pipeline/read/shard_head.h"
#include "pipeline/write/csv_line.h"
#include "pipeline/write/output.h"
#include "pipeline/write/output_parts.h"
#include "stats/ratings.h"

#include <stdlib.h>
#include <string.h>

struct job {
	struct acc_command *command;
	struct acc_shard shard; /* parts, key, seed */
	struct acc_columns columns;
	struct acc_csv_stream *stream; /* being read, borrowed */
	const char *file;              /* its name */
	char separator;                /* of the first file, and of all parts */
	bool headed;                   /* the header of this file is done */
	struct acc_text header;        /* header line of the first file */
	struct acc_text line;          /* the record */
	struct acc_text name;          /* of the unit */
	struct acc_parts *parts;       /* owned; made with the first header */
	char **path;                   /* owned, [parts] */
	uint64_t *rows;                /* owned, [parts] */
	struct acc_digest *digest;     /* owned */
};

/* ---- names of the parts ---- */

/* --output, or the first input without ".csv". */
static void
put_prefix(const struct job *job, struct acc_text *text)
{
	const struct acc_command *command = job->command;
	const char *name = command->settings.prefix;
	if (!name && command->files && strcmp(command->file[0], "-"))
		name = command->file[0];
	acc_text_put(text, name ? name : "study");
	size_t length = text->length;
	if (!command->settings.prefix && length > 4 && !strcmp(text->bytes + length - 4, ".csv")) {
		text->length -= 4;
		text->bytes[text->length] = 0;
	}
}

static bool
name_parts(struct job *job)
{
	bool good = true;
	job->path = acc_array(job->shard.parts + 1u, sizeof *job->path);
	for (uint32_t i = 0; good && job->path && i < job->shard.parts; i++) {
		struct acc_text text = {0};
		put_prefix(job, &text);
		acc_text_printf(&text, ".%lu-of-%lu.csv", (unsigned long)i,
				(unsigned long)job->shard.parts);
		good = !text.failed;
		job->path[i] = text.bytes;
	}
	if (!good || !job->path)
		acc_error_memory(job->command->messages);
	return good && job->path;
}

/* ---- records ---- */

/* Append a label in NFC. False: no memory. */
static bool
put_label(struct acc_text *text, const char *label)
{
	size_t length = strlen(label);
	if (acc_nfc_plain(label, length)) {
		acc_text_bytes(text, label, length);
		return true;
	}
	char *made = acc_nfc(label, length);
	if (made)
		acc_text_put(text, made);
	free(made);
	return made != NULL;
}

/* What is hashed: the document and the unit in it, or the document alone. */
static bool
put_name(struct job *job, const struct acc_csv_record *record)
{
	const char *document = acc_columns_field(&job->columns, record, ACC_ROLE_DOCUMENT);
	const char *unit = acc_columns_field(&job->columns, record, ACC_ROLE_UNIT);
	bool whole = job->shard.key == ACC_SHARD_DOCUMENT;
	job->name.length = 0;
	bool good = put_label(&job->name, document);
	if (*document && !whole)
		acc_text_put(&job->name, ACC_UNIT_JOINT);
	good = good && (whole || put_label(&job->name, unit)) && !job->name.failed;
	if (!good)
		acc_error_memory(job->command->messages);
	return good;
}

static bool
take_row(struct job *job, const struct acc_csv_record *record)
{
	size_t column = job->columns.at[ACC_ROLE_UNIT];
	if (!*record->field[column]) {
		acc_error(job->command->messages, ACC_EXIT_DATA,
			  acc_csv_place(record, job->file, column),
			  "the unit is empty; every row names its unit");
		return true;
	}
	acc_csv_line(&job->line, record, job->separator);
	if (job->line.failed) {
		acc_error_memory(job->command->messages);
		return false;
	}
	if (!put_name(job, record))
		return false;
	acc_digest_add(job->digest, job->line.bytes, job->line.length);
	uint32_t part = acc_unit_shard(job->name.bytes ? job->name.bytes : "", job->name.length,
				       job->shard.seed, job->shard.parts);
	job->rows[part]++;
	return acc_parts_put(job->parts, part, job->line.bytes, job->line.length);
}

/* ---- headers ---- */

static bool
find_columns(struct job *job, const struct acc_csv_record *header)
{
	unsigned all = acc_columns_wanted(&job->command->settings, false);
	unsigned needed = 1u << ACC_ROLE_UNIT;
	if (job->shard.key == ACC_SHARD_DOCUMENT)
		needed |= 1u << ACC_ROLE_DOCUMENT;
	return acc_columns_find(&job->columns, header, job->command, job->file, all, needed);
}

/* Open the parts and copy the header into each. */
static bool
begin_parts(struct job *job)
{
	char line[ACC_SHARD_HEAD_MAX];
	bool good = true;
	static const char *const input[] = {"-"};
	const struct acc_command *command = job->command;
	memset(job->shard.study, '0', sizeof job->shard.study - 1);
	job->parts =
	    acc_parts_new(job->path, job->shard.parts, command->files ? command->file : input,
			  command->files ? command->files : 1, command->messages);
	for (uint32_t i = 0; job->parts && good && i < job->shard.parts; i++) {
		job->shard.index = i;
		acc_shard_write_head(&job->shard, line);
		good = acc_parts_put(job->parts, i, line, strlen(line)) &&
		       acc_parts_put(job->parts, i, job->header.bytes, job->header.length);
	}
	return good && job->parts;
}

static bool
first_header(struct job *job, const struct acc_csv_record *header)
{
	job->separator = job->stream->separator;
	if (!find_columns(job, header))
		return false;
	if (job->command->settings.no_header)
		acc_text_put(&job->header, "");
	else
		acc_csv_line(&job->header, header, job->separator);
	if (job->header.failed) {
		acc_error_memory(job->command->messages);
		return false;
	}
	acc_digest_add(job->digest, job->header.bytes, job->header.length);
	return begin_parts(job);
}

/* Further files have the header of the first. */
static bool
further_header(struct job *job, const struct acc_csv_record *header)
{
	if (job->command->settings.no_header)
		return true;
	acc_csv_line(&job->line, header, job->separator);
	if (!job->line.failed && !strcmp(job->line.bytes, job->header.bytes))
		return true;
	acc_error(job->command->messages, ACC_EXIT_DATA, (struct acc_place){job->file, 1, 0},
		  "its header is not that of '%s'; one study has the same columns in all files",
		  acc_visible(job->command->file[0]));
	return false;
}

static bool
take_header(struct job *job, const struct acc_csv_record *record)
{
	job->headed = true;
	return job->parts ? further_header(job, record) : first_header(job, record);
}

/* --no-header: `record` is the first one, or NULL where there is none. */
static bool
make_header(struct job *job, const struct acc_csv_record *record)
{
	struct acc_header header;
	bool good = acc_header_make(&header, job->command, job->file, record) &&
		    take_header(job, &header.record);
	acc_header_free(&header);
	return good;
}

static bool
take(void *context, const struct acc_csv_record *record)
{
	struct job *job = context;
	if (!job->headed) {
		if (!job->command->settings.no_header)
			return take_header(job, record);
		if (!make_header(job, record))
			return false;
	}
	return take_row(job, record);
}

/* ---- the whole ---- */

static bool
read_file(struct job *job, const char *path, const struct acc_csv_options *options)
{
	char head[sizeof ACC_SHARD_HEAD] = "";
	size_t length;
	struct acc_csv_options with = *options;
	struct acc_messages *messages = job->command->messages;
	job->stream = acc_csv_open(path, head, sizeof head - 1, &length, messages);
	job->file = path ? path : "-";
	job->headed = false;
	with.comments = !strcmp(head, ACC_SHARD_HEAD);
	with.headerless_ok = with.comments || job->command->settings.columns;
	if (!job->stream || !acc_csv_read_stream(job->stream, &with, take, job, messages) ||
	    messages->errors)
		return false;
	if (!job->headed && job->command->settings.columns) {
		struct acc_csv_stream none = {.separator = with.separator ? with.separator : ','};
		job->stream = &none;
		return make_header(job, NULL);
	}
	return true;
}

/* Write what each part holds into its first line, and give all their names. */
static bool
finish(struct job *job)
{
	char line[ACC_SHARD_HEAD_MAX];
	acc_digest_text(job->digest, job->shard.study);
	for (uint32_t i = 0; i < job->shard.parts; i++) {
		job->shard.index = i;
		job->shard.rows = job->rows[i];
		acc_shard_write_head(&job->shard, line);
		if (!acc_parts_head(job->parts, i, line, strlen(line)))
			return false;
	}
	return acc_parts_finish(job->parts);
}

static void
say_names(struct job *job)
{
	struct acc_text text = {0};
	for (uint32_t i = 0; i < job->shard.parts; i++) {
		acc_text_put(&text, job->path[i]);
		acc_text_put(&text, "\n");
	}
	if (text.failed)
		acc_error_memory(job->command->messages);
	else
		acc_output_write(NULL, text.bytes, text.length, NULL, job->command->messages);
	acc_text_free(&text);
}

static bool
parts_option(struct job *job)
{
	double parts;
	const char *given = job->command->settings.parts;
	if (given && acc_number(given, &parts) && parts >= 1 && parts <= ACC_SHARD_PARTS_MAX &&
	    parts <= (uint32_t)parts) {
		job->shard.parts = (uint32_t)parts;
		return true;
	}
	acc_error(job->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  given ? "--parts takes a whole number from 1 to %d"
			: "accord shard needs --parts, a whole number from 1 to %d",
		  ACC_SHARD_PARTS_MAX);
	return false;
}

static bool
prepare(struct job *job, struct acc_csv_options *options)
{
	*options =
	    (struct acc_csv_options){.as_is = true, .no_header = job->command->settings.no_header};
	if (!acc_shard_options(job->command, &job->shard) || !parts_option(job) ||
	    !acc_columns_options(job->command, &options->separator) || !name_parts(job))
		return false;
	job->rows = acc_array(job->shard.parts, sizeof *job->rows);
	job->digest = acc_digest_new();
	if (!job->rows || !job->digest)
		acc_error_memory(job->command->messages);
	return job->rows && job->digest;
}

static void
shard(struct acc_command *command)
{
	struct job job = {.command = command};
	struct acc_csv_options options;
	bool good = prepare(&job, &options);
	for (size_t i = 0; good && i < (command->files ? command->files : 1); i++)
		good = read_file(&job, command->files ? command->file[i] : NULL, &options);
	if (good && finish(&job))
		say_names(&job);
	acc_parts_free(job.parts);
	acc_list_free(job.path);
	free(job.rows);
	acc_digest_free(job.digest);
	acc_text_free(&job.header);
	acc_text_free(&job.line);
	acc_text_free(&job.name);
}

const struct acc_stage acc_stage_shard = {
    .name = "shard",
    .summary = "split ratings into shards that hold whole units",
    .operands = "[FILE...]",
    .about = "Splits ratings in one pass: the rows of a unit of a document all go to the part that "
	     "the hash of its name says, the header is copied to each part, and the names of the "
	     "parts are printed. The first line of a part says which it is and of which data, so "
	     "that accord tabulate notices a unit that does not belong there and a part that was "
	     "cut short, and accord merge a part that is missing, doubled or of another run. All "
	     "parts are written whole or none is. docs/cluster.md shows Slurm, GNU parallel, make "
	     "and Spark.",
    .examples = "accord shard study.csv --parts 64 | parallel accord tabulate {} -o {.}.patterns\n"
		"    then: accord merge study.*.patterns --output study.patterns\n"
		"accord shard part-*.csv --parts 8 --unit segment --output work/study\n"
		"    several files of one study; options are those of accord tabulate\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_PARTS | ACC_GROUP_SHARDS,
    .run = shard,
};
