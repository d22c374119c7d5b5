/* The rows of accord cooccur: a pair of themes, its counts, measures and test. */
#include "pipeline/cooccur_run.h"

#include "stats/layer_pairs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The columns before and after those of the measures: name, kind, in the table for people. */
#define HEAD(FIELD)                                                                                \
	FIELD(group, TEXT, true)                                                                   \
	FIELD(layer, TEXT, true)                                                                   \
	FIELD(theme_a, TEXT, true)                                                                 \
	FIELD(theme_b, TEXT, true)                                                                 \
	FIELD(units, COUNT, true)                                                                  \
	FIELD(n_a, COUNT, true)                                                                    \
	FIELD(n_b, COUNT, true)                                                                    \
	FIELD(n_ab, COUNT, true)
#define TAIL(FIELD)                                                                                \
	FIELD(level, NUMBER, false)                                                                \
	FIELD(method, TEXT, false)                                                                 \
	FIELD(clusters, COUNT, true)                                                               \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)                                                                    \
	FIELD(seen, TEXT, false)                                                                   \
	FIELD(test, TEXT, false)                                                                   \
	FIELD(ses, NUMBER, false)                                                                  \
	FIELD(p, NUMBER, true)                                                                     \
	FIELD(p_adjusted, NUMBER, true)                                                            \
	FIELD(adjust, TEXT, false)                                                                 \
	FIELD(family, COUNT, false)                                                                \
	FIELD(draws, COUNT, false)                                                                 \
	FIELD(test_reason, TEXT, false)                                                            \
	FIELD(window, TEXT, false)                                                                 \
	FIELD(agreement, BOUNDED, false)                                                           \
	FIELD(agreement_units, COUNT, false)

enum { HEAD(ACC_FIELD_PLACE) HEADS };
enum { TAIL(ACC_FIELD_PLACE) TAILS };
static const struct acc_field head[] = {HEAD(ACC_FIELD_ROW)};
static const struct acc_field tail[] = {TAIL(ACC_FIELD_ROW)};

/* Position of a column after the measures. */
static size_t
after(const struct acc_cooccur_run *run, size_t field)
{
	return HEADS + 3 * run->options.plan.measures + field;
}

bool
acc_cooccur_begin(struct acc_cooccur_run *run)
{
	size_t measures = run->options.plan.measures, at = HEADS;
	if (run->options.form == ACC_FORM_SETS || run->options.form == ACC_FORM_PLACES) {
		bool sets = run->options.form == ACC_FORM_SETS;
		acc_sheet_begin(&run->sheet, sets ? acc_form_sets : acc_form_places,
				sets ? acc_form_sets_count : acc_form_places_count);
		return true;
	}
	run->field = acc_array(HEADS + 3 * measures + TAILS, sizeof *run->field);
	run->name = acc_array(measures, sizeof *run->name);
	if (!run->field || !run->name) {
		acc_error_memory(run->command->messages);
		return false;
	}
	memcpy(run->field, head, sizeof head);
	for (size_t m = 0; m < measures; m++) {
		const struct acc_measure *measure = run->options.measure[m];
		enum acc_field_kind kind = measure->bounded ? ACC_FIELD_BOUNDED : ACC_FIELD_NUMBER;
		char *low = run->name[m][0], *high = run->name[m][1];
		snprintf(low, sizeof run->name[m][0], "%s_low", measure->key);
		snprintf(high, sizeof run->name[m][1], "%s_high", measure->key);
		/* People see limits where they asked for few measures. */
		run->field[at++] = (struct acc_field){measure->key, kind, true};
		run->field[at++] = (struct acc_field){low, kind, measures <= 2};
		run->field[at++] = (struct acc_field){high, kind, measures <= 2};
	}
	memcpy(run->field + at, tail, sizeof tail);
	acc_sheet_begin(&run->sheet, run->field, at + TAILS);
	acc_sheet_stream(&run->sheet, run->command);
	return true;
}

/* What was said of the last pair, which is mostly said of the next one. */
struct said {
	struct acc_text reasons, notes; /* owned */
	enum acc_reason *reason;        /* owned, [measures] */
	unsigned note;
	bool known;
};

/* The reason all measures share, or "measure:reason" of each that has one. */
static void
join_reasons(const struct acc_cooccur_run *run, const struct acc_association *association,
	     struct acc_text *text)
{
	size_t same = 0, measures = run->options.plan.measures;
	for (size_t m = 0; m < measures; m++)
		same += association[m].reason == association[0].reason;
	text->length = 0;
	acc_text_put(text, same == measures ? acc_reason_key(association[0].reason) : "");
	for (size_t m = 0; same < measures && m < measures; m++) {
		if (association[m].reason == ACC_DEFINED)
			continue;
		acc_text_put(text, text->length ? ";" : "");
		acc_text_put(text, run->options.measure[m]->key);
		acc_text_put(text, ":");
		acc_text_put(text, acc_reason_key(association[m].reason));
	}
}

static void
put_said(struct acc_cooccur_run *run, const struct acc_association *association, unsigned notes,
	 struct said *said)
{
	bool again = said->known;
	for (size_t m = 0; m < run->options.plan.measures; m++) {
		again = again && said->reason[m] == association[m].reason;
		said->reason[m] = association[m].reason;
	}
	if (!again)
		join_reasons(run, association, &said->reasons);
	if (!said->known || said->note != notes) {
		said->notes.length = 0;
		acc_text_put(&said->notes, "");
		acc_notes_text(&said->notes, notes);
	}
	said->note = notes;
	said->known = !said->reasons.failed && !said->notes.failed;
	run->sheet.failed = run->sheet.failed || !said->known;
	if (said->known) {
		acc_sheet_text(&run->sheet, after(run, F_reason), said->reasons.bytes);
		acc_sheet_text(&run->sheet, after(run, F_note), said->notes.bytes);
	}
}

static void
put_measures(struct acc_cooccur_run *run, const struct acc_association *association,
	     const char *method)
{
	bool some = false, closed = false;
	size_t field = after(run, F_method);
	for (size_t m = 0; m < run->options.plan.measures; m++) {
		size_t at = HEADS + 3 * m;
		bool has = !isnan(association[m].low);
		acc_sheet_number(&run->sheet, at, association[m].value);
		acc_sheet_number(&run->sheet, at + 1, association[m].low);
		acc_sheet_number(&run->sheet, at + 2, association[m].high);
		if (acc_measure_is_closed(run->options.plan.measure[m]))
			closed = closed || has;
		else
			some = some || has;
	}
	acc_sheet_text(&run->sheet, field, some ? method : "");
	if (closed)
		acc_sheet_text(&run->sheet, field,
			       some ? "; conditional_odds_ratio: exact, units independent"
				    : "exact, units independent");
}

static void
put_test(struct acc_cooccur_run *run, const struct acc_chance *chance, size_t tested)
{
	const struct acc_cooccur_options *options = &run->options;
	acc_sheet_text(&run->sheet, after(run, F_test), options->test->key);
	acc_sheet_number(&run->sheet, after(run, F_ses), chance->size);
	acc_sheet_number(&run->sheet, after(run, F_p), chance->p);
	acc_sheet_number(&run->sheet, after(run, F_p_adjusted), chance->p_adjusted);
	acc_sheet_text(&run->sheet, after(run, F_adjust), options->dependent ? "by" : "bh");
	acc_sheet_count(&run->sheet, after(run, F_family), tested);
	acc_sheet_text(&run->sheet, after(run, F_test_reason), acc_reason_key(chance->reason));
	uint64_t draws = options->draws ? options->draws : options->test->draws;
	if (draws && !options->test->naive)
		acc_sheet_count(&run->sheet, after(run, F_draws), draws);
}

static void
put_pair(struct acc_cooccur_run *run, const struct acc_pair *pair)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	const struct acc_pair_table *table = &pair->table;
	struct acc_sheet *sheet = &run->sheet;
	double a = table->both + table->first, b = table->both + table->second;
	acc_sheet_text(sheet, F_theme_a, acc_layer_theme(patterns, pair->first));
	acc_sheet_text(sheet, F_theme_b, acc_layer_theme(patterns, pair->second));
	acc_sheet_number(sheet, F_units, a + table->second + table->neither);
	acc_sheet_number(sheet, F_n_a, a);
	acc_sheet_number(sheet, F_n_b, b);
	acc_sheet_number(sheet, F_n_ab, table->both);
	acc_sheet_number(sheet, after(run, F_level), run->options.plan.level);
	acc_sheet_number(sheet, after(run, F_clusters), pair->clusters);
}

static void
put_agreement(struct acc_cooccur_run *run, const struct acc_pair_agreement *agreement)
{
	acc_sheet_number(&run->sheet, after(run, F_agreement), agreement->value);
	acc_sheet_number(&run->sheet, after(run, F_agreement_units), agreement->units);
}

void
acc_cooccur_rows(struct acc_cooccur_run *run, const struct acc_cooccur_layer *of)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	const char *window = run->command->settings.window;
	bool one = of->layer.kind == ACC_LAYER_CODER;
	struct said said = {.reason = acc_array(run->options.plan.measures, sizeof *said.reason)};
	run->sheet.failed = run->sheet.failed || !said.reason;
	for (size_t p = 0; said.reason && p < of->result->pairs; p++) {
		const struct acc_association *association =
		    &of->result->association[p * run->options.plan.measures];
		if (of->group != ACC_NONE)
			acc_sheet_text(&run->sheet, F_group, patterns->group.label[of->group]);
		acc_sheet_text(&run->sheet, F_layer, of->word);
		if (one)
			acc_sheet_text(&run->sheet, F_layer,
				       patterns->coder.label[of->layer.coder]);
		put_pair(run, &of->result->pair[p]);
		put_measures(run, association, of->result->method);
		put_said(run, association, of->result->pair[p].notes, &said);
		if (patterns->design == ACC_THEMES)
			acc_sheet_text(&run->sheet, after(run, F_seen),
				       acc_seen_names[patterns->seen]);
		if (of->chance)
			put_test(run, &of->chance[p], of->tested);
		else if (run->options.test && acc_layer_is_soft(of->layer.kind))
			acc_sheet_text(&run->sheet, after(run, F_test_reason),
				       acc_reason_key(ACC_REASON_fractional_counts));
		else if (run->options.test && run->shared)
			acc_sheet_text(&run->sheet, after(run, F_test_reason),
				       acc_reason_key(ACC_REASON_shared_units));
		if (!one)
			put_agreement(run, &run->agreement[p]);
		acc_sheet_text(&run->sheet, after(run, F_window), window ? window : "unit");
		acc_sheet_row(&run->sheet);
	}
	acc_text_free(&said.reasons);
	acc_text_free(&said.notes);
	free(said.reason);
}
