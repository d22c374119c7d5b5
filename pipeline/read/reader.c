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
	free(reader->span_name);
	free(reader->label);
	free(reader->first);
	if (reader->states)
		acc_states_free(reader->states);
	free(reader->states);
	acc_sender_free(reader->sender);
	for (size_t r = 0; r <= ACC_ROLES; r++)
		free(reader->said[r].slot);
	for (size_t r = 0; r < ACC_ROLES; r++)
		free(reader->last[r].bytes);
	acc_gather_free(&reader->gather);
	acc_split_free(&reader->split);
}

struct acc_place
acc_reader_place(const struct acc_reader *reader, const struct acc_csv_record *record,
		 size_t column)
{
	if (column >= record->fields)
		return (struct acc_place){reader->file, record->line, 0};
	return acc_csv_place(record, reader->file, column);
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

/* Units with long names are not for this way. */
static enum acc_status
deal_row(struct acc_reader *reader, const struct acc_assignment *row)
{
	const struct acc_unit_name *name = &reader->name;
	bool full = name->text;
	uint32_t word =
	    acc_deal_row(reader->gather.design, row->coder, row->theme, row->code, &full);
	return !full && acc_deal_put(reader->deal, name->low, name->high, name->hash, word)
		   ? ACC_OK
		   : ACC_TOO_LARGE;
}

bool
acc_reader_count(struct acc_reader *reader, const struct acc_assignment *row)
{
	const struct acc_unit *about = reader->ratings->about;
	enum acc_status status =
	    reader->deal     ? deal_row(reader, row)
	    : reader->lists  ? acc_lists_take(reader->lists, &reader->name, about, row)
	    : reader->sender ? acc_sender_take(reader->sender, &reader->name, about, row)
			     : acc_states_take(reader->states, &reader->name, about, row);
	bool odd = reader->lists ? reader->lists->contradiction
				 : reader->states && reader->states->contradiction;
	if (__builtin_expect(status == ACC_OK && !odd, 1))
		return true;
	reader->unfit = reader->unfit || odd || status == ACC_TOO_LARGE;
	return !reader->unfit && acc_status_ok(reader->command->messages, status);
}

/* All rows are there: count what is not counted yet. */
static bool
finish(struct acc_reader *reader)
{
	enum acc_status status = ACC_OK;
	if (!acc_reader_close_unit(reader))
		return false;
	if (reader->reading == ACC_READ_GROUPED)
		status = acc_gather_finish(&reader->gather);
	if (reader->deal) {
		/* Those who asked for it go on with it. */
	} else if (reader->lists && reader->reading == ACC_READ_COUNTED) {
		status = acc_lists_gather(reader->lists);
		reader->unfit =
		    reader->unfit || status == ACC_TOO_LARGE || reader->lists->contradiction;
	} else if (reader->sender) {
		status = acc_sender_finish(reader->sender);
	} else if (reader->reading == ACC_READ_COUNTED) {
		status = acc_states_finish(reader->states);
		reader->unfit = reader->unfit || reader->states->contradiction;
	}
	return !reader->unfit && acc_status_ok(reader->command->messages, status);
}

bool
acc_reader_add(struct acc_reader *reader, const struct acc_csv_record *record, uint32_t unit,
	       uint32_t coder, uint32_t theme, uint32_t code)
{
	if (reader->reading == ACC_READ_COUNTED)
		return acc_reader_count(
		    reader, &(struct acc_assignment){.coder = coder, .theme = theme, .code = code});
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
	reader->shape = shape_of(reader->command);
	if (!reader->shape->header(reader, record))
		return false;
	reader->gather.design = reader->ratings->design;
	if (reader->ratings->design != ACC_THEMES)
		reader->lists = NULL;
	if (reader->lists && acc_columns_about(&reader->columns))
		reader->lists->tally.layers = 0;
	if (reader->lists || reader->gather.design == ACC_THEME_CODES ||
	    acc_columns_about(&reader->columns))
		reader->deal = NULL;
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
	bool good = reader->shape->row(reader, record);
	reader->unfit_line = record->line;
	return good;
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
	options.glance = shape_of(reader->command) == &acc_shape_long ? acc_reader_glance : NULL;
	options.rows = options.glance ? acc_reader_rows : NULL;
	options.no_header = settings->no_header != NULL;
	options.comments = reader->headed;
	options.headerless_ok = reader->shard || settings->columns;
	reader->missing = acc_list_split(settings->missing ? settings->missing : "NA", &count);
	bool said = true;
	for (size_t r = 0; r <= ACC_ROLES; r++)
		said = acc_said_make(&reader->said[r], ACC_SAID_BITS_LEAST) && said;
	reader->orders = ACC_ORDER_BYTES | ACC_ORDER_NUMBERS;
	bool table = reader->reading == ACC_READ_COUNTED && !reader->sender;
	if (table)
		reader->states = calloc(1, sizeof *reader->states);
	if (reader->states)
		reader->states->patterns = reader->gather.patterns;
	if (!reader->missing || !said || (table && !reader->states)) {
		acc_csv_close(stream);
		acc_error_memory(messages);
		return false;
	}
	if (!acc_csv_read_stream(stream, &options, take, reader, messages) || messages->errors ||
	    !finish(reader))
		return false;
	/* Of an empty stream, one of many, there is still what --columns says. */
	return reader->header_done || (settings->columns && make_header(reader, NULL));
}
