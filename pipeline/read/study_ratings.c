#include "pipeline/read/study_ratings.h"
#include "pipeline/command/numbers.h"
#include "pipeline/command/status.h"
#include "pipeline/read/study_parts.h"

#include <stdlib.h>
#include <string.h>

struct conflicts {
	const struct acc_ratings *ratings;
	struct acc_messages *messages;
	const char *file;
	const struct acc_reader *reader; /* where units are not kept */
};

/* The label of a unit without its document. */
static const char *
unit_name(const char *label)
{
	const char *joint = strstr(label, ACC_UNIT_JOINT);
	return joint ? joint + strlen(ACC_UNIT_JOINT) : label;
}

static void
say_conflict(void *context, const struct acc_conflict *conflict)
{
	const struct conflicts *conflicts = context;
	const struct acc_ratings *ratings = conflicts->ratings;
	const char *theme = ratings->theme.label[conflict->first.theme];
	const char *unit = conflicts->reader ? conflicts->reader->label
					     : ratings->unit.label[conflict->second.unit];
	acc_error(
	    conflicts->messages, ACC_EXIT_DATA,
	    (struct acc_place){conflicts->file, conflict->second.line, 1},
	    "coder '%s' gave unit '%s' the code '%s'%s%s%s here and '%s' on line %lu; keep one",
	    acc_visible(ratings->coder.label[conflict->second.coder]), acc_visible(unit_name(unit)),
	    acc_visible(ratings->code.label[conflict->second.code]),
	    *theme ? " for the theme '" : "", *theme ? acc_visible(theme) : "", *theme ? "'" : "",
	    acc_visible(ratings->code.label[conflict->first.code]),
	    (unsigned long)conflict->first.line);
}

/* Which shard the ratings are, by their first line and by --shard. */
static bool
find_shard(struct acc_command *command, const char *head, const char *file, struct acc_shard *shard)
{
	struct acc_shard asked;
	struct acc_place place = {file, 1, 0};
	const struct acc_settings *settings = &command->settings;
	if (!acc_shard_options(command, &asked))
		return false;
	if (strncmp(head, ACC_SHARD_HEAD, strlen(ACC_SHARD_HEAD))) {
		*shard = asked;
		if (!asked.parts &&
		    (settings->key || settings->shard_seed || settings->shard_study))
			acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
				  "--key, --shard-seed and --shard-study are of a shard: say "
				  "--shard I/N");
		return !command->messages->errors;
	}
	if (!acc_shard_read_head(shard, head))
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "a shard of a version that this accord does not know; split again");
	else if (asked.parts && (asked.parts != shard->parts || asked.index != shard->index))
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "its first line says that it is shard %lu/%lu, not %lu/%lu",
			  (unsigned long)shard->index, (unsigned long)shard->parts,
			  (unsigned long)asked.index, (unsigned long)asked.parts);
	else if ((settings->key && asked.key != shard->key) ||
		 (settings->shard_seed && asked.seed != shard->seed) ||
		 (settings->shard_study && strcmp(asked.study, shard->study)))
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "its first line says another --key, --shard-seed or --shard-study");
	return !command->messages->errors;
}

/* Keep every unit and row: what is wrong can be said with both its places. */
static bool
read_table(struct acc_command *command, struct acc_csv_stream *stream, bool headed,
	   const char *file, struct acc_study *study)
{
	struct acc_ratings *ratings = &study->ratings;
	struct acc_reader reader = {.reading = ACC_READ_TABLE};
	bool good = acc_study_read_rows(command, stream, headed, file, study, &reader);
	if (good)
		acc_study_say_left_out(command, file, reader.left_out);
	acc_reader_free(&reader);
	if (!good)
		return false;
	struct conflicts conflicts = {ratings, command->messages, file, NULL};
	uint64_t count;
	return acc_status_ok(command->messages,
			     acc_ratings_tabulate(ratings, &study->patterns, &study->pattern_of,
						  say_conflict, &conflicts, &count)) &&
	       !command->messages->errors;
}

/* Where that does not do, or anything is wrong, nothing is said, the study is empty again and false
 * returned; *wrong: no light reading will do; *themes: the design is that of themes. */
static bool
read_lightly(struct acc_command *command, struct acc_csv_stream *stream, bool headed,
	     const char *file, struct acc_study *study, struct acc_way way, bool *wrong,
	     bool *themes)
{
	struct acc_messages *messages = command->messages, aside = {0};
	struct acc_reader reader = {.reading = way.reading,
				    .lists = way.lists ? &study->lists : NULL};
	char *columns = study->shard.columns;
	reader.deal = way.dealt && acc_study_deal(study) ? study->deal : NULL;
	study->lists.tally.layers = way.lists ? study->layers : 0;
	command->messages = &aside;
	bool good = acc_study_read_rows(command, stream, headed, file, study, &reader);
	if (!reader.deal)
		acc_study_free_deal(study);
	good =
	    good && acc_study_settle(command, study, reader.lists) && !aside.errors && !aside.notes;
	*wrong = aside.errors > 0;
	*themes = study->ratings.design == ACC_THEMES;
	command->messages = messages;
	if (good) {
		acc_study_say_left_out(command, file, reader.left_out);
	} else {
		if (study->shard.columns != columns)
			free(study->shard.columns);
		study->shard.columns = columns;
		acc_lists_free(&study->lists);
		study->listed = false;
		acc_study_free_deal(study);
		acc_patterns_free(&study->patterns);
		acc_ratings_free(&study->ratings);
	}
	acc_reader_free(&reader);
	acc_messages_free(&aside);
	return good;
}

/* --grouped: keep no units, whatever the input, and say what is wrong. */
static bool
read_grouped(struct acc_command *command, struct acc_csv_stream *stream, bool headed,
	     const char *file, struct acc_study *study)
{
	struct acc_reader reader = {.reading = ACC_READ_GROUPED, .told = true};
	struct conflicts conflicts = {&study->ratings, command->messages, file, &reader};
	reader.gather.conflict = say_conflict;
	reader.gather.context = &conflicts;
	bool good = acc_study_read_rows(command, stream, headed, file, study, &reader);
	if (!good && !command->messages->errors)
		acc_error(command->messages, ACC_EXIT_DATA,
			  (struct acc_place){file, reader.unfit_line, 0},
			  "unit '%s' does not come after the one before: --grouped takes units in "
			  "ascending order, all rows of each together; sort them, or leave it out",
			  acc_visible(unit_name(reader.label ? reader.label : "")));
	if (good) {
		acc_study_say_left_out(command, file, reader.left_out);
		good = acc_study_settle(command, study, false);
	}
	acc_reader_free(&reader);
	return good && !command->messages->errors;
}

/* The light ways, one after the other. Lists are for those who ask for them, and for units in any
 * order that make too many patterns; they take more memory, and have a limit. So has what waits. */
enum { WAYS = 4 };
static struct acc_way
light(const struct acc_study *study, size_t k)
{
	static const struct acc_way few[WAYS] = {{ACC_READ_GROUPED, false, false, false},
						 {ACC_READ_COUNTED, false, true, false},
						 {ACC_READ_COUNTED, false, false, false},
						 {ACC_READ_COUNTED, true, false, true}};
	static const struct acc_way many[WAYS] = {{ACC_READ_GROUPED, true, false, false},
						  {ACC_READ_COUNTED, true, true, false},
						  {ACC_READ_GROUPED, false, false, true},
						  {ACC_READ_COUNTED, false, false, false}};
	return study->may_list ? many[k] : few[k];
}

bool
acc_study_ratings(struct acc_command *command, struct acc_csv_stream *stream, const char *head,
		  const char *file, struct acc_study *study, bool units)
{
	bool headed = !strncmp(head, ACC_SHARD_HEAD, strlen(ACC_SHARD_HEAD));
	uint64_t origin = stream->origin;
	const struct acc_settings *settings = &command->settings;
	unsigned threads = 1;
	study->fresh = true;
	if (!find_shard(command, head, file, &study->shard) || !acc_threads(command, &threads)) {
		acc_csv_close(stream);
		return false;
	}
	bool grouped = settings->grouped;
	bool kept = units || settings->order || settings->begin || settings->end;
	bool apart = threads > 1 && !headed && !kept && acc_csv_repeats(stream);
	bool wrong = false, themes = true;
	if (grouped && apart &&
	    acc_study_parts(command, file, study,
			    (struct acc_way){ACC_READ_GROUPED, false, false, false}, threads)) {
		acc_csv_close(stream);
		return true;
	}
	if (grouped && !kept)
		return read_grouped(command, stream, headed, file, study);
	if (kept || !acc_csv_repeats(stream))
		return read_table(command, stream, headed, file, study);
	for (size_t k = 0; k < WAYS && !wrong; k++) {
		struct acc_way way = light(study, k);
		if (way.themes && !themes)
			continue;
		if (apart && acc_study_parts(command, file, study, way, threads)) {
			acc_csv_close(stream);
			return true;
		}
		if (read_lightly(command, stream, headed, file, study, way, &wrong, &themes))
			return true;
		stream = acc_csv_reopen(file, origin, command->messages);
		if (!stream)
			return false;
	}
	return read_table(command, stream, headed, file, study);
}
