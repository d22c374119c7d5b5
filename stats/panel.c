/* panel: patterns seen as one question asked of some coders. */
#include "stats/tally.h"

#include <stdlib.h>

void
acc_panel_free(struct acc_panel *panel)
{
	free(panel->first);
	free(panel->mark);
	free(panel->count);
	free(panel->touched);
	*panel = (struct acc_panel){0};
}

/* The category a value gives to a theme, or ACC_NONE when the coder did not rate it. */
static uint32_t
category(const struct acc_patterns *patterns, uint32_t value, uint32_t theme)
{
	size_t length;
	const uint32_t *word = acc_pool_get(&patterns->value, value, &length);
	for (size_t i = 0; i < length; i += 2)
		if (word[i] == theme)
			return patterns->design == ACC_THEMES ? 1 : word[i + 1];
	return patterns->design == ACC_THEMES ? 0 : ACC_NONE;
}

/* category() of every value, so that it is looked up once. */
static uint32_t *
categories_of(const struct acc_patterns *patterns, uint32_t theme)
{
	uint32_t *of = acc_array(patterns->value.count, sizeof *of);
	for (uint32_t v = 0; of && v < patterns->value.count; v++)
		of[v] = category(patterns, v, theme);
	return of;
}

enum acc_status
acc_panel_make_of(struct acc_panel *panel, const struct acc_patterns *patterns,
		  const uint32_t *category_of, size_t categories, const uint32_t *coder_of,
		  size_t coders)
{
	uint32_t vectors = patterns->vector.count;
	size_t words = vectors ? patterns->vector.first[vectors] : 0, at = 0;
	*panel = (struct acc_panel){
	    .categories = categories,
	    .coders = coders,
	    .patterns = vectors,
	};
	panel->first = acc_array((size_t)vectors + 1, sizeof *panel->first);
	panel->mark = acc_array(words, sizeof *panel->mark);
	panel->count = acc_array(panel->categories, sizeof *panel->count);
	panel->touched = acc_array(panel->categories, sizeof *panel->touched);
	if (!panel->first || !panel->mark || !panel->count || !panel->touched) {
		acc_panel_free(panel);
		return ACC_NO_MEMORY;
	}
	for (uint32_t p = 0; p < vectors; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		for (size_t i = 0; i < pattern.ratings; i++) {
			uint32_t coder = pattern.rating[2 * i];
			uint32_t given = category_of[pattern.rating[2 * i + 1]];
			if (coder_of)
				coder = coder_of[coder];
			if (coder == ACC_NONE || given == ACC_NONE)
				continue;
			panel->mark[at++] = coder;
			panel->mark[at++] = given;
		}
		panel->first[p + 1] = at;
	}
	return ACC_OK;
}

enum acc_status
acc_panel_make(struct acc_panel *panel, const struct acc_patterns *patterns, uint32_t theme,
	       const uint32_t *coder_of, size_t coders)
{
	size_t categories = patterns->design == ACC_THEMES ? 2 : patterns->code.count;
	uint32_t *of = categories_of(patterns, theme);
	*panel = (struct acc_panel){0};
	if (!of)
		return ACC_NO_MEMORY;
	enum acc_status status =
	    acc_panel_make_of(panel, patterns, of, categories, coder_of, coders);
	free(of);
	return status;
}

enum acc_status
acc_panel_collapse(struct acc_panel *panel, uint32_t category)
{
	double *count = acc_array(2, sizeof *count);
	uint32_t *touched = acc_array(2, sizeof *touched);
	if (!count || !touched) {
		free(count);
		free(touched);
		return ACC_NO_MEMORY;
	}
	free(panel->count);
	free(panel->touched);
	panel->count = count;
	panel->touched = touched;
	panel->categories = 2;
	for (size_t i = 1; i < panel->first[panel->patterns]; i += 2)
		panel->mark[i] = panel->mark[i] == category;
	return ACC_OK;
}

size_t
acc_panel_ratings(const struct acc_panel *panel, uint32_t pattern)
{
	return (panel->first[pattern + 1] - panel->first[pattern]) / 2;
}

size_t
acc_panel_count(const struct acc_panel *panel, uint32_t pattern)
{
	size_t touched = 0;
	for (size_t i = panel->first[pattern]; i < panel->first[pattern + 1]; i += 2) {
		uint32_t k = panel->mark[i + 1];
		if (panel->count[k]++ == 0)
			panel->touched[touched++] = k;
	}
	return touched;
}

void
acc_panel_uncount(const struct acc_panel *panel, size_t touched)
{
	for (size_t i = 0; i < touched; i++)
		panel->count[panel->touched[i]] = 0;
}

double
acc_panel_disagreement(const struct acc_panel *panel, uint32_t pattern,
		       const struct acc_weights *weights)
{
	double ratings = (double)acc_panel_ratings(panel, pattern), sum = 0;
	const uint32_t *mark = panel->mark + panel->first[pattern];
	if (ratings < 2 || weights->ranks)
		return 0;
	if (weights->directed && panel->coders == 2)
		return mark[0] < mark[2] ? acc_weights_between(weights, mark[1], mark[3])
					 : acc_weights_between(weights, mark[3], mark[1]);
	size_t touched = acc_panel_count(panel, pattern);
	bool alike = acc_weights_identity(weights);
	for (size_t i = 0; alike && i < touched; i++)
		sum +=
		    panel->count[panel->touched[i]] * (ratings - panel->count[panel->touched[i]]);
	for (size_t i = 0; !alike && i < touched; i++)
		for (size_t j = 0; j < touched; j++)
			if (i != j)
				sum += acc_weights_between(weights, panel->touched[i],
							   panel->touched[j]) *
				       panel->count[panel->touched[i]] *
				       panel->count[panel->touched[j]];
	acc_panel_uncount(panel, touched);
	return sum / (ratings * (ratings - 1));
}
