/* accord disagree: the units coders disagree on, worst first: the thing to meet over. */
#include "pipeline/command/plan.h"
#include "pipeline/read/patterns_file.h"
#include "pipeline/write/sheet.h"
#include "stats/disagreement.h"

#include <stdlib.h>
#include <string.h>

#define FIELDS(FIELD)                                                                              \
	FIELD(rank, COUNT, true)                                                                   \
	FIELD(unit, TEXT, true)                                                                    \
	FIELD(theme, TEXT, true)                                                                   \
	FIELD(group, TEXT, true)                                                                   \
	FIELD(participant, TEXT, true)                                                             \
	FIELD(document, TEXT, true)                                                                \
	FIELD(coders, TEXT, true)                                                                  \
	FIELD(gave, TEXT, true)                                                                    \
	FIELD(contribution, NUMBER, true)                                                          \
	FIELD(cumulative, NUMBER, true)                                                            \
	FIELD(seen, TEXT, false)

ACC_FIELDS(FIELDS)

/* One row to be: a unit, and a theme or ACC_NONE for all of its themes. */
struct item {
	double amount;
	const char *label; /* of the unit, borrowed */
	uint32_t unit, theme;
};

struct run {
	struct acc_command *command;
	struct acc_study study;
	struct acc_plan_made made;
	struct acc_sheet sheet;
	bool by_theme;
	uint64_t top;
	double *amount; /* owned: disagreement of each pattern on each theme */
	struct item *item;
	size_t items, capacity;
	double total;
};

/* Labels are joined by ' + ' and '|'; where one holds a '|' it is written '\|'. */
static void
put_label(struct acc_text *text, const char *label)
{
	for (const char *c = label; *c; c++) {
		if (*c == '|')
			acc_text_put(text, "\\");
		acc_text_bytes(text, c, 1);
	}
}

/* What a value says, of one theme or of all. */
static void
put_value(const struct run *run, struct acc_text *text, uint32_t value, uint32_t theme)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	size_t length, start = text->length;
	const uint32_t *word = acc_pool_get(&patterns->value, value, &length);
	for (size_t i = 0; i < length; i += 2) {
		bool binary = run->study.present != ACC_NONE;
		if (theme != ACC_NONE && word[i] != theme)
			continue;
		/* Of present/absent codes only what is present is said, except where it is asked.
		 */
		if (patterns->design == ACC_THEME_CODES && binary && theme == ACC_NONE &&
		    word[i + 1] != run->study.present)
			continue;
		acc_text_put(text, text->length > start ? " + " : "");
		if (patterns->design != ACC_CODES && theme == ACC_NONE)
			put_label(text, patterns->theme.label[word[i]]);
		else if (patterns->design == ACC_THEMES)
			acc_text_put(text, "applied");
		if (patterns->design == ACC_THEME_CODES && theme == ACC_NONE && !binary)
			acc_text_put(text, "=");
		if (patterns->design == ACC_CODES ||
		    (patterns->design == ACC_THEME_CODES && (theme != ACC_NONE || !binary)))
			put_label(text, patterns->code.label[word[i + 1]]);
	}
	if (text->length == start)
		acc_text_put(text, "-");
}

static void
put_ratings(struct run *run, const struct acc_pattern *pattern, uint32_t theme)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_text coders = {0}, gave = {0};
	for (size_t i = 0; i < pattern->ratings; i++) {
		acc_text_put(&coders, i ? "|" : "");
		acc_text_put(&gave, i ? "|" : "");
		put_label(&coders, patterns->coder.label[pattern->rating[2 * i]]);
		put_value(run, &gave, pattern->rating[2 * i + 1], theme);
	}
	acc_sheet_text(&run->sheet, F_coders, coders.bytes ? coders.bytes : "");
	acc_sheet_text(&run->sheet, F_gave, gave.bytes ? gave.bytes : "");
	run->sheet.failed = run->sheet.failed || coders.failed || gave.failed;
	acc_text_free(&coders);
	acc_text_free(&gave);
}

/* The themes a row is about: its own, or those in dispute; none where sets are compared whole. */
static void
put_themes(struct run *run, uint32_t number, uint32_t theme)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	uint32_t themes = acc_plan_questions(&run->made.plan, patterns);
	struct acc_text text = {0};
	if (run->made.weights.sets)
		return;
	for (uint32_t t = 0; t < themes; t++) {
		if (theme != ACC_NONE ? t != theme
				      : !(run->amount[(size_t)number * themes + t] > 0))
			continue;
		acc_text_put(&text, text.length ? " + " : "");
		acc_text_put(&text, patterns->theme.label[t]);
	}
	acc_sheet_text(&run->sheet, F_theme, text.bytes ? text.bytes : "");
	run->sheet.failed = run->sheet.failed || text.failed;
	acc_text_free(&text);
}

static void
put_optional(struct run *run, size_t field, const struct acc_vocabulary *labels, uint32_t number)
{
	if (number != ACC_NONE)
		acc_sheet_text(&run->sheet, field, labels->label[number]);
}

static void
put_item(struct run *run, const struct item *item, uint64_t rank, double cumulative)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	uint32_t number = run->study.pattern_of[item->unit];
	struct acc_pattern pattern = acc_patterns_get(patterns, number);
	const char *joint = strstr(item->label, ACC_UNIT_JOINT);
	acc_sheet_count(&run->sheet, F_rank, rank);
	acc_sheet_text(&run->sheet, F_unit, joint ? joint + strlen(ACC_UNIT_JOINT) : item->label);
	put_themes(run, number, item->theme);
	put_optional(run, F_group, &patterns->group, pattern.group);
	put_optional(run, F_participant, &patterns->participant, pattern.participant);
	put_optional(run, F_document, &patterns->document, pattern.document);
	put_ratings(run, &pattern, item->theme);
	acc_sheet_number(&run->sheet, F_contribution, item->amount / run->total);
	acc_sheet_number(&run->sheet, F_cumulative, cumulative / run->total);
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(&run->sheet, F_seen, acc_seen_names[patterns->seen]);
	acc_sheet_row(&run->sheet);
}

static int
compare_items(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	if (x->amount != y->amount)
		return x->amount > y->amount ? -1 : 1;
	int order = strcmp(x->label, y->label);
	return order ? order : (x->theme > y->theme) - (x->theme < y->theme);
}

static bool
add_item(struct run *run, uint32_t unit, uint32_t theme, double amount)
{
	if (!(amount > 0))
		return true;
	if (!acc_array_reserve((void **)&run->item, &run->capacity, run->items + 1,
			       sizeof *run->item)) {
		acc_error_memory(run->command->messages);
		return false;
	}
	run->item[run->items++] =
	    (struct item){amount, run->study.ratings.unit.label[unit], unit, theme};
	return true;
}

static bool
collect(struct run *run)
{
	uint32_t themes = acc_plan_questions(&run->made.plan, &run->study.patterns);
	bool by_theme = run->by_theme && !run->made.weights.sets;
	bool good = true;
	for (uint32_t u = 0; good && u < run->study.ratings.unit.count; u++) {
		const double *amount = run->amount + (size_t)run->study.pattern_of[u] * themes;
		double sum = 0;
		for (uint32_t t = 0; good && t < themes; t++) {
			sum += amount[t];
			if (by_theme)
				good = add_item(run, u, t, amount[t]);
		}
		if (!by_theme)
			good = good && add_item(run, u, ACC_NONE, sum);
	}
	if (run->items)
		qsort(run->item, run->items, sizeof *run->item, compare_items);
	for (size_t i = 0; i < run->items; i++)
		run->total += run->item[i].amount;
	return good;
}

static bool
choose(struct run *run)
{
	static const char *const words[] = {"theme"};
	const struct acc_settings *settings = &run->command->settings;
	run->top = UINT64_MAX;
	if (settings->by && *settings->by)
		run->by_theme = acc_list_bits(run->command, "by", settings->by, words, 1);
	if (settings->top) {
		double top;
		if (acc_number(settings->top, &top) && top >= 1 && top == (double)(uint32_t)top)
			run->top = (uint64_t)top;
		else
			acc_error(run->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
				  "--top '%s' is not a whole number of rows",
				  acc_visible(settings->top));
	}
	return !run->command->messages->errors;
}

static void
disagree(struct acc_command *command)
{
	struct run run = {.command = command};
	acc_sheet_begin(&run.sheet, fields, sizeof fields / sizeof *fields);
	bool good =
	    choose(&run) && acc_study_read(command, &run.study, true) &&
	    acc_plan_make(&run.made, command, &run.study) &&
	    acc_status_ok(command->messages,
			  acc_disagreements(&run.study.patterns, &run.made.weights, &run.amount)) &&
	    collect(&run);
	double cumulative = 0;
	for (size_t i = 0; good && i < run.items && i < run.top; i++) {
		cumulative += run.item[i].amount;
		put_item(&run, &run.item[i], i + 1, cumulative);
	}
	if (good)
		acc_sheet_write(&run.sheet, command);
	free(run.amount);
	free(run.item);
	acc_sheet_free(&run.sheet);
	acc_plan_free(&run.made);
	acc_study_free(&run.study);
}

const struct acc_stage acc_stage_disagree = {
    .name = "disagree",
    .summary = "the units coders disagree on, worst first: the thing to meet over",
    .operands = "[FILE]",
    .about = "Lists every unit with a disagreement: who rated it, what each gave, and its share of "
	     "all observed disagreement, worst first. The column theme names the themes in "
	     "dispute. With --by theme each theme of a unit is a row of its own. Needs the ratings "
	     "themselves: a patterns file no longer knows its units.",
    .examples = "accord disagree ratings.csv --top 20\n"
		"    the twenty that matter most\n"
		"accord disagree ratings.csv --by theme --output queue.csv\n"
		"    a queue per theme and unit\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_WEIGHTS | ACC_GROUP_BREAKDOWN |
	      ACC_GROUP_QUEUE | ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = disagree,
};
