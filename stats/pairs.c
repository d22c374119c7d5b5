#include "stats/pairs.h"

#include <stdlib.h>

void
acc_marks_free(struct acc_marks *marks)
{
	free(marks->mark);
	free(marks->state);
	free(marks->looked);
	free(marks->applied);
	*marks = (struct acc_marks){0};
}

enum acc_status
acc_marks_make(struct acc_marks *marks, const struct acc_patterns *patterns, struct acc_layer layer,
	       uint32_t present)
{
	uint32_t themes = acc_layer_themes(patterns);
	*marks = (struct acc_marks){.patterns = patterns,
				    .layer = layer,
				    .present = present,
				    .themes = themes,
				    .mark = acc_array(themes, sizeof *marks->mark),
				    .state = acc_array(themes, sizeof *marks->state),
				    .looked = acc_array(themes, sizeof *marks->looked),
				    .applied = acc_array(themes, sizeof *marks->applied)};
	if (marks->mark && marks->state && marks->looked && marks->applied)
		return ACC_OK;
	acc_marks_free(marks);
	return ACC_NO_MEMORY;
}

void
acc_marks_read(struct acc_marks *marks, uint32_t number)
{
	struct acc_pattern pattern = acc_patterns_get(marks->patterns, number);
	uint32_t themes = marks->themes;
	uint32_t coders = marks->layer.kind == ACC_LAYER_CODER ? 1 : marks->patterns->coder.count;
	if (marks->patterns->design != ACC_THEME_CODES) {
		uint32_t looked = acc_layer_list(marks->patterns, &marks->layer, &pattern,
						 marks->mark, &marks->count, marks->applied);
		marks->seen = looked > 0;
		marks->complete = looked == coders;
		return;
	}
	marks->count = 0;
	marks->seen = marks->complete =
	    acc_layer_read(marks->patterns, marks->present, &marks->layer, &pattern, marks->state,
			   marks->looked, marks->applied);
	if (!marks->seen)
		return;
	for (uint32_t t = 0; t < themes; t++) {
		if (marks->state[t] > 0)
			marks->mark[marks->count++] = t;
		marks->complete = marks->complete && marks->looked[t] == coders;
	}
	for (uint32_t t = 0; t < themes; t++)
		if (marks->state[t] < 0)
			marks->mark[marks->count++] = themes + t;
}

void
acc_pairs_free(struct acc_pairs *pairs)
{
	if (pairs->count)
		gsl_matrix_free(pairs->count);
	*pairs = (struct acc_pairs){0};
}

enum acc_status
acc_pairs_make(struct acc_pairs *pairs, const struct acc_patterns *patterns)
{
	uint32_t themes = acc_layer_themes(patterns);
	size_t marks = patterns->design == ACC_THEME_CODES ? 2 * (size_t)themes : themes;
	marks = marks ? marks : 1;
	*pairs = (struct acc_pairs){
	    .count = gsl_matrix_calloc(marks, marks), .themes = themes, .parts = 1};
	return pairs->count ? ACC_OK : ACC_NO_MEMORY;
}

void
acc_pairs_zero(struct acc_pairs *pairs)
{
	pairs->units = 0;
	gsl_matrix_set_zero(pairs->count);
}

void
acc_pairs_add(struct acc_pairs *pairs, const struct acc_marks *marks, double units)
{
	if (!marks->seen)
		return;
	pairs->units += units;
	for (uint32_t i = 0; i < marks->count; i++)
		for (uint32_t j = 0; j < marks->count; j++)
			*gsl_matrix_ptr(pairs->count, marks->mark[i], marks->mark[j]) += units;
}

struct acc_pair_table
acc_pairs_table(const struct acc_pairs *pairs, uint32_t s, uint32_t t)
{
	const gsl_matrix *count = pairs->count;
	double both = gsl_matrix_get(count, s, t), units = pairs->units;
	double first = gsl_matrix_get(count, s, s) - both;
	double second = gsl_matrix_get(count, t, t) - both;
	if (count->size1 > pairs->themes) {
		uint32_t no_s = pairs->themes + s, no_t = pairs->themes + t;
		first -= gsl_matrix_get(count, s, no_t);
		second -= gsl_matrix_get(count, no_s, t);
		units += gsl_matrix_get(count, no_s, no_t) - gsl_matrix_get(count, no_s, no_s) -
			 gsl_matrix_get(count, no_t, no_t);
	}
	double neither = units - both - first - second, parts = pairs->parts;
	return (struct acc_pair_table){both / parts, first / parts, second / parts,
				       neither / parts};
}
