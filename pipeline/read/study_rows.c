#include "pipeline/read/study_rows.h"
#include "pipeline/command/progress.h"
#include "pipeline/read/declared.h"
#include "pipeline/read/patterns_file.h"

#include <stdlib.h>

bool
acc_study_deal(struct acc_study *study)
{
	study->deal = calloc(1, sizeof *study->deal);
	if (study->deal && acc_deal_begin(study->deal))
		return true;
	acc_study_free_deal(study);
	return false;
}

void
acc_study_free_deal(struct acc_study *study)
{
	if (study->deal)
		acc_deal_free(study->deal);
	free(study->deal);
	study->deal = NULL;
}

void
acc_study_free(struct acc_study *study)
{
	acc_study_free_deal(study);
	acc_patterns_free(&study->patterns);
	acc_lists_free(&study->lists);
	acc_ratings_free(&study->ratings);
	acc_shard_free(&study->shard);
	free(study->pattern_of);
	*study = (struct acc_study){0};
}

static bool
check_seen(struct acc_command *command, struct acc_ratings *ratings, bool rows, const char *file)
{
	const char *given = command->settings.seen;
	if (!given)
		return true;
	size_t seen = acc_choice(command, "seen", given, acc_seen_names, 3);
	if (seen == 3)
		return false;
	ratings->seen = (enum acc_seen)seen;
	struct acc_place place = {file, 0, 0};
	if (ratings->design != ACC_THEMES && rows)
		acc_error(
		    command->messages, ACC_EXIT_USAGE, place,
		    "--seen is for the themes design (a theme column and no code column); here "
		    "a missing row is a missing rating");
	else if (ratings->seen == ACC_SEEN_DOCUMENT && !ratings->document.count)
		acc_error(command->messages, ACC_EXIT_USAGE, place,
			  "--seen document needs a document column; name it with --document");
	return !command->messages->errors;
}

/* A shard that says how many rows it has must have them. */
static bool
check_rows(struct acc_command *command, const struct acc_reader *reader)
{
	struct acc_shard *shard = reader->shard;
	if (shard && !reader->headed)
		shard->rows = reader->records;
	if (!shard || shard->rows == reader->records)
		return true;
	acc_error(command->messages, ACC_EXIT_DATA, (struct acc_place){reader->file, 1, 0},
		  "its first line says that it has %llu rows, it has %llu: was it cut short? Split "
		  "again",
		  (unsigned long long)shard->rows, (unsigned long long)reader->records);
	return false;
}

bool
acc_study_read_rows(struct acc_command *command, struct acc_csv_stream *stream, bool headed,
		    const char *file, struct acc_study *study, struct acc_reader *reader)
{
	struct acc_ratings *ratings = &study->ratings;
	if (!stream->part)
		acc_progress_phase("reading", acc_csv_stream_size(stream));
	reader->command = command;
	reader->file = file;
	reader->ratings = ratings;
	reader->shard = study->shard.parts ? &study->shard : NULL;
	reader->headed = headed;
	reader->spans = study->spans;
	reader->gather.patterns = &study->patterns;
	if (!reader->told) {
		reader->gather.conflict = acc_reader_conflict;
		reader->gather.context = reader;
	}
	bool good =
	    acc_declare_options(command, &ratings->code, &ratings->theme, &ratings->group) &&
	    acc_declare_all(&ratings->coder, command->settings.coders, command->messages);
	if (!good)
		acc_csv_close(stream);
	good = good && acc_reader_read(reader, stream) && check_rows(command, reader);
	bool rows = ratings->rows || study->patterns.vector.count;
	return good && check_seen(command, ratings, rows, file);
}

void
acc_study_say_left_out(struct acc_command *command, const char *file, uint64_t left_out)
{
	if (left_out)
		acc_note(
		    command->messages, (struct acc_place){file, 0, 0},
		    "%llu rows or columns of coders or themes that were not asked for are left out",
		    (unsigned long long)left_out);
}
