#include "stats/urn.h"

#include <stdlib.h>

void
acc_urn_free(struct acc_urn *urn)
{
	free(urn->row);
	free(urn->share);
	free(urn->pooled);
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

/* Put the blocks that somebody rated on some theme in the urn, with their tallies on one theme. */
static void
fill_theme(struct acc_urn *urn, size_t theme, const struct acc_blocks *blocks,
	   const struct acc_patterns *patterns, const struct acc_scope *scope,
	   const struct acc_panel *panel, const struct acc_weights *weights, bool counts)
{
	struct acc_tally row = urn->shape;
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
		urn->pooled[urn->blocks] =
		    urn->pooled[urn->blocks] || (counts && row.cell[ACC_TALLY_RATED] > 0);
		urn->share[urn->blocks++] = (double)blocks->times[b];
	}
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
	if (__builtin_mul_overflow(blocks.count, urn->shape.length, &cells) ||
	    __builtin_mul_overflow(cells, urn->themes, &cells))
		status = ACC_TOO_LARGE;
	else if (!(urn->row = acc_array(cells, sizeof *urn->row)) || !urn->share || !urn->pooled)
		status = ACC_NO_MEMORY;
	for (size_t t = 0; status == ACC_OK && t < urn->themes; t++) {
		struct acc_panel panel;
		status = acc_plan_panel(plan, patterns, scope, first + (uint32_t)t, &panel);
		if (status != ACC_OK)
			break;
		fill_theme(urn, t, &blocks, patterns, scope, &panel, plan->weights,
			   acc_plan_theme_weight(plan, first + (uint32_t)t) > 0);
		acc_panel_free(&panel);
	}
	acc_blocks_free(&blocks);
	return status == ACC_OK ? count_draws(urn) : status;
}
