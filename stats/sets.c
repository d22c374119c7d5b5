#include "stats/sets.h"

#include <stdlib.h>
#include <string.h>

#define ACC_SET_DISTANCE(name) extern const struct acc_set_distance acc_set_distance_##name;
#include "stats/sets.def"
#undef ACC_SET_DISTANCE

const struct acc_set_distance *const acc_set_distances[] = {
#define ACC_SET_DISTANCE(name) &acc_set_distance_##name,
#include "stats/sets.def"
#undef ACC_SET_DISTANCE
};
const size_t acc_set_distance_count = sizeof acc_set_distances / sizeof *acc_set_distances;

const struct acc_set_distance *
acc_set_distance_find(const char *key)
{
	for (size_t i = 0; i < acc_set_distance_count; i++)
		if (!strcmp(key, acc_set_distances[i]->key) ||
		    (acc_set_distances[i]->alias && !strcmp(key, acc_set_distances[i]->alias)))
			return acc_set_distances[i];
	return NULL;
}

double
acc_set_distance_of(const struct acc_set_distance *distance, double common, double only_a,
		    double only_b)
{
	return only_a + only_b > 0 ? distance->distance(common, only_a, only_b) : 0;
}

void
acc_sets_free(struct acc_sets *sets)
{
	acc_pool_free(&sets->set);
	free(sets->category_of);
	*sets = (struct acc_sets){0};
}

/* How many themes some value gives a code. */
static size_t
themes_in_use(const struct acc_patterns *patterns, bool *used)
{
	size_t count = 0, words = 0;
	if (patterns->value.count)
		words = patterns->value.first[patterns->value.count];
	for (size_t i = 0; i < words; i += 2) {
		count += !used[patterns->value.word[i]];
		used[patterns->value.word[i]] = true;
	}
	return count;
}

/* The labels of a value; returns how many. */
static size_t
labels_of(const struct acc_patterns *patterns, uint32_t value, uint32_t present, uint32_t *label)
{
	size_t length, labels = 0;
	const uint32_t *word = acc_pool_get(&patterns->value, value, &length);
	for (size_t i = 0; i < length; i += 2)
		if (patterns->design == ACC_CODES)
			label[labels++] = word[i + 1];
		else if (patterns->design == ACC_THEMES || word[i + 1] == present)
			label[labels++] = word[i];
	return labels;
}

static size_t
value_length(const struct acc_patterns *patterns, uint32_t value)
{
	size_t length;
	acc_pool_get(&patterns->value, value, &length);
	return length / 2;
}

static enum acc_status
take_values(struct acc_sets *sets, const struct acc_patterns *patterns, uint32_t present,
	    uint32_t *label, bool *used)
{
	size_t whole = 0;
	enum acc_status status = ACC_OK;
	if (patterns->design == ACC_THEME_CODES)
		whole = themes_in_use(patterns, used);
	for (uint32_t v = 0; status == ACC_OK && v < patterns->value.count; v++) {
		size_t labels = labels_of(patterns, v, present, label);
		sets->category_of[v] = ACC_NONE;
		if (value_length(patterns, v) >= whole)
			status = acc_pool_add(&sets->set, label, labels, &sets->category_of[v]);
	}
	return status;
}

enum acc_status
acc_sets_make(struct acc_sets *sets, const struct acc_patterns *patterns, uint32_t present,
	      const struct acc_set_distance *distance)
{
	bool codes = patterns->design == ACC_CODES;
	*sets = (struct acc_sets){.distance = distance,
				  .labels = codes ? patterns->code.count : patterns->theme.count};
	sets->category_of = acc_array(patterns->value.count, sizeof *sets->category_of);
	uint32_t *label = acc_array(sets->labels, sizeof *label);
	bool *used = acc_array(patterns->theme.count, sizeof *used);
	enum acc_status status = ACC_NO_MEMORY;
	if (sets->category_of && label && used)
		status = take_values(sets, patterns, present, label, used);
	if (status != ACC_OK)
		acc_sets_free(sets);
	free(label);
	free(used);
	return status;
}

uint64_t
acc_sets_partial(const struct acc_sets *sets, const struct acc_patterns *patterns)
{
	uint64_t partial = 0;
	for (uint32_t p = 0; p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		for (size_t i = 0; i < pattern.ratings; i++)
			if (sets->category_of[pattern.rating[2 * i + 1]] == ACC_NONE)
				partial += pattern.count;
	}
	return partial;
}

static double
between(const struct acc_sets *sets, uint32_t a, uint32_t b)
{
	size_t left, right, i = 0, j = 0, common = 0;
	const uint32_t *x = acc_pool_get(&sets->set, a, &left);
	const uint32_t *y = acc_pool_get(&sets->set, b, &right);
	while (i < left && j < right) {
		common += x[i] == y[j];
		bool first = x[i] <= y[j], second = y[j] <= x[i];
		i += first;
		j += second;
	}
	return acc_set_distance_of(sets->distance, (double)common, (double)(left - common),
				   (double)(right - common));
}

enum acc_status
acc_sets_weights(struct acc_weights *weights, const struct acc_sets *sets)
{
	size_t count = sets->set.count;
	*weights = (struct acc_weights){.categories = count, .sets = sets};
	if (count > ACC_WEIGHTS_MAX)
		return ACC_TOO_LARGE;
	weights->disagreement = acc_array(count * count, sizeof *weights->disagreement);
	if (!weights->disagreement)
		return ACC_NO_MEMORY;
	for (uint32_t a = 0; a < count; a++)
		for (uint32_t b = 0; b < a; b++)
			weights->disagreement[a * count + b] =
			    weights->disagreement[b * count + a] = between(sets, a, b);
	return ACC_OK;
}
