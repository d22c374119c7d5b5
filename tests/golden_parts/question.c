#include "tests/golden_parts/golden.h"
#include "tests/golden_weights.h"

/* The labels of a set, "a|b", that are (in = true) or are not in another. */
static unsigned
members(const char *set, const char *other, bool in)
{
	unsigned found = 0;
	while (*set) {
		size_t length = strcspn(set, "|");
		bool there = false;
		for (const char *at = other; *at; at += strcspn(at, "|"), at += *at == '|')
			there = there || (strcspn(at, "|") == length && !memcmp(at, set, length));
		found += there == in;
		set += length;
		set += *set == '|';
	}
	return found;
}

/* A row "jaccard_distance" of the subset "a|b vs a|c". */
enum outcome
check_distance(const struct record *row)
{
	char key[64], left[64], right[64];
	size_t length = strlen(row->field[COEFFICIENT]), suffix = strlen("_distance");
	if (length <= suffix || strcmp(row->field[COEFFICIENT] + length - suffix, "_distance") ||
	    sscanf(row->field[SUBSET], "%63s vs %63s", left, right) != 2)
		return OUTSIDE;
	snprintf(key, sizeof key, "%.*s", (int)(length - suffix), row->field[COEFFICIENT]);
	const struct acc_set_distance *distance = acc_set_distance_find(key);
	if (!distance)
		return OUTSIDE;
	double got = acc_set_distance_of(distance, members(left, right, true),
					 members(left, right, false), members(right, left, false));
	if (is_close(got, atof(row->field[EXPECTED]), row->field[DIGITS]))
		return PASSED;
	say(row, "mismatch", got);
	printf(" (%s)\n", row->field[SOURCE]);
	return FAILED;
}

/* What stands in the column of weights where a coefficient has none. */
static const struct acc_scheme *
scheme_of(const char *weights)
{
	static const char *const none[] = {"", "tolerance=0", "ties-corrected", "uncorrected"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (!strcmp(weights, none[i]))
			return acc_scheme_find("identity");
	if (strstr(weights, "incomplete-data"))
		return acc_scheme_find("identity");
	if (!strcmp(weights, "tolerance=1"))
		return acc_scheme_find("adjacent");
	return acc_scheme_find(weights);
}

struct question
question_of(const struct record *row)
{
	const char *key = row->field[COEFFICIENT];
	/* Of two coders the intraclass kappa is Scott's pi. */
	if (!strcmp(key, "intraclass_kappa"))
		key = "scott_pi";
	const char *form = row->field[WEIGHTS];
	if (!strcmp(key, "kendall_w"))
		key = !strcmp(form, "uncorrected")      ? "kendall_w_uncorrected"
		      : strstr(form, "incomplete-data") ? "kendall_w_pairwise"
							: key;
	return (struct question){
	    .dataset = row->field[DATASET],
	    .subset = row->field[SUBSET],
	    .source = row->field[SOURCE],
	    .coefficient = acc_coefficient_find(key),
	    .weights = row->field[WEIGHTS],
	    .scheme = scheme_of(row->field[WEIGHTS]),
	    .distance = acc_set_distance_find(row->field[WEIGHTS]),
	};
}

bool
has_weights(const struct question *question)
{
	const char *text = question->weights;
	return question->scheme || question->distance || written(text, "custom") ||
	       written(text, "1,") || written(text, "tree:") ||
	       strstr(text, "_on_observed_categories");
}
