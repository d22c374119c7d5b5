#include "pipeline/read/study.h"
#include "pipeline/read/group_labels.h"
#include "pipeline/read/nfc.h"
#include "pipeline/read/patterns_file.h"
#include "pipeline/read/reader.h"
#include "pipeline/write/output.h"
#include "pipeline/write/patterns_text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void
acc_study_free(struct acc_study *study)
{
	acc_patterns_free(&study->patterns);
	acc_ratings_free(&study->ratings);
	acc_shard_free(&study->shard);
	free(study->pattern_of);
	*study = (struct acc_study){0};
}

/* ---- declared labels ---- */

struct declaration {
	struct acc_vocabulary *vocabulary;
	struct acc_messages *messages;
	size_t column;
	bool header;
};

static bool
declare(struct acc_vocabulary *vocabulary, const char *label, struct acc_messages *messages)
{
	if (*label && acc_vocabulary_find(vocabulary, label) == ACC_NONE)
		return acc_status_ok(messages, acc_vocabulary_declare(vocabulary, label));
	return true;
}

/* A file of labels is a CSV: its first column, or the one named code, category, theme or label; one
 * column without such a name has no header. */
static bool
take_declared(void *context, const struct acc_csv_record *record)
{
	static const char *const known[] = {"code", "category", "theme", "label", "group"};
	struct declaration *declaration = context;
	if (!declaration->header) {
		declaration->header = true;
		for (size_t i = 0; i < record->fields; i++)
			for (size_t k = 0; k < sizeof known / sizeof *known; k++)
				if (!strcasecmp(record->field[i], known[k])) {
					declaration->column = i;
					return true;
				}
	}
	return declare(declaration->vocabulary, record->field[declaration->column],
		       declaration->messages);
}

static bool
is_file(const char *path)
{
	FILE *file = fopen(path, "r");
	if (file)
		fclose(file);
	return file != NULL;
}

static bool
declare_all(struct acc_vocabulary *vocabulary, const char *given, struct acc_messages *messages)
{
	if (!given)
		return true;
	if (!strchr(given, ',') && is_file(given)) {
		struct declaration declaration = {vocabulary, messages, 0, false};
		struct acc_csv_options options = {.no_header = true, .comments = true};
		return acc_csv_read(given, &options, take_declared, &declaration, messages);
	}
	size_t count;
	bool good = true;
	char **item = acc_list_split(given, &count);
	for (size_t i = 0; good && item && i < count; i++)
		good = declare(vocabulary, item[i], messages);
	if (!item)
		acc_error_memory(messages);
	acc_list_free(item);
	return good && item;
}

static bool
declare_options(struct acc_command *command, struct acc_vocabulary *codes,
		struct acc_vocabulary *themes, struct acc_vocabulary *groups)
{
	const struct acc_settings *settings = &command->settings;
	return declare_all(codes, settings->categories, command->messages) &&
	       declare_all(themes, settings->themes, command->messages) &&
	       declare_all(groups, settings->groups, command->messages);
}

/* ---- ratings ---- */

struct conflicts {
	const struct acc_ratings *ratings;
	struct acc_messages *messages;
	const char *file;
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
	acc_error(
	    conflicts->messages, ACC_EXIT_DATA,
	    (struct acc_place){conflicts->file, conflict->second.line, 1},
	    "coder '%s' gave unit '%s' the code '%s'%s%s%s here and '%s' on line %lu; keep one",
	    acc_visible(ratings->coder.label[conflict->second.coder]),
	    acc_visible(unit_name(ratings->unit.label[conflict->second.unit])),
	    acc_visible(ratings->code.label[conflict->second.code]),
	    *theme ? " for the theme '" : "", *theme ? acc_visible(theme) : "", *theme ? "'" : "",
	    acc_visible(ratings->code.label[conflict->first.code]),
	    (unsigned long)conflict->first.line);
}

static bool
check_seen(struct acc_command *command, struct acc_ratings *ratings, const char *file)
{
	const char *given = command->settings.seen;
	if (!given)
		return true;
	size_t seen = acc_choice(command, "seen", given, acc_seen_names, 3);
	if (seen == 3)
		return false;
	ratings->seen = (enum acc_seen)seen;
	struct acc_place place = {file, 0, 0};
	if (ratings->design != ACC_THEMES && ratings->rows)
		acc_error(
		    command->messages, ACC_EXIT_USAGE, place,
		    "--seen is for the themes design (a theme column and no code column); here "
		    "a missing row is a missing rating");
	else if (ratings->seen == ACC_SEEN_DOCUMENT && !ratings->document.count)
		acc_error(command->messages, ACC_EXIT_USAGE, place,
			  "--seen document needs a document column; name it with --document");
	return !command->messages->errors;
}

static void
say_notes(struct acc_command *command, const struct acc_patterns *patterns, const char *file,
	  bool ratings)
{
	struct acc_place place = {file, 0, 0};
	uint64_t absent = acc_patterns_absent(patterns);
	if (patterns->repeated)
		acc_note(command->messages, place,
			 "%llu rows say again what an earlier row said; each counted once",
			 (unsigned long long)patterns->repeated);
	if (ratings && patterns->design == ACC_THEMES && absent && !command->settings.seen)
		acc_note(
		    command->messages, place,
		    "%llu times a coder has no row for a unit; taken as 'did not look' (--seen "
		    "listed). If they looked and applied nothing, say --seen document or all",
		    (unsigned long long)absent);
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

static bool
read_ratings(struct acc_command *command, struct acc_csv_stream *stream, const char *head,
	     const char *file, struct acc_study *study)
{
	struct acc_ratings *ratings = &study->ratings;
	struct acc_reader reader = {.command = command, .file = file, .ratings = ratings};
	bool good = find_shard(command, head, file, &study->shard);
	reader.shard = study->shard.parts ? &study->shard : NULL;
	reader.headed = good && !strncmp(head, ACC_SHARD_HEAD, strlen(ACC_SHARD_HEAD));
	good = good && declare_options(command, &ratings->code, &ratings->theme, &ratings->group) &&
	       declare_all(&ratings->coder, command->settings.coders, command->messages);
	if (good)
		good = acc_reader_read(&reader, stream) && check_rows(command, &reader);
	else
		acc_csv_close(stream);
	if (good && reader.left_out)
		acc_note(
		    command->messages, (struct acc_place){file, 0, 0},
		    "%llu rows or columns of coders or themes that were not asked for are left out",
		    (unsigned long long)reader.left_out);
	acc_reader_free(&reader);
	good = good && check_seen(command, ratings, file);
	if (!good)
		return false;
	struct conflicts conflicts = {ratings, command->messages, file};
	uint64_t count;
	return acc_status_ok(command->messages,
			     acc_ratings_tabulate(ratings, &study->patterns, &study->pattern_of,
						  say_conflict, &conflicts, &count)) &&
	       !command->messages->errors;
}

/* ---- patterns ---- */

/* Labels declared now come first, in their order; then those of the file. */
static bool
redeclare(struct acc_command *command, struct acc_patterns *patterns)
{
	const struct acc_settings *settings = &command->settings;
	struct acc_patterns fresh = {
	    .design = patterns->design, .seen = patterns->seen, .folded = patterns->folded};
	if (!settings->categories && !settings->themes && !settings->groups)
		return true;
	bool good = declare_options(command, &fresh.code, &fresh.theme, &fresh.group) &&
		    acc_status_ok(command->messages, acc_patterns_absorb(&fresh, patterns)) &&
		    acc_status_ok(command->messages, acc_patterns_canonical(&fresh, NULL));
	acc_patterns_free(good ? patterns : &fresh);
	if (good)
		*patterns = fresh;
	return good;
}

static bool
read_patterns(struct acc_command *command, struct acc_csv_stream *stream, const char *file,
	      struct acc_study *study)
{
	/* What study.ini says of the ratings was used when they were tabulated. */
	const struct acc_settings *settings = &command->given;
	struct acc_patterns *patterns = &study->patterns;
	const struct {
		const char *name, *value;
	} told[] = {{"unit", settings->unit},
		    {"coder", settings->coder},
		    {"coders", settings->coders},
		    {"theme", settings->theme},
		    {"code", settings->code},
		    {"group", settings->group},
		    {"participant", settings->participant},
		    {"seen", settings->seen},
		    {"document", settings->document},
		    {"wide", settings->wide},
		    {"matrix", settings->matrix},
		    {"columns", settings->columns},
		    {"shard", settings->shard},
		    {"shard-study", settings->shard_study},
		    {"split-themes", settings->split_themes},
		    {"order", settings->order}};
	if (!acc_patterns_read(patterns, &study->shard, stream, file, command->messages))
		return false;
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (told[i].value)
			acc_error(
			    command->messages, ACC_EXIT_USAGE, (struct acc_place){file, 0, 0},
			    "--%s makes no sense for a patterns file: that was settled when it "
			    "was tabulated",
			    told[i].name);
	return !command->messages->errors && redeclare(command, patterns);
}

/* ---- either ---- */

static bool
read_input(struct acc_command *command, const char *file, struct acc_study *study, bool units)
{
	char head[ACC_SHARD_HEAD_MAX] = "", *end;
	size_t length;
	struct acc_csv_stream *stream =
	    acc_csv_open(file, head, sizeof head - 1, &length, command->messages);
	if (!stream)
		return false;
	file = file ? file : "-";
	if (strncmp(head, ACC_PATTERNS_KIND, strlen(ACC_PATTERNS_KIND)))
		return read_ratings(command, stream, head, file, study);
	if ((end = strpbrk(head, "\r\n")))
		*end = 0;
	if (strcmp(head, ACC_PATTERNS_SIGNATURE)) {
		acc_csv_close(stream);
		acc_error(
		    command->messages, ACC_EXIT_DATA, (struct acc_place){file, 1, 0},
		    "a patterns file of a version that this accord does not know; tabulate it "
		    "again");
		return false;
	}
	if (units) {
		acc_csv_close(stream);
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){file, 0, 0},
			  "accord %s needs the ratings themselves: a patterns file no longer knows "
			  "its units",
			  command->stage->name);
		return false;
	}
	return read_patterns(command, stream, file, study);
}

/* For a stage that wants all of a study. */
static void
say_part(struct acc_command *command, const struct acc_study *study, const char *file)
{
	if (study->shard.parts > 1)
		acc_note(command->messages, (struct acc_place){file, 0, 0},
			 "this is shard %lu of %lu, a part of the study only; accord merge adds "
			 "them",
			 (unsigned long)study->shard.index, (unsigned long)study->shard.parts);
}

bool
acc_study_read_raw(struct acc_command *command, const char *file, struct acc_patterns *patterns,
		   struct acc_shard *shard)
{
	struct acc_study study = {0};
	bool good = read_input(command, file, &study, false);
	if (good) {
		say_notes(command, &study.patterns, file, study.pattern_of != NULL);
		*patterns = study.patterns;
		study.patterns = (struct acc_patterns){0};
	}
	*shard = study.shard;
	study.shard = (struct acc_shard){0};
	acc_study_free(&study);
	return good;
}

/* The category that means "applied". */
static bool
find_present(struct acc_command *command, struct acc_study *study)
{
	const struct acc_vocabulary *codes = &study->patterns.code;
	const char *given = command->settings.present;
	study->present = study->patterns.design == ACC_THEMES ? 1 : ACC_NONE;
	if (study->patterns.design == ACC_THEMES)
		return true;
	if (given) {
		char *code = acc_nfc(given, strlen(given));
		if (!code) {
			acc_error_memory(command->messages);
			return false;
		}
		study->present = acc_vocabulary_find(codes, code);
		free(code);
		if (study->present == ACC_NONE)
			acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
				  "--present '%s' is not a code of this study", acc_visible(given));
		return study->present != ACC_NONE;
	}
	for (uint32_t k = 0; k < codes->count; k++)
		if (strcmp(codes->label[k], "0") && strcmp(codes->label[k], "1"))
			return true;
	study->present = acc_vocabulary_find(codes, "1");
	return true;
}

/* What was understood. */
static void
say_study(struct acc_command *command, const struct acc_patterns *patterns, const char *file)
{
	uint64_t units = 0;
	for (uint32_t p = 0; p < patterns->vector.count; p++)
		units += patterns->count[p];
	acc_detail(
	    command->messages, (struct acc_place){file ? file : "-", 0, 0},
	    "%llu units in %u patterns; %u coders, %u themes, %u codes, %u groups, %u participants",
	    (unsigned long long)units, patterns->vector.count, patterns->coder.count,
	    patterns->design == ACC_CODES ? 0 : patterns->theme.count, patterns->code.count,
	    patterns->group.count, patterns->participant.count);
}

bool
acc_study_read(struct acc_command *command, struct acc_study *study, bool units)
{
	const char *file = command->files ? command->file[0] : NULL;
	if (command->files > 1) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "accord %s reads one input; several are added by accord merge",
			  command->stage->name);
		return false;
	}
	if (!read_input(command, file, study, units))
		return false;
	say_notes(command, &study->patterns, file, study->pattern_of != NULL);
	say_part(command, study, file);
	if (study->patterns.folded && !command->stage->folded) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){file, 0, 0},
			  "accord %s asks who gave what, which folded patterns no longer know; "
			  "tabulate without --section folded",
			  command->stage->name);
		return false;
	}
	uint32_t *renumber = NULL;
	bool good =
	    study->raw ||
	    acc_status_ok(command->messages, acc_patterns_look(&study->patterns, &renumber));
	for (uint32_t u = 0; good && renumber && study->pattern_of && u < study->ratings.unit.count; u++)
		study->pattern_of[u] = renumber[study->pattern_of[u]];
	free(renumber);
	say_study(command, &study->patterns, file);
	return good && acc_group_labels(command, &study->patterns) && find_present(command, study);
}

bool
acc_study_collapsed(struct acc_command *command, const struct acc_patterns *patterns)
{
	double most = 1e7;
	const char *given = command->settings.max_patterns;
	struct acc_place place = {command->files ? command->file[0] : "-", 0, 0};
	if (given && (!acc_number(given, &most) || most < 1)) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--max-patterns '%s' is not a number from 1", acc_visible(given));
		return false;
	}
	if (patterns->vector.count <= most)
		return true;
	acc_error(
	    command->messages, ACC_EXIT_LIMIT, place,
	    "%llu units make %lu different patterns of %lu coders, more than %.0f: %s; or allow "
	    "more with --max-patterns",
	    (unsigned long long)acc_patterns_units(patterns), (unsigned long)patterns->vector.count,
	    (unsigned long)patterns->coder.count, most,
	    patterns->folded
		? "leave --participant or --document out, if they are not needed"
		: "who gave what does not collapse; --section folded counts what units were "
		  "given, not by whom, and is enough for alpha, Fleiss' kappa, AC, "
		  "Brennan-Prediger and per cent agreement");
	return false;
}

void
acc_study_write(struct acc_command *command, const struct acc_patterns *patterns,
		const struct acc_shard *shard)
{
	struct acc_text text = {0};
	acc_patterns_write(&text, patterns, shard);
	if (text.failed)
		acc_error_memory(command->messages);
	else
		acc_output_write(command->settings.output, text.bytes, text.length,
				 command->files ? command->file[0] : NULL, command->messages);
	acc_text_free(&text);
}
