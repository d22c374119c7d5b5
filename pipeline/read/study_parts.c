#include "pipeline/read/study_parts.h"

#include "pipeline/command/progress.h"
#include "pipeline/read/csv_cut.h"
#include "stats/parallel.h"
#include <stdlib.h>
#include <string.h>

/* With less than this for each thread the threads cost more than they save. */
static const uint64_t least_bytes = 4 << 20;

struct part {
	struct acc_command command; /* its own, for its messages */
	struct acc_messages messages;
	struct acc_study study;
	struct acc_reader reader;
};

struct parts {
	struct acc_command *command;
	const char *file;
	enum acc_reading reading;
	bool lists;      /* units become lists ... */
	unsigned layers; /* ... of which these are tallied */
	bool dealt;      /* rows of units in any order wait until all readers are done */
	struct acc_csv_head head;
	struct acc_columns columns;
	uint64_t at[ACC_CSV_PARTS_MAX + 1];
	size_t count;
	struct part *part;             /* owned, [count] */
	struct acc_exchange *exchange; /* owned; of units in any order */
};

/* ---- where ---- */

static bool
take_header(void *context, const struct acc_csv_record *header)
{
	struct parts *parts = context;
	return acc_columns_find(&parts->columns, header, parts->command, parts->file,
				acc_columns_wanted(&parts->command->settings, false),
				1u << ACC_ROLE_UNIT);
}

/* Which columns there are: the head alone is read. */
static bool
find_columns(struct parts *parts, struct acc_messages *aside)
{
	const struct acc_csv_head *head = &parts->head;
	struct acc_csv_options options = {.separator = head->separator, .headerless_ok = true};
	struct acc_csv_stream *stream = acc_csv_open_part(parts->file, head->bytes, head->length,
							  head->length, head->length, aside);
	return stream && acc_csv_read_stream(stream, &options, take_header, parts, aside) &&
	       parts->columns.count;
}

/* The cuts of a file: anywhere between rows where units come in any order. */
static bool
find_parts(struct parts *parts, unsigned threads, struct acc_messages *aside)
{
	const struct acc_settings *settings = &parts->command->settings;
	const struct acc_columns *columns = &parts->columns;
	const enum acc_role together[] = {ACC_ROLE_UNIT, ACC_ROLE_DOCUMENT};
	size_t keep[2], kept = 0;
	char separator;
	if (settings->no_header || settings->wide || settings->matrix ||
	    !acc_columns_options(parts->command, &separator) ||
	    !acc_csv_head(&parts->head, parts->file, separator) || !find_columns(parts, aside))
		return false;
	size_t most = (size_t)(parts->head.size / least_bytes);
	most = most < threads ? most : threads;
	for (size_t i = 0; parts->reading == ACC_READ_GROUPED && i < 2; i++)
		if (columns->at[together[i]] < columns->count)
			keep[kept++] = columns->at[together[i]];
	parts->count = acc_csv_cut(&parts->head, parts->file, columns->count, keep, kept,
				   most < ACC_CSV_PARTS_MAX ? most : ACC_CSV_PARTS_MAX, parts->at);
	acc_progress_phase("reading", parts->head.size);
	return parts->count > 1;
}

/* Let each reader keep its rows until all are done. False: they cannot be kept so. */
static bool
deal_parts(struct parts *parts, enum acc_design design)
{
	bool good = design != ACC_THEME_CODES && !acc_columns_about(&parts->columns) &&
		    (!parts->lists || parts->layers);
	for (size_t i = 0; good && i < parts->count; i++) {
		struct part *part = &parts->part[i];
		part->study.lists.shared = parts->lists;
		good = parts->lists || acc_study_deal(&part->study);
		part->reader.deal = part->study.deal;
	}
	return good;
}

/* A share of what is common for each reader. False: no memory. */
static bool
make_parts(struct parts *parts)
{
	const struct acc_columns *columns = &parts->columns;
	bool theme = columns->at[ACC_ROLE_THEME] < columns->count;
	bool code = columns->at[ACC_ROLE_CODE] < columns->count;
	enum acc_design design = !theme ? ACC_CODES : code ? ACC_THEME_CODES : ACC_THEMES;
	bool own = parts->reading == ACC_READ_GROUPED || parts->dealt;
	parts->lists = parts->lists && design == ACC_THEMES;
	parts->layers = acc_columns_about(columns) ? 0 : parts->layers;
	parts->part = acc_array(parts->count, sizeof *parts->part);
	for (size_t i = 0; parts->part && parts->lists && i < parts->count; i++) {
		struct part *part = &parts->part[i];
		part->study.lists.tally.layers = parts->layers;
		part->reader.lists = own ? &part->study.lists : NULL;
	}
	if (own)
		return parts->part && (!parts->dealt || deal_parts(parts, design));
	parts->exchange = acc_exchange_make(design, parts->lists, parts->layers, parts->count);
	bool good = parts->part && parts->exchange;
	for (size_t i = 0; good && i < parts->count; i++) {
		struct part *part = &parts->part[i];
		part->reader.sender = acc_sender_make(parts->exchange, i, &part->study.ratings);
		good = part->reader.sender != NULL;
	}
	return good;
}

/* ---- reading ---- */

static enum acc_status
read_part(void *context, size_t index)
{
	struct parts *parts = context;
	struct part *part = &parts->part[index];
	const struct acc_csv_head *head = &parts->head;
	part->command = *parts->command;
	part->command.messages = &part->messages;
	part->reader.reading = parts->reading;
	struct acc_csv_stream *stream =
	    acc_csv_open_part(parts->file, head->bytes, head->length, parts->at[index],
			      parts->at[index + 1], &part->messages);
	bool good = stream && acc_study_read_rows(&part->command, stream, false, parts->file,
						  &part->study, &part->reader);
	acc_sender_leave(part->reader.sender);
	acc_ratings_move_labels(&part->study.ratings, &part->study.patterns);
	/* Any status but ACC_OK: the careful reading will say what it is. */
	return good && !part->messages.errors && !part->messages.notes ? ACC_OK : ACC_TOO_LARGE;
}

/* Do the units of each part come after those of the part before? Then none is in two of them. */
static bool
in_order(const struct parts *parts)
{
	unsigned orders = ACC_ORDER_BYTES | ACC_ORDER_NUMBERS;
	for (size_t i = 0; i < parts->count; i++) {
		const struct acc_reader *reader = &parts->part[i].reader;
		const char *last = i ? parts->part[i - 1].reader.label : NULL;
		if (!reader->first)
			return false;
		orders &= reader->orders;
		if (last)
			orders &= acc_reader_ascends(last, strlen(last), reader->first,
						     strlen(reader->first));
	}
	return orders;
}

/* Lists of what each reader or each share has become the study's. */
static enum acc_status
join(struct parts *parts, const struct acc_patterns *const *from, size_t count,
     struct acc_study *study)
{
	struct acc_lists *list = acc_array(count, sizeof *list);
	if (!list)
		return ACC_NO_MEMORY;
	for (size_t i = 0; i < parts->count; i++) {
		list[i] = parts->part[i].study.lists;
		parts->part[i].study.lists = (struct acc_lists){0};
	}
	for (size_t i = parts->count; i < count; i++)
		list[i] = acc_exchange_lists(parts->exchange, i - parts->count);
	enum acc_status status =
	    acc_lists_join(list, from, count, &study->patterns, (unsigned)count);
	study->listed = true;
	study->lists = list[0];
	for (size_t i = 1; i < count; i++)
		acc_lists_free(&list[i]);
	free(list);
	bool keep = study->may_list && study->patterns.seen == ACC_SEEN_LISTED;
	return status == ACC_OK && !keep ? acc_lists_tabulate(&study->lists, &study->patterns)
					 : status;
}

/* Rows that readers kept become patterns. */
static enum acc_status
tabulate_dealt(const struct parts *parts, const struct acc_patterns *const *from,
	       struct acc_patterns *patterns)
{
	const struct acc_deal **deal = acc_array(parts->count, sizeof *deal);
	enum acc_status status = deal ? ACC_OK : ACC_NO_MEMORY;
	for (size_t i = 0; deal && i < parts->count; i++)
		deal[i] = parts->part[i].study.deal;
	if (status == ACC_OK)
		status =
		    acc_deal_tabulate(deal, from, parts->count, patterns, (unsigned)parts->count);
	free(deal);
	return status;
}

/* Add up what was counted, by each reader or in each share. */
static enum acc_status
add(struct parts *parts, struct acc_study *study, uint64_t *left_out)
{
	struct acc_exchange *exchange = parts->exchange;
	size_t shares = exchange ? acc_exchange_shares(exchange) : 0;
	const struct acc_patterns **from = acc_array(parts->count + shares, sizeof *from);
	enum acc_status status = from ? ACC_OK : ACC_NO_MEMORY;
	uint64_t records = 0;
	for (size_t i = 0; from && i < parts->count; i++) {
		from[i] = &parts->part[i].study.patterns;
		records += parts->part[i].reader.records;
		*left_out += parts->part[i].reader.left_out;
	}
	if (status == ACC_OK && exchange)
		status = acc_exchange_finish(exchange, (unsigned)parts->count, from + parts->count);
	/* As many lines as one thread can count. */
	if (status == ACC_OK && records >= UINT32_MAX)
		status = ACC_TOO_LARGE;
	if (status == ACC_OK && parts->lists)
		status = join(parts, from, parts->count + shares, study);
	else if (status == ACC_OK && parts->dealt)
		status = tabulate_dealt(parts, from, &study->patterns);
	else if (status == ACC_OK)
		status = acc_patterns_merge(&study->patterns, from, parts->count + shares,
					    (unsigned)parts->count);
	free(from);
	return status;
}

static void
free_parts(struct parts *parts)
{
	for (size_t i = 0; parts->part && i < parts->count; i++) {
		acc_reader_free(&parts->part[i].reader);
		acc_study_free(&parts->part[i].study);
		acc_messages_free(&parts->part[i].messages);
	}
	acc_exchange_free(parts->exchange);
	free(parts->part);
	free(parts);
}

static bool
read_parts(struct acc_command *command, const char *file, struct acc_study *study,
	   struct acc_way way, bool dealt, unsigned threads)
{
	struct acc_messages *messages = command->messages, aside = {0};
	struct parts *parts = study->shard.parts ? NULL : calloc(1, sizeof *parts);
	uint64_t left_out = 0;
	if (!parts)
		return false;
	*parts = (struct parts){.command = command,
				.file = file,
				.reading = way.reading,
				.lists = way.lists,
				.layers = study->layers,
				.dealt = dealt};
	command->messages = &aside;
	bool good = find_parts(parts, threads, &aside) && make_parts(parts) &&
		    acc_parallel(threads, parts->count, read_part, parts) == ACC_OK &&
		    (way.reading != ACC_READ_GROUPED || in_order(parts)) &&
		    add(parts, study, &left_out) == ACC_OK;
	command->messages = messages;
	if (good) {
		acc_detail(messages, (struct acc_place){file, 0, 0},
			   "read by %zu threads, each a part of the file%s", parts->count,
			   way.reading == ACC_READ_GROUPED ? "" : "; units come in any order");
		acc_study_say_left_out(command, file, left_out);
	} else {
		acc_patterns_free(&study->patterns);
		acc_lists_free(&study->lists);
		study->listed = false;
	}
	free_parts(parts);
	acc_messages_free(&aside);
	return good;
}

bool
acc_study_parts(struct acc_command *command, const char *file, struct acc_study *study,
		struct acc_way way, unsigned threads)
{
	return (way.dealt && read_parts(command, file, study, way, true, threads)) ||
	       read_parts(command, file, study, way, false, threads);
}
