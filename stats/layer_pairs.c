#include "stats/layer_pairs.h"
#include "stats/dawid_skene.h"

#include <math.h>
#include <stdlib.h>

bool
acc_layer_is_soft(enum acc_layer_kind kind)
{
	return kind == ACC_LAYER_MEAN || kind == ACC_LAYER_DAWID_SKENE;
}

void
acc_layer_pairs_free(struct acc_layer_pairs *from)
{
	acc_marks_free(&from->marks);
	free(from->share);
	free(from->reason);
	*from = (struct acc_layer_pairs){0};
}

/* ---- the model, one question at a time ---- */

struct question {
	const struct acc_patterns *patterns;
	struct acc_panel panel;
	struct acc_votes votes;
	struct acc_dawid_skene fit;
	double *units; /* owned, [strata * votes] */
	size_t strata; /* groups, and units without one */
};

static void
question_free(struct question *question)
{
	acc_panel_free(&question->panel);
	acc_votes_free(&question->votes);
	acc_dawid_skene_free(&question->fit);
	free(question->units);
}

static size_t
cell_of(const struct question *question, uint32_t pattern)
{
	uint32_t group = acc_patterns_get(question->patterns, pattern).group;
	size_t stratum = group == ACC_NONE ? question->strata - 1 : group;
	return stratum * question->votes.vote.count + question->votes.of[pattern];
}

static enum acc_status
ask(struct question *question, const struct acc_patterns *patterns, uint32_t theme)
{
	*question =
	    (struct question){.patterns = patterns, .strata = (size_t)patterns->group.count + 1};
	enum acc_status status =
	    acc_panel_make(&question->panel, patterns, theme, NULL, patterns->coder.count);
	if (status == ACC_OK)
		status = acc_votes_make(&question->votes, &question->panel);
	if (status != ACC_OK)
		return status;
	question->units =
	    acc_array(question->strata * question->votes.vote.count, sizeof *question->units);
	if (!question->units)
		return ACC_NO_MEMORY;
	for (uint32_t p = 0; p < patterns->vector.count; p++)
		if (acc_panel_ratings(&question->panel, p))
			question->units[cell_of(question, p)] += (double)patterns->count[p];
	return acc_dawid_skene_make(&question->fit, &question->votes, question->units,
				    question->strata, NULL);
}

/* The probability of a category in every pattern; 0 where nobody rated. */
static void
take_shares(struct acc_layer_pairs *from, const struct question *question, uint32_t theme,
	    size_t category)
{
	size_t q = question->fit.categories;
	from->reason[theme] = question->fit.reason;
	for (uint32_t p = 0; p < question->patterns->vector.count; p++) {
		double share = 0;
		if (question->fit.reason == ACC_DEFINED && acc_panel_ratings(&question->panel, p))
			share = question->fit.posterior[cell_of(question, p) * q + category];
		from->share[(size_t)p * from->marks.themes + theme] = share;
	}
}

static enum acc_status
fit(struct acc_layer_pairs *from, const struct acc_patterns *patterns, uint32_t present)
{
	bool codes = patterns->design == ACC_CODES;
	enum acc_status status = ACC_OK;
	struct question question = {0};
	for (uint32_t t = 0; status == ACC_OK && t < from->marks.themes; t++) {
		if (t == 0 || !codes) {
			question_free(&question);
			status = ask(&question, patterns, t);
		}
		if (status == ACC_OK)
			take_shares(from, &question, t,
				    codes                            ? t
				    : patterns->design == ACC_THEMES ? 1
								     : present);
	}
	question_free(&question);
	return status;
}

/* The least number that can be divided by as many coders as may have looked. Of many coders by up
 * to 20, so that 30 million units can be counted exactly. */
static double
parts_for(uint32_t coders)
{
	uint64_t parts = 1;
	for (uint64_t j = 2; j <= coders && j <= 20; j++) {
		uint64_t a = parts, b = j;
		while (b) {
			uint64_t rest = a % b;
			a = b;
			b = rest;
		}
		parts *= j / a;
	}
	return (double)parts;
}

enum acc_status
acc_layer_pairs_make(struct acc_layer_pairs *from, const struct acc_patterns *patterns,
		     struct acc_layer layer, uint32_t present)
{
	size_t themes = acc_layer_themes(patterns), shares = themes * patterns->vector.count;
	*from =
	    (struct acc_layer_pairs){.kind = layer.kind, .parts = parts_for(patterns->coder.count)};
	enum acc_status status = acc_marks_make(&from->marks, patterns, layer, present);
	if (layer.kind != ACC_LAYER_DAWID_SKENE || status != ACC_OK)
		return status;
	if (shares > ACC_SHARES_MOST)
		status = ACC_TOO_LARGE;
	else {
		from->share = acc_array(shares, sizeof *from->share);
		from->reason = acc_array(themes, sizeof *from->reason);
		status = from->share && from->reason ? fit(from, patterns, present) : ACC_NO_MEMORY;
	}
	if (status != ACC_OK)
		acc_layer_pairs_free(from);
	return status;
}

enum acc_reason
acc_layer_pairs_reason(const struct acc_layer_pairs *from, uint32_t first, uint32_t second)
{
	if (!from->reason)
		return ACC_DEFINED;
	return from->reason[first] != ACC_DEFINED ? from->reason[first] : from->reason[second];
}

/* ---- adding ---- */

static void
add_marks(struct acc_layer_pairs *from, double units, struct acc_pairs *const *into, size_t count)
{
	for (size_t i = 0; i < count; i++)
		acc_pairs_add(into[i], &from->marks, units);
}

/* Each coder who looked, with an equal part of the units. */
static void
add_mean(struct acc_layer_pairs *from, uint32_t number, double units, struct acc_pairs *const *into,
	 size_t count)
{
	struct acc_pattern pattern = acc_patterns_get(from->marks.patterns, number);
	double looked = (double)pattern.ratings;
	bool seen = false;
	for (size_t m = 0; m < count; m++)
		into[m]->parts = from->parts;
	from->complete = pattern.ratings == from->marks.patterns->coder.count;
	for (size_t i = 0; i < pattern.ratings; i++) {
		from->marks.layer = (struct acc_layer){ACC_LAYER_CODER, pattern.rating[2 * i]};
		acc_marks_read(&from->marks, number);
		add_marks(from, units * (from->parts / looked), into, count);
		seen = seen || from->marks.seen;
		from->complete = from->complete && from->marks.complete;
	}
	from->seen = seen;
}

/* Probabilities; which themes were looked for is as in the layer `any`. */
static void
add_shares(struct acc_layer_pairs *from, uint32_t number, double units, struct acc_pairs *pairs)
{
	const struct acc_marks *marks = &from->marks;
	const double *share = &from->share[(size_t)number * marks->themes];
	uint32_t themes = marks->themes;
	bool codes = marks->patterns->design == ACC_CODES; /* one of them is true */
	pairs->units += units;
	for (uint32_t s = 0; s < themes; s++) {
		double *row = gsl_matrix_ptr(pairs->count, s, 0);
		for (uint32_t t = 0; t < themes && share[s] > 0; t++)
			row[t] += s == t  ? units * share[s]
				  : codes ? 0
					  : units * share[s] * share[t];
	}
	for (uint32_t i = 0; i < marks->count; i++) {
		if (marks->mark[i] < themes)
			continue;
		for (uint32_t t = 0; t < themes; t++) {
			*gsl_matrix_ptr(pairs->count, marks->mark[i], t) += units * share[t];
			*gsl_matrix_ptr(pairs->count, t, marks->mark[i]) += units * share[t];
		}
		for (uint32_t j = 0; j < marks->count; j++)
			if (marks->mark[j] >= themes)
				*gsl_matrix_ptr(pairs->count, marks->mark[i], marks->mark[j]) +=
				    units;
	}
}

void
acc_layer_pairs_add(struct acc_layer_pairs *from, uint32_t pattern, double units,
		    struct acc_pairs *const *into, size_t count)
{
	if (from->kind == ACC_LAYER_MEAN) {
		add_mean(from, pattern, units, into, count);
		return;
	}
	from->marks.layer.kind = from->kind == ACC_LAYER_DAWID_SKENE ? ACC_LAYER_ANY : from->kind;
	acc_marks_read(&from->marks, pattern);
	from->seen = from->marks.seen;
	from->complete = from->marks.complete;
	if (from->kind != ACC_LAYER_DAWID_SKENE)
		add_marks(from, units, into, count);
	for (size_t i = 0; from->kind == ACC_LAYER_DAWID_SKENE && from->seen && i < count; i++)
		add_shares(from, pattern, units, into[i]);
}
