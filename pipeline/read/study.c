#include "pipeline/read/study.h"
#include "pipeline/read/declared.h"
#include "pipeline/read/group_labels.h"
#include "pipeline/read/nfc.h"
#include "pipeline/read/patterns_file.h"
#include "pipeline/read/study_ratings.h"
#include "pipeline/write/output.h"
#include "pipeline/write/patterns_text.h"
#include "stats/paired.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void
say_notes(struct acc_command *command, const struct acc_study *study, const char *file)
{
	struct acc_place place = {file, 0, 0};
	const struct acc_patterns *patterns = &study->patterns;
	bool ratings = study->fresh;
	uint64_t absent = study->listed ? study->lists.absent : acc_patterns_absent(patterns);
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

/* ---- patterns ---- */

/* Labels declared now come first, in their order; then those of the file. */
static bool
redeclare(struct acc_command *command, struct acc_patterns *patterns)
{
	const struct acc_settings *settings = &command->settings;
	struct acc_patterns fresh = {.design = patterns->design,
				     .seen = patterns->seen,
				     .folded = patterns->folded,
				     .paired = patterns->paired};
	if (!settings->categories && !settings->themes && !settings->groups)
		return true;
	bool good = acc_declare_options(command, &fresh.code, &fresh.theme, &fresh.group) &&
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
		    {"grouped", settings->grouped},
		    {"order", settings->order},
		    {"begin", settings->begin},
		    {"end", settings->end},
		    {"end-included", settings->end_included}};
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
		return acc_study_ratings(command, stream, head, file, study, units);
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
		say_notes(command, &study, file);
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
	acc_detail(
	    command->messages, (struct acc_place){file ? file : "-", 0, 0},
	    "%llu units in %u patterns; %u coders, %u themes, %u codes, %u groups, %u participants",
	    (unsigned long long)acc_patterns_units(patterns), patterns->vector.count,
	    patterns->coder.count, patterns->design == ACC_CODES ? 0 : patterns->theme.count,
	    patterns->code.count, patterns->group.count, patterns->participant.count);
}

/* Does the section of the patterns have what the stage asks? Paired ones get their order. */
static bool
serves(struct acc_command *command, struct acc_patterns *patterns, const char *file)
{
	enum acc_section section = acc_patterns_section(patterns);
	if (section != ACC_SECTION_PANEL && !command->stage->folded) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){file, 0, 0},
			  "accord %s asks who gave what, which %s; tabulate without --section %s",
			  command->stage->name,
			  patterns->folded ? "folded patterns no longer know"
					   : "patterns of pairs no longer know of whole units",
			  acc_section_names[section]);
		return false;
	}
	return !patterns->paired || acc_status_ok(command->messages, acc_paired_index(patterns));
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
	say_notes(command, study, file);
	say_part(command, study, file);
	if (!serves(command, &study->patterns, file))
		return false;
	uint32_t *renumber = NULL;
	bool good = study->raw || acc_status_ok(command->messages,
						acc_patterns_look(&study->patterns, &renumber));
	for (uint32_t u = 0; good && renumber && study->pattern_of && u < study->ratings.unit.count;
	     u++)
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
	    acc_patterns_section(patterns) != ACC_SECTION_PANEL
		? "leave --participant or --document out, if they are not needed"
		: "who gave what does not collapse; --section folded counts what units were "
		  "given, not by whom, and is enough for alpha, Fleiss' kappa, AC, "
		  "Brennan-Prediger and per cent agreement; --section pair counts what every "
		  "two coders gave, for each pair of them and for Conger's and Light's kappa");
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
