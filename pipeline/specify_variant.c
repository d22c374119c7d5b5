#include "pipeline/specify.h"

#include <stdlib.h>
#include <string.h>

const char *
acc_rule_name(const struct acc_specify *run, enum acc_rule rule)
{
	static const char *const names[] = {"listed", "document", "all", "complete"};
	bool codes = run->study.patterns.design != ACC_THEMES;
	return rule == ACC_RULE_LISTED && codes ? "available" : names[rule];
}

static enum acc_status
declare(struct acc_vocabulary *to, const struct acc_vocabulary *from)
{
	enum acc_status status = ACC_OK;
	for (uint32_t l = 0; status == ACC_OK && l < from->count; l++) {
		uint32_t number;
		status = l < from->declared ? acc_vocabulary_declare(to, from->label[l])
					    : acc_vocabulary_add(to, from->label[l], &number);
	}
	return status;
}

/* The same study again, labels, values and vectors under the same numbers. */
static enum acc_status
copy(struct acc_patterns *to, const struct acc_patterns *from)
{
	*to = (struct acc_patterns){.design = from->design, .seen = from->seen};
	enum acc_status status = declare(&to->coder, &from->coder);
	if (status == ACC_OK)
		status = declare(&to->theme, &from->theme);
	if (status == ACC_OK)
		status = declare(&to->code, &from->code);
	if (status == ACC_OK)
		status = declare(&to->group, &from->group);
	if (status == ACC_OK)
		status = declare(&to->participant, &from->participant);
	if (status == ACC_OK)
		status = declare(&to->document, &from->document);
	return status == ACC_OK ? acc_patterns_absorb(to, from) : status;
}

/* Did every coder but one rate the units of a pattern? */
static bool
complete(const struct acc_patterns *patterns, uint32_t number, uint32_t left_out)
{
	struct acc_pattern pattern = acc_patterns_get(patterns, number);
	size_t rated = 0;
	for (size_t i = 0; i < pattern.ratings; i++)
		rated += pattern.rating[2 * i] != left_out;
	return rated == patterns->coder.count - (left_out != ACC_NONE);
}

static void
renumber_units(struct acc_study *variant, const uint32_t *number)
{
	for (uint32_t u = 0; variant->pattern_of && u < variant->ratings.unit.count; u++)
		variant->pattern_of[u] = number[variant->pattern_of[u]];
}

/* Take the ratings from units that are not complete. The units stay: they are neighbours of others.
 */
static enum acc_status
keep_complete(struct acc_study *variant, uint32_t left_out)
{
	const size_t head = 3; /* words of a vector before its ratings */
	struct acc_patterns *patterns = &variant->patterns, kept = {0};
	uint32_t vectors = patterns->vector.count, *ordered = NULL;
	uint32_t *number = acc_array(vectors, sizeof *number);
	enum acc_status status = number ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t p = 0; status == ACC_OK && p < vectors; p++) {
		size_t length;
		const uint32_t *word = acc_pool_get(&patterns->vector, p, &length);
		status =
		    acc_patterns_add(&kept, word, complete(patterns, p, left_out) ? length : head,
				     patterns->count[p], &number[p]);
	}
	if (status == ACC_OK) {
		struct acc_patterns old = {.vector = patterns->vector, .count = patterns->count};
		patterns->vector = kept.vector;
		patterns->count = kept.count;
		patterns->count_capacity = kept.count_capacity;
		kept = old;
		renumber_units(variant, number);
		status = acc_patterns_canonical(patterns, &ordered);
	}
	if (status == ACC_OK)
		renumber_units(variant, ordered);
	acc_patterns_free(&kept);
	free(number);
	free(ordered);
	return status;
}

static enum acc_status
look(struct acc_study *variant, enum acc_rule rule)
{
	uint32_t *renumber = NULL;
	variant->patterns.seen = (enum acc_seen)rule;
	enum acc_status status = acc_patterns_look(&variant->patterns, &renumber);
	if (status == ACC_OK)
		renumber_units(variant, renumber);
	free(renumber);
	return status;
}

static enum acc_status
copy_units(struct acc_study *variant, const struct acc_study *study)
{
	uint32_t units = study->ratings.unit.count;
	if (!study->pattern_of)
		return ACC_OK;
	variant->pattern_of = acc_array(units, sizeof *variant->pattern_of);
	if (!variant->pattern_of)
		return ACC_NO_MEMORY;
	memcpy(variant->pattern_of, study->pattern_of, units * sizeof *variant->pattern_of);
	variant->ratings = study->ratings; /* borrowed */
	return ACC_OK;
}

void
acc_specify_variant_free(struct acc_study *variant)
{
	acc_patterns_free(&variant->patterns);
	free(variant->pattern_of);
	*variant = (struct acc_study){0};
}

bool
acc_specify_variant(struct acc_specify *run, enum acc_rule rule, uint32_t left_out,
		    struct acc_study *variant)
{
	*variant = (struct acc_study){.present = run->study.present};
	enum acc_status status = copy(&variant->patterns, &run->study.patterns);
	if (status == ACC_OK)
		status = copy_units(variant, &run->study);
	if (status == ACC_OK && rule == ACC_RULE_COMPLETE)
		status = keep_complete(variant, left_out);
	else if (status == ACC_OK && variant->patterns.design == ACC_THEMES)
		status = look(variant, rule);
	if (status != ACC_OK)
		acc_specify_variant_free(variant);
	return acc_status_ok(run->command->messages, status);
}
