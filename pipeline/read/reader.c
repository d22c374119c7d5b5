#include "pipeline/read/reader.h"
#include "pipeline/command/status.h"
#include "pipeline/read/header.h"

#include <stdlib.h>
#include <string.h>

void
acc_reader_free(struct acc_reader *reader)
{
	acc_list_free(reader->missing);
	free(reader->label_of);
	free(reader->joint);
	acc_split_free(&reader->split);
}

struct acc_place
acc_reader_place(const struct acc_reader *reader, const struct acc_csv_record *record,
		 size_t column)
{
	if (column >= record->fields)
		return (struct acc_place){reader->file, record->line, 0};
	return (struct acc_place){reader->file, record->line_of[column], record->column[column]};
}

bool
acc_reader_label(struct acc_reader *reader, struct acc_vocabulary *vocabulary, const char *label,
		 uint32_t *number)
{
	return acc_status_ok(reader->command->messages,
			     acc_vocabulary_add(vocabulary, label, number));
}

bool
acc_reader_other_columns(struct acc_reader *reader, const struct acc_csv_record *header,
			 struct acc_vocabulary *vocabulary)
{
	reader->label_of = acc_array(header->fields, sizeof *reader->label_of);
	if (!reader->label_of) {
		acc_error_memory(reader->command->messages);
		return false;
	}
	for (size_t i = 0; i < header->fields; i++) {
		bool role = false;
		for (size_t r = 0; r < ACC_ROLES; r++)
			role = role || reader->columns.at[r] == i;
		bool asked = !vocabulary->declared ||
			     acc_vocabulary_find(vocabulary, header->field[i]) != ACC_NONE;
		reader->label_of[i] = ACC_NONE;
		reader->left_out += !role && !asked;
		if (!role && asked && *header->field[i] &&
		    !acc_reader_label(reader, vocabulary, header->field[i], &reader->label_of[i]))
			return false;
	}
	return true;
}

bool
acc_reader_left_out(struct acc_reader *reader, const char *coder)
{
	const struct acc_vocabulary *coders = &reader->ratings->coder;
	bool left_out = coders->declared && acc_vocabulary_find(coders, coder) == ACC_NONE;
	reader->left_out += left_out;
	return left_out;
}

/* A label that may be absent: ACC_NONE where its cell or its column is empty. */
static bool
optional_label(struct acc_reader *reader, struct acc_vocabulary *vocabulary, const char *label,
	       uint32_t *number)
{
	*number = ACC_NONE;
	return !*label || acc_reader_label(reader, vocabulary, label, number);
}

/* Units are named within their document. */
static bool
join(struct acc_reader *reader, const char *document, const char *unit)
{
	size_t need = strlen(document) + strlen(ACC_UNIT_JOINT) + strlen(unit) + 1;
	if (!acc_array_reserve((void **)&reader->joint, &reader->joint_capacity, need, 1)) {
		acc_error_memory(reader->command->messages);
		return false;
	}
	reader->joint[0] = 0;
	if (*document) {
		strcpy(reader->joint, document);
		strcat(reader->joint, ACC_UNIT_JOINT);
	}
	strcat(reader->joint, unit);
	return true;
}

static void
contradiction(struct acc_reader *reader, const struct acc_csv_record *record, const char *name,
	      const struct acc_unit *known, const struct acc_unit *about)
{
	bool group = known->group != about->group;
	acc_error(
	    reader->command->messages, ACC_EXIT_DATA,
	    acc_reader_place(reader, record,
			     reader->columns.at[group ? ACC_ROLE_GROUP : ACC_ROLE_PARTICIPANT]),
	    "unit '%s' has another %s than on line %llu; if units are numbered anew in each "
	    "document, name the document with --document",
	    acc_visible(name), group ? "group" : "participant", (unsigned long long)known->line);
}

/* The place of a unit in its document, from --order. False: no memory. */
static bool
take_order(struct acc_reader *reader, const struct acc_csv_record *record, const char *name,
	   uint32_t unit)
{
	struct acc_messages *messages = reader->command->messages;
	const char *cell = acc_columns_field(&reader->columns, record, ACC_ROLE_ORDER);
	size_t column = reader->columns.at[ACC_ROLE_ORDER];
	enum acc_status status = ACC_OK;
	double place;
	if (column == reader->columns.count)
		return true;
	if (!acc_number(cell, &place))
		acc_error(messages, ACC_EXIT_DATA, acc_reader_place(reader, record, column),
			  "'%s' is not a number; --order needs one on every row",
			  acc_visible(cell));
	else if (!acc_ratings_place(reader->ratings, unit, place, &status))
		acc_error(messages, ACC_EXIT_DATA, acc_reader_place(reader, record, column),
			  "unit '%s' has another --order than on line %llu", acc_visible(name),
			  (unsigned long long)reader->ratings->about[unit].line);
	return acc_status_ok(messages, status);
}

/* Hash a new unit again: is it in its shard? reader->joint is its label. */
static void
check_shard(struct acc_reader *reader, const struct acc_csv_record *record, const char *name,
	    const char *document)
{
	const struct acc_shard *shard = reader->shard;
	bool whole = shard->key == ACC_SHARD_DOCUMENT;
	const char *key = whole ? document : reader->joint;
	uint32_t home = acc_unit_shard(key, strlen(key), shard->seed, shard->parts);
	if (home != shard->index)
		acc_error(reader->command->messages, ACC_EXIT_DATA,
			  acc_reader_place(reader, record, reader->columns.at[ACC_ROLE_UNIT]),
			  "unit '%s'%s%s%s belongs to shard %lu/%lu, not %lu/%lu; split the study "
			  "with accord shard, with the same columns",
			  acc_visible(name), *document ? " of document '" : "",
			  *document ? acc_visible(document) : "", *document ? "'" : "",
			  (unsigned long)home, (unsigned long)shard->parts,
			  (unsigned long)shard->index, (unsigned long)shard->parts);
}

bool
acc_reader_unit(struct acc_reader *reader, const struct acc_csv_record *record, const char *name,
		uint32_t *unit)
{
	struct acc_ratings *ratings = reader->ratings;
	const char *group = acc_columns_field(&reader->columns, record, ACC_ROLE_GROUP);
	const char *participant = acc_columns_field(&reader->columns, record, ACC_ROLE_PARTICIPANT);
	const char *document = acc_columns_field(&reader->columns, record, ACC_ROLE_DOCUMENT);
	struct acc_unit about = {.line = (uint32_t)record->line};
	uint32_t known = ratings->unit.count;
	enum acc_status status;
	if (!join(reader, document, name) ||
	    !acc_reader_label(reader, &ratings->unit, reader->joint, unit) ||
	    !optional_label(reader, &ratings->group, group, &about.group) ||
	    !optional_label(reader, &ratings->participant, participant, &about.participant) ||
	    !optional_label(reader, &ratings->document, document, &about.document))
		return false;
	if (reader->shard && *unit == known)
		check_shard(reader, record, name, document);
	if (!acc_ratings_about(ratings, *unit, about, &status))
		contradiction(reader, record, name, &ratings->about[*unit], &about);
	return acc_status_ok(reader->command->messages, status) &&
	       take_order(reader, record, name, *unit);
}

bool
acc_reader_missing(const struct acc_reader *reader, const char *label)
{
	for (size_t i = 0; reader->missing[i]; i++)
		if (!strcmp(label, reader->missing[i]))
			return true;
	return false;
}

bool
acc_reader_code(struct acc_reader *reader, const struct acc_csv_record *record, size_t column,
		uint32_t *number)
{
	const char *code = record->field[column];
	*number = ACC_NONE;
	if (!*code)
		return true;
	if (acc_reader_missing(reader, code))
		return true;
	struct acc_vocabulary *codes = &reader->ratings->code;
	if (codes->declared && acc_vocabulary_find(codes, code) == ACC_NONE) {
		const char *near =
		    acc_nearest(code, (const char *const *)codes->label, codes->count);
		acc_error(reader->command->messages, ACC_EXIT_DATA,
			  acc_reader_place(reader, record, column),
			  "code '%s' is not in --categories%s%s%s", acc_visible(code),
			  near ? ", did you mean '" : "", near ? acc_visible(near) : "",
			  near ? "'?" : "");
		return true;
	}
	return acc_reader_label(reader, codes, code, number);
}

bool
acc_reader_add(struct acc_reader *reader, const struct acc_csv_record *record, uint32_t unit,
	       uint32_t coder, uint32_t theme, uint32_t code)
{
	return acc_status_ok(
	    reader->command->messages,
	    acc_ratings_add(reader->ratings, (struct acc_assignment){unit, coder, theme, code,
								     (uint32_t)record->line}));
}

static const struct acc_shape *
shape_of(const struct acc_command *command)
{
	if (command->settings.wide)
		return &acc_shape_wide;
	return command->settings.matrix ? &acc_shape_matrix : &acc_shape_long;
}

/* How the ratings were read, as CSV fields, so that merging can tell whether all shards were read
 * alike. */
static bool
describe(struct acc_reader *reader, const struct acc_csv_record *header)
{
	const struct acc_settings *settings = &reader->command->settings;
	struct acc_text text = {0};
	acc_text_put(&text, settings->wide ? "wide" : settings->matrix ? "matrix" : "long");
	for (size_t r = 0; r < ACC_ROLES; r++)
		if (reader->columns.at[r] < reader->columns.count)
			acc_columns_describe(&text, (enum acc_role)r,
					     header->field[reader->columns.at[r]]);
	acc_text_setting(&text, "missing", settings->missing ? settings->missing : "NA");
	acc_text_setting(&text, "split-themes", settings->split_themes);
	acc_text_setting(&text, "coders", settings->coders);
	reader->shard->columns = text.bytes;
	if (text.failed)
		acc_error_memory(reader->command->messages);
	return !text.failed;
}

static bool
take_header(struct acc_reader *reader, const struct acc_csv_record *record)
{
	reader->header_done = true;
	if (!shape_of(reader->command)->header(reader, record))
		return false;
	if (!reader->shard)
		return true;
	if (reader->columns.at[ACC_ROLE_UNIT] == reader->columns.count)
		acc_error(reader->command->messages, ACC_EXIT_USAGE,
			  (struct acc_place){reader->file, 0, 0},
			  "without a unit column rows are numbered; in a shard that would make "
			  "other units of them");
	else if (reader->shard->key == ACC_SHARD_DOCUMENT &&
		 reader->columns.at[ACC_ROLE_DOCUMENT] == reader->columns.count)
		acc_error(reader->command->messages, ACC_EXIT_USAGE,
			  (struct acc_place){reader->file, 0, 0},
			  "--key document needs a document column; name it with --document");
	else
		return describe(reader, record);
	return false;
}

/* --no-header: `record` is the first one, or NULL where there is none. */
static bool
make_header(struct acc_reader *reader, const struct acc_csv_record *record)
{
	struct acc_header header;
	bool good = acc_header_make(&header, reader->command, reader->file, record) &&
		    take_header(reader, &header.record);
	acc_header_free(&header);
	return good;
}

static bool
take(void *context, const struct acc_csv_record *record)
{
	struct acc_reader *reader = context;
	const struct acc_shape *shape = shape_of(reader->command);
	if (record->line >= UINT32_MAX) {
		acc_error(reader->command->messages, ACC_EXIT_LIMIT,
			  acc_reader_place(reader, record, 0), "more lines than can be counted");
		return false;
	}
	if (!reader->header_done) {
		if (!reader->command->settings.no_header)
			return take_header(reader, record);
		if (!make_header(reader, record))
			return false;
	}
	reader->records++;
	return shape->row(reader, record);
}

bool
acc_reader_read(struct acc_reader *reader, struct acc_csv_stream *stream)
{
	const struct acc_settings *settings = &reader->command->settings;
	struct acc_messages *messages = reader->command->messages;
	struct acc_csv_options options = {0};
	size_t count;
	if (!acc_columns_options(reader->command, &options.separator)) {
		acc_csv_close(stream);
		return false;
	}
	options.no_header = settings->no_header != NULL;
	options.comments = reader->headed;
	options.headerless_ok = reader->shard || settings->columns;
	reader->missing = acc_list_split(settings->missing ? settings->missing : "NA", &count);
	if (!reader->missing) {
		acc_csv_close(stream);
		acc_error_memory(messages);
		return false;
	}
	if (!acc_csv_read_stream(stream, &options, take, reader, messages) || messages->errors)
		return false;
	/* Of an empty stream, one of many, there is still what --columns says. */
	return reader->header_done || (settings->columns && make_header(reader, NULL));
}
