#include "stats/urn.h"
#include "stats/poisson_weight.h"

#include <stdlib.h>
#include <string.h>

void
acc_urn_free(struct acc_urn *urn)
{
	free(urn->row);
	free(urn->filled);
	free(urn->cell);
	free(urn->cell_value);
	free(urn->share);
	free(urn->pooled);
	free(urn->name);
	free(urn->unnamed);
}

double *
acc_urn_row(const struct acc_urn *urn, size_t theme, size_t block)
{
	return urn->row + (theme * urn->capacity + block) * urn->shape.length;
}

static bool
is_rated(const struct acc_patterns *patterns, const struct acc_scope *scope, uint32_t number)
{
	struct acc_pattern pattern = acc_patterns_get(patterns, number);
	for (size_t i = 0; i < pattern.ratings; i++)
		if (!scope->coder_of || scope->coder_of[pattern.rating[2 * i]] != ACC_NONE)
			return true;
	return false;
}

/* Who gave which code, where it does not matter. */
static void
forget_coders(struct acc_tally *row)
{
	memset(acc_tally_margin(row), 0, row->coders * row->categories * sizeof *row->cell);
}

/* Note what the cluster of a block is called. */
static void
note_name(struct acc_urn *urn, const struct acc_patterns *patterns, enum acc_cluster kind,
	  uint32_t number)
{
	struct acc_pattern pattern = acc_patterns_get(patterns, number);
	const struct acc_vocabulary *of =
	    kind == ACC_CLUSTER_PARTICIPANT ? &patterns->participant : &patterns->document;
	uint32_t label = kind == ACC_CLUSTER_PARTICIPANT ? pattern.participant
			 : kind == ACC_CLUSTER_DOCUMENT  ? pattern.document
							 : ACC_NONE;
	urn->unnamed[urn->blocks] = label == ACC_NONE;
	urn->name[urn->blocks] = label == ACC_NONE ? number : acc_weight_name(of->label[label]);
}

/* Put the blocks that somebody rated on some theme in the urn, with their tallies on one theme. */
static void
fill_theme(struct acc_urn *urn, size_t theme, const struct acc_blocks *blocks,
	   const struct acc_patterns *patterns, const struct acc_scope *scope,
	   const struct acc_panel *panel, const struct acc_plan *plan, bool counts)
{
	struct acc_tally row = urn->shape;
	const struct acc_weights *weights = plan->weights;
	bool by_coder = false;
	for (size_t c = 0; c < plan->coefficients; c++)
		by_coder = by_coder || plan->coefficient[c]->by_coder;
	urn->blocks = 0;
	for (size_t b = 0; b < blocks->count; b++) {
		bool rated = false;
		row.cell = acc_urn_row(urn, theme, urn->blocks);
		for (size_t i = blocks->first[b]; i < blocks->first[b + 1]; i++) {
			uint32_t pattern = blocks->pattern[i];
			if (!is_rated(patterns, scope, pattern))
				continue;
			rated = true;
			acc_tally_add(&row, panel, pattern,
				      acc_blocks_units(blocks, patterns, b, pattern), weights);
		}
		if (!rated)
			continue;
		if (urn->named)
			note_name(urn, patterns, blocks->kind, blocks->pattern[blocks->first[b]]);
		if (!by_coder)
			forget_coders(&row);
		urn->pooled[urn->blocks] =
		    urn->pooled[urn->blocks] || (counts && row.cell[ACC_TALLY_RATED] > 0);
		urn->share[urn->blocks++] = (double)blocks->times[b];
	}
}

/* ---- equal blocks ---- */

/* FNV-1a over the cells of a block on all themes. */
static uint64_t
hash_block(const struct acc_urn *urn, size_t block)
{
	uint64_t hash = 0xcbf29ce484222325u, bits;
	for (size_t t = 0; t < urn->themes; t++) {
		const double *row = acc_urn_row(urn, t, block);
		for (size_t i = 0; i < urn->shape.length; i++) {
			memcpy(&bits, &row[i], sizeof bits);
			hash = (hash ^ bits ^ bits >> 32) * 0x100000001b3u;
		}
	}
	return hash ^ hash >> 29;
}

static bool
is_equal(const struct acc_urn *urn, size_t a, size_t b)
{
	size_t size = urn->shape.length * sizeof *urn->row;
	for (size_t t = 0; t < urn->themes; t++)
		if (memcmp(acc_urn_row(urn, t, a), acc_urn_row(urn, t, b), size) != 0)
			return false;
	return urn->pooled[a] == urn->pooled[b];
}

static void
move_block(struct acc_urn *urn, size_t from, size_t to)
{
	if (from == to)
		return;
	for (size_t t = 0; t < urn->themes; t++)
		memcpy(acc_urn_row(urn, t, to), acc_urn_row(urn, t, from),
		       urn->shape.length * sizeof *urn->row);
	urn->share[to] = urn->share[from];
	urn->pooled[to] = urn->pooled[from];
}

/* Equal blocks become the first of them. */
static enum acc_status
merge_equal(struct acc_urn *urn)
{
	size_t room = 16, kept = 0;
	while (room < 2 * urn->blocks)
		room *= 2;
	uint32_t *at = acc_array(room, sizeof *at); /* 1 + a block, 0: free */
	if (!at)
		return ACC_NO_MEMORY;
	for (size_t b = 0; b < urn->blocks; b++) {
		size_t slot = (size_t)hash_block(urn, b) & (room - 1);
		while (at[slot] && !is_equal(urn, at[slot] - 1, b))
			slot = (slot + 1) & (room - 1);
		if (at[slot]) {
			urn->share[at[slot] - 1] += urn->share[b];
			continue;
		}
		move_block(urn, b, kept);
		at[slot] = (uint32_t)++kept;
	}
	urn->blocks = kept;
	free(at);
	return ACC_OK;
}

/* ---- rows that are mostly 0 ---- */

static size_t
count_filled(const struct acc_urn *urn)
{
	size_t filled = 0;
	for (size_t t = 0; t < urn->themes; t++)
		for (size_t b = 0; b < urn->blocks; b++)
			for (size_t i = 0; i < urn->shape.length; i++)
				filled += acc_urn_row(urn, t, b)[i] != 0;
	return filled;
}

/* List what is not 0, where that is less than a third. */
static enum acc_status
list_filled(struct acc_urn *urn)
{
	size_t filled = count_filled(urn), at = 0;
	if (filled * 3 > urn->themes * urn->blocks * urn->shape.length)
		return ACC_OK;
	urn->filled = acc_array(urn->themes * urn->capacity + 1, sizeof *urn->filled);
	urn->cell = acc_array(filled, sizeof *urn->cell);
	urn->cell_value = acc_array(filled, sizeof *urn->cell_value);
	if (!urn->filled || !urn->cell || !urn->cell_value)
		return ACC_NO_MEMORY;
	for (size_t t = 0; t < urn->themes; t++)
		for (size_t b = 0; b < urn->capacity; b++) {
			const double *row = acc_urn_row(urn, t, b);
			urn->filled[t * urn->capacity + b] = at;
			for (size_t i = 0; b < urn->blocks && i < urn->shape.length; i++)
				if (row[i] != 0) {
					urn->cell[at] = (uint32_t)i;
					urn->cell_value[at++] = row[i];
				}
		}
	urn->filled[urn->themes * urn->capacity] = at;
	return ACC_OK;
}

void
acc_urn_add(const struct acc_urn *urn, size_t theme, size_t block, double times, double *into)
{
	if (!urn->filled) {
		const double *row = acc_urn_row(urn, theme, block);
		for (size_t i = 0; i < urn->shape.length; i++)
			into[i] += times * row[i];
		return;
	}
	const size_t *first = &urn->filled[theme * urn->capacity + block];
	for (size_t i = first[0]; i < first[1]; i++)
		into[urn->cell[i]] += times * urn->cell_value[i];
}

static enum acc_status
count_draws(struct acc_urn *urn)
{
	double draws = 0;
	for (size_t b = 0; b < urn->blocks; b++)
		draws += urn->share[b];
	if (draws > UINT32_MAX)
		return ACC_TOO_LARGE;
	urn->draws = (unsigned)draws;
	return ACC_OK;
}

enum acc_status
acc_urn_make(struct acc_urn *urn, const struct acc_patterns *patterns, const struct acc_plan *plan,
	     const struct acc_scope *scope, uint32_t first)
{
	struct acc_blocks blocks;
	size_t cells;
	enum acc_status status = acc_blocks_make(&blocks, patterns, scope->group, plan->cluster);
	if (status != ACC_OK)
		return status;
	urn->capacity = blocks.count;
	urn->share = acc_array(blocks.count, sizeof *urn->share);
	urn->pooled = acc_array(blocks.count, sizeof *urn->pooled);
	if (urn->named) {
		urn->name = acc_array(blocks.count, sizeof *urn->name);
		urn->unnamed = acc_array(blocks.count, sizeof *urn->unnamed);
	}
	if (__builtin_mul_overflow(blocks.count, urn->shape.length, &cells) ||
	    __builtin_mul_overflow(cells, urn->themes, &cells))
		status = ACC_TOO_LARGE;
	else if (!(urn->row = acc_array(cells, sizeof *urn->row)) || !urn->share || !urn->pooled ||
		 (urn->named && (!urn->name || !urn->unnamed)))
		status = ACC_NO_MEMORY;
	for (size_t t = 0; status == ACC_OK && t < urn->themes; t++) {
		struct acc_panel panel;
		status = acc_plan_panel(plan, patterns, scope, first + (uint32_t)t, &panel);
		if (status != ACC_OK)
			break;
		fill_theme(urn, t, &blocks, patterns, scope, &panel, plan,
			   acc_plan_theme_weight(plan, first + (uint32_t)t) > 0);
		acc_panel_free(&panel);
	}
	acc_blocks_free(&blocks);
	if (status == ACC_OK && !urn->named)
		status = merge_equal(urn);
	if (status == ACC_OK)
		status = list_filled(urn);
	return status == ACC_OK ? count_draws(urn) : status;
}
