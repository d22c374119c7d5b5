/* sample: small random studies for the laws, and the way from a table to patterns.
 *
 * A sample is a plain table, units by coders, so that a test can permute, cut and double it and
 * count it by hand. */
#ifndef ACC_TESTS_SAMPLE_H
#define ACC_TESTS_SAMPLE_H

#include "stats/agreement.h"
#include "stats/ratings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Sanitizers look for other faults than the laws do, and are slow: fewer rounds there. */
#ifdef __SANITIZE_ADDRESS__
enum { SAMPLE_ROUNDS_LESS = 4 };
#else
enum { SAMPLE_ROUNDS_LESS = 1 };
#endif

enum { SAMPLE_UNITS = 64, SAMPLE_CODERS = 8 };

struct sample {
	uint32_t units, coders, categories, participants;
	uint32_t code[SAMPLE_UNITS][SAMPLE_CODERS]; /* ACC_NONE: missing */
	uint32_t participant[SAMPLE_UNITS];
	uint32_t coder_label[SAMPLE_CODERS]; /* names of coders: their order can be permuted */
};

/* A small generator of its own, so that the samples never change (Steele et al. 2014). */
static inline uint64_t
sample_bits(uint64_t *state)
{
	uint64_t x = (*state += 0x9e3779b97f4a7c15u);
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

static inline uint32_t
sample_below(uint64_t *state, uint32_t limit)
{
	return (uint32_t)(sample_bits(state) % limit);
}

static inline double
sample_share(uint64_t *state)
{
	return (double)(sample_bits(state) >> 11) * 0x1p-53;
}

/* Coders who agree with the unit's true code with chance 0.6, and leave out `missing` of it. */
static inline struct sample
sample_make(uint64_t *state, uint32_t units, uint32_t coders, uint32_t categories, double missing)
{
	struct sample sample = {.units = units,
				.coders = coders,
				.categories = categories,
				.participants = units < 6 ? units : 6};
	for (uint32_t j = 0; j < coders; j++)
		sample.coder_label[j] = j;
	for (uint32_t u = 0; u < units; u++) {
		uint32_t truth = sample_below(state, categories);
		sample.participant[u] = sample_below(state, sample.participants);
		for (uint32_t j = 0; j < coders; j++) {
			bool knows = sample_share(state) < 0.6;
			uint32_t guess = sample_below(state, categories);
			bool left_out = sample_share(state) < missing;
			sample.code[u][j] = left_out ? ACC_NONE : knows ? truth : guess;
		}
	}
	return sample;
}

static inline uint32_t
sample_label(struct acc_vocabulary *vocabulary, const char *format, uint32_t value)
{
	char text[32];
	uint32_t number;
	snprintf(text, sizeof text, "%s%03u", format, value);
	assert_int_equal(acc_vocabulary_add(vocabulary, text, &number), ACC_OK);
	return number;
}

static inline void
sample_no_conflict(void *context, const struct acc_conflict *conflict)
{
	(void)context, (void)conflict;
	fail();
}

/* Ratings that do not contradict each other as patterns; frees them. */
static inline struct acc_patterns
sample_tabulated(struct acc_ratings *ratings)
{
	struct acc_patterns patterns = {0};
	uint64_t conflicts;
	assert_int_equal(
	    acc_ratings_tabulate(ratings, &patterns, NULL, sample_no_conflict, NULL, &conflicts),
	    ACC_OK);
	acc_ratings_free(ratings);
	return patterns;
}

static inline void
sample_same_labels(const struct acc_vocabulary *a, const struct acc_vocabulary *b)
{
	assert_int_equal(a->count, b->count);
	for (uint32_t i = 0; i < a->count; i++)
		assert_string_equal(a->label[i], b->label[i]);
}

static inline void
sample_same_pool(const struct acc_pool *a, const struct acc_pool *b)
{
	assert_int_equal(a->count, b->count);
	for (uint32_t i = 0; i < a->count; i++) {
		size_t x, y;
		const uint32_t *left = acc_pool_get(a, i, &x), *right = acc_pool_get(b, i, &y);
		assert_int_equal(x, y);
		if (x)
			assert_memory_equal(left, right, x * sizeof *left);
	}
}

static inline void
sample_same_patterns(const struct acc_patterns *a, const struct acc_patterns *b)
{
	sample_same_labels(&a->coder, &b->coder);
	sample_same_labels(&a->theme, &b->theme);
	sample_same_labels(&a->code, &b->code);
	sample_same_labels(&a->participant, &b->participant);
	sample_same_pool(&a->value, &b->value);
	sample_same_pool(&a->vector, &b->vector);
	assert_memory_equal(a->count, b->count, a->vector.count * sizeof *a->count);
	assert_int_equal(a->repeated, b->repeated);
}

/* The ratings as patterns: codes design; themes design with one theme per rating; theme codes
 * design where the ratings are of theme 000, and theme 001 has only those of the first coder. */
static inline struct acc_patterns
sample_patterns(const struct sample *sample, enum acc_design design)
{
	struct acc_ratings ratings = {.design = design};
	bool themes = design == ACC_THEMES;
	struct acc_vocabulary *category = themes ? &ratings.theme : &ratings.code;
	enum acc_status status;
	char text[32];
	for (uint32_t k = 0; k < sample->categories; k++) {
		snprintf(text, sizeof text, "%u", k + 1);
		assert_int_equal(acc_vocabulary_declare(category, text), ACC_OK);
	}
	sample_label(themes ? &ratings.code : &ratings.theme, "", 0);
	if (design == ACC_THEME_CODES)
		sample_label(&ratings.theme, "", 1);
	for (uint32_t j = 0; j < sample->coders; j++)
		sample_label(&ratings.coder, "coder", sample->coder_label[j]);
	for (uint32_t u = 0; u < sample->units; u++) {
		struct acc_unit about = {
		    ACC_NONE, sample_label(&ratings.participant, "p", sample->participant[u]),
		    ACC_NONE, u + 1};
		uint32_t unit = sample_label(&ratings.unit, "u", u);
		assert_true(acc_ratings_about(&ratings, unit, about, &status));
		for (uint32_t j = 0; j < sample->coders; j++) {
			uint32_t given = sample->code[u][j];
			struct acc_assignment row = {unit, j, themes ? given : 0,
						     themes ? 0 : given, u + 1};
			if (given != ACC_NONE)
				assert_int_equal(acc_ratings_add(&ratings, row), ACC_OK);
			row.theme = 1;
			if (given != ACC_NONE && design == ACC_THEME_CODES && j == 0)
				assert_int_equal(acc_ratings_add(&ratings, row), ACC_OK);
		}
	}
	return sample_tabulated(&ratings);
}

static inline struct acc_weights
sample_weights(const char *scheme, uint32_t categories)
{
	double score[32];
	struct acc_weights weights;
	for (uint32_t k = 0; k < categories; k++)
		score[k] = k + 1;
	assert_int_equal(acc_weights_make(&weights, acc_scheme_find(scheme), score, categories),
			 ACC_OK);
	assert_int_equal(acc_weights_score(&weights, score), ACC_OK);
	return weights;
}

/* One coefficient of a study: its only theme, or pooled over all. */
static inline struct acc_estimate
sample_estimate_patterns(const struct acc_patterns *patterns,
			 const struct acc_coefficient *coefficient, const char *scheme,
			 enum acc_ci ci, enum acc_cluster cluster)
{
	uint32_t categories = patterns->design == ACC_THEMES ? 2 : patterns->code.count;
	struct acc_weights weights = sample_weights(scheme, categories);
	struct acc_plan plan = {.coefficient = &coefficient,
				.coefficients = 1,
				.weights = &weights,
				.ci = ci,
				.cluster = cluster,
				.level = 0.95,
				.present = ACC_NONE,
				.replicates = 499,
				.seed = 1};
	struct acc_scope scope = {.group = ACC_NONE, .coders = patterns->coder.count};
	struct acc_estimate *all, last;
	assert_int_equal(acc_agreement(patterns, &plan, &scope, &all), ACC_OK);
	last = all[patterns->theme.count];
	free(all);
	acc_weights_free(&weights);
	return last;
}

static inline struct acc_estimate
sample_estimate(const struct sample *sample, const struct acc_coefficient *coefficient,
		const char *scheme, enum acc_ci ci, enum acc_cluster cluster)
{
	struct acc_patterns patterns = sample_patterns(sample, ACC_CODES);
	struct acc_estimate estimate =
	    sample_estimate_patterns(&patterns, coefficient, scheme, ci, cluster);
	acc_patterns_free(&patterns);
	return estimate;
}

#endif
