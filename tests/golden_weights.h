/* golden_weights: the weights that rows of expected.csv write out instead of naming a scheme.
 *
 *   custom:1,0,.4;0,1,.6;.4,.6,1        agreements, row after row
 *   custom:0,1,2,4,7,11                 one row: disagreements by steps between categories
 *   1,8/9                               agreements by steps between categories, then 0
 *   custom_disagreement:0,1,3;...       disagreements, row after row
 *   custom_distance:A-B=1;A-C=.5;...    disagreements of pairs of labels
 *   tree:A<C;B<C                        distances in the codebook where C is above A and B
 *   linear_on_observed_categories       steps between the categories that the subset uses,
 *   quadratic_on_observed_categories    or their squares */
#ifndef GOLDEN_WEIGHTS_H
#define GOLDEN_WEIGHTS_H

#include "stats/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The text after "key:", or NULL. */
static inline const char *
written(const char *text, const char *key)
{
	size_t length = strlen(key);
	return !strncmp(text, key, length) ? text + length : NULL;
}

static inline void
read_row_of_steps(double *d, size_t categories, const char *text)
{
	double *step = calloc(categories, sizeof *step);
	char *end = (char *)text;
	for (size_t i = 0; step && i < categories; i++)
		step[i] = strtod(end + (i > 0), &end);
	for (size_t k = 0; step && k < categories; k++)
		for (size_t l = 0; l < categories; l++)
			d[k * categories + l] = step[k > l ? k - l : l - k];
	free(step);
}

/* Agreements by steps, as numbers or fractions; 0 for more steps. */
static inline void
read_agreements_by_steps(double *d, size_t categories, const char *text)
{
	for (size_t step = 0; step < categories; step++) {
		char *end = (char *)text;
		double agreement = *text ? strtod(text, &end) : 0;
		if (*end == '/')
			agreement /= strtod(end + 1, &end);
		text = end + (*end == ',');
		for (size_t k = 0; k + step < categories; k++)
			d[k * categories + k + step] = d[(k + step) * categories + k] =
			    1 - agreement;
	}
}

static inline void
read_square(double *d, size_t categories, const char *text, bool agreement)
{
	char *end = (char *)text;
	for (size_t i = 0; i < categories * categories; i++) {
		double given = strtod(end + (i > 0), &end);
		d[i] = agreement ? 1 - given : given;
	}
}

/* Numbers of two labels "A?B", the second ending before '=', ';' or the end. */
static inline const char *
read_pair(const struct acc_vocabulary *codes, const char *text, char joint, uint32_t pair[2])
{
	for (size_t side = 0; side < 2; side++) {
		char name[64];
		size_t length = side ? strcspn(text, "=;") : strcspn(text, (char[]){joint, 0});
		snprintf(name, sizeof name, "%.*s", (int)length, text);
		pair[side] = acc_vocabulary_find(codes, name);
		text += length + !side;
	}
	return text;
}

static inline void
read_distances(double *d, const struct acc_vocabulary *codes, const char *text)
{
	for (uint32_t pair[2]; *text; text += *text == ';') {
		char *end;
		text = read_pair(codes, text, '-', pair);
		double given = strtod(text + 1, &end);
		d[pair[0] * codes->count + pair[1]] = given;
		d[pair[1] * codes->count + pair[0]] = given;
		text = end;
	}
}

static inline enum acc_status
read_tree(struct acc_weights *weights, const struct acc_vocabulary *codes, const char *text)
{
	uint32_t *parent = calloc(codes->count, sizeof *parent);
	for (uint32_t k = 0; parent && k < codes->count; k++)
		parent[k] = ACC_NONE;
	for (uint32_t pair[2]; parent && *text; text += *text == ';') {
		text = read_pair(codes, text, '<', pair);
		parent[pair[0]] = pair[1];
	}
	enum acc_status status =
	    parent ? acc_weights_tree(weights, parent, codes->count, codes->count) : ACC_NO_MEMORY;
	free(parent);
	return status;
}

/* Steps between used categories, to a power. */
static inline void
observed_steps(double *d, const struct acc_patterns *patterns, double power)
{
	uint32_t categories = patterns->code.count, place = 0;
	double *position = calloc(categories, sizeof *position);
	for (uint32_t v = 0; position && v < patterns->value.count; v++) {
		size_t length;
		const uint32_t *word = acc_pool_get(&patterns->value, v, &length);
		for (size_t i = 1; i < length; i += 2)
			position[word[i]] = 1;
	}
	for (uint32_t k = 0; position && k < categories; k++)
		position[k] = position[k] > 0 ? ++place : 0;
	for (uint32_t k = 0; position && k < categories; k++)
		for (uint32_t l = 0; l < categories; l++)
			d[k * categories + l] = pow(fabs(position[k] - position[l]), power);
	free(position);
}

/* Make the weights of such a text. False: it is none. */
static inline bool
golden_weights(struct acc_weights *weights, const char *text, const struct acc_patterns *patterns,
	       enum acc_status *status)
{
	const struct acc_vocabulary *codes = &patterns->code;
	const char *agreement = written(text, "custom:"), *tree = written(text, "tree:");
	const char *disagreement = written(text, "custom_disagreement:");
	const char *distance = written(text, "custom_distance:");
	bool observed = strstr(text, "_on_observed_categories") != NULL;
	*weights = (struct acc_weights){.categories = codes->count};
	*status = ACC_OK;
	if (tree) {
		*status = read_tree(weights, codes, tree);
		return true;
	}
	const char *steps = written(text, "1,") ? text : NULL;
	if (!agreement && !disagreement && !distance && !observed && !steps)
		return false;
	double *d = calloc((size_t)codes->count * codes->count, sizeof *d);
	if (!d)
		*status = ACC_NO_MEMORY;
	else if (steps)
		read_agreements_by_steps(d, codes->count, steps);
	else if (observed)
		observed_steps(d, patterns, strstr(text, "quadratic") ? 2 : 1);
	else if (distance)
		read_distances(d, codes, distance);
	else if (agreement && !strchr(agreement, ';'))
		read_row_of_steps(d, codes->count, agreement);
	else
		read_square(d, codes->count, agreement ? agreement : disagreement, agreement);
	for (size_t k = 0; d && k < codes->count; k++)
		for (size_t l = 0; l < k; l++)
			if (d[k * codes->count + l] != d[l * codes->count + k])
				weights->directed = true;
	weights->disagreement = d;
	return true;
}

#endif
