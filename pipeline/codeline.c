/* accord codeline: along each transcript, which coder applied which theme where. */
#include "pipeline/read/patterns_file.h"
#include "pipeline/read/study.h"
#include "pipeline/write/sheet.h"
#include "stats/layer.h"

#include <stdlib.h>
#include <string.h>

#define FIELDS(FIELD)                                                                              \
	FIELD(document, TEXT, true)                                                                \
	FIELD(unit, TEXT, true)                                                                    \
	FIELD(place, COUNT, true)                                                                  \
	FIELD(group, TEXT, false)                                                                  \
	FIELD(participant, TEXT, false)                                                            \
	FIELD(theme, TEXT, true)                                                                   \
	FIELD(coder, TEXT, true)                                                                   \
	FIELD(state, TEXT, true)                                                                   \
	FIELD(seen, TEXT, false)

ACC_FIELDS(FIELDS)

/* A codeline is to be looked at; past this many rows nobody does. */
static const double most_rows = 2e6;

/* A unit on its way into order: documents as reported or as asked for, units as they come. */
struct item {
	uint32_t unit, document;
	double rank;
};

struct run {
	struct acc_command *command;
	struct acc_study study;
	struct acc_sheet sheet;
	uint32_t *wanted; /* owned, [documents + 1]: place of each in --documents, or ACC_NONE */
	struct item *item;
	size_t items;
};

enum state { NOT_SEEN, ABSENT, APPLIED };

/* What a coder who gave a unit this value says of a theme. */
static enum state
state_of(const struct run *run, uint32_t value, uint32_t theme)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	size_t length;
	const uint32_t *word = acc_pool_get(&patterns->value, value, &length);
	for (size_t i = 0; i < length; i += 2)
		switch (patterns->design) {
		case ACC_CODES:
			return word[i + 1] == theme ? APPLIED : ABSENT;
		case ACC_THEMES:
			if (word[i] == theme)
				return APPLIED;
			break;
		case ACC_THEME_CODES:
			if (word[i] == theme)
				return word[i + 1] == run->study.present ? APPLIED : ABSENT;
			break;
		}
	return patterns->design == ACC_THEMES ? ABSENT : NOT_SEEN;
}

static void
put_optional(struct run *run, size_t field, const struct acc_vocabulary *labels, uint32_t number)
{
	if (number != ACC_NONE)
		acc_sheet_text(&run->sheet, field, labels->label[number]);
}

static void
put_row(struct run *run, const struct item *item, uint64_t place, uint32_t theme, uint32_t coder,
	enum state state)
{
	static const char *const words[] = {"not_seen", "absent", "applied"};
	const struct acc_patterns *patterns = &run->study.patterns;
	const char *label = run->study.ratings.unit.label[item->unit];
	const char *joint = strstr(label, ACC_UNIT_JOINT);
	struct acc_pattern pattern = acc_patterns_get(patterns, run->study.pattern_of[item->unit]);
	put_optional(run, F_document, &patterns->document, pattern.document);
	put_optional(run, F_group, &patterns->group, pattern.group);
	put_optional(run, F_participant, &patterns->participant, pattern.participant);
	acc_sheet_text(&run->sheet, F_unit, joint ? joint + strlen(ACC_UNIT_JOINT) : label);
	acc_sheet_count(&run->sheet, F_place, place);
	acc_sheet_text(&run->sheet, F_theme, acc_layer_theme(patterns, theme));
	acc_sheet_text(&run->sheet, F_coder, patterns->coder.label[coder]);
	acc_sheet_text(&run->sheet, F_state, words[state]);
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(&run->sheet, F_seen, acc_seen_names[patterns->seen]);
	acc_sheet_row(&run->sheet);
}

static void
put_unit(struct run *run, const struct item *item, uint64_t place)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_pattern pattern = acc_patterns_get(patterns, run->study.pattern_of[item->unit]);
	for (uint32_t t = 0; t < acc_layer_themes(patterns); t++) {
		size_t at = 0;
		for (uint32_t c = 0; c < patterns->coder.count; c++) {
			bool rated = at < pattern.ratings && pattern.rating[2 * at] == c;
			enum state state =
			    rated ? state_of(run, pattern.rating[2 * at + 1], t) : NOT_SEEN;
			at += rated;
			put_row(run, item, place, t, c, state);
		}
	}
}

static void
put_units(struct run *run)
{
	uint64_t place = 0;
	for (size_t i = 0; i < run->items; i++) {
		bool same = i && run->item[i].document == run->item[i - 1].document;
		place = same ? place + 1 : 1;
		put_unit(run, &run->item[i], place);
	}
}

/* ---- which units, in which order ---- */

static int
compare_items(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	if (x->document != y->document)
		return x->document < y->document ? -1 : 1;
	if (x->rank < y->rank || x->rank > y->rank)
		return x->rank < y->rank ? -1 : 1;
	return (x->unit > y->unit) - (x->unit < y->unit);
}

static void
refuse(struct run *run, const char *name)
{
	const struct acc_vocabulary *documents = &run->study.patterns.document;
	const char *near =
	    acc_nearest(name, (const char *const *)documents->label, documents->count);
	acc_error(run->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "--documents '%s' is not a document of this study%s%s%s", acc_visible(name),
		  near ? ", did you mean '" : "", near ? acc_visible(near) : "", near ? "'?" : "");
}

/* The documents that --documents names, in its order; without it all of them. */
static bool
choose_documents(struct run *run)
{
	const struct acc_vocabulary *documents = &run->study.patterns.document;
	const char *given = run->command->settings.documents;
	size_t count = 0;
	char **name = given ? acc_list_split(given, &count) : NULL;
	run->wanted = acc_array((size_t)documents->count + 1, sizeof *run->wanted);
	bool good = run->wanted && (name || !given);
	for (uint32_t d = 0; run->wanted && d <= documents->count; d++)
		run->wanted[d] = given ? ACC_NONE : d;
	for (size_t i = 0; good && i < count; i++) {
		uint32_t number = acc_vocabulary_find(documents, name[i]);
		if (number == ACC_NONE)
			refuse(run, name[i]);
		else if (run->wanted[number] == ACC_NONE)
			run->wanted[number] = (uint32_t)i;
	}
	if (!good)
		acc_error_memory(run->command->messages);
	if (name)
		acc_list_free(name);
	return good && !run->command->messages->errors;
}

static bool
collect(struct run *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	const struct acc_ratings *ratings = &run->study.ratings;
	run->item = acc_array(ratings->unit.count, sizeof *run->item);
	if (!run->item) {
		acc_error_memory(run->command->messages);
		return false;
	}
	for (uint32_t u = 0; u < ratings->unit.count; u++) {
		uint32_t document = acc_patterns_get(patterns, run->study.pattern_of[u]).document;
		if (document == ACC_NONE)
			document = patterns->document.count;
		if (run->wanted[document] != ACC_NONE)
			run->item[run->items++] = (struct item){
			    u, run->wanted[document], ratings->place ? ratings->place[u] : 0};
	}
	if (run->items)
		qsort(run->item, run->items, sizeof *run->item, compare_items);
	return true;
}

static bool
check(struct run *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_messages *messages = run->command->messages;
	struct acc_place place = {run->command->files ? run->command->file[0] : "-", 0, 0};
	double rows =
	    (double)run->items * acc_layer_themes(patterns) * (double)patterns->coder.count;
	if (patterns->design == ACC_THEME_CODES && run->study.present == ACC_NONE)
		acc_error(messages, ACC_EXIT_USAGE, place,
			  "which code means that a theme was applied? Name it with --present");
	else if (rows > most_rows)
		acc_error(
		    messages, ACC_EXIT_LIMIT, place,
		    "%zu units, %u themes and %u coders are %.0f rows, more than %.0f: choose "
		    "some with --documents or --coders",
		    run->items, (unsigned)acc_layer_themes(patterns),
		    (unsigned)patterns->coder.count, rows, most_rows);
	return !messages->errors;
}

static void
codeline(struct acc_command *command)
{
	struct run run = {.command = command};
	acc_sheet_begin(&run.sheet, fields, sizeof fields / sizeof *fields);
	bool good = acc_study_read(command, &run.study, true) && choose_documents(&run) &&
		    collect(&run) && check(&run);
	if (good) {
		put_units(&run);
		acc_sheet_write(&run.sheet, command);
	}
	free(run.wanted);
	free(run.item);
	acc_sheet_free(&run.sheet);
	acc_study_free(&run.study);
}

const struct acc_stage acc_stage_codeline = {
    .name = "codeline",
    .summary = "along each transcript: which coder applied which theme where",
    .operands = "[FILE]",
    .about = "Writes one row per unit, theme and coder, in the order of the transcript: did the "
	     "coder apply the theme (applied), look and not apply it (absent), or not look at the "
	     "unit (not_seen)? Units come in the order in which their first rows do, or by "
	     "--order; `place` counts them within their document. Where each coder gives each "
	     "unit one code, codes are taken as themes. accord plot draws it. Needs the ratings "
	     "themselves: a patterns file no longer knows its units.",
    .examples = "accord codeline ratings.csv --output codeline.csv\n"
		"accord plot codeline.csv --figure codeline\n"
		"    every transcript, coders stacked in the row of each theme\n"
		"accord codeline ratings.csv --documents FG1,FG3 --order paragraph\n"
		"    two transcripts, by the numbers in a column\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_CODELINE | ACC_GROUP_RESULTS |
	      ACC_GROUP_OUTPUT,
    .run = codeline,
};
