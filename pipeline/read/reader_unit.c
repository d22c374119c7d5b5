/* The unit of a record: its label, and what is known of it. */
#include "pipeline/command/status.h"
#include "pipeline/read/reader.h"
#include "pipeline/read/unit_hash.h"

#include <string.h>

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

/* The number of the unit with the label reader->joint: 0 where units are not kept. False with a
 * message, or unfit. */
static bool
number_unit(struct acc_reader *reader, const char *document, uint32_t *unit)
{
	if (reader->reading == ACC_READ_TABLE)
		return acc_reader_label(reader, &reader->ratings->unit, reader->joint, unit);
	bool counted = reader->reading == ACC_READ_COUNTED;
	size_t length = strlen(reader->joint);
	*unit = 0;
	if (!counted && reader->any && !strcmp(reader->label, reader->joint))
		return true;
	reader->label_prefix = *document ? strlen(document) + strlen(ACC_UNIT_JOINT) : 0;
	acc_reader_new_unit(reader, 0);
	return counted ? acc_reader_name_unit(reader, document, 0, reader->joint, length)
		       : acc_reader_next_unit(reader, document, 0, reader->joint, length);
}

/* Remember the unit of this row. */
static bool
note_unit(struct acc_reader *reader, const struct acc_csv_record *record, uint32_t unit)
{
	static const enum acc_role kept[] = {ACC_ROLE_UNIT, ACC_ROLE_GROUP, ACC_ROLE_PARTICIPANT,
					     ACC_ROLE_DOCUMENT};
	bool memory = true;
	reader->unit = unit;
	for (size_t i = 0; reader->plain && i < sizeof kept / sizeof *kept; i++) {
		size_t column = reader->columns.at[kept[i]];
		if (column < reader->columns.count)
			memory = acc_last_note(&reader->last[kept[i]], record->field[column],
					       record->length[column]) &&
				 memory;
	}
	if (!memory)
		acc_error_memory(reader->command->messages);
	return memory;
}

/* Remember the number of a label that says something of units. */
static void
note_about(struct acc_reader *reader, const struct acc_csv_record *record, enum acc_role role,
	   uint32_t number)
{
	size_t column = reader->columns.at[role];
	if (reader->plain && number != ACC_NONE)
		acc_said_label(&reader->said[role], record->field[column], record->length[column],
			       number);
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
	if (!join(reader, document, name))
		return false;
	bool fresh = reader->told && (!reader->any || strcmp(reader->label, reader->joint));
	if (!number_unit(reader, document, unit) ||
	    !optional_label(reader, &ratings->group, group, &about.group) ||
	    !optional_label(reader, &ratings->participant, participant, &about.participant) ||
	    !optional_label(reader, &ratings->document, document, &about.document))
		return false;
	note_about(reader, record, ACC_ROLE_GROUP, about.group);
	note_about(reader, record, ACC_ROLE_PARTICIPANT, about.participant);
	if (reader->shard && (fresh || (reader->reading == ACC_READ_TABLE && *unit == known)))
		check_shard(reader, record, name, document);
	if (!acc_ratings_about(ratings, *unit, about, &status))
		contradiction(reader, record, name, &ratings->about[*unit], &about);
	return acc_status_ok(reader->command->messages, status) &&
	       take_order(reader, record, name, *unit) &&
	       acc_reader_take_span(reader, record, name, *unit) &&
	       note_unit(reader, record, *unit);
}
