/* agreement_sparse: what is made once for all themes. */
#include "stats/agreement_sparse.h"

#include <stdlib.h>
#include <string.h>

static void
free_view(struct acc_sparse_view *view, size_t coefficients)
{
	for (size_t c = 0; c < coefficients; c++) {
		free(view->observed ? view->observed[c] : NULL);
		free(view->expected ? view->expected[c] : NULL);
	}
	acc_blocks_free(&view->blocks);
	free(view->pairs);
	free(view->rated);
	free(view->pool_rated);
	free(view->rating_bits);
	free(view->observed);
	free(view->expected);
}

void
acc_sparse_free(struct acc_agreement_run *run)
{
	struct acc_sparse *sparse = run->sparse;
	if (!sparse)
		return;
	acc_pool_free(&sparse->set);
	acc_pool_free(&sparse->kind);
	free_view(&sparse->part, run->plan->coefficients);
	free(sparse->whole.observed);
	free(sparse->whole.expected);
	free(sparse->set_of);
	free(sparse->set_times);
	free(sparse->first);
	free(sparse->block);
	free(sparse->sum);
	free(sparse->set_rated);
	free(sparse->set_bits);
	free(sparse->kind_of);
	free(sparse->plain_kind);
	free(sparse->left);
	free(sparse->word);
	free(sparse);
	run->sparse = NULL;
}

/* Below so many themes times blocks all are gone through, for it takes no time. */
enum { PAYS = 1 << 20 };

/* Units that are pieces by themselves, of a theme at a time. */
static bool
applies(const struct acc_agreement_run *run)
{
	const struct acc_blocks *blocks = &run->blocks;
	if ((double)blocks->count * run->patterns->theme.count < PAYS)
		return false;
	if (run->patterns->design != ACC_THEMES || run->plan->weights->sets ||
	    run->plan->population || run->patterns->theme.count < 2)
		return false;
	for (size_t b = 0; b < blocks->count; b++)
		if (blocks->first[b + 1] - blocks->first[b] != 1 ||
		    blocks->times[b] != run->patterns->count[blocks->pattern[blocks->first[b]]])
			return false;
	return true;
}

static enum acc_status
find_sets(struct acc_agreement_run *run, struct acc_sparse *sparse)
{
	enum acc_status status = ACC_OK;
	for (size_t b = 0; status == ACC_OK && b < run->blocks.count; b++) {
		uint32_t number = run->blocks.pattern[run->blocks.first[b]];
		struct acc_pattern pattern = acc_patterns_get(run->patterns, number);
		size_t length = 0;
		for (size_t i = 0; i < pattern.ratings; i++) {
			uint32_t coder = acc_sparse_coder(run, pattern.rating[2 * i]);
			if (coder != ACC_NONE)
				sparse->word[length++] = coder;
		}
		status = acc_pool_add(&sparse->set, sparse->word, length, &sparse->set_of[b]);
	}
	return status;
}

/* Go over the themes of each block's pattern, each theme once for each coder who gave it: count
 * them, or note the block where the one before was another. */
static void
list_themes(const struct acc_agreement_run *run, struct acc_sparse *sparse, size_t *place)
{
	for (size_t b = 0; b < run->blocks.count; b++) {
		struct acc_pattern pattern =
		    acc_patterns_get(run->patterns, run->blocks.pattern[run->blocks.first[b]]);
		for (size_t i = 0; i < pattern.ratings; i++) {
			size_t length;
			const uint32_t *word =
			    acc_pool_get(&run->patterns->value, pattern.rating[2 * i + 1], &length);
			for (size_t w = 0; w < length; w += 2) {
				uint32_t theme = word[w];
				if (!sparse->block)
					place[theme + 1]++;
				else if (place[theme] == sparse->first[theme] ||
					 sparse->block[place[theme] - 1] != b)
					sparse->block[place[theme]++] = (uint32_t)b;
			}
		}
	}
}

/* The blocks of each theme: first[t] .. last[t] of `block`, the rest of its room being free. */
static bool
index_themes(const struct acc_agreement_run *run, struct acc_sparse *sparse)
{
	uint32_t themes = run->patterns->theme.count;
	size_t *place = acc_array((size_t)themes + 1, sizeof *place), at = 0;
	sparse->first = acc_array((size_t)themes + 1, sizeof *sparse->first);
	if (!place || !sparse->first) {
		free(place);
		return false;
	}
	list_themes(run, sparse, sparse->first);
	for (uint32_t t = 0; t < themes; t++)
		place[t] = sparse->first[t + 1] += sparse->first[t];
	memcpy(place, sparse->first, themes * sizeof *place);
	sparse->block = acc_array(sparse->first[themes], sizeof *sparse->block);
	if (sparse->block)
		list_themes(run, sparse, place);
	for (uint32_t t = 0; sparse->block && t < themes; t++) {
		size_t from = sparse->first[t];
		memmove(sparse->block + at, sparse->block + from,
			(place[t] - from) * sizeof *sparse->block);
		sparse->first[t] = at;
		at += place[t] - from;
	}
	sparse->first[themes] = at;
	free(place);
	return sparse->block;
}

static bool
make_view(struct acc_agreement_run *run, struct acc_sparse *sparse, size_t most)
{
	struct acc_sparse_view *part = &sparse->part;
	size_t coefficients = run->plan->coefficients;
	part->blocks = (struct acc_blocks){.kind = run->blocks.kind,
					   .first = acc_array(most + 1, sizeof(size_t)),
					   .pattern = acc_array(most, sizeof(uint32_t)),
					   .times = acc_array(most, sizeof(uint64_t))};
	part->pairs = acc_array(most, sizeof *part->pairs);
	part->rated = acc_array(most, sizeof *part->rated);
	part->pool_rated = acc_array(most, sizeof *part->pool_rated);
	part->rating_bits = acc_array(most, sizeof *part->rating_bits);
	part->observed = acc_array(coefficients, sizeof *part->observed);
	part->expected = acc_array(coefficients, sizeof *part->expected);
	sparse->whole.observed = acc_array(coefficients, sizeof *part->observed);
	sparse->whole.expected = acc_array(coefficients, sizeof *part->expected);
	bool good = part->blocks.first && part->blocks.pattern && part->blocks.times &&
		    part->pairs && part->rated && part->pool_rated && part->rating_bits &&
		    part->observed && part->expected && sparse->whole.observed &&
		    sparse->whole.expected;
	for (size_t c = 0; good && c < coefficients; c++) {
		part->observed[c] = acc_array(most, sizeof(double));
		part->expected[c] = acc_array(most, sizeof(double));
		good = part->observed[c] && part->expected[c];
	}
	for (size_t k = 0; good && k < most; k++) {
		part->blocks.first[k + 1] = k + 1;
		part->blocks.pattern[k] = (uint32_t)k;
	}
	return good;
}

static bool
make_sets(struct acc_agreement_run *run, struct acc_sparse *sparse)
{
	size_t sets = sparse->set.count, most = 0;
	for (uint32_t t = 0; t < run->patterns->theme.count; t++)
		if (sparse->first[t + 1] - sparse->first[t] > most)
			most = sparse->first[t + 1] - sparse->first[t];
	sparse->set_times = acc_array(sets, sizeof *sparse->set_times);
	sparse->left = acc_array(sets, sizeof *sparse->left);
	sparse->plain_kind = acc_array(sets, sizeof *sparse->plain_kind);
	sparse->sum = acc_array(sets * run->plan->coefficients, 2 * sizeof *sparse->sum);
	sparse->set_rated = acc_array(sets, sizeof *sparse->set_rated);
	sparse->set_bits = acc_array(sets, sizeof *sparse->set_bits);
	sparse->kind_of = acc_array(most, sizeof *sparse->kind_of);
	bool good = sparse->set_times && sparse->left && sparse->plain_kind && sparse->sum &&
		    sparse->set_rated && sparse->set_bits && sparse->kind_of;
	for (size_t b = 0; good && b < run->blocks.count; b++)
		sparse->set_times[sparse->set_of[b]] += run->blocks.times[b];
	return good && make_view(run, sparse, most + sets);
}

enum acc_status
acc_sparse_make(struct acc_agreement_run *run)
{
	if (!applies(run))
		return ACC_OK;
	struct acc_sparse *sparse = calloc(1, sizeof *sparse);
	if (!sparse)
		return ACC_NO_MEMORY;
	run->sparse = sparse;
	sparse->set_of = acc_array(run->blocks.count, sizeof *sparse->set_of);
	sparse->word = acc_array((size_t)run->patterns->coder.count + 1, sizeof *sparse->word);
	if (!sparse->set_of || !sparse->word)
		return ACC_NO_MEMORY;
	enum acc_status status = find_sets(run, sparse);
	/* Where nearly every unit has coders of its own there is nothing to be had. */
	if (status == ACC_OK && sparse->set.count > 16 && sparse->set.count > run->blocks.count / 2)
		acc_sparse_free(run);
	else if (status == ACC_OK && (!index_themes(run, sparse) || !make_sets(run, sparse)))
		status = ACC_NO_MEMORY;
	return status;
}
