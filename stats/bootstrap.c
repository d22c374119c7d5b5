#include "stats/bootstrap.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

void
acc_replicates_free(struct acc_replicates *replicates)
{
	free(replicates->value);
	*replicates = (struct acc_replicates){0};
}

/* The blocks that are drawn from, and their tallies: a row of `length` doubles each. */
struct urn {
	size_t blocks, length;
	double *row;     /* owned, [blocks * length] */
	double *share;   /* owned, [blocks] how many such blocks there are; adds up to draws */
	unsigned *times; /* owned, [blocks] how often each was drawn */
	unsigned draws;
};

static void
urn_free(struct urn *urn)
{
	free(urn->row);
	free(urn->share);
	free(urn->times);
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

/* Put one block in the urn when somebody rated it on some theme. */
static void
take_block(struct urn *urn, const struct acc_blocks *blocks, size_t block,
	   const struct acc_patterns *patterns, const struct acc_scope *scope,
	   const struct acc_panel *panel, const struct acc_weights *weights, unsigned needs)
{
	bool rated = false;
	struct acc_tally row = {.categories = panel->categories,
				.coders = panel->coders,
				.needs = needs,
				.length = urn->length,
				.cell = urn->row + urn->blocks * urn->length};
	for (size_t i = blocks->first[block]; i < blocks->first[block + 1]; i++) {
		uint32_t pattern = blocks->pattern[i];
		rated = rated || is_rated(patterns, scope, pattern);
		acc_tally_add(&row, panel, pattern,
			      acc_blocks_units(blocks, patterns, block, pattern), weights);
	}
	if (rated)
		urn->share[urn->blocks++] = (double)blocks->times[block];
}

static enum acc_status
urn_make(struct urn *urn, const struct acc_patterns *patterns, const struct acc_plan *plan,
	 const struct acc_scope *scope, uint32_t theme, const struct acc_tally *shape)
{
	struct acc_blocks blocks;
	struct acc_panel panel = {0};
	size_t cells, length = shape->length;
	double draws = 0;
	enum acc_status status = acc_blocks_make(&blocks, patterns, scope->group, plan->cluster);
	if (status != ACC_OK)
		return status;
	*urn = (struct urn){.length = length,
			    .share = acc_array(blocks.count, sizeof *urn->share),
			    .times = acc_array(blocks.count, sizeof *urn->times)};
	if (__builtin_mul_overflow(blocks.count, length, &cells))
		status = ACC_TOO_LARGE;
	else if (!(urn->row = acc_array(cells, sizeof *urn->row)) || !urn->share || !urn->times)
		status = ACC_NO_MEMORY;
	else
		status = acc_plan_panel(plan, patterns, scope, theme, &panel);
	for (size_t b = 0; status == ACC_OK && b < blocks.count; b++)
		take_block(urn, &blocks, b, patterns, scope, &panel, plan->weights, shape->needs);
	for (size_t b = 0; b < urn->blocks; b++)
		draws += urn->share[b];
	if (draws > UINT32_MAX)
		status = ACC_TOO_LARGE;
	else
		urn->draws = (unsigned)draws;
	acc_panel_free(&panel);
	acc_blocks_free(&blocks);
	return status;
}

/* Draw as many blocks as there are. */
static void
draw_blocks(struct urn *urn, gsl_rng *rng)
{
	if (urn->draws > urn->blocks) {
		gsl_ran_multinomial(rng, urn->blocks, urn->draws, urn->share, urn->times);
		return;
	}
	/* All different: one by one is faster than a binomial for each. */
	for (size_t b = 0; b < urn->blocks; b++)
		urn->times[b] = 0;
	for (unsigned i = 0; i < urn->draws; i++)
		urn->times[gsl_rng_uniform_int(rng, urn->draws)]++;
}

static void
add_up(const struct urn *urn, struct acc_tally *tally)
{
	acc_tally_zero(tally);
	for (size_t b = 0; b < urn->blocks; b++) {
		double times = urn->times[b];
		const double *row = urn->row + b * urn->length;
		double *cell = tally->cell;
		for (size_t i = 0; urn->times[b] && i < urn->length; i++)
			cell[i] += times * row[i];
	}
}

static void
replicate(struct urn *urn, gsl_rng *rng, const struct acc_plan *plan, struct acc_tally *tally,
	  struct acc_replicates *replicates, size_t at)
{
	draw_blocks(urn, rng);
	add_up(urn, tally);
	for (size_t c = 0; c < plan->coefficients; c++) {
		struct acc_disagreement unused;
		acc_coefficient_value(plan->coefficient[c], tally, plan->weights, &unused,
				      &replicates->value[c * replicates->count + at]);
	}
}

static struct acc_address
address_of(const struct acc_patterns *patterns, const struct acc_scope *scope,
	   const struct acc_draw *draw)
{
	bool all = scope->group == ACC_NONE;
	return (struct acc_address){
	    .seed = draw->seed,
	    .purpose = ACC_PURPOSE_BOOTSTRAP,
	    .group = all ? ACC_NONE : acc_address_of(patterns->group.label[scope->group]),
	    .theme = ACC_NONE,
	};
}

enum acc_status
acc_bootstrap(const struct acc_patterns *patterns, const struct acc_plan *plan,
	      const struct acc_scope *scope, uint32_t theme, const struct acc_draw *draw,
	      struct acc_replicates *replicates)
{
	struct urn urn = {0};
	struct acc_tally tally = {0};
	struct acc_address address = address_of(patterns, scope, draw);
	gsl_rng *rng = NULL;
	size_t values;
	if (__builtin_mul_overflow(plan->coefficients, draw->count, &values))
		return ACC_TOO_LARGE;
	*replicates = (struct acc_replicates){plan->coefficients, draw->count,
					      acc_array(values, sizeof(double))};
	enum acc_status status =
	    acc_tally_make_for(&tally, plan->weights->categories, scope->coders,
			       acc_plan_needs(plan, plan->weights->categories, scope->coders));
	if (status == ACC_OK)
		status = urn_make(&urn, patterns, plan, scope, theme, &tally);
	if (status == ACC_OK && (!replicates->value || !(rng = gsl_rng_alloc(acc_rng_philox))))
		status = ACC_NO_MEMORY;
	for (size_t b = 0; status == ACC_OK && b < draw->count; b++) {
		address.replicate = draw->first + b;
		acc_random_go(rng, &address);
		replicate(&urn, rng, plan, &tally, replicates, b);
	}
	if (rng)
		gsl_rng_free(rng);
	urn_free(&urn);
	acc_tally_free(&tally);
	if (status != ACC_OK)
		acc_replicates_free(replicates);
	return status;
}

/* Replicates that are undefined past this share make an interval of the others misleading. */
static const double most_undefined = 0.05;

enum acc_status
acc_percentile_interval(const struct acc_replicates *replicates, size_t coefficient, double level,
			struct acc_percentile *percentile)
{
	const double *value = replicates->value + coefficient * replicates->count;
	double *sorted = acc_array(replicates->count, sizeof *sorted);
	size_t defined = 0;
	*percentile = (struct acc_percentile){NAN, NAN, NAN, NAN};
	if (!sorted)
		return ACC_NO_MEMORY;
	for (size_t b = 0; b < replicates->count; b++)
		if (!isnan(value[b]))
			sorted[defined++] = value[b];
	if (replicates->count)
		percentile->undefined = 1 - (double)defined / (double)replicates->count;
	if (defined >= 2 && percentile->undefined <= most_undefined) {
		gsl_sort(sorted, 1, defined);
		double tail = (1 - level) / 2;
		percentile->low = gsl_stats_quantile_from_sorted_data(sorted, 1, defined, tail);
		percentile->high =
		    gsl_stats_quantile_from_sorted_data(sorted, 1, defined, 1 - tail);
		percentile->error = gsl_stats_sd(sorted, 1, defined);
	}
	free(sorted);
	return ACC_OK;
}
