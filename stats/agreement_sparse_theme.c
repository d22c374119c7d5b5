/* agreement_sparse: one theme, seen by the kinds of units. */
#include "stats/agreement_sparse.h"

#include <string.h>

static void
swap_view(struct acc_agreement_run *run, struct acc_sparse_view *from,
	  const struct acc_sparse_view *to)
{
	from->patterns = run->patterns;
	from->blocks = run->blocks;
	from->pairs = run->pairs;
	from->rated = run->rated;
	from->pool_rated = run->pool_rated;
	from->rating_bits = run->rating_bits;
	run->patterns = to->patterns;
	run->blocks = to->blocks;
	run->pairs = to->pairs;
	run->rated = to->rated;
	run->pool_rated = to->pool_rated;
	run->rating_bits = to->rating_bits;
	for (size_t c = 0; c < run->plan->coefficients; c++) {
		from->observed[c] = run->pool[c].observed;
		from->expected[c] = run->pool[c].expected;
		run->pool[c].observed = to->observed[c];
		run->pool[c].expected = to->expected[c];
	}
}

static bool
has(const struct acc_patterns *patterns, uint32_t value, uint32_t theme)
{
	size_t length;
	const uint32_t *word = acc_pool_get(&patterns->value, value, &length);
	for (size_t w = 0; w < length; w += 2)
		if (word[w] == theme)
			return true;
	return false;
}

/* Which of a block's coders gave the theme, after its set: sparse->word. False: none did. */
static bool
read_block(const struct acc_agreement_run *run, struct acc_sparse *sparse, uint32_t block,
	   uint32_t theme, size_t *length)
{
	struct acc_pattern pattern =
	    acc_patterns_get(run->patterns, run->blocks.pattern[run->blocks.first[block]]);
	bool some = false;
	*length = 0;
	sparse->word[(*length)++] = sparse->set_of[block];
	for (size_t i = 0; i < pattern.ratings; i++) {
		if (acc_sparse_coder(run, pattern.rating[2 * i]) == ACC_NONE)
			continue;
		bool given = has(run->patterns, pattern.rating[2 * i + 1], theme);
		sparse->word[(*length)++] = given;
		some = some || given;
	}
	return some;
}

/* The kinds of units and how many there are of each: part.blocks. */
static enum acc_status
find_kinds(struct acc_agreement_run *run, struct acc_sparse *sparse, uint32_t theme)
{
	struct acc_blocks *blocks = &sparse->part.blocks;
	enum acc_status status = ACC_OK;
	acc_pool_free(&sparse->kind);
	memcpy(sparse->left, sparse->set_times, sparse->set.count * sizeof *sparse->left);
	for (size_t i = sparse->first[theme]; status == ACC_OK && i < sparse->first[theme + 1];
	     i++) {
		uint32_t block = sparse->block[i], before = sparse->kind.count;
		uint32_t *kind = &sparse->kind_of[i - sparse->first[theme]];
		size_t length;
		*kind = ACC_NONE;
		if (!read_block(run, sparse, block, theme, &length))
			continue;
		status = acc_pool_add(&sparse->kind, sparse->word, length, kind);
		if (status != ACC_OK)
			break;
		if (sparse->kind.count > before)
			blocks->times[*kind] = 0;
		blocks->times[*kind] += run->blocks.times[block];
		sparse->left[sparse->set_of[block]] -= run->blocks.times[block];
	}
	blocks->count = sparse->kind.count;
	for (uint32_t s = 0; s < sparse->set.count; s++) {
		sparse->plain_kind[s] = ACC_NONE;
		if (!sparse->left[s])
			continue;
		sparse->plain_kind[s] = (uint32_t)blocks->count;
		blocks->times[blocks->count++] = sparse->left[s];
	}
	return status;
}

/* Add a kind to the panel: its set, and who gave the theme (NULL: nobody). */
static void
put_kind(struct acc_panel *panel, const struct acc_sparse *sparse, uint32_t set,
	 const uint32_t *given)
{
	size_t coders, at = panel->first[panel->patterns];
	const uint32_t *coder = acc_pool_get(&sparse->set, set, &coders);
	for (size_t i = 0; i < coders; i++) {
		panel->mark[at++] = coder[i];
		panel->mark[at++] = given ? given[i] : 0;
	}
	panel->first[++panel->patterns] = at;
}

static enum acc_status
make_panel(struct acc_agreement_run *run, const struct acc_sparse *sparse)
{
	struct acc_panel *panel = &run->panel;
	size_t kinds = sparse->part.blocks.count, length;
	*panel =
	    (struct acc_panel){.categories = 2,
			       .coders = run->scope->coders,
			       .first = acc_array(kinds + 1, sizeof *panel->first),
			       .mark = acc_array(kinds * run->scope->coders, 2 * sizeof(uint32_t)),
			       .count = acc_array(2, sizeof *panel->count),
			       .touched = acc_array(2, sizeof *panel->touched)};
	enum acc_status status =
	    panel->first && panel->mark && panel->count && panel->touched ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t k = 0; status == ACC_OK && k < sparse->kind.count; k++) {
		const uint32_t *word = acc_pool_get(&sparse->kind, k, &length);
		put_kind(panel, sparse, word[0], word + 1);
	}
	for (uint32_t s = 0; status == ACC_OK && s < sparse->set.count; s++)
		if (sparse->plain_kind[s] != ACC_NONE)
			put_kind(panel, sparse, s, NULL);
	if (status == ACC_OK && run->scope->category)
		status = acc_panel_collapse(panel, run->scope->category - 1);
	if (status != ACC_OK)
		acc_panel_free(panel);
	return status;
}

enum acc_status
acc_sparse_enter(struct acc_agreement_run *run, uint32_t theme)
{
	struct acc_sparse *sparse = run->sparse;
	enum acc_status status = find_kinds(run, sparse, theme);
	if (status == ACC_OK)
		status = make_panel(run, sparse);
	if (status != ACC_OK)
		return status;
	size_t kinds = sparse->part.blocks.count;
	sparse->few = *run->patterns;
	sparse->few.vector.count = (uint32_t)kinds;
	sparse->few.count = sparse->part.blocks.times;
	sparse->part.patterns = &sparse->few;
	memset(sparse->part.pool_rated, 0, kinds * sizeof *sparse->part.pool_rated);
	memset(sparse->part.rating_bits, 0, kinds * sizeof *sparse->part.rating_bits);
	for (size_t c = 0; c < run->plan->coefficients; c++) {
		memset(sparse->part.observed[c], 0, kinds * sizeof(double));
		memset(sparse->part.expected[c], 0, kinds * sizeof(double));
	}
	swap_view(run, &sparse->whole, &sparse->part);
	return ACC_OK;
}

/* What units leave for the pool of one part of one coefficient. */
static void
give_back(const struct acc_sparse *sparse, uint32_t theme, const double *part, double *whole,
	  double *sum, size_t stride)
{
	for (uint32_t s = 0; s < sparse->set.count; s++)
		if (sparse->plain_kind[s] != ACC_NONE)
			sum[s * stride] += part[sparse->plain_kind[s]];
	for (size_t i = sparse->first[theme]; i < sparse->first[theme + 1]; i++) {
		uint32_t block = sparse->block[i];
		uint32_t kind = sparse->kind_of[i - sparse->first[theme]];
		uint32_t plain = sparse->plain_kind[sparse->set_of[block]];
		if (kind != ACC_NONE)
			whole[block] += part[kind] - (plain == ACC_NONE ? 0 : part[plain]);
	}
}

/* Units of one set are rated alike. */
static void
note_set(struct acc_sparse *sparse, uint32_t set, const struct acc_sparse_view *part, uint32_t kind)
{
	sparse->set_rated[set] = sparse->set_rated[set] || part->pool_rated[kind];
	sparse->set_bits[set] |= part->rating_bits[kind];
}

void
acc_sparse_leave(struct acc_agreement_run *run, uint32_t theme)
{
	struct acc_sparse *sparse = run->sparse;
	struct acc_sparse_view part;
	part.observed = sparse->part.observed;
	part.expected = sparse->part.expected;
	swap_view(run, &part, &sparse->whole);
	size_t coefficients = run->plan->coefficients;
	for (size_t c = 0; c < coefficients; c++) {
		give_back(sparse, theme, part.observed[c], run->pool[c].observed,
			  sparse->sum + 2 * c, 2 * coefficients);
		give_back(sparse, theme, part.expected[c], run->pool[c].expected,
			  sparse->sum + 2 * c + 1, 2 * coefficients);
	}
	for (uint32_t k = 0; k < sparse->kind.count; k++) {
		size_t length;
		note_set(sparse, *acc_pool_get(&sparse->kind, k, &length), &part, k);
	}
	for (uint32_t s = 0; s < sparse->set.count; s++)
		if (sparse->plain_kind[s] != ACC_NONE)
			note_set(sparse, s, &part, sparse->plain_kind[s]);
}

void
acc_sparse_finish(struct acc_agreement_run *run)
{
	const struct acc_sparse *sparse = run->sparse;
	size_t coefficients = run->plan->coefficients;
	for (size_t b = 0; b < run->blocks.count; b++) {
		uint32_t set = sparse->set_of[b];
		const double *sum = sparse->sum + 2 * coefficients * set;
		for (size_t c = 0; c < coefficients; c++) {
			run->pool[c].observed[b] += sum[2 * c];
			run->pool[c].expected[b] += sum[2 * c + 1];
		}
		run->pool_rated[b] = sparse->set_rated[set];
		run->rating_bits[run->blocks.pattern[run->blocks.first[b]]] = sparse->set_bits[set];
	}
}
